"""Rows that many tests start from, made once and kept for the tests that follow.

A fixture marked `kept` makes rows out of other kept fixtures. They stay in the database, each fixture's behind a
savepoint of its own, as long as the tests that run ask for them; a test that does not ask finds them gone. What a test
writes is rolled back as ever, and it gets copies of the instances that are its own.
"""

import inspect
from copy import deepcopy
from itertools import chain, groupby

import pytest
from django.db import transaction
from pytest_django.plugin import blocking_manager_key

COMMITTING = {"transactional_db", "live_server"}
"""Fixtures of tests that commit: nothing is kept around them."""


def kept(make):
    """`make` as a fixture whose rows are kept; it takes other kept fixtures, or none."""

    def rows(request, db):
        values = request.node.stash.get(COPIES, {})
        if make not in values:  # not in the closure of the test, or the test commits
            return make(
                **{name: request.getfixturevalue(name) for name in inspect.signature(make).parameters}
            )
        return values[make]

    rows.kept, rows.__doc__ = make, make.__doc__
    return pytest.fixture(name=make.__name__)(rows)


COPIES = pytest.StashKey[dict]()
"""{function marked `kept`: the test's own copy of what it made}."""


class Shelf:
    """The kept rows that the database holds now: [(function, its transaction, {function: value} so far)]."""

    def __init__(self):
        self.layers = []

    def put(self, wanted):
        """Make the rows of `wanted`, as `chain_of` gives it, that are not there yet; a copy of all values."""
        for make, parents in wanted[len(self.layers) :]:
            values = self.copy()
            block = transaction.atomic()
            block.__enter__()
            self.layers.append((make, block, values))
            try:
                values[make] = make(**{name: values[parent] for name, parent in parents.items()})
            except BaseException:
                self.pop()
                raise
        return self.copy()

    def copy(self):
        return deepcopy(self.layers[-1][2]) if self.layers else {}

    def pop(self):
        """Roll back the rows that were made last."""
        _make, block, _values = self.layers.pop()
        transaction.set_rollback(True)
        block.__exit__(None, None, None)

    def clear(self, wanted=()):
        """Roll back what is not part of `wanted`."""
        made = [make for make, _parents in wanted]
        while self.layers and [layer[0] for layer in self.layers] != made[: len(self.layers)]:
            self.pop()


SHELF = Shelf()


CHAIN = pytest.StashKey[list]()
"""What `chain_of` gives for a test, which several hooks ask."""


def chain_of(item):
    """[(function, {parameter: function})] of the kept fixtures that a test asks for, each after those it takes."""
    if CHAIN not in item.stash:
        item.stash[CHAIN] = find_chain(item)
    return item.stash[CHAIN]


def find_chain(item):
    """What `chain_of` gives, from the fixtures of the test."""
    marker = item.get_closest_marker("django_db")
    if COMMITTING.intersection(item.fixturenames) or (marker and marker.kwargs.get("transaction")):
        return []
    found, named = {}, item._fixtureinfo.name2fixturedefs

    def add(name):
        fixtures = named.get(name) or item.session._fixturemanager.getfixturedefs(name, item)
        make = getattr(fixtures[-1].func, "kept", None) if fixtures else None
        if make and make not in found:
            parents = {parameter: add(parameter) for parameter in inspect.signature(make).parameters}
            found[make] = parents
        return make

    for name in item.fixturenames:
        add(name)
    return list(found.items())


def asks_database(item):
    """Whether a test reads the database; a Django `TestCase` does."""
    return bool(
        item.get_closest_marker("django_db") or "db" in item.fixturenames or getattr(item, "cls", None)
    )


def pytest_itemcollected(item):
    """Mark what no database answers: it comes out the same in every leg."""
    if not asks_database(item):
        item.add_marker("once")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the tests of a module that ask for the same rows side by side."""
    by_module = [list(rows) for _path, rows in groupby(items, key=lambda item: item.path)]
    for rows in by_module:
        rows.sort(key=lambda item: [make.__name__ for make, _parents in chain_of(item)])
    items[:] = chain.from_iterable(by_module)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Roll back what the test does not ask for."""
    if SHELF.layers and asks_database(item):
        with item.config.stash[blocking_manager_key].unblock():
            SHELF.clear(chain_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Make the rows that the test asks for, before its own transaction begins."""
    if fixturedef.argname == "_django_db_helper" and (wanted := chain_of(request.node)):
        request.getfixturevalue("shelf_cleared")
        with request.config.stash[blocking_manager_key].unblock():
            request.node.stash[COPIES] = SHELF.put(wanted)


@pytest.fixture(scope="session")
def shelf_cleared(django_db_setup, django_db_blocker):
    """Nothing is kept when the database goes."""
    yield
    with django_db_blocker.unblock():
        SHELF.clear()
