"""The procedure files: complete, contiguous, unchanged once released, and enough by themselves."""

import hashlib
from datetime import date, timedelta

import pytest

from admissions import procedure
from admissions.procedure import NoProcedure
from admissions.procedure.checks import check_versions
from admissions.procedure.spec import FOLDER, load

RELEASED = {
    "qd20-2026.toml": "797c7b997c6d7cd3e976748d5e21ee0564ed56caef3e73ddc7a7539518e00dbd",
    "qd208-2026.toml": "ca2f7fbefb53da9c0ae8b80874530d73899486a931e4357a56f231d82786bcad",
    "qd232-2025.toml": "7137ce9530903c634883e566ed41c9a0b7ecb6501eec870bb0a3a2af353a4089",
    "qd24-2021.toml": "b84d5a42d7ded2e16f0aebb5699eeda9d9f149dde4e18029a60117f99dedcfa4",
    "qd24-2022.toml": "f34001d98965b499c073333a37c4e94d9d8792fb649b89136047170a425a5dd1",
    "qd29-2016.toml": "16e0762cefcfc91b3654149488078b737839cb23b1ac2ce01a023f02097ba3cd",
    "qd29-2017.toml": "bb55ceb78f516c73f0d6213f929faa5a21e09c0eeb995e0a62d74f3faf4c25d1",
    "qd294-2025.toml": "c3c03176b644437315e108260dd68d75760e483dad1a064770f3e89fab33676d",
    "qd45-2011.toml": "0d5c0ef2d28a998f4e10c12495e77c127289ed4e87911473d0248b4253f39301",
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
    assert "Huyện ủy" in procedure.in_force(date(2025, 6, 30)).deciding_body
    assert "xã" in procedure.in_force(date(2025, 7, 1)).deciding_body


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
            extra = '\n[[steps]]\nkey = "interview"\ntitle = "Gặp mặt"\nactor = "Chi ủy"\ndate = ""\n'
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


def test_a_word_the_shape_does_not_know_stops_the_start(tmp_path):
    text = (FOLDER / "qd208-2026.toml").read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text('colour = "red"\n' + text)
    assert "colour" in check_versions(folder=tmp_path)[0].msg
