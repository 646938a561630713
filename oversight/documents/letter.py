"""The letter to a unit behind its plan: figures of its day, the five points to answer, and until when."""

from django.utils.translation import override

from branches.models import Tier
from notation.dates import dmy
from notation.numbers import format_number, format_percent
from oversight.documents.paper import Paper, fill_paper
from oversight.models import ExplanationRequest
from oversight.pages.letters import letter_period
from reports.exports.party_layout import issuer_of
from reports.quotas.attainment import percent_of
from reports.unit_group import group_units

POINTS = (
    "1. Tình hình thực hiện kế hoạch kết nạp đảng viên, kết quả đến nay.",
    "2. Khó khăn, vướng mắc trong tạo nguồn và kết nạp; nguyên nhân khách quan, chủ quan.",
    "3. Số đảng viên còn kết nạp được đến hết kỳ.",
    "4. Biện pháp thực hiện.",
    "5. Từng việc cụ thể, người chịu trách nhiệm và mốc thời gian hoàn thành.",
)
"""What the unit is asked: the five points of the letter of Lấp Vò, 9/2022 (docs/domain.md)."""


@override("vi")
def write_letter(asked: ExplanationRequest) -> bytes:
    """The letter as a .docx, with the figures that stood when it was written."""
    unit, period = asked.unit, letter_period(asked)
    share = format_percent(percent_of(asked.reached, asked.quota))
    blocks = (
        f"Theo chỉ tiêu giao cho {period}, {unit.title} phải kết nạp {format_number(asked.quota)} đảng viên; đến ngày"
        f" {dmy(min(asked.on, asked.last))} đã kết nạp {format_number(asked.reached)} ({share}), còn thiếu"
        f" {format_number(asked.quota - asked.reached)}.",
        f"Đề nghị {unit.committee} báo cáo bằng văn bản các nội dung sau:",
        *POINTS,
        *(
            ("Đồng thời phân công cấp ủy viên theo dõi, giúp từng chi bộ tạo nguồn.",)
            if unit.tier == Tier.BASE
            else ()
        ),
        f"Báo cáo gửi trước ngày {dmy(asked.due)}.",
    )
    return fill_paper(
        Paper(
            type="",
            letters="CV",
            number=asked.number,
            abstract="V/v giải trình việc thực hiện chỉ tiêu kết nạp đảng viên",
            addressee=unit.committee,
            issuer=issuer_of(group_units([unit.parent or unit])),
            blocks=blocks,
            to="Như trên",
            day=asked.on,
        )
    )
