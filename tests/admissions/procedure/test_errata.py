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
    "base-step": "8c9cb2b709f097535ea1bb4bf2c7a31b2365a0edd9e82d0cb918c38e74d44259",
    "certificate-issuer": "8d5aec0b9daf07ae06cafb928548a0f291c4e033396e4f49a7d099b1bb9b1927",
    "clocks-earlier": "208e2208544f9a0a1d7042fc71390c30cdcf73937172f0c8debd191e98370cf7",
    "clocks-hd12-2022": "f8d954d0dec3d9de48c06fdfc1590794ba6aec0f6b6588f9f48590ca362b70ea",
    "clocks-qd20-qd208": "7e6fd6558b1b7fd7266c187be2f088b99574397c5ea574aaa64f23705ce466c2",
    "clocks-qd294": "e1fb598aa8b76457a968236845f918f15b39217fffac212993bc27f0dad0610e",
    "papers-recorded": "57ccdf309350d797f2fefed2a8a554ac3d61fa0e873b32e0877b799f8cec113b",
    "permission-earlier": "4bfeda9f21e308ef8f988c36c978c574be4dd99c097100209355972a226d38be",
    "permission-qd20-qd208": "db5228ef89bc186f83154b7915b9e86fc2b372eb6a36bccb353dd28cff21f6cb",
    "permission-qd294": "f9a9da46f02ffff7d947405744062c92081b63db455f159d714430bc5abfbe44",
    "qd20-instructions": "fa1e3d5ff31e83b78cb1f22fd41b665409c31ca1860cab2f01b1e37a2c776871",
    "qd20-qd208-limits": "0512a6793dbe944cc0a9994db13ab02ac285dbf0afcad7b014243394e02416f9",
    "qd20-qd208-votes": "f17b5d42f9826b8f290e8f4e255ad2c435bf046cb42275aba5d680a8adf07ab8",
    "qd208-forms": "75d67ccf2340b84ac994a42564db6e63554e8d46bb991c11b22949d4fbcd613e",
    "qd232-instruction": "c483f1a05cf5bd55434b146cb8b676907ab6e33bdb39e20608170701f57904ff",
    "qd294-forms": "f02045eaba11c74273365a8fa63852583193abe575d2ddafe460393cf36fcbf5",
    "qd294-limits": "c98b5dafedd3a269ac71cdf9c1fa669f81cd0759b613a8e350b998010000da3d",
    "qd294-votes": "ef44fd40a1fe3dc9f547c6cc116746faaf24f9bb618eeed207a0410af5478598",
    "votes-qd20-qd208": "919fd1502c2125d4b8d4529d2461739f47443c90bd09c6b47b04285787d6034e",
    "votes-qd232": "3ee2f197a76a370bd73aba9ebb547c8e8771b8d05497d826f135dba407227031",
    "votes-qd24": "9be68b0a7b4268334ffe26c16d4d6deef691550cd2a542dfcb07afcfccb3f59d",
    "votes-qd29": "1d4e586ebdf85875d0c577fe4b2250fa7362828f6fb6510ee9cb63c4aeac416c",
    "votes-qd294": "f395da375680664d62fb46ad11cca9758fb4526dc9ffefd81d08c0cde47313c4",
    "votes-qd45": "4790483c0ebeb71bce2474ab40de982c33b55e1956f847226564dc7e510e941b",
}
"""SHA-256 of every released erratum. It is never edited, as the files it corrects: the next correction is a new one."""

TEXT = Text("vì sao", "why")


def erratum(*corrections, additions=()):
    return Erratum("made-up", date(2026, 1, 1), ("x",), TEXT, TEXT, TEXT, "verified", corrections, additions)


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
title = { vi = "tên", en = "title" }
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
