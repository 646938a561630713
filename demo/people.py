"""Invented people, drawn so that each year's and quarter's totals by sex, age and occupation come out exactly."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from admissions.choices import Education, Occupation, Qualification, Sex
from branches.models import Kind
from demo.plan import Slot

FAMILIES = "Nguyễn Nguyễn Nguyễn Trần Lê Phạm Phan Đỗ Đào Tạ Bùi Hoàng Vũ Dương Phùng Kim Trương Đặng Ngô Lưu".split()
MIDDLES = {
    Sex.MALE: "Văn Hữu Đức Minh Quang Xuân Công Ngọc Thanh Tuấn Anh Mạnh".split(),
    Sex.FEMALE: "Thị Thị Thị|Thanh Thị|Ngọc Thị|Thu Thị|Minh Thị|Hồng Thị|Kim".split(),
}
GIVEN = {
    Sex.MALE: (
        "An Bách Bình Chiến Chung Cường Dũng Duy Đạt Đông Giang Hà Hải Hậu Hiếu Hòa Hoàn Hùng Huy Khánh Khôi Kiên "
        "Lâm Long Lực Mạnh Nam Nghĩa Ngữ Nhật Phong Phúc Quân Quyền Quyết Sáng Sơn Tài Tâm Thái Thành Thắng Thực "
        "Tiến Toản Trung Trường Tú Tùng Việt Vinh"
    ).split(),
    Sex.FEMALE: (
        "Anh Ánh Bích Bình Chi Diệp Dung Duyên Điệp Giang Hà Hạnh Hằng Hiền Hoa Hòa Huệ Hương Huyền Khuyên Lan Liên "
        "Linh Loan Lý Mai Mến My Nga Ngân Nhàn Nhung Oanh Phương Quyên Quỳnh Sen Tâm Thảo Thơm Thu Thủy Trang Tuyết "
        "Uyên Vân Xuân Yến"
    ).split(),
}
KNOWN = {
    "Nguyễn Xuân Phúc",
    "Trần Đức Lương",
    "Nguyễn Minh Triết",
    "Lê Minh Hương",
    "Nguyễn Thị Bình",
    "Nguyễn Thị Kim Ngân",
    "Nguyễn Hòa Bình",
    "Trần Quốc Tuấn",
    "Nguyễn Văn Linh",
    "Lê Văn Dũng",
    "Phạm Minh Chính",
    "Phan Văn Giang",
    "Đỗ Văn Chiến",
    "Nguyễn Văn Hùng",
    "Lê Minh Khái",
    "Trần Văn Sơn",
    "Lê Thành Long",
    "Nguyễn Thị Hồng",
    "Trương Thị Mai",
    "Nguyễn Thị Thanh",
    "Bùi Thị Minh Hoài",
    "Nguyễn Văn Thắng",
    "Nguyễn Thanh Long",
    "Nguyễn Văn Nên",
    "Phạm Thị Thanh Trà",
}
"""Names that belong to someone widely known; nobody invented bears one."""

BANDS = ((19, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 59))

JOBS = (
    (Occupation.FARMER,),
    (Occupation.COMMUNE_OFFICIAL,),
    (Occupation.VILLAGE_WORKER,),
    (
        Occupation.PUBLIC_EMPLOYEE,
        Occupation.PUBLIC_EMPLOYEE,
        Occupation.PUBLIC_EMPLOYEE,
        Occupation.PUBLIC_EMPLOYEE,
        Occupation.PRIVATE_EMPLOYEE,
    ),
    (Occupation.ARMED_FORCES,),
    (Occupation.ENTERPRISE_WORKER, Occupation.ENTERPRISE_STAFF, Occupation.ENTERPRISE_MANAGER),
    (Occupation.PUPIL, Occupation.STUDENT),
    (Occupation.STATE_OFFICIAL, Occupation.PARTY_OFFICIAL, Occupation.OTHER),
)
"""The finer occupations within each of the eight rows of `Margins.jobs`."""


@dataclass(frozen=True)
class Margins:
    """What a group of admissions adds up to: by the rows of Biểu 2."""

    women: int
    youth: int
    minority: int
    religious: int
    again: int
    ages: tuple
    jobs: tuple

    def less(self, other):
        """The rest of a year when one quarter is taken out."""
        return Margins(
            *(
                getattr(self, name) - getattr(other, name)
                for name in ("women", "youth", "minority", "religious", "again")
            ),
            tuple(a - b for a, b in zip(self.ages, other.ages, strict=True)),
            tuple(a - b for a, b in zip(self.jobs, other.jobs, strict=True)),
        )


Q4_2016 = Margins(39, 55, 1, 0, 0, (54, 14, 7, 4, 2, 1, 1), (31, 9, 8, 14, 5, 3, 10, 3))
Y_2016 = Margins(124, 176, 2, 1, 1, (170, 45, 25, 14, 8, 4, 2), (97, 30, 25, 46, 15, 11, 34, 10))
Q4_2015 = Margins(47, 67, 0, 1, 0, (70, 18, 9, 5, 2, 1, 1), (28, 13, 7, 23, 7, 6, 17, 5))
Y_2015 = Margins(121, 179, 1, 2, 0, (182, 46, 26, 13, 7, 3, 1), (72, 35, 18, 61, 20, 17, 43, 12))
Y_2017 = Margins(10, 14, 0, 0, 0, (14, 4, 2, 1, 1, 0, 0), (8, 3, 2, 4, 1, 1, 2, 1))
GROUPS = {
    (2015, False): Y_2015.less(Q4_2015),
    (2015, True): Q4_2015,
    (2016, False): Y_2016.less(Q4_2016),
    (2016, True): Q4_2016,
    (2017, False): Y_2017,
}

LIKES = (
    (4, lambda slot, kind: kind in (Kind.POLICE, Kind.ARMY)),
    (5, lambda slot, kind: kind == Kind.PRIVATE_ENTERPRISE),
    (7, lambda slot, kind: kind == Kind.STATE_OFFICE and slot.unit == "Cơ quan huyện"),
    (3, lambda slot, kind: kind == Kind.PUBLIC_UNIT),
    (0, lambda slot, kind: slot.rural),
    (2, lambda slot, kind: slot.rural),
    (1, lambda slot, kind: kind == Kind.STATE_OFFICE),
    (6, lambda slot, kind: True),
)
"""Rows of jobs in the order they are handed out, and whom each suits best."""


@dataclass
class Person:
    """What the loader needs to know of one person."""

    full_name: str
    sex: str
    born_on: date
    citizen_id: str
    occupation: str
    education: str
    qualification: str
    youth: bool
    minority: bool = False
    religious: bool = False
    again: bool = False

    @property
    def demobilised(self) -> bool:
        """Whether the person came home from military service: one in five of the men it may be true of."""
        elsewhere = (Occupation.ARMED_FORCES, Occupation.PUPIL, Occupation.STUDENT)
        return self.sex == Sex.MALE and self.occupation not in elsewhere and self.citizen_id[-1] in "37"


class People:
    """A source of people; the same `random` gives the same people."""

    def __init__(self, random):
        self.random, self.names, self.ids = random, set(KNOWN), 135_000_000

    def draw(self, sex, age, on, occupation, *, youth=False, name=None, **marks):
        """Someone `age` years old on `on`, whose birthday has passed by two months at least."""
        days = self.random.randint(90, 360)
        self.ids += self.random.randint(50, 900)
        learned = occupation not in (
            Occupation.FARMER,
            Occupation.VILLAGE_WORKER,
            Occupation.PUPIL,
            Occupation.ENTERPRISE_WORKER,
        )
        schooling = Education.LOWER_SECONDARY if age > 40 and not learned else Education.UPPER_SECONDARY
        skill = self.random.choice(
            [
                Qualification.INTERMEDIATE,
                Qualification.COLLEGE,
                Qualification.BACHELOR,
                Qualification.BACHELOR,
            ]
            if learned
            else [Qualification.NONE, Qualification.NONE, Qualification.ELEMENTARY]
        )
        born = date(on.year - age, on.month, min(on.day, 28)) - timedelta(days=days)
        return Person(
            name or self.name(sex), sex, born, str(self.ids), occupation, schooling, skill, youth, **marks
        )

    def name(self, sex):
        while True:
            middle = self.random.choice(MIDDLES[sex]).replace("|", " ")
            full = f"{self.random.choice(FAMILIES)} {middle} {self.random.choice(GIVEN[sex])}"
            if full not in self.names:
                self.names.add(full)
                return full


def cast_people(
    people: People,
    group: list[tuple[int, Slot]],
    margins: Margins,
    kind_of: Callable[[Slot], str],
    day_of: Callable[[Slot], date],
) -> dict[int, Person]:
    """{slot index: Person} for the admissions of one group, `group` being [(index, slot)]."""
    random = people.random
    jobs = _jobs(group, margins.jobs, kind_of, random)
    ages = [random.randint(*band) for band, n in zip(BANDS, margins.ages, strict=True) for _ in range(n)]
    # Pupils and students are the youngest; the rest take the other ages as they come.
    order = sorted(
        jobs, key=lambda index: (jobs[index] not in (Occupation.PUPIL, Occupation.STUDENT), random.random())
    )
    ages.sort()
    young = sum(jobs[index] in (Occupation.PUPIL, Occupation.STUDENT) for index in order)
    older = ages[young:]
    random.shuffle(older)
    age = dict(zip(order, ages[:young] + older, strict=True))
    youth = set(sorted(age, key=lambda index: (age[index], index))[: margins.youth])
    women = set(
        sorted(age, key=lambda index: (jobs[index] == Occupation.ARMED_FORCES, random.random()))[
            : margins.women
        ]
    )
    marked = random.sample(sorted(age), margins.minority + margins.religious + margins.again)
    minority = set(marked[: margins.minority])
    religious = set(marked[margins.minority : margins.minority + margins.religious])
    again = set(marked[margins.minority + margins.religious :])
    return {
        index: people.draw(
            Sex.FEMALE if index in women else Sex.MALE,
            age[index],
            day_of(slot),
            jobs[index],
            youth=index in youth,
            minority=index in minority,
            religious=index in religious,
            again=index in again,
        )
        for index, slot in group
    }


def _jobs(group, rows, kind_of, random):
    left, jobs = dict(group), {}
    for row, suits in LIKES:
        best = sorted(left, key=lambda index: (not suits(left[index], kind_of(left[index])), random.random()))
        for place, index in enumerate(best[: rows[row]]):
            jobs[index] = JOBS[row][place % len(JOBS[row])]
            del left[index]
    return jobs
