"""People to list."""

from tests import factories
from tests.kept import kept


@kept
def people(district):
    for name, branch in (
        ("Đỗ Thị Bình", district.rural),
        ("Trần Văn Anh", district.school),
        ("Đặng Văn Ánh", district.far),
        ("Lê Văn Đạt", district.rural),
    ):
        factories.dossier(branch, district.staff, person=factories.candidate(full_name=name))
