"""The demonstration district, loaded once for the tests of this folder and rolled back after them."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings as project
from django.db import transaction

from accounts.models import User
from demo.load import load_demonstration


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        before = project.TODAY
        project.TODAY = date(2017, 2, 27)
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield load_demonstration()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            project.TODAY = before


@pytest.fixture
def yenlac(loaded, db):
    return SimpleNamespace(
        root=loaded.root,
        base=loaded.base,
        branches=loaded.branches,
        users={u.username: u for u in User.objects.all()},
    )
