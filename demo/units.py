"""The units of Yên Lạc in 2015–2017: 17 communes by their real names and codes, and 4 further base organisations.

Branches are invented; those of Trung Nguyên add up to the published figures (docs/domain.md, 1.3).
"""

from dataclasses import dataclass, field
from datetime import date

from branches.models import Kind, Organisation, Succession, Tier

BEGINNING = date(2010, 1, 1)
SPLIT = date(2016, 3, 1)
SPLIT_BASIS = "QĐ 19-QĐ/ĐU, 25/02/2016"


@dataclass(frozen=True)
class Unit:
    """One row of the district's table: admitted and rural by year, quota, branches, and what 2017 has so far."""

    name: str
    code: str
    kind: Kind
    admitted: int
    quota: int
    rural: int
    admitted_2015: int
    rural_2015: int
    branches: int
    silent: int
    q4: tuple[int, int]
    in_2017: tuple[int, int]
    under_way: int
    offices: list[str] = field(default_factory=list)


UNITS = [
    Unit("Yên Lạc", "09025", Kind.TOWNSHIP, 23, 18, 10, 21, 8, 22, 1, (7, 3), (2, 1), 9),
    Unit("Bình Định", "09034", Kind.COMMUNE, 13, 12, 10, 13, 7, 15, 1, (4, 3), (1, 1), 5),
    Unit("Đại Tự", "09067", Kind.COMMUNE, 17, 14, 13, 14, 9, 19, 0, (5, 4), (2, 1), 7),
    Unit("Đồng Cương", "09028", Kind.COMMUNE, 12, 11, 9, 12, 6, 16, 1, (4, 3), (1, 1), 4),
    Unit("Đồng Văn", "09031", Kind.COMMUNE, 15, 13, 10, 15, 7, 17, 0, (5, 3), (1, 1), 6),
    Unit("Hồng Châu", "09070", Kind.COMMUNE, 9, 9, 7, 10, 6, 12, 1, (3, 2), (0, 0), 3),
    Unit("Hồng Phương", "09058", Kind.COMMUNE, 5, 7, 4, 6, 4, 9, 3, (1, 1), (0, 0), 1),
    Unit("Liên Châu", "09064", Kind.COMMUNE, 14, 12, 11, 12, 8, 16, 0, (4, 3), (2, 1), 6),
    Unit("Nguyệt Đức", "09052", Kind.COMMUNE, 12, 11, 9, 12, 6, 15, 1, (4, 3), (1, 1), 4),
    Unit("Tam Hồng", "09043", Kind.COMMUNE, 21, 16, 15, 18, 11, 24, 1, (7, 5), (2, 2), 8),
    Unit("Tề Lỗ", "09040", Kind.COMMUNE, 12, 10, 8, 11, 6, 14, 0, (4, 3), (1, 1), 5),
    Unit("Trung Hà", "09073", Kind.COMMUNE, 9, 9, 7, 9, 5, 13, 1, (3, 2), (1, 0), 3),
    Unit("Trung Kiên", "09061", Kind.COMMUNE, 9, 11, 7, 11, 6, 12, 3, (2, 2), (0, 0), 2),
    Unit("Trung Nguyên", "09037", Kind.COMMUNE, 16, 15, 13, 11, 6, 13, 1, (6, 5), (3, 2), 6),
    Unit("Văn Tiến", "09049", Kind.COMMUNE, 8, 9, 6, 9, 6, 11, 2, (2, 2), (0, 0), 2),
    Unit("Yên Đồng", "09046", Kind.COMMUNE, 15, 12, 12, 13, 10, 17, 0, (5, 4), (1, 1), 6),
    Unit("Yên Phương", "09055", Kind.COMMUNE, 14, 11, 11, 12, 8, 14, 0, (5, 4), (1, 0), 5),
    Unit(
        "Cơ quan huyện",
        "251.91",
        Kind.STATE_OFFICE,
        9,
        9,
        0,
        17,
        0,
        9,
        0,
        (3, 0),
        (1, 0),
        3,
        [
            "Văn phòng Huyện ủy",
            "Ban Dân vận",
            "Mặt trận Tổ quốc",
            "Huyện đoàn",
            "Văn phòng HĐND và UBND",
            "Tài chính – Kế hoạch",
            "Nông nghiệp",
            "Tư pháp – Thanh tra",
            "Tòa án – Viện Kiểm sát",
        ],
    ),
    Unit(
        "Trường, sự nghiệp",
        "251.92",
        Kind.PUBLIC_UNIT,
        21,
        18,
        0,
        32,
        0,
        6,
        0,
        (5, 0),
        (1, 0),
        14,
        [
            "Trường THPT Yên Lạc",
            "Trường THPT Yên Lạc 2",
            "Trường THPT Đồng Đậu",
            "Trung tâm Y tế",
            "Trung tâm Bồi dưỡng chính trị",
            "Trung tâm Giáo dục thường xuyên",
        ],
    ),
    Unit(
        "Công an, Quân sự",
        "251.93",
        Kind.POLICE,
        8,
        8,
        0,
        11,
        0,
        5,
        0,
        (2, 0),
        (1, 0),
        3,
        [
            "Công an huyện: Tham mưu",
            "Công an huyện: Cảnh sát",
            "Công an huyện: Hậu cần",
            "Quân sự huyện: Tham mưu",
            "Quân sự huyện: Hậu cần",
        ],
    ),
    Unit(
        "Doanh nghiệp, HTX",
        "251.94",
        Kind.PRIVATE_ENTERPRISE,
        6,
        9,
        0,
        9,
        0,
        12,
        4,
        (2, 0),
        (0, 0),
        1,
        [
            "Công ty May Đồng Tâm",
            "Điện lực Yên Lạc",
            "Ngân hàng Nông nghiệp",
            "Công ty Thủy lợi",
            "Quỹ tín dụng Tam Hồng",
            "Công ty Xây dựng Hồng Hà",
            "Hợp tác xã Rau sạch",
            "Bưu điện huyện",
            "Công ty Gốm Hợp Thịnh",
            "Công ty Cơ khí Tề Lỗ",
            "Hợp tác xã Vận tải",
            "Công ty Thức ăn chăn nuôi",
        ],
    ),
]

VILLAGES = [
    "Đông",
    "Đoài",
    "Trung",
    "Thượng",
    "Hạ",
    "Nội",
    "Ngoài",
    "Tiền",
    "Hậu",
    "Chùa",
    "Đình",
    "Giếng",
    "Bãi",
    "Cầu",
    "Chợ",
    "Mới",
    "Vườn",
    "Gò Cao",
    "Cửa Đình",
    "Đầm",
    "Bến",
]
NAMED_VILLAGES = {
    "Đồng Cương": ["Dịch Đồng", "Cổ Tích", "Chi Chỉ"],
    "Tam Hồng": ["Lâm Xuyên 1", "Lâm Xuyên 2", "Phù Lưu"],
    "Yên Đồng": ["Chùa", "Đình"],
    "Đồng Văn": ["Báo Văn", "Yên Lạc"],
}
OTHER_BRANCHES = [
    ("Cơ quan xã – Trạm Y tế", Kind.STATE_OFFICE),
    ("Trường Mầm non", Kind.PUBLIC_UNIT),
    ("Trường THCS", Kind.PUBLIC_UNIT),
    ("Trường Tiểu học", Kind.PUBLIC_UNIT),
]
STREETS = [(f"số {n}", Kind.STREET) for n in range(1, 6)]

TRUNG_NGUYEN = [
    "Đông Lỗ 1",
    "Đông Lỗ 2",
    "Lạc Trung",
    "Mạnh Lân",
    "Tân Nguyên",
    "Thiệu Tổ 1",
    "Thiệu Tổ 2",
    "Trường Thư",
    "Xuân Chiếm",
]
TRUNG_NGUYEN_QUOTAS = {"Đông Lỗ 1": 2, "Tân Nguyên": 2}
"""Branches of Trung Nguyên with another quota than 1."""


def plan_of_branches(unit: Unit) -> list[tuple[str, Kind, bool]]:
    """[(name, kind, rural)] of the branches of `unit` at the end of 2016."""
    if unit.offices:
        return [(name, unit.kind, False) for name in unit.offices]
    others = OTHER_BRANCHES + (STREETS if unit.kind == Kind.TOWNSHIP else [])
    rural = unit.branches - len(others)
    if unit.name == "Trung Nguyên":
        villages = TRUNG_NGUYEN
    else:
        named = NAMED_VILLAGES.get(unit.name, [])
        villages = named + [name for name in VILLAGES if name not in named]
    return [(name, Kind.VILLAGE, True) for name in villages[:rural]] + [(*other, False) for other in others]


@dataclass
class District:
    """The rows that stand: the district, its base organisations, and their branches by name."""

    root: Organisation
    base: dict[str, Organisation]
    branches: dict[tuple[str, str], Organisation]
    old_thieu_to: Organisation


def build_units() -> District:
    """Create the tree as of 27/02/2017, with Thiệu Tổ's split of 01/03/2016."""
    root = Organisation.objects.create(
        tier=Tier.DISTRICT, kind=Kind.DISTRICT, code="251", name="Yên Lạc", valid_from=BEGINNING
    )
    base, branches = {}, {}
    for unit in UNITS:
        row = Organisation.objects.create(
            parent=root, tier=Tier.BASE, kind=unit.kind, code=unit.code, name=unit.name, valid_from=BEGINNING
        )
        base[unit.name] = row
        for number, (name, kind, rural) in enumerate(plan_of_branches(unit), start=1):
            new = name.startswith("Thiệu Tổ")
            branches[unit.name, name] = Organisation.objects.create(
                parent=row,
                tier=Tier.BRANCH,
                kind=kind,
                code=f"{unit.code}.{number:02d}",
                name=name,
                rural=rural,
                valid_from=SPLIT if new else BEGINNING,
                basis="QĐ 19-QĐ/ĐU, 25/02/2016" if new else "",
            )
    old = _split_thieu_to(base["Trung Nguyên"], branches)
    return District(root, base, branches, old)


def find_district() -> District:
    """The district that is loaded."""
    root = Organisation.objects.get(tier=Tier.DISTRICT)
    base = {row.name: row for row in Organisation.objects.filter(parent=root).select_related("parent")}
    rows = Organisation.objects.filter(tier=Tier.BRANCH).select_related("parent__parent")
    branches = {(row.parent.name, row.name): row for row in rows if row.parent}
    return District(root, base, branches, branches.pop(("Trung Nguyên", "Thiệu Tổ")))


def _split_thieu_to(commune: Organisation, branches: dict[tuple[str, str], Organisation]) -> Organisation:
    old = Organisation.objects.create(
        parent=commune,
        tier=Tier.BRANCH,
        kind=Kind.VILLAGE,
        code=f"{commune.code}.14",
        name="Thiệu Tổ",
        rural=True,
        valid_from=BEGINNING,
        valid_to=date(2016, 2, 29),
    )
    for name in ("Thiệu Tổ 1", "Thiệu Tổ 2"):
        Succession.objects.create(
            predecessor=old,
            successor=branches["Trung Nguyên", name],
            on=SPLIT,
            basis=SPLIT_BASIS,
        )
    return old


SILENT = {"Trung Nguyên": {"Trường Thư"}, "Hồng Phương": {"Trường Mầm non", "Thượng", "Hạ"}}


def silent_names(unit: Unit) -> set[str]:
    """The branches that admit no one and have no source."""
    if unit.name in SILENT:
        return SILENT[unit.name]
    plan = plan_of_branches(unit)
    candidates = [name for name, _, rural in plan if rural] or [name for name, _, _ in plan]
    return set(candidates[len(candidates) - unit.silent :])
