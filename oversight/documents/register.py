"""The register of rewards and criticism to print: Word and Excel."""

import tempfile
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from branches.models import Organisation
from notation.dates import dmy
from oversight.documents.paper import Paper, fill_paper
from oversight.models import Reward
from oversight.pages.rewards import register_table
from reports.exports import xlsx
from reports.exports.document import Document
from reports.exports.party_layout import issuer_of
from reports.periods import Period
from reports.unit_group import group_units


@override("vi")
def write_register_docx(unit: Organisation, period: Period, rewards: list[Reward], day: date) -> bytes:
    """The register as a .docx; a period without a decision says so."""
    table = register_table(rewards)
    empty = f"Chưa có quyết định khen thưởng, phê bình nào cho {period}."
    return fill_paper(
        Paper(
            type="DANH SÁCH",
            letters="DS",
            abstract=f"Khen thưởng, phê bình về kết nạp đảng viên {period} của {unit.title}",
            issuer=issuer_of(group_units([unit])),
            blocks=(table,) if table.rows else (empty,),
            to="Các đơn vị có tên",
            day=day,
        )
    )


@override("vi")
def write_register_xlsx(unit: Organisation, period: Period, rewards: list[Reward], day: date) -> bytes:
    """The register as a workbook of one sheet."""
    document = Document(
        title=_("Khen thưởng, phê bình về kết nạp đảng viên %(period)s") % {"period": period},
        units=unit.title,
        place=f"{unit.title}. Lập ngày {dmy(day)}.",
        day=period.last,
        tables=(register_table(rewards),),
        issuer=issuer_of(group_units([unit])),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        xlsx.write(path, document)
        return path.read_bytes()
