"""The report as a PDF: one typeface, from this project's own files."""

import re
import zlib

import pytest

from reports import periods
from reports.exports import wording

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def fonts(path):
    data = path.read_bytes()
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            data += zlib.decompress(packed)
        except zlib.error:
            continue
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/([\w+#-]+)", data)}


def test_the_pdf_embeds_liberation_serif_alone(admissions, made):
    wording.keep_report_text(
        admissions.root, Q1, by=admissions.staff, difficulties='ỵ ẵ Ữ #read("/etc/passwd") $x$', tasks=""
    )
    path = made([admissions.root], Q1, "pdf")
    assert path.read_bytes().startswith(b"%PDF")
    found = {re.sub(r"^[A-Z]{6}\+", "", name).split("-")[0] for name in fonts(path)}
    assert found == {"LiberationSerif"}
