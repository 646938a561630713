"""What every test stands on: a small district, its people, a filled-in form, and the demonstration's day."""

import logging
from datetime import date

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.test import override_settings

from tests import examples, factories  # noqa: F401 - loads the profile
from tests.classes_held import approved, attended, course, nominated, passed, sources  # noqa: F401 - fixtures
from tests.kept import (  # noqa: F401 - pytest finds its hooks here
    kept,
    pytest_collection_modifyitems,
    pytest_fixture_setup,
    pytest_itemcollected,
    pytest_runtest_setup,
    shelf_cleared,
)
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


@kept
def district():
    return factories.district()


@pytest.fixture
def staff(client, district):
    client.force_login(district.staff)
    return client


@kept
def form(district):
    reference = factories.candidate()
    return {
        "version": 0,
        "full_name": "Nguyễn Thị Hạnh",
        "born_on": "30/11/1998",
        "sex": "female",
        "citizen_id": "135746902",
        "ethnicity": reference.ethnicity_id,
        "religion": reference.religion_id,
        "education": "upper_secondary",
        "home_place": "Trung Nguyên, Yên Lạc, Vĩnh Phúc",
        "residence": "Thôn Tân Nguyên",
        "occupation": "farmer",
        "qualification": "none",
        "academic_title": "none",
        "branch": district.rural.pk,
        "listed_on": "16/02/2017",
        "helper": "Lê Văn Toản",
        "introduction": "two_members",
        "introducer": "Lê Văn Toản",
        "second_introducer": "Nguyễn Văn Thực",
    }
