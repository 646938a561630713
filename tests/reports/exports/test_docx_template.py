"""The Word template of the written report is replaced where the letters' templates are, by the same rules."""

import runpy
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from accounts.models import Activity
from admissions import letters
from admissions.catalogues import templates
from admissions.letters import layouts
from admissions.models import LetterTemplate
from reports import jobs, periods, tasks
from reports.exports import docx_template, make, party_layout, wording
from reports.models import Job
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)
PAGE = "/danh-muc/mau-van-ban/report/hd36-2018/"


def word_file(*paragraphs):
    word, packed = Word(), BytesIO()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(packed)
    return packed.getvalue()


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


def put(client, *paragraphs, name="Mẫu của huyện.docx"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, word_file(*paragraphs))})


def report_of(district, tmp_path):
    path = tmp_path / "x.docx"
    make.write_file(path, [district.root], Q1, format="docx")
    return Word(path)


def test_the_page_offers_the_report_beside_the_letters(client, district):
    client.force_login(district.staff)
    page = markup(client.get("/danh-muc/mau-van-ban/"))
    assert "Báo cáo kết nạp" in page and f'href="{PAGE}"' not in page
    assert "{{p tables }}" in page and "{{ opening }}" in page
    for layout in layouts.load_layouts():
        answer = client.get(f"/danh-muc/mau-van-ban/report/{layout.key}/tai/")
        assert (
            b"".join(answer.streaming_content)
            == (docx_template.FOLDER / layout.key / "report.docx").read_bytes()
        )


def test_a_report_is_made_of_the_districts_own_template_until_it_is_given_up(admin, district, tmp_path):
    wording.keep_report_text(district.root, Q1, by=district.staff, difficulties="Nguồn giảm", tasks="")
    paragraphs = ("Mẫu của huyện: {{ issuer }}", "{{p difficulties }}", "{{p tables }}", "{{p tasks }}")
    assert put(admin, *paragraphs).status_code == 302
    word = report_of(district, tmp_path)
    assert [p.text for p in word.paragraphs][:2] == ["Mẫu của huyện: BAN TỔ CHỨC", "Nguồn giảm"]
    assert [table.cell(0, 1).text for table in word.tables] == ["Tiêu chí", "Đơn vị", "Dân tộc, tôn giáo"]
    assert admin.post(f"{PAGE}ve-goc/").status_code == 302
    assert "BÁO CÁO" in [p.text for p in report_of(district, tmp_path).paragraphs]


def test_a_template_of_another_layout_is_not_used_today(admin, district, tmp_path):
    other = next(
        layout.key for layout in layouts.load_layouts() if layout.key != party_layout.current_layout().key
    )
    templates.replace_template("report", other, "x.docx", word_file("Khác"), by=district.admin)
    assert "Khác" not in [p.text for p in report_of(district, tmp_path).paragraphs]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ name }} và {{ secret }}", "name, secret"),
        ("{{ opening.__class__ }}", ".__class__"),
        ("{% for x in tables %}{{ x }}{% endfor %}", "for"),
        ("{{ tables }}", "{{p tables }}"),
        ("Các bảng: {{ tasks }}", "{{p tasks }}"),
        ("{{p opening }}", "{{ superior }}"),
        ("{{p tables|upper }}", "{{p tables }}"),
    ],
)
def test_a_template_that_would_make_a_broken_file_is_not_kept(admin, text, sentence):
    answer = put(admin, text)
    assert answer.status_code == 422
    assert sentence in markup(answer)
    assert not LetterTemplate.objects.exists()


def test_every_name_of_the_page_is_filled_in_a_report(district):
    document = make.make_document(factories.source(Q1, district.root), with_people=False)
    values = party_layout.layout_values(document)
    assert set(values) | set(docx_template.WHOLE) == set(docx_template.LABELS)


def test_every_former_template_is_kept_and_can_be_used_again(admin, district):
    put(admin, "Một {{ issuer }}", name="một.docx")
    put(admin, "Hai {{ issuer }}", name="hai.docx")
    first, second = LetterTemplate.objects.order_by("pk")
    assert templates.own_template("report", "hd36-2018") == second and first.until is not None
    page = markup(admin.get(PAGE))
    assert "Các mẫu đã dùng trước" in page and f"?ban={first.pk}" in page
    fetched = admin.get(f"{PAGE}tai/?ban={first.pk}")
    assert b"".join(fetched.streaming_content) == bytes(first.data)
    assert admin.post(PAGE, {"ban": first.pk}).status_code == 302
    assert templates.own_bytes("report", "hd36-2018") == bytes(first.data)
    assert LetterTemplate.objects.count() == 3
    admin.post(f"{PAGE}ve-goc/")
    assert templates.own_bytes("report", "hd36-2018") is None and LetterTemplate.objects.count() == 3
    logged = Activity.objects.filter(action=Activity.Action.SETTING).values_list("subject", flat=True)
    assert sum("report" in subject for subject in logged) == 4


def test_a_former_template_of_another_document_is_not_there(admin, district):
    row = templates.replace_template(
        "9-KND", "hd36-2018", "x.docx", word_file("{{ name }}"), by=district.admin
    )
    for pk in (row.pk, "x", "", 10**12):
        assert admin.get(f"{PAGE}tai/?ban={pk}").status_code == 404
        assert admin.post(PAGE, {"ban": pk}).status_code == 404


def test_only_an_administrator_replaces_the_template(client, district):
    client.force_login(district.leader)
    assert put(client, "{{ issuer }}").status_code == 403
    assert client.post(PAGE, {"ban": "1"}).status_code == 403
    assert not LetterTemplate.objects.exists()


def test_a_template_that_cannot_be_filled_any_more_is_said_on_the_page_of_the_file(
    client, district, settings, tmp_path, caplog
):
    settings.REPORTS_DIR = tmp_path
    row = templates.replace_template(
        "report", "hd36-2018", "x.docx", word_file("{{ issuer }}"), by=district.admin
    )
    LetterTemplate.objects.filter(pk=row.pk).update(data=word_file("{{ of_yesterday }}"))
    job = tasks.ask_for_file(district.root, Q1, by=district.staff, format="docx")
    jobs.run_job(job)
    assert Job.objects.get().state == Job.State.FAILED and list(tmp_path.iterdir()) == []
    client.force_login(district.staff)
    page = markup(client.get(f"/bao-cao/tep/{job.pk}/"))
    assert "Mẫu dùng tên không có: of_yesterday" in page


def test_the_letters_are_replaceable_too():
    assert list(letters.ALL) == [*letters.KINDS, "report"]
    for kind in letters.KINDS:
        assert set(letters.ALL[kind].labels) == letters.placeholders_of(kind)


def test_the_default_templates_are_what_the_script_writes(tmp_path):
    for path in runpy.run_path("scripts/report_templates")["build"](tmp_path):
        kept = make.docx.TEMPLATES / path.relative_to(tmp_path)
        assert kept.read_bytes() == path.read_bytes(), f"run scripts/report_templates: {kept}"
