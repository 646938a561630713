"""The procedure files: complete, contiguous, unchanged once released, and enough by themselves."""

import hashlib
from datetime import date, timedelta

import pytest
from django.utils import translation

from admissions import procedure
from admissions.procedure import NoProcedure, spec
from admissions.procedure.checks import check_versions
from admissions.procedure.spec import FOLDER, load_versions
from tests import factories

RELEASED = {
    "qd20-2026.toml": "6210be51046209da5c0ac27f59d477b8026850d74e4b8895009e71ea5786c7b4",
    "qd208-2026.toml": "13448dee0464cf9bac0b64a1d45994857a9aa3a20180702988af66e72ac85f5f",
    "qd232-2025.toml": "7500783b8e1eb4420b7cb51ea90fa1871d842d0ae55b3cf556cad8344589e14e",
    "qd24-2021.toml": "e5d0ef0a66e92ab45c6a7b1b2b2ff57ea63de2fb9f729802880ac4c335b86e5b",
    "qd24-2022.toml": "bc07adebd7dbc756d3d12753c6909e3db964b136db14330b5d9317346c8982e1",
    "qd29-2016.toml": "5ed0d8681b0aceee340b33de3dd175a5b47adddc2cbd7a9da469ea3f7ce55a8e",
    "qd29-2017.toml": "929b4e97dac820bd0ae9aa78270a222e74ae3728c60d75ededcb6f25fdc19d11",
    "qd294-2025.toml": "b69b9148c0d99fe04148351b5a25ffdf4f1e8ea15598ab3138fc8f4f7a3dd8f6",
    "qd45-2011.toml": "3a56d734cdbd6558c7e4d0dbaa83988e2bacdff18d092498f5a88e9c69485cee",
}
"""SHA-256 of every released file. A file that is bound to dossiers is never edited; the next rule is a new file."""


def test_released_files_are_unchanged():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.toml")}
    assert found == RELEASED


def test_the_files_pass_their_own_checks():
    assert check_versions() == []


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2011, 11, 1), "qd45-2011"),
        (date(2016, 7, 24), "qd45-2011"),
        (date(2016, 7, 25), "qd29-2016"),
        (date(2017, 6, 5), "qd29-2017"),
        (date(2021, 7, 30), "qd24-2021"),
        (date(2025, 7, 1), "qd294-2025"),
        (date(2030, 1, 1), "qd208-2026"),
    ],
)
def test_the_version_in_force(day, key):
    assert procedure.version_in_force(day).key == key


def test_a_day_before_the_first_version_says_so():
    with pytest.raises(NoProcedure, match="31/10/2011"):
        procedure.version_in_force(date(2011, 10, 31))


def test_in_2016_no_dossier_cites_the_forms_of_2017():
    symbols = {row.symbol for row in procedure.get_version("qd29-2016").regulations}
    assert "12-HD/BTCTW" in symbols
    assert "09-HD/BTCTW" not in symbols


def test_rule_04_who_decides_changes_with_the_end_of_the_districts():
    assert str(procedure.version_in_force(date(2025, 6, 30)).deciding_body) == "Ban Thường vụ Huyện ủy"
    assert str(procedure.version_in_force(date(2025, 7, 1)).deciding_body) == "Ban Thường vụ Đảng ủy xã"


@pytest.mark.parametrize(("base", "needed"), [(9, 6), (10, 7), (3, 2), (1, 1), (18, 12), (38, 26)])
def test_two_thirds_in_whole_people(base, needed):
    rule = procedure.get_version("qd29-2016").votes["branch"]
    assert rule.needed(base) == needed
    assert rule.passes(needed, base)
    assert not rule.passes(needed - 1, base)


@pytest.fixture
def one_more(tmp_path):
    """The released files and, from 2028 on, a made-up one with a step of its own."""
    last = load_versions()[-1]
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if f'key = "{last.key}"' in text:
            text = text.replace("in_force_from", "in_force_to = 2027-12-31\nin_force_from", 1)
            titles = (
                'title = { vi = "Gặp mặt", en = "Interview" }\nactor = { vi = "Chi ủy", en = "Committee" }'
            )
            extra = f'\n[[steps]]\nkey = "interview"\n{titles}\ndate = ""\n'
            new = path.read_text(encoding="utf-8").replace(f'key = "{last.key}"', 'key = "made-up-2028"', 1)
            first = f"in_force_from = {last.in_force_from}"
            (tmp_path / "made-up.toml").write_text(new.replace(first, "in_force_from = 2028-01-01") + extra)
        (tmp_path / path.name).write_text(text)
    return tmp_path


def test_a_regulation_with_one_more_step_is_added_by_a_file_only(one_more):
    last = load_versions()[-1]
    assert check_versions(folder=one_more) == []
    assert len(procedure.version_in_force(date(2028, 1, 1), one_more).steps) == len(last.steps) + 1
    assert procedure.version_in_force(date(2027, 12, 31), one_more).key == last.key


@pytest.mark.django_db
def test_the_page_of_a_dossier_shows_the_step_that_a_file_added(
    client, district, one_more, settings, monkeypatch
):
    monkeypatch.setattr(spec, "FOLDER", one_more)
    settings.TODAY = date(2028, 2, 1)
    row = factories.dossier(district.rural, district.staff, listed_on=date(2028, 1, 10))
    client.force_login(district.staff)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Gặp mặt" in page
    assert "Công nhận đảng viên chính thức" in page
    assert f"/quy-dinh/made-up-2028/?ho-so={row.year}/{row.serial}" in page
    assert "Gặp mặt" in client.get("/quy-dinh/made-up-2028/").content.decode()


def test_rule_01_a_regulation_is_known_by_its_number_and_its_date(tmp_path):
    dates = {r.date for version in load_versions() for r in version.regulations if r.symbol == "12-HD/BTCTW"}
    assert dates == {date(2012, 5, 17), date(2022, 1, 18)}, "the same number of two terms is two regulations"
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        row = 'symbol = "12-HD/BTCTW"\ndate = 2022-01-18\ntitle = { vi = "Hướng dẫn nghiệp vụ, biểu mẫu"'
        (tmp_path / path.name).write_text(text.replace(row, row.replace("nghiệp vụ, biểu mẫu", "năm 2022")))
    assert check_versions(folder=tmp_path) == []


def test_rule_01_one_number_and_date_has_one_title_in_every_version(tmp_path):
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "qd29-2017":
            text = text.replace('vi = "Quy định thi hành Điều lệ Đảng"', 'vi = "Tên khác"', 1)
        (tmp_path / path.name).write_text(text)
    (error,) = check_versions(folder=tmp_path)
    assert "29-QĐ/TW of 2016-07-25 has two titles" in error.msg


@pytest.mark.parametrize(
    ("said", "instead", "problem"),
    [
        ('education_min = "lower_secondary"', 'education_min = "some"', "no level"),
        ('excluded = ["abandoned"', 'excluded = ["bored"', "bored"),
        (
            'base = { vi = "cấp ủy viên"',
            'confidence = "sure"\nbase = { vi = "cấp ủy viên"',
            "the vote of base",
        ),
    ],
)
def test_a_term_that_no_page_could_print_stops_the_start(tmp_path, said, instead, problem):
    text = (FOLDER / "qd208-2026.toml").read_text(encoding="utf-8")
    assert said in text
    if "confidence" in instead:
        text = text.replace(
            'clause = "HD 01, điểm 3.7"\nconfidence = "unverified"', 'clause = "HD 01, điểm 3.7"'
        )
    (tmp_path / "one.toml").write_text(text.replace(said, instead))
    assert any(problem in error.msg for error in check_versions(folder=tmp_path))


def test_a_gap_between_two_versions_stops_the_start(tmp_path):
    for path in FOLDER.glob("qd*.toml"):
        text = path.read_text(encoding="utf-8")
        later = date(2016, 7, 25) + timedelta(days=1)
        (tmp_path / path.name).write_text(
            text.replace("in_force_from = 2016-07-25", f"in_force_from = {later}")
        )
    (error,) = check_versions(folder=tmp_path)
    assert "qd29-2016" in error.msg


def test_a_clock_that_runs_from_nowhere_stops_the_start(tmp_path):
    text = (FOLDER / "qd208-2026.toml").read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text(text.replace('anchor = "decided_on"', 'anchor = "some_day"'))
    assert any("some_day" in error.msg for error in check_versions(folder=tmp_path))


def test_every_text_of_the_procedure_stands_in_both_languages():
    with translation.override("en"):
        step = procedure.get_version("qd29-2016").steps[0]
        assert str(step.title) == "On the source list"
    assert str(step.title) == "Vào danh sách cảm tình Đảng"


def test_a_word_the_shape_does_not_know_stops_the_start(tmp_path):
    text = (FOLDER / "qd208-2026.toml").read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text('colour = "red"\n' + text)
    assert "colour" in check_versions(folder=tmp_path)[0].msg
