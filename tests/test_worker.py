"""With REDIS_URL a real Celery worker makes the file: asked for on the page, taken up elsewhere, downloaded."""

import http.cookiejar
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import load_workbook

from notation.dates import now
from reports import jobs, periods, tasks
from reports.models import Job
from tests import factories
from tests.server import ROOT, serving

pytestmark = pytest.mark.worker


class Reader:
    """A browser in twenty lines: keeps cookies, fills in the token of the page it stands on."""

    def __init__(self, address):
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.open = urllib.request.build_opener(jar).open
        self.page = ""

    def get(self, path):
        with self.open(self.address + path) as answer:
            body, self.url = answer.read(), answer.url
        self.page = body.decode("utf-8", "replace")
        return body

    def post(self, path, **data):
        data["csrfmiddlewaretoken"] = re.search(r'csrfmiddlewaretoken" value="([^"]+)', self.page)[1]
        with self.open(self.address + path, urllib.parse.urlencode(data).encode()) as answer:
            self.page, self.url = answer.read().decode(), answer.url


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs REDIS_URL")
def test_a_worker_makes_the_workbook_that_the_page_asked_for(tmp_path):
    with serving(tmp_path) as address:
        reader = Reader(address)
        assert json.loads(reader.get("/healthz")) == {"database": "ok", "broker": "ok"}
        reader.get("/dang-nhap/")
        reader.post("/dang-nhap/", username="district", password="yenlac-demo")
        reader.get("/bao-cao/2016/4/")
        reader.post("/bao-cao/lap/?ky=2016-q4")
        assert "Đang" in reader.page, "the page answers before the file is made"
        job = urllib.parse.urlsplit(reader.url).path
        for _ in range(120):
            reader.get(job)
            if "Đã xong" in reader.page:
                break
            time.sleep(0.5)
        book = load_workbook(io.BytesIO(reader.get(f"{job}tai/")), data_only=True)
        assert book["Biểu 2"]["C7"].value == 83


@contextmanager
def worker(folder):
    """A Celery worker on this test's database, with its files in `folder`; killed with -9 at the end, if not before."""
    database = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "REPORTS_DIR": str(folder),
        "VAR_DIR": str(folder.parent),
        "DEMONSTRATION": "true",
        "TODAY": "27/02/2017",
    }
    celery = [Path(sys.executable).parent / "celery", "-A", "yenlac", "worker", "-l", "warning", "-P", "solo"]
    celery += ["--without-mingle", "--without-gossip"]
    with (folder.parent / "worker.log").open("a") as log:
        process = subprocess.Popen(
            celery, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(condition, seconds=30):
    for _ in range(seconds * 50):
        if condition():
            return True
        time.sleep(0.02)
    return False


def whole(path):
    """Whether a file is what its name says, to its last byte."""
    if path.suffix in (".xlsx", ".docx"):
        return zipfile.ZipFile(path).testzip() is None
    if path.suffix == ".pdf":
        return path.read_bytes().rstrip().endswith(b"%%EOF")
    return path.read_text(encoding="utf-8-sig").startswith("Kết quả kết nạp")


REQUESTS = [
    (unit, period, format)
    for period in (periods.quarter_period(2017, 1), periods.year_period(2016), periods.half_period(2016, 2))
    for format in ("pdf", "xlsx", "docx", "csv")
    for unit in ("root", "home")
]


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs REDIS_URL")
@pytest.mark.skipif("sqlite" in connection.vendor, reason="a worker of its own needs a database server")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_kill_9_at_ten_random_moments_loses_nothing(tmp_path, settings):
    folder = settings.REPORTS_DIR = tmp_path / "reports"
    folder.mkdir()
    district = factories.district()
    for n in range(8):
        factories.admitted(
            district.rural, district.staff, on=date(2017, 1, 10 + n), full_name=f"Đỗ Văn {chr(65 + n)}"
        )
    asked = 0
    for moment in range(10):
        for unit, period, format in REQUESTS[2 * moment : 2 * moment + 3]:
            tasks.ask_for_file(getattr(district, unit), period, by=district.staff, format=format)
        attempts = sum(Job.objects.values_list("attempt", flat=True))
        with worker(folder):
            assert until(lambda seen=attempts: sum(Job.objects.values_list("attempt", flat=True)) > seen)
            time.sleep(random.uniform(0, 0.5))
        asked = Job.objects.count()
        for job in Job.objects.filter(state=Job.State.DONE):
            assert whole(jobs.file_of(job)), "what is offered is whole, at every moment"
        # A minute passes.
        Job.objects.filter(state__in=jobs.PENDING).update(heartbeat=now() - timedelta(seconds=61))
    with worker(folder):
        assert until(lambda: not Job.objects.filter(state__in=jobs.PENDING).exists()), list(
            Job.objects.values_list("state", "attempt", "format", "doing")
        )
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    assert Job.objects.count() == asked >= 20
    assert {path.name for path in folder.iterdir()} == {jobs.file_of(job).name for job in Job.objects.all()}
    assert all(whole(path) for path in folder.iterdir())
    assert max(Job.objects.values_list("attempt", flat=True)) > 1, "something was killed in mid-report"
