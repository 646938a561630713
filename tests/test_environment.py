"""Starting: a wrong variable stops it with a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def start(tmp_path, **variables):
    clean = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DATABASE_URL", "REDIS_URL", "TODAY", "DEMONSTRATION")
    }
    command = [sys.executable, "manage.py", "check"]
    environment = clean | {"VAR_DIR": str(tmp_path)} | variables
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value", "others"),
    [
        ("TODAY", "31/02/2017", {"DEMONSTRATION": "true"}),
        ("TODAY", "27/02/2017", {}),
        ("COUNTED_BY", "birthday", {}),
        ("CLOSING_DAYS", "mười", {}),
        ("CLOSING_DAYS", "91", {}),
        ("DEBUG", "maybe", {}),
        ("DATABASE_URL", "mysql://x/y", {}),
        ("REDIS_URL", "localhost:6379", {}),
        ("SECRET_KEY", "short", {}),
        ("LOG_LEVEL", "LOUD", {}),
        ("EMAIL_URL", "mail.example:25", {}),
        ("EMAIL_URL", "smtp://", {}),
        ("EMAIL_URL", "smtp://mail.example:x", {}),
        ("DEFAULT_FROM_EMAIL", "Ban Tổ chức", {}),
        ("SITE_URL", "soketnap.example", {}),
        ("SITE_URL", "https://", {}),
    ],
)
def test_a_wrong_value_is_named(tmp_path, name, value, others):
    result = start(tmp_path, **{name: value}, **others)
    assert result.returncode != 0
    assert f"{name}='{value}'" in result.stderr.splitlines()[-1]


def test_with_nothing_set_it_starts_and_keeps_its_key_to_itself(tmp_path):
    result = start(tmp_path)
    assert result.returncode == 0, result.stderr
    key = tmp_path / "secret-key"
    assert len(key.read_text()) > 40
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_text()
    start(tmp_path)
    assert key.read_text() == before


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        environment = os.environ | {"VAR_DIR": str(tmp_path), "PORT": str(port)}
        command = [sys.executable, "scripts/serve"]
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert result.returncode == 1
    assert f"Port {port}" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.django_db
def test_healthz_says_what_does_not_answer(client, monkeypatch):
    from django.db import DatabaseError

    from yenlac import health

    assert client.get("/healthz").json() == {"database": "ok"} or "broker" in client.get("/healthz").json()

    def broken():
        raise DatabaseError

    monkeypatch.setattr(health, "_database", broken)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, "no answer")


def test_the_debug_toolbar_is_refused_without_debug(tmp_path):
    result = start(tmp_path, DJANGO_SETTINGS_MODULE="yenlac.dev.settings", DEBUG="false")
    assert result.returncode != 0
    assert "needs DEBUG=true" in result.stderr.splitlines()[-1]
