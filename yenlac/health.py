"""/healthz: whether the database, and the broker where there is one, answer."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    cache.get("healthz")


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything answers, 503 with the name of what does not."""
    checks = {"database": _database}
    if settings.CELERY_BROKER_URL.startswith(("redis", "unix")):
        checks["broker"] = _broker
    answers = {}
    for name, check in checks.items():
        try:
            check()
            answers[name] = "ok"
        except (DatabaseError, RedisError, OSError):
            answers[name] = "no answer"
    return JsonResponse(answers, status=200 if set(answers.values()) == {"ok"} else 503)
