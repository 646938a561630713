"""A quarter with admissions, and the same quarter closed."""

from datetime import date

from accounts.roles import Role
from reports import periods
from reports.closing.close import close_quarter
from reports.periods import quarter_period
from tests import factories
from tests.kept import kept


@kept
def place(district):
    """Four admitted in Q4/2016 by three branches, one in the same quarter of 2015, one in Q2/2016."""
    staff = district.staff
    district.rows = [
        factories.admitted(district.rural, staff, on=date(2016, 10, 12), in_youth_union=True),
        factories.admitted(district.rural, staff, on=date(2016, 11, 8), full_name="Lê Văn Đạt", sex="male"),
        factories.admitted(district.school, staff, on=date(2016, 11, 9), full_name="Trần Thị Ánh"),
        factories.admitted(district.far, staff, on=date(2016, 12, 10), full_name="Vũ Thị Dung"),
    ]
    factories.admitted(district.far, staff, on=date(2015, 11, 10), full_name="Hà Thị Năm")
    factories.admitted(district.school, staff, on=date(2016, 5, 10), full_name="Bùi Văn Sáu", sex="male")
    factories.quota(district.home, periods.year_period(2016), 4)
    return district


@kept
def shut(place):
    place.closing = close_quarter(quarter_period(2016, 4), by=place.admin)
    return place


@kept
def second(district):
    return factories.user("quan-tri-2", Role.ADMINISTRATOR, district.root, full_name="Phạm Văn Hai")
