"""A real browser against a real server with the demonstration loaded."""

import os
import shutil
from types import SimpleNamespace

import pytest

from tests.server import serving

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(server, chromium):
    """`open_as("district")`: a page signed in as that account; whatever the console complains of fails the test."""
    opened = []

    def start(username, *, width=1366, theme="light", base_url=server, **options):
        context = chromium.new_context(
            base_url=base_url, viewport={"width": width, "height": 768}, color_scheme=theme, **options
        )
        page = context.new_page()
        said = []
        page.on(
            "console",
            lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request", lambda request: request.url.startswith(base_url) or said.append(f"asked {request.url}")
        )
        page.goto("/dang-nhap/")
        page.fill("#id_username", username)
        page.fill("#id_password", "yenlac-demo")
        page.click("button.btn-primary")
        opened.append(SimpleNamespace(context=context, said=said))
        return page

    yield start
    for one in opened:
        one.context.close()
        complaints = [line for line in one.said if "404" not in line and "422" not in line]
        assert complaints == []
