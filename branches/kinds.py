"""The kinds of organisation, and the words that each kind brings to titles, committees and sentences."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


class Kind(models.TextChoices):
    """Types of organisation: the rows of Biểu 5-BTCTW, the branches of a commune, and what stands under a province."""

    COMMUNE = "commune", gettext_lazy("Xã")
    WARD = "ward", gettext_lazy("Phường")
    TOWNSHIP = "township", gettext_lazy("Thị trấn")
    PARTY_OFFICE = "party_office", gettext_lazy("Cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể")
    STATE_OFFICE = "state_office", gettext_lazy("Cơ quan Nhà nước")
    PUBLIC_UNIT = "public_unit", gettext_lazy("Đơn vị sự nghiệp công lập")
    PRIVATE_UNIT = "private_unit", gettext_lazy("Đơn vị sự nghiệp ngoài công lập")
    ARMY = "army", gettext_lazy("Quân đội")
    POLICE = "police", gettext_lazy("Công an")
    STATE_ENTERPRISE = "state_enterprise", gettext_lazy("Doanh nghiệp có vốn nhà nước")
    PRIVATE_ENTERPRISE = "private_enterprise", gettext_lazy("Doanh nghiệp ngoài nhà nước")
    COOPERATIVE = "cooperative", gettext_lazy("Hợp tác xã")
    ABROAD = "abroad", gettext_lazy("Tổ chức cơ sở đảng ở ngoài nước")
    OTHER = "other", gettext_lazy("Loại khác")
    VILLAGE = "village", gettext_lazy("Thôn")
    STREET = "street", gettext_lazy("Tổ dân phố")
    PROVINCE = "province", pgettext_lazy("unit", "Tỉnh")
    DISTRICT = "district", pgettext_lazy("unit", "Huyện")
    URBAN_DISTRICT = "urban_district", pgettext_lazy("unit", "Quận")
    TOWN = "town", pgettext_lazy("unit", "Thị xã")
    CITY = "city", pgettext_lazy("unit", "Thành phố")
    BLOCK = "block", gettext_lazy("Đảng bộ khác trực thuộc tỉnh")


WHOLE = gettext_lazy("toàn Đảng bộ")
"""What a sentence calls all of an organisation whose kind has no word of its own."""


@dataclass(frozen=True)
class KindWords:
    """`place` stands before the name in a title ("xã"), `short` in a table's first column.

    `committee` is the committee's own word ("Huyện ủy"); without one it is the Đảng ủy of the place. `whole` is what a
    sentence calls all of the organisation. `symbol` stands for the committee in the numbers of its documents
    ("QĐ/HU"); those of cities and towns are local practice, which any number typed instead overrides.
    """

    place: str = ""
    short: str = ""
    committee: str = ""
    whole: str | Promise = WHOLE
    symbol: str = "ĐU"


KIND_WORDS: dict[str, KindWords] = dict.fromkeys(Kind.values, KindWords()) | {
    Kind.PROVINCE: KindWords("tỉnh", committee="Tỉnh ủy", whole=gettext_lazy("toàn tỉnh"), symbol="TU"),
    Kind.CITY: KindWords(
        "thành phố", committee="Thành ủy", whole=gettext_lazy("toàn thành phố"), symbol="ThU"
    ),
    Kind.DISTRICT: KindWords("huyện", committee="Huyện ủy", whole=gettext_lazy("toàn huyện"), symbol="HU"),
    Kind.URBAN_DISTRICT: KindWords("quận", committee="Quận ủy", whole=gettext_lazy("toàn quận"), symbol="QU"),
    Kind.TOWN: KindWords("thị xã", committee="Thị ủy", whole=gettext_lazy("toàn thị xã"), symbol="ThU"),
    Kind.COMMUNE: KindWords("xã"),
    Kind.WARD: KindWords("phường"),
    Kind.TOWNSHIP: KindWords("thị trấn", "TT"),
    Kind.VILLAGE: KindWords("thôn"),
    Kind.STREET: KindWords("tổ dân phố", "TDP"),
}
"""The words of every kind. A block, the army or the police under a province have their names and nothing more:
"Đảng bộ Khối các cơ quan tỉnh", "Đảng ủy Quân sự tỉnh"."""

PLACES = (Kind.COMMUNE, Kind.WARD, Kind.TOWNSHIP)
"""The communes, which tables list before the offices, schools and firms beside them."""

AREAS = tuple(kind for kind, words in KIND_WORDS.items() if words.committee)
"""The kinds of places above communes."""

ABOVE_BASE = (*AREAS, Kind.BLOCK)
"""The kinds that only organisations above base organisations are of."""

OF_BRANCHES = (Kind.VILLAGE, Kind.STREET)
"""The kinds that only branches are of."""
