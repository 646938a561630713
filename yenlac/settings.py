"""Settings of the one site. What may differ between installations is read and checked in `environment`."""

from pathlib import Path

from csp.constants import NONE, SELF

from yenlac import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.VAR_DIR

SECRET_KEY = environment.SECRET_KEY
DEBUG = environment.DEBUG
ALLOWED_HOSTS = environment.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = environment.CSRF_TRUSTED_ORIGINS

# The installation
DEMONSTRATION = environment.DEMONSTRATION
TODAY = environment.TODAY
COUNTED_BY = environment.COUNTED_BY
CLOSING_DAYS = environment.CLOSING_DAYS
DISTRICT_NAME = environment.DISTRICT_NAME
REPORTS_DIR = environment.REPORTS_DIR
SITE_URL = environment.SITE_URL

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "notation",
    "branches",
    "accounts",
    "admissions",
    "reports",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yenlac.middleware.set_reader_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.KeepingLoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "yenlac.urls"
WSGI_APPLICATION = "yenlac.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.page_context",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": environment.DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.CACHE}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CLOSED_QUARTER_LOOKUP = "reports.closing.reading.closing_of_dossier"
"""The function that names the closed quarter in which a dossier's admission counts (`admissions.workflow`)."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RegisterBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
CSRF_FAILURE_VIEW = "accounts.views.csrf_failure"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "yenlac.formats"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = environment.STATIC_ROOT
COLLECTED_STATIC = environment.COLLECTED_STATIC
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": environment.STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC

# Nothing leaves for another host and nothing runs that did not come as a file from this one.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.HTTPS else None

DEFAULT_FROM_EMAIL = environment.DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 15
EMAIL_BACKEND = environment.EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = environment.EMAIL["EMAIL_HOST"], environment.EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = environment.EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = environment.EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = environment.EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = environment.EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = environment.EMAIL["EMAIL_FILE_PATH"]

CELERY_BROKER_URL = environment.REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not environment.REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# A covering index covers only on PostgreSQL; SQLite takes the same index without the extra columns.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.LOG_LEVEL},
}
