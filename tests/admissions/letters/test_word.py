"""Word files: values put in, and templates that are checked before use."""

import io
import runpy
import zipfile
from datetime import date

import docx
import pytest

from admissions import letters
from admissions.exceptions import Refused
from admissions.letters import layouts, word
from admissions.letters.kinds import BY_HELPERS
from tests.word_files import lines_of_file, word_file

pytestmark = pytest.mark.django_db

DAYS = {"hd36-2018": date(2017, 2, 5), "hd05-2026": date(2026, 6, 5)}


LAYOUTS = {layout.key: layout for layout in layouts.load_layouts()}


CASES = [(kind, layout) for kind in letters.KINDS for layout in LAYOUTS]


def dated(row, kind, day):
    """Move what dates `kind` to `day`; documents without a date of their own are given it."""
    row.votes.update(held_on=day)
    row.papers.filter(code=kind).update(dated_on=day)
    row.decided_on = day
    return {"on": day}


def made(row, kind, **how):
    return lines_of_file(letters.render_letter(kind, row, **how))


def refusal(kind, data):
    with pytest.raises(Refused) as refused:
        letters.check_template(kind, data)
    return " ".join(refused.value.messages)


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


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
    if kind not in ("extract", *BY_HELPERS):
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


@pytest.mark.slow
def test_the_default_templates_are_what_the_script_writes(tmp_path):
    written = runpy.run_path("scripts/letter_templates")["build"](tmp_path)
    assert len(written) == len(CASES)
    for path in written:
        kept = word.TEMPLATES / path.relative_to(tmp_path)
        assert kept.read_bytes() == path.read_bytes(), f"run scripts/letter_templates: {kept}"
        letters.check_template(path.stem, path.read_bytes())


def test_a_districts_own_template_is_used(dossier):
    data = word_file("Gửi {{ name|upper }}{% if again %} lại{% endif %}", "Số {{ number }}")
    letters.check_template("9-KND", data)
    assert made(dossier, "9-KND", template=data) == ["Gửi ĐỖ A & B <X>", "Số 31-QĐ/HU"]


def test_every_unknown_placeholder_is_listed():
    data = word_file("{{ ho_ten }} {{ name }}", "{% if ngay %}{{ thang }}{% endif %}")
    document = docx.Document(io.BytesIO(data))
    document.sections[0].footer.paragraphs[0].text = "{{ chan_trang }}"
    footed = io.BytesIO()
    document.save(footed)
    said = refusal("6-KND", footed.getvalue())
    assert "chan_trang, ho_ten, ngay, thang" in said
    assert "base_number" in refusal("6-KND", word_file("{{ base_number }}"))


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
    assert said in refusal("9-KND", word_file(words_))
    with pytest.raises(Refused):
        letters.render_letter("9-KND", dossier, template=word_file(words_))


@pytest.mark.parametrize(
    "broken", ["Số {{ number", "{% if name %}Chào", "{{ name | }}", "{% endif %}", "{{ a b }}"]
)
def test_a_broken_template_is_refused_with_its_words(broken):
    said = refusal("6-KND", word_file("Đầu", broken))
    assert "viết sai" in said and "<w:" not in said


def test_what_is_no_word_file_is_refused():
    whole = word_file("{{ name }}")
    for data in (b"", b"%PDF-1.4", packed(a="b"), whole[:-200], whole[:300] + b"\0" * 64 + whole[364:]):
        assert "Word" in refusal("6-KND", data)


def test_what_is_too_large_is_refused_packed_and_unpacked():
    assert "1 MB" in refusal("6-KND", b"x" * (word.MAX_BYTES + 1))
    bomb = packed(**{f"word/{n}.xml": bytes(5 * 2**20) for n in range(5)})
    assert len(bomb) < word.MAX_BYTES
    assert "20 MB" in refusal("6-KND", bomb)
