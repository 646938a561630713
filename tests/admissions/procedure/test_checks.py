"""What must hold of the procedure files, checked at every start."""

from datetime import date, timedelta

import pytest

from admissions.procedure.checks import check_versions
from admissions.procedure.spec import FOLDER, load_versions


def test_the_files_pass_their_own_checks():
    assert check_versions() == []


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
    (tmp_path / "one.toml").write_text(text.replace(said, instead, 1))
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


def test_a_word_the_shape_does_not_know_stops_the_start(tmp_path):
    text = (FOLDER / "qd208-2026.toml").read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text('colour = "red"\n' + text)
    assert "colour" in check_versions(folder=tmp_path)[0].msg
