"""Read and check the environment variables that `settings` takes; `.env.example` explains each.

A wrong value stops the start: every function raises `ImproperlyConfigured` with a sentence that names the variable.
"""

import os
import secrets
from datetime import date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def wrong_value(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={os.environ.get(name, '')!r}: {why} (see .env.example)")


def read_text(name: str, default: str = "") -> str:
    return env.str(name, default).strip()


def read_flag(name: str, default: bool = False) -> bool:
    value = read_text(name, str(default)).lower()
    if value not in TRUE | FALSE:
        raise wrong_value(name, "must be true or false")
    return value in TRUE


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = read_text(name) or default
    if value not in choices:
        raise wrong_value(name, f"must be one of: {', '.join(choices)}")
    return value


def read_number(name: str, default: int, most: int) -> int:
    """A whole number from 0 to `most`."""
    value = read_text(name) or str(default)
    if not value.isdecimal() or int(value) > most:
        raise wrong_value(name, f"must be a number from 0 to {most}")
    return int(value)


def read_words(name: str) -> list[str]:
    return [word.strip() for word in read_text(name).split(",") if word.strip()]


def read_day(name: str) -> date | None:
    """A date as dd/mm/yyyy or yyyy-mm-dd, or None when the variable is empty."""
    value = read_text(name)
    if not value:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    raise wrong_value(name, "must be a date that exists, such as 27/02/2017")


def read_address(name: str, schemes: tuple[str, ...]) -> str:
    """A URL of one of `schemes`, or the empty string."""
    value = read_text(name)
    if value and urlsplit(value).scheme not in schemes:
        raise wrong_value(name, f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return value


def read_folder(name: str, default: Path) -> Path:
    path = Path(read_text(name) or default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise wrong_value(name, f"the folder cannot be made: {error.strerror}") from error
    return path


def read_secret_key(folder: Path) -> str:
    """SECRET_KEY, or a key that is made once and kept in `folder`, readable by its owner only."""
    if value := read_text("SECRET_KEY"):
        if len(value) < 40:
            raise wrong_value("SECRET_KEY", "must be 40 characters or longer")
        return value
    kept = folder / "secret-key"
    if not kept.exists():
        own = folder / f"secret-key.{os.getpid()}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(50))
        try:
            os.link(own, kept)  # the first of several processes wins; the others read its key
        except FileExistsError:
            pass
        own.unlink()
    return kept.read_text()


def read_database(folder: Path) -> dict[str, Any]:
    """PostgreSQL by URL, or SQLite in `folder` in WAL mode, whose writers queue instead of failing."""
    url = read_address("DATABASE_URL", ("postgres", "postgresql", "sqlite"))
    if url and not url.startswith("sqlite"):
        try:
            config = env.db_url_config(url)
        except (ValueError, ImproperlyConfigured) as error:
            raise wrong_value("DATABASE_URL", str(error)) from error
        return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url.removeprefix("sqlite:///") or folder / "so-ket-nap.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def read_mail_server() -> dict[str, Any]:
    """Where mail goes, as Django's EMAIL_ settings; without a server it is printed with the log."""
    url = read_address("EMAIL_URL", ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "dummymail"))
    try:
        if url.startswith("smtp") and not urlsplit(url).hostname:
            raise ValueError("the host name is missing")
        config = env.email_url_config(url or "consolemail://")
    except ValueError as error:  # a port that is no number
        raise wrong_value("EMAIL_URL", str(error)) from error
    usual = {"smtp+tls": 587, "smtp+ssl": 465}.get(urlsplit(url).scheme, 25)
    return config | {"EMAIL_PORT": config["EMAIL_PORT"] or usual}


def read_sender() -> str:
    """Whom mail is from, as "address" or "Name <address>"."""
    value = read_text("DEFAULT_FROM_EMAIL") or "Sổ kết nạp <so-ket-nap@localhost>"
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError as error:
        raise wrong_value(
            "DEFAULT_FROM_EMAIL", "must be a mail address such as soketnap@huyenuy.example"
        ) from error
    return value


def read_site() -> str:
    """The address under which people open the site, without a slash at its end."""
    url = read_address("SITE_URL", ("http", "https")) or "http://127.0.0.1:8000"
    if not urlsplit(url).hostname:
        raise wrong_value("SITE_URL", "the host name is missing, as in http://soketnap.example")
    return url.rstrip("/")
