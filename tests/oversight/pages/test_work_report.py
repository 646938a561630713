"""The report says what the register has, and of what it has not that it is not there; it may be typed over."""

from datetime import date

import pytest

from admissions import workflow
from admissions.states import State
from oversight.pages.work_report import WorkReport, passages_told
from oversight.passages import keep_passages
from reports import periods
from reports.models import MemberCount
from reports.pages.chain import Asked
from reports.pages.chain_closed import read_chain_reasons
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2017)


def words(unit, period=YEAR):
    return "\n".join(line for part in WorkReport(unit, period).parts() for line in part.paragraphs)


def test_an_empty_register_says_so_in_every_part(district):
    said = words(district.root)
    for sentence in (
        "Sổ chưa ghi số đảng viên của đơn vị.",
        "Sổ chưa ghi nghị quyết, kế hoạch nào cho kỳ này.",
        "Chưa phân công ủy viên phụ trách và tổ công tác trong sổ.",
        "1. Tạo nguồn: sổ chưa ghi người nào trong danh sách cảm tình Đảng.",
        "2. Bồi dưỡng nhận thức về Đảng: trong kỳ sổ chưa ghi lớp nào",
        "4. Hiện không có hồ sơ nào đang làm.",
        "5. Công nhận chính thức: trong kỳ không có đảng viên dự bị đến hạn.",
        "6. Không có hồ sơ chờ thẩm tra về chính trị.",
        "Chi bộ chưa nêu khó khăn nào trong rà soát hằng tháng của kỳ này.",
        "Chưa giao việc nào có mốc thời gian.",
    ):
        assert sentence in said


def test_the_figures_stand_in_their_parts(district):
    MemberCount.objects.create(unit=district.root, on=date(2016, 12, 31), number=90)
    factories.quota(district.home, YEAR, 2)
    factories.admitted(district.rural, district.staff)
    factories.dossier(district.school, district.staff, listed_on=date(2017, 2, 1), introduced_by="youth")
    said = words(district.root)
    for sentence in (
        "Đảng bộ huyện Yên Lạc có 3 tổ chức cơ sở đảng, 4 chi bộ.",
        "Ngày 31/12/2016 có 90 đảng viên.",
        "1 người trong danh sách cảm tình Đảng và 0 người đang làm hồ sơ; trong kỳ thêm 1, đưa ra 0.",
        "Nơi giới thiệu người mới vào danh sách: Đoàn Thanh niên 1.",
        "toàn huyện kết nạp 1 đảng viên",
        "chi bộ nông thôn 1; nữ 1",
        "0 trên 1 đơn vị đạt hoặc vượt chỉ tiêu năm",
        "Còn 1 đơn vị chưa đạt chỉ tiêu năm: Trung Nguyên (thiếu 1).",
        "Các đơn vị còn phải kết nạp 1 đảng viên",
    ):
        assert sentence in said


def test_what_was_typed_stands_and_the_figures_words_stay_at_hand(district):
    keep_passages(district.root, YEAR, {"strengths": "Dân vận tốt.\nĐoàn kết."}, by=district.staff)
    part = next(one for one in WorkReport(district.root, YEAR).parts() if one.section == "strengths")
    assert (part.paragraphs, part.typed) == (("Dân vận tốt.", "Đoàn kết."), True)
    assert passages_told(district.root, YEAR)["strengths"] == "Chưa có đơn vị nào vượt chỉ tiêu."


def test_why_decisions_were_late_and_dossiers_returned_are_the_chains_reasons(district):
    row = factories.dossier(district.rural, district.staff)
    factories.reach(
        row, State.APPRAISAL, district.staff, apply=date(2016, 8, 15), branch_agrees=date(2016, 10, 24)
    )
    for on in (date(2017, 1, 4), date(2017, 1, 16)):
        reason = "Thiếu giấy tờ theo quy định: ảnh"
        workflow.perform(row, "give_back", by=district.staff, on=on, reason=reason)
        workflow.perform(row, "receive", by=district.staff, on=on)
    said, found = words(district.root), read_chain_reasons(Asked(district.root, YEAR))
    assert found.overdue == 1 and len(found.late) == 1
    for sentence in (
        "Trong kỳ trả lại 2 lượt hồ sơ: Thiếu giấy tờ theo quy định 2.",
        "Quá hạn quyết định: 1 hồ sơ, trong đó 1 hồ sơ chưa có quyết định.",
        f"Vì sao quá hạn, mỗi hồ sơ một lý do chính: {found.late[0][0]} 1.",
        "Vì sao trả lại, mỗi lượt một lý do chính: Thiếu giấy tờ theo quy định 2.",
    ):
        assert sentence in said
    assert "Trong kỳ không hồ sơ nào quá hạn quyết định." in words(district.school)
