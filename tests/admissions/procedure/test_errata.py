"""Errata: dated corrections with a source; the released file stays as it is, and its limits are right."""

import hashlib
from datetime import date
from itertools import pairwise

import pytest

from admissions import procedure
from admissions.procedure import errata, spec
from admissions.procedure.checks import check_versions
from admissions.procedure.comparing import corrected_pairs
from admissions.procedure.errata import Addition, Correction, Erratum, WrongErratum, correct_version
from admissions.procedure.spec import Text, load_versions, released_version, stages_of

RELEASED = {
    "base-step": "2d7822c0d6af839f808f1b578b701c4f39ae2f132300f7c7d3f6a0e81dedd893",
    "certificate-issuer": "992babe33fa7bb2dce680c8abd0fc7806e83377264fae8ad944095cdcafc2de6",
    "clocks-earlier": "b0a4e54d601151a90b016d9342e3fa78e13133a6bb0fbb4424ba66e3d22561a8",
    "clocks-hd12-2022": "ec5722efc15107aea351f9aa54a0080b0e72500d08847b5e804603221a32d737",
    "clocks-qd20-qd208": "94f4dba73ed3b692ba532fa745a30e635daf2b2a84a0ce6991242dc418b805ca",
    "clocks-qd294": "33fbd16003f6c56bd4906cc9d9ac206ee2d111214097fbd96aab413983990f70",
    "papers-recorded": "9afbdcca59845a33daa5f4b296b4da24e2c946ef9a8e1c83727ac3b9742a440a",
    "permission-earlier": "f9127ea7dea2eab97cc061693bb3999c37a902227aa8254f79ca3df05c79afa4",
    "permission-qd20-qd208": "84bb379a64174c7fc5edb1edca39e3bbb5bc73abf71610c11991f4653d6d19c8",
    "permission-qd294": "4206e8fa9752085ea740f3ef62c317eb5c6591010c52fceb846384370c1e20d8",
    "qd20-instructions": "b0e20f5fd3cb25cab45798622711bc1393dcb0c4e08a02c8d1dad4ff69bcf33f",
    "qd20-qd208-limits": "dd41eca275e3cb6c2b2f60b5aabf0614473ed45a215aad15bfb6283f1071ea26",
    "qd20-qd208-votes": "a42a60b7190a48b15960b247a1bea2895d4d14e3b58944a5d261d49f5feb1d17",
    "qd208-forms": "facbe22234fd013b59e1b4be48f8ad569c3e66185b9b5efcea37edff4f4252b5",
    "qd232-instruction": "ba7540ffbe9fff05a55a72628db2c285a99a21419bbd06c4f7ea397ca4ff8fc0",
    "qd294-forms": "3a6afa3b017f4a90596b50a3be5ddaaab83ad459226134b0d71b0ef00321562a",
    "qd294-limits": "61fa27c8eaeef5ad689e5da529268ba8dc08e2d1a2976eb1d29735f8c7bfd167",
    "qd294-votes": "da00ff32e61f94e4db501148e7961819492d1b814a8b5a329da175ac6c6c9904",
}
"""SHA-256 of every released erratum. It is never edited, as the files it corrects: the next correction is a new one."""

TEXT = Text("vì sao", "why")


def erratum(*corrections, additions=()):
    return Erratum("made-up", date(2026, 1, 1), ("x",), TEXT, TEXT, "verified", corrections, additions)


DATA = {
    "key": "x",
    "clocks": [{"key": "decision", "length": 60}],
    "regulations": [{"symbol": "12-HD/BTCTW", "date": date(2022, 1, 18)}],
}


def test_released_errata_are_unchanged():
    found = {p.stem: hashlib.sha256(p.read_bytes()).hexdigest() for p in errata.FOLDER.glob("*.toml")}
    assert found == RELEASED


def test_under_294_a_decision_takes_45_days_and_both_are_extended_by_15():
    version = procedure.version_in_force(date(2025, 7, 1))
    decision, conversion = version.clock("decision"), version.clock("conversion_decision")
    assert (decision.length, decision.extension, decision.confidence) == (45, 15, "verified")
    assert (conversion.length, conversion.extension) == (30, 15)
    assert "15 ngày" in str(decision.note)
    assert released_version(version.key).clock("decision").length == 60


@pytest.mark.parametrize("day", [date(2026, 4, 8), date(2026, 7, 26)])
def test_qd_20_and_qd_208_follow_294_unverified(day):
    version = procedure.version_in_force(day)
    for key, length in (("decision", 45), ("conversion_decision", 30)):
        clock = version.clock(key)
        assert (clock.length, clock.extension, clock.confidence) == (length, 15, "unverified")


def test_before_294_a_decision_takes_60_days():
    version = procedure.version_in_force(date(2025, 6, 30))
    assert (version.clock("decision").length, version.clock("decision").extension) == (60, 30)


@pytest.mark.parametrize(
    ("day", "statutes", "instruction", "forms"),
    [
        (date(2025, 6, 8), "232-QĐ/TW", "01-HD/TW", "12-HD/BTCTW"),
        (date(2025, 6, 9), "232-QĐ/TW", "06-HD/TW", "12-HD/BTCTW"),
        (date(2025, 9, 28), "294-QĐ/TW", "06-HD/TW", "12-HD/BTCTW"),
        (date(2025, 9, 29), "294-QĐ/TW", "06-HD/TW", "38-HD/BTCTW"),
        (date(2026, 5, 18), "20-QĐ/TW", "06-HD/TW", "38-HD/BTCTW"),
        (date(2026, 5, 19), "20-QĐ/TW", "01-HD/TW", "38-HD/BTCTW"),
        (date(2026, 7, 26), "208-QĐ/TW", "01-HD/TW", "38-HD/BTCTW"),
    ],
)
def test_which_regulations_are_in_force_on_a_day(day, statutes, instruction, forms):
    rows = procedure.version_in_force(day).regulations_on(day)
    assert [row.symbol for row in rows[:3]] == [statutes, instruction, forms]


def test_the_votes_of_294_cite_hd_06_and_are_verified():
    votes = procedure.get_version("qd294-2025").votes
    assert [votes[body].clause for body in ("branch", "base", "standing")] == [
        "HD 06, điểm 3.6b",
        "HD 06, điểm 3.6c",
        "HD 06, điểm 3.7a",
    ]
    assert {rule.confidence for rule in votes.values()} == {"verified"}
    assert procedure.get_version("qd294-2025").clock("certificate").clause == "HD 06, điểm 5.4b"


def test_where_there_is_no_centre_the_committee_issues_the_certificate():
    for key in ("qd294-2025", "qd20-2026", "qd208-2026"):
        papers = {paper.code: paper for paper in procedure.get_version(key).papers}
        assert "cấp ủy có thẩm quyền kết nạp" in str(papers["CN-NTVD"].issuer)
        assert "cấp ủy có thẩm quyền kết nạp" in str(papers["CN-DVM"].issuer)


def test_a_correction_keeps_the_data_it_was_given():
    corrected = correct_version(DATA, erratum(Correction("clocks.decision.length", 60, 45)))
    assert corrected["clocks"][0]["length"] == 45
    assert DATA["clocks"][0]["length"] == 60


def test_a_value_may_be_added_and_taken_out():
    path = "regulations.12-HD/BTCTW 2022-01-18.until"
    corrected = correct_version(DATA, erratum(Correction(path, None, date(2025, 9, 28))))
    assert corrected["regulations"][0]["until"] == date(2025, 9, 28)
    back = correct_version(corrected, erratum(Correction(path, date(2025, 9, 28))))
    assert back == DATA


def test_a_row_stands_after_the_one_that_is_named():
    two = correct_version(DATA, erratum(additions=(Addition("clocks", {"key": "last"}),)))
    three = correct_version(two, erratum(additions=(Addition("clocks", {"key": "papers"}, "decision"),)))
    assert [row["key"] for row in three["clocks"]] == ["decision", "papers", "last"]


@pytest.mark.parametrize(
    "wrong",
    [
        erratum(Correction("clocks.decision.length", 50, 45)),
        erratum(Correction("clocks.decision.width", 1, 2)),
        erratum(Correction("clocks.ceremony.length", 30, 15)),
        erratum(Correction("votes.branch.clause", "a", "b")),
        erratum(additions=(Addition("clocks", {"key": "decision"}),)),
        erratum(additions=(Addition("clocks", {"key": "papers"}, "ceremony"),)),
    ],
)
def test_an_erratum_that_does_not_fit_its_file_is_refused(wrong):
    with pytest.raises(WrongErratum, match="made-up"):
        correct_version(DATA, wrong)


ONE = """on = 2026-12-01
versions = ["%s"]
source = { vi = "nguồn", en = "source" }
reason = { vi = "vì sao", en = "why" }

[[corrections]]
path = "clocks.ceremony.length"
wrong = %d
right = 20
"""


@pytest.mark.parametrize(("wrong", "version"), [(29, "qd29-2016"), (30, "qd30-2016")])
def test_the_start_is_stopped_by_a_wrong_erratum(tmp_path, monkeypatch, wrong, version):
    (tmp_path / "one.toml").write_text(ONE % (version, wrong))
    monkeypatch.setattr(errata, "FOLDER", tmp_path)
    spec.forget_versions()
    try:
        (error,) = check_versions()
        assert "one" in error.msg
    finally:
        monkeypatch.undo()
        spec.forget_versions()


def test_every_erratum_changes_what_a_page_can_show():
    for version in load_versions():
        stages = stages_of(version)
        assert len(stages) == len(version.errata) + 1
        for before, after in pairwise(stages):
            assert corrected_pairs(before, after), (version.key, after.errata[-1].key)
