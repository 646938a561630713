"""The rules of the house: what a file, a template and a commit-worthy tree look like."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polib
import pytest

ROOT = Path(__file__).parent.parent
APPS = ("notation", "branches", "accounts", "admissions", "reports", "oversight", "demo", "yenlac")
SOURCES = [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


TESTS = list((ROOT / "tests").rglob("*.py"))
FORBIDDEN = {"utils", "common", "core", "helpers", "services", "managers", "signals"}
PROTOCOL = {"as_json", "write", "write_document"}
"""Functions that several modules offer under one name on purpose, and one place asks them all."""

CROSS_CUTTING = {
    "test_any_days",
    "test_cases_from_the_field",
    "test_closed_plus_adjusted",
    "test_corrected_reports",
    "test_doors",
    "test_environment",
    "test_figures_open_their_dossiers",
    "test_forecast_and_check",
    "test_hand_checked_dates",
    "test_house",
    "test_migrations",
    "test_no_orphans",
    "test_random_reorganisations",
    "test_probes",
    "test_random_trees",
    "test_reports_of_the_demonstration",
    "test_rough_hands",
    "test_rows_add_up",
    "test_speed_of_pages",
    "test_undefined",
    "test_worker",
}
"""Tests of several rooms at once: what they are about is their name."""


def name_of(path):
    return str(path.relative_to(ROOT))


class Function(NamedTuple):
    """A function of a module, or a method of its classes."""

    name: str
    lines: int
    public: bool
    typed: bool


@cache
def read_module(path):
    """(its functions and methods, the lines on which a literal is unpacked); each module is read once."""
    tree = ast.parse(path.read_text())
    top, found, unpacked = set(tree.body), [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            public = node in top and not node.name.startswith("_")
            named = [*node.args.args, *node.args.kwonlyargs]
            typed = node.returns is not None and all(argument.annotation for argument in named)
            found.append(Function(node.name, node.end_lineno - node.lineno + 1, public, typed))
        elif isinstance(node, ast.Starred) and isinstance(node.value, ast.Tuple | ast.List):
            unpacked.append(node.lineno)
    return found, unpacked


def public_functions(path):
    return [function for function in read_module(path)[0] if function.public]


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=name_of)
def test_a_file_holds_one_thing_that_can_be_read(path):
    assert path.read_text().count("\n") <= 400
    functions, _unpacked = read_module(path)
    assert [function.name for function in functions if function.lines > LONGEST] == []
    assert not FORBIDDEN & {*path.relative_to(ROOT).parts, path.stem}


LONGEST = 44
"""Lines of a function."""


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=name_of)
def test_no_literal_is_unpacked_to_outwit_the_formatter(path):
    _functions, unpacked = read_module(path)
    assert unpacked == []


def test_at_most_a_third_of_the_functions_have_one_word():
    names = [function.name for path in SOURCES for function in public_functions(path)]
    short = [name for name in names if "_" not in name]
    assert len(short) <= len(names) / 3, sorted(short)


def test_no_two_public_functions_share_a_name():
    homes = defaultdict(list)
    for path in SOURCES:
        if "views" in path.parts or path.stem in ("views", "tasks"):
            continue  # a page or a task is called after the verb it calls
        for function in public_functions(path):
            homes[function.name].append(name_of(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1 and name not in PROTOCOL} == {}


def test_public_functions_say_their_types():
    untyped = [
        f"{name_of(path)}: {function.name}"
        for path in SOURCES
        for function in public_functions(path)
        if not function.typed
    ]
    assert untyped == []


def test_tests_mirror_the_tree():
    astray = []
    for path in TESTS:
        place = path.relative_to(ROOT / "tests")
        if place.stem in CROSS_CUTTING or not place.stem.startswith("test_") or place.parts[0] == "browser":
            continue
        subject = ROOT / place.parent / place.stem.removeprefix("test_")
        if not (subject.with_suffix(".py").exists() or subject.is_dir()):
            astray.append(str(place))
    assert astray == []


def test_tests_that_need_a_program_stand_where_their_leg_looks_for_them():
    for mark, place in (("browser", "browser/"), ("worker", "test_worker.py")):
        marked = [
            path
            for path in TESTS
            if re.search(rf"^(@|pytestmark = )pytest\.mark\.{mark}\b", path.read_text(), re.M)
        ]
        assert marked
        assert [name_of(path) for path in marked if not name_of(path).startswith(f"tests/{place}")] == []


def test_today_is_asked_for_in_one_place():
    asked = re.compile(r"date\.today\(|timezone\.now\(|datetime\.now\(|localdate\(")
    found = [p.name for p in SOURCES if asked.search(p.read_text())]
    assert found == ["dates.py"]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_line_can_be_read(path):
    assert [line for line in path.read_text().splitlines() if len(line) > 160] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_carries_no_script_style_or_foreign_address(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_key_in_an_address_is_never_written_with_separators(path):
    assert not re.search(r"(?:\.pk|\.serial) }}", path.read_text()), "1.234 names nothing: |stringformat:'d'"


def test_a_dossiers_state_has_one_writer():
    writers = [
        p.relative_to(ROOT).as_posix()
        for p in SOURCES
        if re.search(r"\.state\s*=[^=]", p.read_text()) and "admissions" in p.parts
    ]
    assert writers == ["admissions/workflow/door.py"]


def test_the_english_catalogue_is_complete_and_compiled():
    catalogue = polib.pofile(ROOT / "locale/en/LC_MESSAGES/django.po")
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    for entry in catalogue:
        marks = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
        one, many = entry.msgid, entry.msgid_plural or entry.msgid
        said = entry.msgstr_plural or {0: entry.msgstr}
        for number, translated in said.items():
            source = many if number else one
            assert set(marks.findall(translated)) == set(marks.findall(source)), entry.msgid
    compiled = polib.mofile(ROOT / "locale/en/LC_MESSAGES/django.mo")
    texts = [{(e.msgctxt, e.msgid): e.msgstr for e in one} for one in (catalogue, compiled)]
    assert texts[0] == texts[1]


def test_every_variable_that_is_read_is_explained():
    read = {"DATABASE_URL", "EMAIL_URL", "PORT", "WEB_CONCURRENCY"}
    for path in (ROOT / "yenlac/environment.py", ROOT / "yenlac/settings.py"):
        read |= set(re.findall(r"""\bread_\w+\("([A-Z_]+)""", path.read_text()))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert read == explained
