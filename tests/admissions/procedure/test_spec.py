"""Released files never change; the version in force; shares of a vote."""

import hashlib
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from admissions import procedure
from admissions.procedure import NoProcedure, spec
from admissions.procedure.checks import check_versions
from admissions.procedure.spec import FOLDER, Text, VoteRule, load_versions
from tests import factories
from tests.markup import markup

RELEASED = {
    "qd20-2026.toml": "8da93fa7e95ed95b0c58fa32fe04848dc64a3cc5e4bac0e3190d53998881e458",
    "qd208-2026.toml": "d860c193570f3094a55fb8e629b4bf9c673f522b18c25a4b1efc75e17397c85a",
    "qd232-2025.toml": "8bfb88adf658642d179d79a5d4e33ca3a77cdd432ca70ec42c6491369074f1f3",
    "qd24-2021.toml": "a7d29c661562c2251113b28356dcfe09e86bc31bb3a2a2d26f16d73c9e177533",
    "qd24-2022.toml": "7c67eb473fdd74eaf75e6c27dd57807648a2c93e946a57fd92d2e8a9247cec9c",
    "qd29-2016.toml": "0289000630a245ef6cf30822040ce268ed74b49f51b2f8770cf93f53c7d8a82d",
    "qd29-2017.toml": "8f876b93eebe1e25543176875f7d49a7ca701b63a8f0da90fa9e44e1a6cc163c",
    "qd294-2025.toml": "7b9f0620696947aba33bb2f9bdcb19b0817a6034133c436a391e86b523129c68",
    "qd45-2011.toml": "813543cd3b8c403837095916267e99210e577066ed321173e7a208cce6580b42",
}
"""SHA-256 of every released file. A file that is bound to dossiers is never edited; the next rule is a new file."""


shares = st.tuples(st.integers(1, 4), st.integers(1, 5)).filter(lambda s: s[0] <= s[1])


def rule(numerator, denominator, strict=False):
    return VoteRule("NQ/CB", numerator, denominator, Text("đảng viên", "members"), "điều 1", strict)


def test_released_files_are_unchanged():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.toml")}
    assert found == RELEASED


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
    page = markup(client.get(row.get_absolute_url()))
    assert "Gặp mặt" in page
    assert "Công nhận đảng viên chính thức" in page
    assert f"/quy-dinh/made-up-2028/?ho-so={row.year}/{row.serial}" in page
    assert "Gặp mặt" in markup(client.get("/quy-dinh/made-up-2028/"))


def test_every_text_of_the_procedure_stands_in_both_languages():
    with translation.override("en"):
        step = procedure.get_version("qd29-2016").steps[0]
        assert str(step.title) == "On the source list"
    assert str(step.title) == "Vào danh sách cảm tình Đảng"


@given(shares, st.booleans(), st.integers(1, 400), st.integers(0, 400))
def test_a_vote_passes_exactly_when_the_fraction_does(share, strict, base, agree):
    n, d = share
    reached = d * agree > n * base if strict else d * agree >= n * base
    assert rule(n, d, strict).passes(agree, base) is reached


@given(shares, st.booleans(), st.integers(1, 400))
def test_the_number_needed_is_the_least_that_passes(share, strict, base):
    found = rule(*share, strict)
    needed = found.needed(base)
    assert found.passes(needed, base)
    assert not found.passes(needed - 1, base)


@given(st.integers(1, 400), st.integers(0, 400))
def test_the_printed_arithmetic_is_true(base, agree):
    for strict in (False, True):
        left, sign, right = rule(2, 3, strict).arithmetic(agree, base).replace(" × ", "*").partition(" = ")
        assert eval(left) == 3 * agree
        value, sign, other = right.split(" ", 2)
        a, b = int(value), int(other.rpartition(" = ")[2])
        assert {"≥": a >= b, "<": a < b, ">": a > b, "≤": a <= b}[sign]
