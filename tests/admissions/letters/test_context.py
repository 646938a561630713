"""What a dossier says, as the words that go into a document."""

import io
import re
from datetime import date

import docx
import pytest
from django.utils.translation import override

from admissions import letters
from admissions.exceptions import Refused
from admissions.models.meeting import Meeting
from admissions.states import State
from tests import factories
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db


def made(row, kind, **how):
    return lines_of_file(letters.render_letter(kind, row, **how))


HEADS = {
    "3-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "3A-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "11-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "6-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "13-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "8-KND": ["ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "*"],
    "15-KND": ["ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "*"],
    "vetting": ["ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "*"],
    "9-KND": ["HUYỆN ỦY YÊN LẠC", "*"],
    "extract": ["HUYỆN ỦY YÊN LẠC", "BAN TỔ CHỨC", "*"],
}


SIGNED = {
    "3-KND": ["ĐẢNG VIÊN GIỚI THIỆU", "Lê Văn Toản"],
    "3A-KND": ["ĐẢNG VIÊN GIỚI THIỆU", "Nguyễn Văn Thực"],
    "11-KND": ["ĐẢNG VIÊN GIÚP ĐỠ", "Nguyễn Văn Thực"],
    "6-KND": ["T/M CHI BỘ", "BÍ THƯ"],
    "13-KND": ["T/M CHI BỘ", "BÍ THƯ"],
    "8-KND": ["T/M ĐẢNG ỦY", "BÍ THƯ"],
    "15-KND": ["T/M ĐẢNG ỦY", "BÍ THƯ"],
    "vetting": ["T/M ĐẢNG ỦY", "BÍ THƯ"],
    "9-KND": ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"],
    "extract": ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"],
}


NUMBERS = {
    "6-KND": "Số 14-NQ/CB",
    "8-KND": "Số 62-NQ/ĐU",
    "9-KND": "Số 31-QĐ/HU",
    "13-KND": "Số 21-NQ/CB",
    "15-KND": "Số 77-NQ/ĐU",
}


DAYS = {"hd36-2018": date(2017, 2, 5), "hd05-2026": date(2026, 6, 5)}


def dated(row, kind, day):
    """Move what dates `kind` to `day`; documents without a date of their own are given it."""
    row.votes.update(held_on=day)
    row.papers.filter(code=kind).update(dated_on=day)
    row.decided_on = day
    return {"on": day}


@pytest.mark.parametrize("kind", letters.KINDS)
def test_head_number_and_signature(dossier, kind):
    lines = made(dossier, kind)
    head = HEADS[kind]
    assert lines[: len(head)] == head
    assert [line.strip() for line in lines if re.match(r"(T/M|K/T|ĐẢNG VIÊN) ", line)] == SIGNED[kind][:1]
    below = [line for line in lines[lines.index(SIGNED[kind][0]) + 1 :] if line.strip()]
    assert below[0] == SIGNED[kind][1]
    assert not any(line.startswith("Số:") for line in lines)
    if kind in NUMBERS:
        assert NUMBERS[kind] in lines


def test_the_branchs_resolution_counts_over_all_official_members(dossier):
    text = "\n".join(made(dossier, "6-KND"))
    assert "Trung Nguyên, ngày 05 tháng 12 năm 2016" in text
    assert (
        "Tổng số đảng viên chính thức của chi bộ: 18 đồng chí. Có mặt: 16 đồng chí; vắng mặt: 2 đồng chí."
        in text
    )
    assert "15 đồng chí, đạt 83,33% so với tổng số" in text and "1 đồng chí, chiếm 5,56%" in text
    assert "đề nghị Đảng ủy xã Trung Nguyên xét, kết nạp quần chúng" in text
    assert "Chủ trì" not in text


def test_the_meeting_adds_who_chaired_it_and_who_sat_without_a_vote(dossier, district):
    ballot = dossier.votes.get(number="14-NQ/CB")
    ballot.meeting = Meeting.objects.create(
        unit=district.rural,
        body="branch",
        held_on=ballot.held_on,
        members=18,
        present=16,
        probationary=2,
        chair="Phạm Văn Chủ",
        secretary="Lê Thị Ghi",
        by=district.staff,
    )
    ballot.excluded = 1
    ballot.save()
    text = "\n".join(made(dossier, "6-KND"))
    assert "Chủ trì hội nghị: đồng chí Phạm Văn Chủ; thư ký: đồng chí Lê Thị Ghi." in text
    assert "trong đó 1 đồng chí được trừ theo quy định, còn 17 đồng chí được tính" in text
    assert "đảng viên dự bị dự họp, không biểu quyết: 2 đồng chí" in text
    assert "15 đồng chí, đạt 88,24% so với tổng số đảng viên chính thức của chi bộ được tính" in text


def test_the_layout_of_2026_pads_small_numbers(dossier):
    on = dated(dossier, "6-KND", DAYS["hd05-2026"])
    assert "vắng mặt: 02 đồng chí." in "\n".join(made(dossier, "6-KND", **on))


def test_the_decision_rests_on_both_resolutions(dossier):
    text = "\n".join(made(dossier, "9-KND"))
    assert "Căn cứ Điều lệ Đảng Cộng sản Việt Nam (Điều 4);" in text
    assert "29-QĐ/TW, ngày 25/7/2016" in text
    assert "Nghị quyết số 14-NQ/CB, ngày 05/12/2016 của Chi bộ thôn Tân Nguyên" in text
    assert "và Nghị quyết số 62-NQ/ĐU, ngày 20/12/2016 của Đảng ủy xã Trung Nguyên" in text
    assert "Điều 1. Kết nạp quần chúng ĐỖ A & B <X> vào Đảng Cộng sản Việt Nam" in text
    assert "trong thời gian dự bị 12 tháng kể từ ngày tổ chức lễ kết nạp" in text
    assert "Yên Lạc, ngày 10 tháng 01 năm 2017" in text


def test_the_extract_shows_both_votes_and_what_was_wanting(dossier):
    data = letters.render_letter("extract", dossier, on=date(2017, 2, 5))
    ballots = docx.Document(io.BytesIO(data)).tables[1]
    assert [[cell.text for cell in row.cells][2:] for row in ballots.rows[1:]] == [
        ["18", "16", "15 (83,33%)", "1 (5,56%)"],
        ["15", "15", "14 (93,33%)", "1 (6,67%)"],
    ]
    text = "\n".join(lines_of_file(data))
    assert "Yên Lạc, ngày 05 tháng 02 năm 2017" in text
    assert "cấp ngày 24/10/2015; đơn xin vào Đảng ngày 15/8/2016." in text
    assert "đồng chí Lê Văn Toản và đồng chí Nguyễn Văn Thực" in text
    assert "không có vấn đề phải giải trình" in text


def test_a_base_branch_sends_straight_up(district):
    row = factories.dossier(district.firm, district.staff)
    factories.reach(row, State.RESOLVED, district.staff)
    row.refresh_from_db()
    lines = made(row, "6-KND")
    assert lines[:2] == ["ĐẢNG BỘ HUYỆN YÊN LẠC", "CHI BỘ CÔNG TY MAY"]
    assert "đề nghị Ban Thường vụ Huyện ủy Yên Lạc xét" in "\n".join(lines)
    assert letters.available_letters(row) == ["3-KND", "3A-KND", "6-KND", "vetting"]
    assert "Số nghị quyết của đảng ủy cơ sở" not in letters.missing_values("9-KND", row)


def test_documents_stay_vietnamese_for_an_english_reader(dossier):
    with override("en"):
        assert "Nông, lâm, ngư nghiệp" in "\n".join(made(dossier, "6-KND"))


def test_rule_38_missing_values_are_listed_and_nothing_is_made(district):
    row = factories.dossier(district.rural, district.staff)
    row.candidate.home_place = ""
    assert letters.missing_values("6-KND", row) == [
        "Quê quán",
        "Số nghị quyết của chi bộ",
        "Ngày họp của chi bộ",
        "Số đồng ý của chi bộ",
    ]
    with pytest.raises(Refused) as refused:
        letters.render_letter("6-KND", row)
    assert "còn thiếu: Quê quán; Số nghị quyết của chi bộ;" in refused.value.messages[0]
    assert letters.available_letters(row) == []


def test_a_vote_that_fell_short_makes_no_resolution(dossier):
    dossier.votes.filter(purpose="conversion", body="branch").update(agree=5, passed=False)
    assert "13-KND" not in letters.available_letters(dossier)
    with pytest.raises(Refused, match="không đạt"):
        letters.render_letter("13-KND", dossier)


def test_an_earlier_rounds_votes_do_not_count(dossier):
    dossier.listed_on = date(2017, 1, 1)
    assert "Số nghị quyết của chi bộ" in letters.missing_values("9-KND", dossier)


def test_what_is_offered_follows_the_state(dossier, district):
    before, after = ["3-KND", "3A-KND", "6-KND", "8-KND", "extract", "9-KND"], ["11-KND", "13-KND"]
    assert letters.available_letters(dossier) == before + after
    row = factories.dossier(
        district.rural, district.staff, person=factories.candidate(full_name="Vũ Thị Hai")
    )
    factories.reach(row, State.PREPARING, district.staff)
    row.refresh_from_db()
    assert letters.available_letters(row) == ["3-KND", "3A-KND", "6-KND", "vetting"]


@pytest.mark.parametrize("kind", letters.KINDS)
def test_the_context_has_exactly_the_placeholders(dossier, kind):
    values = letters.letter_context(kind, dossier)
    assert set(values) == letters.placeholders_of(kind)
    assert all(isinstance(value, str) for value in values.values())
