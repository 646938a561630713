"""The statutory documents: every kind in every layout, read back; and what a template may not do."""

import io
import re
import runpy
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from django.utils.translation import override

from admissions import letters
from admissions.exceptions import Refused
from admissions.letters import layouts, word
from admissions.models import Vote
from admissions.models.meeting import Meeting
from admissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db

LAYOUTS = {layout.key: layout for layout in layouts.load_layouts()}
DAYS = {"hd36-2018": date(2017, 2, 5), "hd05-2026": date(2026, 6, 5)}
CASES = [(kind, layout) for kind in letters.KINDS for layout in LAYOUTS]


@pytest.fixture
def dossier(district):
    """On probation, with both ballots on conversion held; a name that would break markup."""
    person = factories.candidate(full_name="Đỗ A & B <x>")
    row = factories.dossier(district.rural, district.staff, person=person)
    row = factories.reach(row, State.PROBATIONARY, district.staff)
    row.refresh_from_db()
    for body, number in ((Vote.Body.BRANCH, "21-NQ/CB"), (Vote.Body.BASE, "77-NQ/ĐU")):
        vote(row, body, Vote.Purpose.CONVERSION, held_on=date(2018, 2, 5), number=number)
    return row


def vote(row, body, purpose, **facts):
    values = {"members": 18, "present": 16, "agree": 15, "disagree": 1, "needed": 12, "passed": True}
    return Vote.objects.create(dossier=row, body=body, purpose=purpose, **values | facts)


def dated(row, kind, day):
    """Move what dates `kind` to `day`; documents without a date of their own are given it."""
    row.votes.update(held_on=day)
    row.decided_on = day
    return {"on": day}


def words(data):
    """Every line of a document, those of its tables included, in their order."""
    document = docx.Document(io.BytesIO(data))
    found = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            found += [line for row in block.rows for cell in row.cells for line in cell.text.split("\n")]
        else:
            found.append(block.text)
    return found


def made(row, kind, **how):
    return words(letters.render_letter(kind, row, **how))


def docx_with(*paragraphs):
    document, data = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(data)
    return data.getvalue()


# What is made


@pytest.mark.parametrize(("kind", "layout"), CASES)
def test_rule_38_each_kind_in_each_layout_holds_the_values_and_no_gaps(dossier, kind, layout):
    lines = made(dossier, kind, **dated(dossier, kind, DAYS[layout]))
    text = "\n".join(lines)
    for gap in ("{{", "{%", "…", "....", "None", "  ,", " ;", ".."):
        assert gap not in text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in lines
    assert "Đỗ A & B <x>" in text or "ĐỖ A & B <X>" in text
    assert "14/8/1992" in text and "Trung Nguyên, Yên Lạc" in text
    day = DAYS[layout]
    assert any(
        line.endswith(f", ngày 05 tháng {'02' if day.year == 2017 else '6'} năm {day.year}") for line in lines
    )
    if kind != "extract":
        recipients = [line for line in lines if line.startswith("- ")]
        assert "Nơi nhận:" in lines and recipients[-1].startswith("- Lưu ") and recipients[-1].endswith(".")


@pytest.mark.parametrize(("kind", "layout"), CASES)
def test_the_file_names_the_font_the_margins_and_the_line(dossier, kind, layout):
    document = docx.Document(
        io.BytesIO(letters.render_letter(kind, dossier, **dated(dossier, kind, DAYS[layout])))
    )
    section, measures = document.sections[0], LAYOUTS[layout]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert tuple(round(margin.mm) for margin in margins) == (20, 20, 30, 15)
    assert document.styles["Normal"].font.name == "Times New Roman"
    body = [p for p in document.paragraphs if p.paragraph_format.first_line_indent]
    assert body and {p.paragraph_format.line_spacing.pt for p in body} == {measures.line_pt}
    assert {round(p.paragraph_format.first_line_indent.mm) for p in body} == {10}


HEADS = {
    "6-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "13-KND": ["ĐẢNG BỘ XÃ TRUNG NGUYÊN", "CHI BỘ THÔN TÂN NGUYÊN", "*"],
    "8-KND": ["ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "*"],
    "15-KND": ["ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "*"],
    "vetting": ["ĐẢNG BỘ HUYỆN YÊN LẠC", "ĐẢNG ỦY XÃ TRUNG NGUYÊN", "*"],
    "9-KND": ["HUYỆN ỦY YÊN LẠC", "*"],
    "extract": ["HUYỆN ỦY YÊN LẠC", "BAN TỔ CHỨC", "*"],
}
SIGNED = {
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


@pytest.mark.parametrize("kind", letters.KINDS)
def test_head_number_and_signature(dossier, kind):
    lines = made(dossier, kind)
    head = HEADS[kind]
    assert lines[: len(head)] == head
    assert [line.strip() for line in lines if re.match(r"(T/M|K/T) ", line)] == SIGNED[kind][:1]
    assert lines[lines.index(SIGNED[kind][0]) + 1] == SIGNED[kind][1]
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
    text = "\n".join(words(data))
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
    assert letters.available_letters(row) == ["6-KND", "vetting"]
    assert "Số nghị quyết của đảng ủy cơ sở" not in letters.missing_values("9-KND", row)


def test_documents_stay_vietnamese_for_an_english_reader(dossier):
    with override("en"):
        assert "Nông, lâm, ngư nghiệp" in "\n".join(made(dossier, "6-KND"))


# What is missing


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
    assert letters.available_letters(dossier) == ["6-KND", "8-KND", "extract", "9-KND", "13-KND"]
    row = factories.dossier(
        district.rural, district.staff, person=factories.candidate(full_name="Vũ Thị Hai")
    )
    factories.reach(row, State.PREPARING, district.staff)
    row.refresh_from_db()
    assert letters.available_letters(row) == ["6-KND", "vetting"]


@pytest.mark.parametrize("kind", letters.KINDS)
def test_the_context_has_exactly_the_placeholders(dossier, kind):
    values = letters.letter_context(kind, dossier)
    assert set(values) == letters.placeholders_of(kind)
    assert all(isinstance(value, str) for value in values.values())


# Templates


def refusal(kind, data):
    with pytest.raises(Refused) as refused:
        letters.check_template(kind, data)
    return " ".join(refused.value.messages)


def test_the_default_templates_are_what_the_script_writes(tmp_path):
    written = runpy.run_path("scripts/letter_templates")["build"](tmp_path)
    assert len(written) == len(CASES)
    for path in written:
        kept = word.TEMPLATES / path.relative_to(tmp_path)
        assert kept.read_bytes() == path.read_bytes(), f"run scripts/letter_templates: {kept}"
        letters.check_template(path.stem, path.read_bytes())


def test_a_districts_own_template_is_used(dossier):
    data = docx_with("Gửi {{ name|upper }}{% if again %} lại{% endif %}", "Số {{ number }}")
    letters.check_template("9-KND", data)
    assert made(dossier, "9-KND", template=data) == ["Gửi ĐỖ A & B <X>", "Số 31-QĐ/HU"]


def test_every_unknown_placeholder_is_listed():
    data = docx_with("{{ ho_ten }} {{ name }}", "{% if ngay %}{{ thang }}{% endif %}")
    document = docx.Document(io.BytesIO(data))
    document.sections[0].footer.paragraphs[0].text = "{{ chan_trang }}"
    footed = io.BytesIO()
    document.save(footed)
    said = refusal("6-KND", footed.getvalue())
    assert "chan_trang, ho_ten, ngay, thang" in said
    assert "base_number" in refusal("6-KND", docx_with("{{ base_number }}"))


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        ("{{ name.__class__ }}", ".__class__"),
        ("{{ name.__class__.__mro__[1].__subclasses__() }}", "__subclasses__"),
        ("{% for x in name %}{{ x }}{% endfor %}", "for"),
        ("{% set x = 1 %}", "assign"),
        ("{{ name * 1000000000 }}", "mul"),
        ("{{ name|attr('x') }}", "|attr"),
        ("{{ name|safe }}", "|safe"),
        ("{{ range(9) }}", "call"),
    ],
)
def test_a_template_may_only_name_values_and_ask_for_them(dossier, words_, said):
    assert said in refusal("9-KND", docx_with(words_))
    with pytest.raises(Refused):
        letters.render_letter("9-KND", dossier, template=docx_with(words_))


@pytest.mark.parametrize(
    "broken", ["Số {{ number", "{% if name %}Chào", "{{ name | }}", "{% endif %}", "{{ a b }}"]
)
def test_a_broken_template_is_refused_with_its_words(broken):
    said = refusal("6-KND", docx_with("Đầu", broken))
    assert "viết sai" in said and "<w:" not in said


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_what_is_no_word_file_is_refused():
    whole = docx_with("{{ name }}")
    for data in (b"", b"%PDF-1.4", packed(a="b"), whole[:-200], whole[:300] + b"\0" * 64 + whole[364:]):
        assert "Word" in refusal("6-KND", data)


def test_what_is_too_large_is_refused_packed_and_unpacked():
    assert "1 MB" in refusal("6-KND", b"x" * (word.MAX_BYTES + 1))
    bomb = packed(**{f"word/{n}.xml": bytes(5 * 2**20) for n in range(5)})
    assert len(bomb) < word.MAX_BYTES
    assert "20 MB" in refusal("6-KND", bomb)


# Layouts


def test_the_layout_follows_the_day():
    assert letters.layout_for(date(2016, 1, 1)).key == "hd36-2018"
    assert letters.layout_for(date(2026, 5, 26)).key == "hd36-2018"
    assert letters.layout_for(date(2026, 5, 27)).key == "hd05-2026"
    assert letters.layout_for(date(2017, 1, 1)).confidence_on(date(2017, 1, 1)) == "unverified"
    assert Path(word.TEMPLATES, "hd05-2026", "9-KND.docx").exists()
