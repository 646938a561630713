"""What every test stands on: a small district, its people, a filled-in form, and the demonstration's day."""

import logging
from datetime import date

import pytest
from django.core.cache import cache

from tests import examples, factories  # noqa: F401 - loads the profile
from tests.undefined import UndefinedFilter


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
def undefined_filter():
    logger, collecting = logging.getLogger("django.template"), UndefinedFilter()
    logger.setLevel(logging.DEBUG)
    logger.addFilter(collecting)
    yield collecting
    logger.removeFilter(collecting)


@pytest.fixture(autouse=True)
def undefined_variables_fail(undefined_filter):
    """A template that asks for a variable that nobody passed fails the test."""
    yield
    assert undefined_filter.take() == set()


@pytest.fixture
def district(db):
    return factories.district()


@pytest.fixture
def staff(client, district):
    client.force_login(district.staff)
    return client


@pytest.fixture
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
