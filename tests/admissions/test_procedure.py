"""The procedure files: complete, contiguous, unchanged once released, and enough by themselves."""

import hashlib
from datetime import date, timedelta

import pytest
from django.utils import translation

from admissions import procedure
from admissions.procedure import NoProcedure
from admissions.procedure.checks import check_versions
from admissions.procedure.spec import FOLDER, load

RELEASED = {
    "qd20-2026.toml": "0d7ab783c6c67933ec975256acf4298c5d9bb07e79224603c0d0e42b6dfd3d59",
    "qd208-2026.toml": "24cdde393b45a9945c9e389e3fe27f7a4ad3701c0135b912f9ea33682e4a6e24",
    "qd232-2025.toml": "18244b429631d4f257c06fb2c4fd9ca4671a2231502fba685b22744fb6db0975",
    "qd24-2021.toml": "29005ac151d6c0073b88a2d4540f371c371ddfe4e85aad03d12061ac319d4885",
    "qd24-2022.toml": "86e8bb3e63e68d22b8b2d2ad88cfeecdce0c9431eb679515158284bfbc560454",
    "qd29-2016.toml": "8caa557e7040b23cf65df994dfba993c3eb050dceb2df3ed6351793903e61ab5",
    "qd29-2017.toml": "be8e51627deb5bfc948144c45d8e14a0bd946fb52d601562f4a274ba2532fc60",
    "qd294-2025.toml": "921ff418dd5be640eb90025aa3087b9995fb903f1b2ec0e6499a63fdc7af6c76",
    "qd45-2011.toml": "fe0cbae2c1d334546ecfc50a249885e87f7a54cfca337625f2839272a7838000",
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
    assert procedure.in_force(day).key == key


def test_a_day_before_the_first_version_says_so():
    with pytest.raises(NoProcedure, match="31/10/2011"):
        procedure.in_force(date(2011, 10, 31))


def test_in_2016_no_dossier_cites_the_forms_of_2017():
    symbols = {row.symbol for row in procedure.get("qd29-2016").regulations}
    assert "12-HD/BTCTW" in symbols
    assert "09-HD/BTCTW" not in symbols


def test_who_decides_changes_with_the_end_of_the_districts():
    assert str(procedure.in_force(date(2025, 6, 30)).deciding_body) == "Ban Thường vụ Huyện ủy"
    assert str(procedure.in_force(date(2025, 7, 1)).deciding_body) == "Ban Thường vụ Đảng ủy xã"


@pytest.mark.parametrize(("base", "needed"), [(9, 6), (10, 7), (3, 2), (1, 1), (18, 12), (38, 26)])
def test_two_thirds_in_whole_people(base, needed):
    rule = procedure.get("qd29-2016").votes["branch"]
    assert rule.needed(base) == needed
    assert rule.passes(needed, base)
    assert not rule.passes(needed - 1, base)


def test_a_regulation_with_one_more_step_is_added_by_a_file_only(tmp_path):
    last = load()[-1]
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
    assert check_versions(folder=tmp_path) == []
    assert len(procedure.in_force(date(2028, 1, 1), tmp_path).steps) == len(last.steps) + 1
    assert procedure.in_force(date(2027, 12, 31), tmp_path).key == last.key


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
        step = procedure.get("qd29-2016").steps[0]
        assert str(step.title) == "On the source list"
    assert str(step.title) == "Vào danh sách cảm tình Đảng"


def test_a_word_the_shape_does_not_know_stops_the_start(tmp_path):
    text = (FOLDER / "qd208-2026.toml").read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text('colour = "red"\n' + text)
    assert "colour" in check_versions(folder=tmp_path)[0].msg
