"""With REDIS_URL a real Celery worker makes the file: asked for on the page, taken up elsewhere, downloaded."""

import http.cookiejar
import io
import json
import os
import re
import time
import urllib.parse
import urllib.request

import pytest
from openpyxl import load_workbook

from tests.server import serving

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
