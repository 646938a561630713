"""Papers that one member writes: the introduction (3-KNĐ) and the helper's remark on a probationer (11-KNĐ)."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from admissions import letters, procedure, workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.states import State
from tests import factories
from tests.kept import kept
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db

DAY = date(2017, 2, 25)


def lines_of(kind, row, on=DAY):
    return lines_of_file(letters.render_letter(kind, row, on=on))


@kept
def helped(district):
    """On probation, helped by one after another, each of whom remarked."""
    row = factories.dossier(district.rural, district.staff, helper="Trần Văn Cũ")
    row = factories.reach(row, State.PROBATIONARY, district.staff)
    remark(district, row, date(2016, 11, 30), "Trần Văn Cũ", "Chịu khó")
    change(district, row, date(2017, 2, 15), "Lê Văn Toản")
    remark(district, row, date(2017, 2, 20), "Lê Văn Toản", "Ưu điểm: vững vàng.")
    return Dossier.objects.get(pk=row.pk)


def remark(district, row, on, helper, text):
    workflow.perform(row, "remark_helper", by=district.staff, on=on, helper=helper, text=text)


def member(district, born_on):
    """A member of the register who bears the name of the helper."""
    person = factories.candidate(full_name="Lê Văn Toản", born_on=born_on)
    facts = {"introducer": "Bùi Văn Khác", "helper": "Bùi Văn Khác"}
    row = factories.dossier(district.rural, district.staff, person=person, **facts)
    return factories.reach(row, State.DECIDED, district.staff)


def change(district, row, on, helper):
    workflow.perform(row, "change_helper", by=district.staff, on=on, helper=helper, reason="chuyển công tác")


def test_the_introduction_is_the_introducers_with_what_was_remarked_until_the_branch_met(dossier):
    text = "\n".join(lines_of("3-KND", dossier))
    assert "Tôi là Lê Văn Toản, đảng viên chính thức." in text
    assert (
        "Đồng chí Nguyễn Văn Thực, giúp đỡ từ ngày 12/3/2015, nhận xét đến ngày 30/11/2016: Tích cực." in text
    )
    assert "Lập trường vững" not in text, "that was remarked on the probationer"
    assert "Tôi xin chịu trách nhiệm trước Đảng về những nội dung báo cáo trên đây." in text


def test_the_second_members_own_remarks_come_first_and_say_since_when_they_help(dossier):
    lines = lines_of("3A-KND", dossier)
    assert any(
        line.startswith("Từ ngày 12/3/2015, tôi được chi bộ phân công giúp đỡ quần chúng") for line in lines
    )
    assert "Đến ngày 30/11/2016: Tích cực." in lines
    assert not any("những đảng viên khác" in line for line in lines)


def test_each_remark_is_a_paragraph_like_the_one_it_stands_in(district, helped):
    remark(district, helped, date(2017, 2, 24), "Lê Văn Toản", "Khuyết điểm: ít phát biểu")
    file = docx.Document(io.BytesIO(letters.render_letter("11-KND", helped, on=DAY)))
    said = [row for row in file.paragraphs if row.text.startswith("Đến ngày ")]
    assert [row.text for row in said] == [
        "Đến ngày 20/02/2017: Ưu điểm: vững vàng.",
        "Đến ngày 24/02/2017: Khuyết điểm: ít phát biểu.",
    ]
    assert {row.paragraph_format.line_spacing.pt for row in said} == {18}


def test_the_remark_on_a_probationer_has_one_of_each_former_helper(helped):
    lines = lines_of("11-KND", helped)
    assert "Từ ngày 15/02/2017, tôi được chi bộ phân công giúp đỡ" in "\n".join(lines)
    assert (
        "Đồng chí Trần Văn Cũ, giúp đỡ từ ngày 12/3/2015 đến ngày 15/02/2017, nhận xét đến ngày 30/11/2016: Chịu khó."
    ) in lines


def test_it_is_not_made_while_a_former_helper_of_the_probation_left_no_remark(district, helped):
    change(district, helped, date(2017, 2, 22), "Ngô Văn Mới")
    change(district, helped, date(2017, 2, 24), "Lê Văn Toản")
    assert letters.missing_values("11-KND", helped) == [
        "Nhận xét của đ/c Ngô Văn Mới, thôi giúp đỡ ngày 24/02/2017"
    ]
    with pytest.raises(Refused, match="Ngô Văn Mới"):
        letters.render_letter("11-KND", helped)


def test_nor_while_the_helper_has_remarked_nothing_on_the_probationer(district):
    row = factories.dossier(district.rural, district.staff)
    row = factories.reach(row, State.PROBATIONARY, district.staff)
    remark(district, row, date(2016, 11, 30), row.helper, "Chịu khó")
    assert letters.missing_values("11-KND", row) == ["Nhận xét đã ghi trong sổ"]
    assert letters.missing_values("3A-KND", row) == ["Nhận xét đã ghi trong sổ"], (
        "it is dated before the remark"
    )
    row.papers.filter(code="3A-KND").update(dated_on=date(2016, 12, 1))
    assert letters.missing_values("3A-KND", Dossier.objects.get(pk=row.pk)) == []


def test_a_writer_who_is_a_member_of_the_register_has_their_dates(district, helped):
    member(district, date(1970, 5, 9))
    assert (
        "Tôi là Lê Văn Toản, sinh ngày 09/5/1970, đảng viên chính thức, vào Đảng ngày 10/01/2017."
    ) in lines_of("11-KND", Dossier.objects.get(pk=helped.pk))
    member(district, date(1980, 5, 9))
    lines = lines_of("11-KND", Dossier.objects.get(pk=helped.pk))
    assert "Tôi là Lê Văn Toản, đảng viên chính thức." in lines, "which of the two it is nobody knows"


def test_the_paper_bears_the_day_under_which_the_dossier_has_it(district, helped):
    facts = {"11-KND": {"had": True, "dated_on": date(2017, 2, 23), "number": "", "note": ""}}
    workflow.record_papers(helped, facts, by=district.staff)
    row = Dossier.objects.get(pk=helped.pk)
    assert letters.date_of_letter("11-KND", row) == date(2017, 2, 23)
    letters.note_made_letter("11-KND", row, district.staff)
    assert letters.outdated_letters(row) == []


def test_one_made_before_a_remark_is_corrected_is_out_of_date(district, helped):
    letters.note_made_letter("11-KND", helped, district.staff)
    assert letters.outdated_letters(helped) == []
    fault = workflow.find_act(helped, helped.events.filter(action="remark_helper").last().no)
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=helped.pk), fault, {"text": "Ưu điểm: hăng hái."}
    )
    workflow.ask_correction(draft, by=district.staff, reason="chép nhầm")
    (found,) = letters.outdated_letters(Dossier.objects.get(pk=helped.pk))
    assert found.differences == [
        (
            "Nhận xét đã ghi trong sổ",
            "Đến ngày 20/02/2017: Ưu điểm: vững vàng.",
            "Đến ngày 20/02/2017: Ưu điểm: hăng hái.",
        )
    ]


def test_the_number_of_the_form_is_that_of_the_regulation(dossier):
    version = procedure.version_of(dossier)
    assert letters.title_of("3A-KND", version) == "Giấy giới thiệu người vào Đảng (mẫu 3-KNĐ, người thứ hai)"
    papers = tuple(replace(row, form="11B-KNĐ") if row.code == "11-KND" else row for row in version.papers)
    other = replace(version, papers=papers)
    assert letters.title_of("11-KND", other) == "Nhận xét của người giúp đỡ về đảng viên dự bị (mẫu 11B-KNĐ)"
    assert letters.title_of("extract", version) == "Trích sao hồ sơ trình Ban Thường vụ"
