"""Today's structure against that of its time, after a reform: communes merge in pairs, villages are split."""

import time
from datetime import date, timedelta
from itertools import count

from django.db import connection, transaction
from django.db.models import Max
from django.test import Client

from accounts.models import Post, User
from accounts.roles import Role
from bench.timing import interleave, ratios
from branches.models import Organisation, Succession, Tier
from branches.today import UnitToday
from notation import vietnamese
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES, RURAL

ON = date(2017, 1, 1)
LAST = ON - timedelta(days=1)
SPLIT = 10
"""Every tenth village is split in two."""
REFORMED = 15
"""How many districts are reformed at most: all of a province."""
SHOWN = (ADMITTED, RURAL, MEASURES["women"], MEASURES["youth"])


@transaction.atomic
def reform(district: Organisation, keys: count) -> None:
    """Merge the communes of `district` in pairs; their branches go over one by one, some as two halves."""
    communes = list(Organisation.objects.filter(parent=district, is_base_branch=False).on(ON).order_by("pk"))
    for pair in zip(communes[::2], communes[1::2], strict=False):
        new = _made(next(keys), district, pair[0], f"{pair[0].name} mới")
        made, steps = [new], [_step(old, new) for old in pair]
        for n, branch in enumerate(Organisation.objects.filter(parent__in=pair).on(ON).order_by("pk")):
            halves = range(2 if n % SPLIT == 0 else 1)
            heirs = [_made(next(keys), new, branch, f"{branch.name} {old}") for old in halves]
            made += heirs
            steps += [_step(branch, heir) for heir in heirs]
        Organisation.objects.bulk_create(made)
        Succession.objects.bulk_create(steps)
        Organisation.objects.filter(parent__in=pair).update(valid_to=LAST)
        Organisation.objects.filter(pk__in=[old.pk for old in pair]).update(valid_to=LAST)


def _made(pk, parent, like, name):
    facts = {field: getattr(like, field) for field in ("tier", "kind", "rural", "is_base_branch")}
    return Organisation(
        pk=pk,
        parent=parent,
        name=name[:120],
        code=f"R{pk}",
        path=f"{parent.path}{pk}/",
        search_name=vietnamese.fold(name)[:120],
        sort_key=vietnamese.sort_key(name),
        valid_from=ON,
        **facts,
    )


def _step(old, new):
    return Succession(predecessor=old, successor=new, on=ON, basis="QĐ 1")


def _client(unit):
    name = f"structures-{unit.pk}"
    user, new = User.objects.get_or_create(username=name, defaults={"full_name": "Nguyễn Văn Thử"})
    if new:
        Post.objects.create(user=user, unit=unit, role=Role.BOARD_STAFF, since=date(2010, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def case_structures(bench):
    """A district's page and the top's, in the structure of the year that they show and in that of today.

    The last of all cases: the register stays as the reform left it.
    """
    keys, begin = (
        count((Organisation.objects.aggregate(last=Max("pk"))["last"] or 0) + 1),
        time.perf_counter(),
    )
    districts = list(Organisation.objects.filter(tier=Tier.DISTRICT).order_by("pk"))
    for district in districts[:REFORMED]:
        reform(district, keys)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE branches_organisation")
    took = time.perf_counter() - begin
    units = {"district": districts[0], "top": Organisation.objects.get(parent=None)}
    if units["top"] == units["district"]:
        del units["top"]
    times, found = {}, {}
    for name, unit in units.items():
        _check(unit)
        client, address = _client(unit), f"/chi-tieu/?don-vi={unit.pk}&ky=2016"
        variants = {
            f"{name} page, then": lambda client=client, url=address: _get(client, url),
            f"{name} page, today": lambda client=client, url=address: _get(client, f"{url}&cocau=homnay"),
        }
        times |= interleave(variants, bench.rounds * 2)
        found[f"{name}: today / then"] = ratios(times, f"{name} page, today", f"{name} page, then")
    found["most"] = max(found.values())
    return {"times": times, "ratios": found, "notes": [f"the reform took {took:.1f} s"]}


def _check(unit):
    """Both structures count the same people, and no list is shorter than its number."""
    period = periods.default_period()
    cells = [(period, measure) for measure in SHOWN]
    today = UnitToday.objects.get(pk=unit.pk)
    assert figures.tally_cells(unit, cells) == figures.tally_cells(today, cells)
    counts = figures.count_by_child(today, cells)
    for child in UnitToday.objects.filter(pk__in=list(counts))[:5]:
        assert counts[child.pk][0] == figures.list_figure(child, period).count()


def _get(client, url):
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response
