"""The rules of the house: what a file, a template and a commit-worthy tree look like."""

import ast
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
APPS = ("notation", "branches", "accounts", "admissions", "reports", "demo", "yenlac")
SOURCES = [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_holds_one_thing_that_can_be_read(path):
    text = path.read_text()
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, node.name
    assert not {"utils", "common", "core", "helpers", "services", "managers", "signals"} & {
        *path.parts,
        path.stem,
    }


def test_today_is_asked_for_in_one_place():
    asked = re.compile(r"date\.today\(|timezone\.now\(|datetime\.now\(|localdate\(")
    found = [p.name for p in SOURCES if asked.search(p.read_text())]
    assert found == ["dates.py"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_carries_no_script_style_or_foreign_address(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
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
