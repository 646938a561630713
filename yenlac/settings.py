"""Settings of the one site, read from top to bottom. `environment` checks what an installation may set."""

from csp.constants import NONE, SELF

from yenlac import environment
from yenlac.environment import BASE_DIR

VAR_DIR = environment.read_folder("VAR_DIR", BASE_DIR / "var")
REPORTS_DIR = environment.read_folder("REPORTS_DIR", VAR_DIR / "reports")
SECRET_KEY = environment.read_secret_key(VAR_DIR)
DEBUG = environment.read_flag("DEBUG")
HTTPS = environment.read_flag("HTTPS")
ALLOWED_HOSTS = environment.read_words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = environment.read_words("CSRF_TRUSTED_ORIGINS")
SITE_URL = environment.read_site()

# The installation
DEMONSTRATION = environment.read_flag("DEMONSTRATION")
TODAY = environment.read_day("TODAY")
COUNTED_BY = environment.read_choice("COUNTED_BY", "decision", ("decision", "ceremony"))
CLOSING_DAYS = environment.read_number("CLOSING_DAYS", 10, 90)
REVIEW_DEADLINE_DAYS = environment.read_number("REVIEW_DEADLINE_DAYS", 0, 60)
CLASS_SIZE_LEAST = environment.read_number("CLASS_SIZE_LEAST", 100, 5000)
CLASS_WAIT_MONTHS = environment.read_number("CLASS_WAIT_MONTHS", 6, 60)
CLASS_EVERY_MONTHS = environment.read_number("CLASS_EVERY_MONTHS", 3, 60)
VISITS_PER_QUARTER = environment.read_number("VISITS_PER_QUARTER", 1, 12)
CONCLUSION_DAYS = environment.read_number("CONCLUSION_DAYS", 10, 365)
DISTRICT_NAME = environment.read_text("DISTRICT_NAME") or "Huyện ủy Yên Lạc"
if TODAY and not DEMONSTRATION:
    raise environment.wrong_value(
        "TODAY", "only with DEMONSTRATION=true; a real installation takes the present day"
    )

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
    "oversight",
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
    "accounts.middleware.FormsActOnce",
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
                "admissions.worklist.context.waiting_context",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": environment.read_database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environment.read_address("REDIS_URL", ("redis", "rediss", "unix"))
CACHES: dict[str, dict[str, str]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CLOSED_QUARTER_LOOKUP = "reports.closing.reading.closing_of_dossier"
"""The function that names the closed quarter in which a dossier's admission counts (`admissions.workflow`)."""
CORRECTION_FIGURES_LOOKUP = "reports.closing.consequences.figures_around"
"""The function that gives the figures in which a dossier's admission counts (`admissions.consequences`)."""
TAKE_BACK_MINUTES = environment.read_number("TAKE_BACK_MINUTES", 15, 1440)

HANDED_OVER_BY = (
    "accounts.hand_over.hand_over_posts",
    "admissions.workflow.hand_over.hand_over_dossiers",
    "admissions.workflow.unit_rows.hand_over_classes",
    "reports.quotas.hand_over.hand_over_quotas",
    "reports.quotas.hand_over.hand_over_member_counts",
    "oversight.tasks.hand_over_tasks",
    "oversight.letters.hand_over_requests",
    "oversight.hand_over.hand_over_assignments",
    "oversight.hand_over.hand_over_arrangements",
    "admissions.workflow.unit_rows.hand_over_meetings",
    "admissions.workflow.unit_rows.hand_over_deciders",
    "reports.saved_views.hand_over_views",
    "reports.quotas.shared_quotas.hand_over_proposals",
    "admissions.workflow.unit_rows.tell_waiting_corrections",
    "reports.restructuring.tell_closings",
)
"""The functions that hand over what units have when they end (`branches.hand_over`), in order."""
ASKED_BY = (
    "admissions.workflow.hand_over.ask_about_dossiers",
    "reports.quotas.hand_over.ask_about_quotas",
    "accounts.hand_over.ask_about_posts",
    "oversight.hand_over.ask_about_assignments",
)
"""The functions that name what somebody has to choose before units end (`branches.reorganisation.questions`)."""
FINISHED_BY = ("accounts.hand_over.finish_post", "oversight.hand_over.finish_assignment")
"""The functions that carry out what is chosen after a plan was carried out."""
TOTALLED_BY = ("reports.restructuring.list_totals",)
"""The functions that give the totals which must be equal before and after (`branches.totals`)."""
HANDED_BACK_BY = (
    "admissions.workflow.hand_over.hand_back_dossiers",
    "reports.quotas.shared_quotas.hand_back_quotas",
)
"""The functions that undo what only grows (`branches.reorganisation.undo`): (plan, primary keys of new units, by)."""
BUILT_ON_BY = (
    "reports.restructuring.count_closings_since",
    "admissions.workflow.hand_over.count_built_on",
)
"""The functions that count what was built on new units: (plan, primary keys) -> [(key, what, number)]."""
NOT_BUILT_ON = (
    "admissions.dossier",
    "reports.closedadmission",
    "reports.closedline",
    "reports.closedmovement",
    "reports.job",
    "reports.unittotals",
)
"""Models whose rows at a new unit do not hinder an undoing, or are counted by `BUILT_ON_BY`."""

ERRANDS_BY: tuple[str, ...] = (
    "admissions.sources.errands.list_source_errands",
    "admissions.classes.errands.list_class_errands",
    "reports.closing.confirmation_errands.list_confirmation_errands",
    "oversight.errands.list_review_errands",
    "oversight.errands.list_task_errands",
    "oversight.plan_errands.list_plan_errands",
    "oversight.visit_errands.list_visit_errands",
    "oversight.reorganisation_errands.list_reorganisation_errands",
)
"""The functions that name what of the year's work is due to somebody (`admissions.worklist.errands`), in order."""

HELPER_REMARK_MONTHS = environment.read_number("HELPER_REMARK_MONTHS", 3, 12)
HELPER_LOAD = environment.read_number("HELPER_LOAD", 3, 99)
REVIEWED_BY = "oversight.pages.overview.list_review_days"
"""The function that tells when branches reviewed their lists: (branches, first day of a month) -> {key: day}."""
REWARD_WEIGHTS = {
    "quota": environment.read_number("REWARD_WEIGHT_QUOTA", 50, 1000),
    "sources": environment.read_number("REWARD_WEIGHT_SOURCES", 20, 1000),
    "quarters": environment.read_number("REWARD_WEIGHT_QUARTERS", 15, 1000),
    "returns": environment.read_number("REWARD_WEIGHT_RETURNS", 15, 1000),
}
"""The points that each rule of the ranking for rewards gives at most (`oversight.pages.reward_ranking`)."""
EXPLANATION_DAYS = environment.read_number("EXPLANATION_DAYS", 10, 365)
"""How many days after a letter its answer is asked for, unless another day is typed."""
UNIT_PAGE_BY = "oversight.views.unit.show_unit"
"""The view that shows the home of a unit at the address of `branches`: (request, primary key)."""
DIFFICULTIES_BY = "oversight.pages.overview.list_difficulties"
"""The function that counts the difficulties that branches wrote down: (unit, quarter) -> [(words, number, address)]."""
KEPT_BY: tuple[str, ...] = ("oversight.kept.list_review_lines",)
"""The functions that name what a closing keeps of apps above `reports`: quarter -> `year_lines.Line`s."""

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
STATIC_ROOT = environment.read_folder("STATIC_ROOT", VAR_DIR / "static")
COLLECTED_STATIC = environment.read_flag("COLLECTED_STATIC")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
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
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

DEFAULT_FROM_EMAIL = environment.read_sender()
MAIL = environment.read_mail_server()
EMAIL_TIMEOUT = 15
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"]
EMAIL_HOST_USER = MAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = MAIL["EMAIL_FILE_PATH"]

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# A covering index covers only on PostgreSQL; SQLite takes the same index without the extra columns.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

LOG_LEVEL = environment.read_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
