"""What every test stands on: a small district, its people, and the demonstration's day."""

from datetime import date

import pytest
from django.core.cache import cache

from tests import examples, factories  # noqa: F401 - loads the profile


@pytest.fixture(autouse=True)
def day(settings):
    """The suite runs on 27/02/2017, in Vietnamese, as the demonstration does."""
    settings.TODAY = date(2017, 2, 27)
    settings.DEMONSTRATION = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def district(db):
    return factories.district()
