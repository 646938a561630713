"""The yearly plan of a unit, written from its quotas, sources and dossiers; and the reminder to hand quotas down."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from admissions.sources.listing import read_lists
from branches.models import Organisation, Tier
from notation.dates import dmy, today
from notation.numbers import format_number
from oversight.documents.paper import Block, Heading, Paper, fill_paper
from oversight.models import Plan
from oversight.pages.plans import PlanPage
from oversight.target_groups import GROUPS
from reports import periods
from reports.exports.document import Column, Row, Table
from reports.exports.party_layout import issuer_of
from reports.figures import figures
from reports.periods import Period
from reports.quotas import attainment
from reports.quotas.attainment import describe_difference
from reports.unit_group import group_units


@override("vi")
def draft_plan(unit: Organisation, year: Period, day: date | None = None) -> bytes:
    """The plan of `unit` for `year` as a .docx: a draft from what the register knows on `day`, to be completed.

    Its outline is that of the plans of Đức Linh 2022 and Quảng Nam 2024; a part without figures says so.
    """
    day = day or today()
    own, rows = attainment.unit_and_children(unit, year)
    plan = Plan.objects.filter(unit=unit, first=year.first, last=year.last).select_related("basis").first()
    blocks = (
        *_basis(unit, year, own),
        *_aims(unit),
        *_targets(unit, year, own, rows, day),
        *_sub_targets(plan),
        *_work(unit),
        *_timeline(year),
        Heading("VI- TỔ CHỨC THỰC HIỆN"),
        "Các cấp ủy báo cáo kết quả hằng quý, sơ kết sáu tháng và tổng kết năm. Đơn vị không đạt chỉ tiêu giải trình"
        " bằng văn bản, nêu nguyên nhân, số còn kết nạp được và các việc có mốc thời gian.",
    )
    return fill_paper(
        Paper(
            type="KẾ HOẠCH",
            letters="KH",
            abstract=f"Kết nạp đảng viên năm {year.code} của {unit.title}",
            issuer=issuer_of(group_units([unit])),
            blocks=blocks,
            to="Các đơn vị trực thuộc",
            day=day,
        )
    )


def _basis(unit, year, own):
    before = year.year_before()
    then = attainment.unit_row(unit, before) if before else None
    yield Heading("I- CĂN CỨ")
    if own.target is None:
        yield f"Cấp trên chưa giao chỉ tiêu năm {year.code}; bản này lập theo nguồn hiện có."
    else:
        basis = own.target.quota.basis
        yield f"Chỉ tiêu năm {year.code}: {own.target.words} ({basis}{f', {basis.title}' if basis.title else ''})."
    if then is not None and before.last >= (figures.register_begin() or today()):
        reached = f"Năm {before.code} kết nạp {format_number(then.admitted)} đảng viên"
        if then.quota:
            reached += f", chỉ tiêu {format_number(then.quota)}"
        yield f"{reached}; trong đó chi bộ nông thôn {format_number(then.rural)}."


def _aims(unit):
    yield Heading("II- MỤC ĐÍCH, YÊU CẦU")
    yield (
        f"{unit.title} kết nạp đủ chỉ tiêu, đúng tiêu chuẩn và thủ tục; coi trọng chất lượng. Mỗi chi bộ có nguồn phấn"
        " đấu kết nạp được ít nhất một đảng viên."
    )


def _targets(unit, year, own, rows, day):
    yield Heading("III- CHỈ TIÊU")
    given = [row for row in rows if row.quota]
    if not given:
        yield "Chưa giao chỉ tiêu cho đơn vị trực thuộc; số trong bảng là nguồn và hồ sơ hiện có."
    elif own.quota:
        sums = sum(row.quota for row in given)
        yield f"Cộng chỉ tiêu các đơn vị: {format_number(sums)}, {describe_difference(sums, own.quota)}."
    yield _unit_table(unit, year, rows, day)


def _unit_table(unit, year, rows, day):
    """By unit: the quota, last year, what is under way and on the lists, and what lacks."""
    before = year.year_before()
    then = figures.count_by_unit(unit, before) if before else {}
    lists = read_lists(unit, day)
    under_way, listed = (lists.count_below(unit, people) for people in (lists.under_way, lists.sources))
    lines, totals = [], [0, 0, 0, 0, 0]
    for n, row in enumerate(rows, start=1):
        pk, quota = row.unit.pk, row.quota
        has = under_way.get(pk, 0) + listed.get(pk, 0)
        lack = max(0, (row.left or 0) - has)
        admitted_before = then[pk]["admitted"] if pk in then else 0
        cells = [admitted_before, quota, under_way.get(pk, 0), listed.get(pk, 0), lack]
        totals = [total + (cell or 0) for total, cell in zip(totals, cells, strict=True)]
        lines.append(Row((n, row.unit.short_name, *cells)))
    lines.append(Row(("", "Cộng", *totals), "total"))
    columns = (
        Column("no", "TT", 5, "number"),
        Column("unit", "Đơn vị", 30),
        Column("before", f"Kết nạp {before.code}" if before else "Năm trước", 10, "number"),
        Column("quota", f"Chỉ tiêu {year.code}", 10, "number"),
        Column("under_way", "Đang làm hồ sơ", 10, "number"),
        Column("listed", "Trong danh sách", 10, "number"),
        Column("lack", "Còn thiếu nguồn", 10, "number"),
    )
    return Table("plan", "Bảng 1. Chỉ tiêu và nguồn theo đơn vị", columns, tuple(lines))


def _sub_targets(plan):
    rows = list(plan.sub_targets.all()) if plan else []
    if not rows:
        yield "Chưa giao chỉ tiêu riêng cho nhóm nào."
        return
    words = "; ".join(f"{GROUPS[row.measure].label}: {format_number(row.number)}" for row in rows)
    yield f"Chỉ tiêu theo nhóm (không cộng với nhau): {words}."


def _work(unit):
    yield Heading("IV- NHIỆM VỤ CỦA CÁC CẤP")
    yield (
        "Chi bộ: hằng tháng rà soát danh sách cảm tình Đảng, phân công đảng viên giúp đỡ, đề nghị cử học lớp nhận thức"
        " và cho làm thủ tục kết nạp."
    )
    if unit.tier == Tier.BASE:
        yield "Đảng ủy: xét đề nghị của chi bộ hằng tháng, phân công cấp ủy viên theo dõi từng chi bộ, thẩm định hồ sơ."
    else:
        yield "Cấp ủy cơ sở: giao chỉ tiêu đến chi bộ, xét đề nghị của chi bộ hằng tháng, thẩm định hồ sơ."
        yield "Ban Tổ chức: thẩm định hồ sơ, tham mưu mở lớp nhận thức theo số người chờ học từng quý."
    yield "Mặt trận Tổ quốc và các đoàn thể: giới thiệu đoàn viên, hội viên ưu tú cho chi bộ."


def _timeline(year):
    number = year.first.year
    yield Heading("V- TIẾN ĐỘ")
    yield f"Tháng 12/{number - 1}: chi bộ lập danh sách nguồn của năm. Tháng 01/{number}: giao chỉ tiêu."
    yield "Mỗi quý: mở lớp nhận thức khi đủ người chờ học; tổ công tác dự sinh hoạt chi bộ."
    yield f"Tháng 7/{number}: sơ kết sáu tháng. Tháng 12/{number}: tổng kết, xếp hạng, khen thưởng, phê bình."


@override("vi")
def draft_reminder(plan: Plan, day: date | None = None) -> bytes:
    """The letter that asks the units which have given no quotas to branches when they will, and what keeps them."""
    page, day = PlanPage(plan), day or today()
    rows = [
        Row((n, row.unit.short_name, row.target, row.under_way, "; ".join(row.notes)))
        for n, row in enumerate(page.waiting, start=1)
    ]
    columns = (
        Column("no", "TT", 5, "number"),
        Column("unit", "Đơn vị", 26),
        Column("quota", "Chỉ tiêu", 9, "number"),
        Column("under_way", "Đang làm hồ sơ", 10, "number"),
        Column("notes", "Ghi chú", 35),
    )
    blocks: tuple[Block, ...] = (
        f"Thực hiện {plan.get_kind_display().lower()} số {plan.basis} ({plan.basis.title}), đến ngày {dmy(day)} còn"
        f" {format_number(len(rows))} đơn vị chưa giao chỉ tiêu đến chi bộ.",
        Table("waiting", "Đơn vị chưa giao chỉ tiêu đến chi bộ", columns, tuple(rows)),
        "Đề nghị các đơn vị giao chỉ tiêu đến từng chi bộ và báo cáo: ngày giao; chỉ tiêu từng chi bộ; khó khăn,"
        " đề xuất.",
    )
    return fill_paper(
        Paper(
            type="",
            letters="CV",
            abstract=_("V/v giao chỉ tiêu kết nạp đảng viên đến chi bộ"),
            addressee="Cấp ủy các đơn vị có tên trong bảng",
            issuer=issuer_of(group_units([plan.unit])),
            blocks=blocks,
            to="Như trên",
            day=day,
        )
    )


def year_of_plan(text: str) -> Period | None:
    """The year that was typed, None for what is no year between 2000 and 2100."""
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text[:5]) <= 2100):
        return None
    return periods.year_period(int(text))
