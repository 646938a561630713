"""What every test stands on: a small district, its people, and the demonstration's day."""

import logging
from datetime import date

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.test import override_settings

from tests import examples, factories  # noqa: F401 - loads the profile
from tests.undefined import UndefinedVariables


@pytest.fixture(autouse=True, scope="session")
def demonstration_day():
    """The suite runs on 27/02/2017, in Vietnamese, as the demonstration does."""
    plain_files = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        TODAY=date(2017, 2, 27),
        DEMONSTRATION=True,
        STORAGES=project.STORAGES | plain_files,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
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
