"""The lists that administrators keep: who may change them, what a change does, and what is refused."""

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Activity
from accounts.roles import Role
from admissions import letters, procedure
from admissions.catalogues import days_off, rights, templates
from admissions.exceptions import Refused
from admissions.letters import layouts
from admissions.models import DayOff, Document, LetterTemplate, Reason
from admissions.rules import deadlines, working_days
from admissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY = date(2017, 2, 13)
SUNDAY = date(2017, 2, 12)
OWN = "/danh-muc/mau-van-ban/9-KND/hd36-2018/"


@pytest.fixture
def running(district):
    """A dossier whose decision is awaited since the branch met on 05/12/2016."""
    return factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


def word_file(*paragraphs):
    document, data = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(data)
    return data.getvalue()


def told():
    return list(Activity.objects.order_by("pk").values_list("action", "subject"))


# Days off


def test_a_day_off_moves_the_deadlines_that_run_across_it(running, district):
    weigh = days_off.consequence_of
    assert weigh(DayOff(on=MONDAY, kind="off")).moved == 1
    assert weigh(DayOff(on=SUNDAY, kind="off")) == days_off.Consequence(0, changes_nothing=True)
    assert weigh(DayOff(on=SUNDAY, kind="work")).moved == 1
    assert weigh(DayOff(on=date(2016, 11, 7), kind="off")).moved == 0
    assert weigh(DayOff.objects.get(on=date(2017, 1, 27)), removed=True).moved == 1


def test_the_deadline_is_then_another(running, district):
    version = procedure.version_of(running)
    before = deadlines.running_deadline(running, version, working_days.load_calendar(), date(2017, 2, 27)).due
    days_off.add_day(MONDAY, "off", "Nghỉ bù", by=district.admin)
    assert (
        deadlines.running_deadline(running, version, working_days.load_calendar(), date(2017, 2, 27)).due
        > before
    )


def test_a_day_is_added_after_its_consequence_was_shown(admin, running):
    data = {"on": "13/02/2017", "kind": "off", "name": "Nghỉ  bù"}
    shown = admin.post("/danh-muc/lich/them/", data)
    assert shown.status_code == 200 and "1 hạn đang chạy đổi ngày" in shown.content.decode()
    assert not DayOff.objects.filter(on=MONDAY).exists()
    other = admin.post("/danh-muc/lich/them/", data | {"on": "14/02/2017", "da-xem": "2017-02-13 off"})
    assert other.status_code == 200 and not DayOff.objects.filter(on=date(2017, 2, 14)).exists()
    done = admin.post("/danh-muc/lich/them/", data | {"da-xem": "2017-02-13 off"})
    assert done.url == "/danh-muc/lich/?nam=2017"
    assert DayOff.objects.get(on=MONDAY).name == "Nghỉ bù"
    assert told() == [("setting", "Thêm ngày nghỉ 13/02/2017: Nghỉ bù")]


def test_a_day_is_deleted_after_its_consequence_was_read(admin, running):
    row = DayOff.objects.get(on=date(2017, 1, 27))
    url = f"/danh-muc/lich/{row.pk}/xoa/"
    assert "1 hạn đang chạy đổi ngày" in admin.get(url).content.decode()
    assert admin.post(url).status_code == 302
    assert not DayOff.objects.filter(on=row.on).exists()
    assert told()[0][1].startswith("Xóa ngày nghỉ 27/01/2017")


@pytest.mark.parametrize(
    ("on", "kind", "sentence"),
    [
        ("13/02/2017", "work", "chỉ Thứ Bảy, Chủ nhật mới làm bù"),
        ("27/01/2017", "off", "đã có trong lịch"),
        ("31/02/2017", "off", "tháng 2 có 28 ngày"),
        ("13/02/2017", "x", "Chọn một dòng"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(admin, on, kind, sentence):
    before = DayOff.objects.count()
    data = {"on": on, "kind": kind, "name": "Tên đã gõ", "da-xem": "2017-02-13 work"}
    answer = admin.post("/danh-muc/lich/them/", data)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert "Tên đã gõ" in answer.content.decode()
    assert DayOff.objects.count() == before and told() == []


def test_a_year_without_a_calendar_and_a_year_hardly_begun_are_said(admin, district):
    assert "Chưa có lịch năm 2040" in admin.get("/danh-muc/lich/?nam=2040").content.decode()
    row = DayOff(on=date(2040, 1, 2), kind="off", name="Tết Dương lịch")
    assert days_off.consequence_of(row).opens
    days_off.add_day(row.on, row.kind, row.name, by=district.admin)
    assert "Năm 2040 mới ghi 1 ngày nghỉ" in admin.get("/danh-muc/lich/?nam=2040").content.decode()
    assert days_off.consequence_of(DayOff.objects.get(on=row.on), removed=True).closes
    assert "mới ghi" not in admin.get("/danh-muc/lich/?nam=2017").content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tu=05/12/2016&so=60", "07/03/2017"),
        ("tu=05/12/2016&so=60", "02/01/2017"),
        ("tu=05/12/2016&so=0", "Ghi từ 1 ngày trở lên"),
        ("tu=30/02/2017&so=5", "tháng 2 có 28 ngày"),
        ("tu=05/12/2016&so=", "phải nhập"),
        ("tu=31/12/2099&so=5", "Chưa có lịch ngày nghỉ năm 2100"),
    ],
)
def test_anyone_reckons_working_days(client, district, query, sentence):
    client.force_login(district.branch)
    answer = client.get(f"/danh-muc/lich/?nam=2017&{query}")
    assert answer.status_code == 200 and sentence in answer.content.decode()


@pytest.mark.parametrize("year", ["x", "", "0", "99999", "2²17", "1e3"])
def test_a_year_that_is_none_is_not_there(client, district, year):
    client.force_login(district.staff)
    assert client.get("/danh-muc/lich/", {"nam": year}).status_code == 404


# Reasons


def test_a_reason_is_added_switched_off_and_never_deleted(admin):
    assert admin.post("/danh-muc/ly-do/", {"use": "hold", "text": "Chờ ý kiến Tỉnh ủy"}).status_code == 302
    row = Reason.objects.get(text="Chờ ý kiến Tỉnh ủy")
    assert admin.post(f"/danh-muc/ly-do/{row.pk}/", {"dung": "0"}).status_code == 302
    row.refresh_from_db()
    assert not row.active
    again = admin.post("/danh-muc/ly-do/", {"use": "hold", "text": "chờ ý kiến tỉnh ủy"})
    assert again.status_code == 422 and "đang ngừng dùng; hãy dùng lại" in again.content.decode()
    admin.post(f"/danh-muc/ly-do/{row.pk}/", {"dung": "1"})
    assert [subject.split(" (")[0] for _action, subject in told()] == [
        "Thêm lý do",
        "Ngừng dùng lý do",
        "Dùng lại lý do",
    ]


# Who may


@pytest.mark.parametrize("role", ["staff", "leader", "commune", "branch"])
def test_only_administrators_change_a_list(client, district, role):
    client.force_login(getattr(district, role))
    day, reason = DayOff.objects.first(), Reason.objects.first()
    file = SimpleUploadedFile("m.docx", word_file("{{ name }}"))
    for url, data in (
        (
            "/danh-muc/lich/them/",
            {"on": "13/02/2017", "kind": "off", "name": "x", "da-xem": "2017-02-13 off"},
        ),
        (f"/danh-muc/lich/{day.pk}/xoa/", {}),
        ("/danh-muc/ly-do/", {"use": "hold", "text": "x"}),
        (f"/danh-muc/ly-do/{reason.pk}/", {"dung": "0"}),
        (OWN, {"file": file}),
        (f"{OWN}ve-goc/", {}),
    ):
        assert client.post(url, data).status_code == 403, url
    assert told() == [] and not LetterTemplate.objects.exists()
    assert "Thêm lý do" not in client.get("/danh-muc/ly-do/").content.decode()


def test_an_administrator_of_a_commune_does_not_change_what_holds_for_the_district(client, district):
    row = factories.user("quan-tri-xa", Role.ADMINISTRATOR, district.home)
    assert not rights.may_change(row)
    client.force_login(row)
    assert client.get("/danh-muc/lich/them/").status_code == 403
    assert client.get("/danh-muc/nhat-ky/").status_code == 403


# Numbers


def test_the_register_shows_numbers_gaps_and_the_next_one(client, district, running):
    since = Document.objects.get(issuer=district.home).term_since
    for serial in (2, 5):
        Document.objects.create(
            issuer=district.home,
            symbol="NQ/ĐU",
            term_since=since,
            serial=serial,
            number=f"{serial:02d}-NQ/ĐU",
            dated_on=date(2016, 6, 1),
        )
    client.force_login(district.commune)
    text = client.get("/danh-muc/so-van-ban/").content.decode()
    assert "01, 03–04, 06–61" in text and "63-NQ/ĐU" in text
    assert running.get_absolute_url() in text
    assert client.get(f"/danh-muc/so-van-ban/?don-vi={district.rural.pk}").status_code == 200
    for nothing in ("x", "", "99999999999999999999", str(district.root.pk)):
        assert client.get("/danh-muc/so-van-ban/", {"don-vi": nothing}).status_code == 404
    assert client.get("/danh-muc/so-van-ban/?so=x").status_code == 404


def test_a_dossier_that_left_the_scope_is_not_named_in_the_register(client, district, running):
    elsewhere = factories.dossier(
        district.far, district.staff, person=factories.candidate(full_name="Trần Văn Xa")
    )
    Document.objects.get(issuer=district.home).dossiers.add(elsewhere)
    client.force_login(district.commune)
    text = client.get("/danh-muc/so-van-ban/").content.decode()
    assert "Trần Văn Xa" not in text and "hồ sơ ngoài phạm vi" in text


# Templates


def test_a_template_of_ones_own_stands_in_until_it_is_given_up(admin, district):
    data = word_file("Quyết định kết nạp {{ name }}")
    file = SimpleUploadedFile("Mẫu của huyện.docx", data)
    assert admin.post(OWN, {"file": file}).status_code == 302
    row = templates.own_template("9-KND", "hd36-2018")
    assert (bytes(row.data), row.name, row.by) == (data, "Mẫu của huyện.docx", district.admin)
    assert "Mẫu của huyện.docx" in admin.get("/danh-muc/mau-van-ban/").content.decode()
    answer = admin.get(f"{OWN}tai/")
    assert b"".join(answer.streaming_content) == data
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Disposition"].startswith(
        "attachment"
    )
    assert admin.post(f"{OWN}ve-goc/").status_code == 302
    assert admin.post(f"{OWN}ve-goc/").status_code == 404
    assert templates.own_template("9-KND", "hd36-2018") is None
    assert LetterTemplate.objects.get().until is not None, "what was used is kept"
    assert [action for action, _subject in told()] == ["setting", "setting"]


@pytest.mark.parametrize("layout", [layout.key for layout in layouts.load_layouts()])
@pytest.mark.parametrize("kind", list(letters.KINDS))
def test_the_built_in_template_of_each_layout_is_downloaded(client, district, kind, layout):
    client.force_login(district.branch)
    answer = client.get(f"/danh-muc/mau-van-ban/{kind}/{layout}/tai/")
    expected = letters.word.TEMPLATES / layout / f"{kind}.docx"
    assert b"".join(answer.streaming_content) == expected.read_bytes()
    assert answer["Content-Type"].endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("name", "data", "sentences"),
    [
        ("m.docx", word_file("{{ secret }} và {{ la }}"), ["la, secret"]),
        ("m.docx", word_file("{{ name.__class__ }}"), ["bỏ: .__class__"]),
        ("m.docx", b"khong phai Word", ["không phải là văn bản Word"]),
        ("m.docx", b"", ["Tệp này trống"]),
        ("m.docx", b"x" * (2**20 + 1), ["lớn hơn 1 MB"]),
    ],
)
def test_a_template_that_fails_the_check_is_not_kept(admin, district, name, data, sentences):
    own = templates.replace_template(
        "9-KND", "hd36-2018", "cũ.docx", word_file("{{ name }}"), by=district.admin
    )
    answer = admin.post(OWN, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert all(sentence in answer.content.decode() for sentence in sentences)
    assert LetterTemplate.objects.get().name == own.name and len(told()) == 1


def test_a_template_without_a_file_or_of_no_kind_is_said(admin, district):
    assert admin.post(OWN, {}).status_code == 422
    for nothing in ("9-KND/hd00", "x/hd36-2018"):
        assert admin.get(f"/danh-muc/mau-van-ban/{nothing}/").status_code == 404
        assert admin.get(f"/danh-muc/mau-van-ban/{nothing}/tai/").status_code == 404
    with pytest.raises(Refused) as refused:
        templates.replace_template("9-KND", "hd36-2018", "x", word_file("{{ la }}"), by=district.admin)
    assert set(refused.value.message_dict) == {"file"}


# The log


def test_the_log_is_filtered_by_action_and_by_name_without_marks(admin, district):
    Activity.objects.create(user=district.staff, action="read", subject="2016/0312")
    Activity.objects.create(user=district.branch, action="fetch", subject="Biểu 2")
    count = lambda query: admin.get(f"/danh-muc/nhat-ky/?{query}").context["page"].paginator.count  # noqa: E731
    assert [count(query) for query in ("", "viec=read", "ten=phung+lan", "ten=lan&viec=fetch", "viec=x")] == [
        *(2, 1, 1, 0, 2)
    ]
