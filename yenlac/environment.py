"""What an installation may set, read from the environment and checked; `.env.example` explains every variable.

A wrong value stops the start with a sentence that names the variable.
"""

import os
import secrets
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def fail(name, why):
    return ImproperlyConfigured(f"{name}={os.environ.get(name, '')!r}: {why} (xem .env.example)")


def read_text(name, default=""):
    return env.str(name, default).strip()


def read_flag(name, default=False):
    value = read_text(name, str(default)).lower()
    if value not in TRUE | FALSE:
        raise fail(name, "phải là true hoặc false")
    return value in TRUE


def read_choice(name, default, choices):
    value = read_text(name) or default
    if value not in choices:
        raise fail(name, f"phải là một trong: {', '.join(choices)}")
    return value


def read_number(name, default, most):
    """A whole number from 0 to `most`."""
    value = read_text(name) or str(default)
    if not value.isdecimal() or int(value) > most:
        raise fail(name, f"phải là một số từ 0 đến {most}")
    return int(value)


def read_words(name):
    return [word.strip() for word in read_text(name).split(",") if word.strip()]


def read_day(name):
    """A date as dd/mm/yyyy or yyyy-mm-dd, or None when the variable is empty."""
    value = read_text(name)
    if not value:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    raise fail(name, "phải là một ngày có thật, như 27/02/2017")


def read_address(name, schemes):
    """A URL of one of `schemes`, or the empty string."""
    value = read_text(name)
    if value and urlsplit(value).scheme not in schemes:
        raise fail(name, f"phải bắt đầu bằng {' hoặc '.join(f'{scheme}://' for scheme in schemes)}")
    return value


def read_folder(name, default):
    path = Path(read_text(name) or default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fail(name, f"không tạo được thư mục: {error.strerror}") from error
    return path


def secret_key():
    """The given key, or one made once and kept beside the data, readable by its owner only."""
    if value := read_text("SECRET_KEY"):
        if len(value) < 40:
            raise fail("SECRET_KEY", "phải dài ít nhất 40 ký tự")
        return value
    kept = VAR_DIR / "secret-key"
    if not kept.exists():
        own = VAR_DIR / f"secret-key.{os.getpid()}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(50))
        try:
            os.link(own, kept)  # the first of several processes wins; the others read its key
        except FileExistsError:
            pass
        own.unlink()
    return kept.read_text()


def read_database():
    """PostgreSQL by URL, or SQLite in WAL mode, whose writers queue instead of failing."""
    url = read_address("DATABASE_URL", ("postgres", "postgresql", "sqlite"))
    if url and not url.startswith("sqlite"):
        try:
            config = env.db_url_config(url)
        except (ValueError, ImproperlyConfigured) as error:
            raise fail("DATABASE_URL", str(error)) from error
        return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url.removeprefix("sqlite:///") or VAR_DIR / "so-ket-nap.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def mail_server():
    """Where mail goes, as Django's EMAIL_ settings; without a server it is printed with the log."""
    url = read_address("EMAIL_URL", ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "dummymail"))
    try:
        if url.startswith("smtp") and not urlsplit(url).hostname:
            raise ValueError("thiếu tên máy chủ")
        config = env.email_url_config(url or "consolemail://")
    except ValueError as error:  # a port that is no number
        raise fail("EMAIL_URL", str(error)) from error
    usual = {"smtp+tls": 587, "smtp+ssl": 465}.get(urlsplit(url).scheme, 25)
    return config | {"EMAIL_PORT": config["EMAIL_PORT"] or usual}


def read_sender():
    """Whom mail is from, as "address" or "Name <address>"."""
    value = read_text("DEFAULT_FROM_EMAIL") or "Sổ kết nạp <so-ket-nap@localhost>"
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError as error:
        raise fail("DEFAULT_FROM_EMAIL", "phải là một địa chỉ thư, như soketnap@huyenuy.example") from error
    return value


def read_site():
    """The address under which people open the site, without a slash at its end."""
    url = read_address("SITE_URL", ("http", "https")) or "http://127.0.0.1:8000"
    if not urlsplit(url).hostname:
        raise fail("SITE_URL", "thiếu tên máy, như http://soketnap.example")
    return url.rstrip("/")


VAR_DIR = read_folder("VAR_DIR", BASE_DIR / "var")
REPORTS_DIR = read_folder("REPORTS_DIR", VAR_DIR / "reports")
STATIC_ROOT = read_folder("STATIC_ROOT", VAR_DIR / "static")
SECRET_KEY = secret_key()
DEBUG = read_flag("DEBUG")
HTTPS = read_flag("HTTPS")
ALLOWED_HOSTS = read_words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = read_words("CSRF_TRUSTED_ORIGINS")
LOG_LEVEL = read_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

DEMONSTRATION = read_flag("DEMONSTRATION")
TODAY = read_day("TODAY")
COUNTED_BY = read_choice("COUNTED_BY", "decision", ("decision", "ceremony"))
CLOSING_DAYS = read_number("CLOSING_DAYS", 10, 90)
DISTRICT_NAME = read_text("DISTRICT_NAME") or "Huyện ủy Yên Lạc"
if TODAY and not DEMONSTRATION:
    raise fail("TODAY", "chỉ dùng với DEMONSTRATION=true; nơi dùng thật lấy ngày hôm nay")

DATABASE = read_database()
REDIS_URL = read_address("REDIS_URL", ("redis", "rediss", "unix"))
CACHE = (
    {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
)
EMAIL = mail_server()
DEFAULT_FROM_EMAIL = read_sender()
SITE_URL = read_site()
COLLECTED_STATIC = read_flag("COLLECTED_STATIC")
STATIC_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if COLLECTED_STATIC
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
