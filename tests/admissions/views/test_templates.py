"""The pages of the Word templates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Activity
from admissions import letters
from admissions.catalogues import templates
from admissions.exceptions import Refused
from admissions.letters import layouts
from admissions.models import LetterTemplate
from tests.markup import markup
from tests.word_files import word_file

pytestmark = pytest.mark.django_db

OWN = "/danh-muc/mau-van-ban/9-KND/hd36-2018/"


def told():
    return list(Activity.objects.order_by("pk").values_list("action", "subject"))


def test_a_template_of_ones_own_stands_in_until_it_is_given_up(admin, district):
    data = word_file("Quyết định kết nạp {{ name }}")
    file = SimpleUploadedFile("Mẫu của huyện.docx", data)
    assert admin.post(OWN, {"file": file}).status_code == 302
    row = templates.own_template("9-KND", "hd36-2018")
    assert (bytes(row.data), row.name, row.by) == (data, "Mẫu của huyện.docx", district.admin)
    assert "Mẫu của huyện.docx" in markup(admin.get("/danh-muc/mau-van-ban/"))
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
    assert all(sentence in markup(answer) for sentence in sentences)
    assert LetterTemplate.objects.get().name == own.name and len(told()) == 1


def test_a_template_without_a_file_or_of_no_kind_is_said(admin, district):
    assert admin.post(OWN, {}).status_code == 422
    for nothing in ("9-KND/hd00", "x/hd36-2018"):
        assert admin.get(f"/danh-muc/mau-van-ban/{nothing}/").status_code == 404
        assert admin.get(f"/danh-muc/mau-van-ban/{nothing}/tai/").status_code == 404
    with pytest.raises(Refused) as refused:
        templates.replace_template("9-KND", "hd36-2018", "x", word_file("{{ la }}"), by=district.admin)
    assert set(refused.value.message_dict) == {"file"}
