"""What every test stands on: a small district, its people, and the demonstration's day."""

import logging
from datetime import date

import pytest
from django.core.cache import cache

from tests import examples, factories  # noqa: F401 - loads the profile
from tests.undefined import UndefinedVariables


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


@pytest.fixture(autouse=True, scope="session")
def undefined_variables():
    logger, undefined = logging.getLogger("django.template"), UndefinedVariables()
    logger.setLevel(logging.DEBUG)
    logger.addFilter(undefined)
    yield undefined
    logger.removeFilter(undefined)


@pytest.fixture(autouse=True)
def undefined_variables_fail(undefined_variables):
    """A template that asks for a variable that nobody passed fails the test."""
    yield
    assert undefined_variables.take() == set()


@pytest.fixture
def district(db):
    return factories.district()
