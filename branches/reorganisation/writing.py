"""Write what a layout says into the tree: the new units, the last days of those that end, who took over."""

from itertools import groupby

from branches.hand_over import Document, HandingOver
from branches.models import Mandate, Organisation, Reorganisation, Succession
from branches.reorganisation.layout import Layout
from branches.reorganisation.new_unit import Heir, NewUnit, heir_key
from branches.row_keeper import RowKeeper
from notation import vietnamese

BATCH = 2000


def write_tree(plan: Reorganisation, layout: Layout, rows: RowKeeper) -> None:
    """Begin the new units, end the old ones, write the successions; inside the caller's transaction."""
    basis = plan.basis[:200]
    for _level, level in groupby(layout.begins, key=_depth):
        _begin(plan, list(level), basis, rows)
    ended = Organisation.objects.filter(pk__in=[unit.pk for unit in layout.ends])
    rows.update(ended, valid_to=plan.last)
    for unit in layout.ends:
        unit.valid_to = plan.last
    steps = [
        Succession(predecessor=unit, successor=_row(heir), on=plan.day, basis=basis)
        for unit in layout.ends
        for heir in layout.heirs[unit.pk]
    ]
    rows.create(Succession.objects.bulk_create(steps, batch_size=BATCH))
    rows.create(Mandate.objects.bulk_create(_mandates(layout), batch_size=BATCH))


def _depth(new):
    depth, above = 0, new.parent
    while isinstance(above, NewUnit):
        depth, above = depth + 1, above.parent
    return depth


def _row(heir: Heir) -> Organisation:
    if isinstance(heir, Organisation):
        return heir
    assert heir.row is not None
    return heir.row


def _begin(plan, level, basis, rows):
    """Write the new units of one level; those above them have their paths."""
    for new in level:
        parent = _row(new.parent) if new.parent is not None else None
        new.row = new.as_unit(parent=parent, valid_from=plan.day, basis=basis)
        new.row.search_name = vietnamese.fold(new.row.name)
        new.row.sort_key = vietnamese.sort_key(new.row.name)
    written = Organisation.objects.bulk_create([new.row for new in level], batch_size=BATCH)
    for row in written:
        row.path = f"{row.parent.path if row.parent else ''}{row.pk}/"
    Organisation.objects.bulk_update(written, ["path"], batch_size=500)
    rows.create(written)


def _mandates(layout):
    """The terms that go on: of an heir of one unit its own; a merged committee follows those above it until its
    congress."""
    terms: dict[int, list[Mandate]] = {}
    for mandate in Mandate.objects.filter(unit__in=[unit.pk for unit in layout.ends]).order_by("since"):
        terms.setdefault(mandate.unit_id, []).append(mandate)
    return [
        Mandate(unit=new.row, name=mandate.name, since=mandate.since)
        for new in layout.begins
        if len(new.origins) == 1 and len(layout.heirs[new.origins[0].pk]) == 1
        for mandate in terms.get(new.origins[0].pk, ())
    ]


def hand_to_heirs(plan: Reorganisation, layout: Layout, rows: RowKeeper) -> HandingOver:
    """What the apps above are told: all units that end, their heirs as they are now written, and what was chosen."""
    heirs = {pk: tuple(map(_row, found)) for pk, found in layout.heirs.items()}
    by_key = {
        heir_key(heir): row
        for pk, found in layout.heirs.items()
        for heir, row in zip(found, heirs[pk], strict=True)
    }
    chosen: dict[str, dict[int, Organisation]] = {"dossier": {}, "post": {}, "rest": {}}
    quotas: dict[int, dict[int, int]] = {}
    answers = {}
    for choice in plan.choices.all():
        what, _colon, pk = choice.key.partition(":")
        answers[choice.key] = choice.answer
        if what in chosen and pk.isdecimal() and choice.answer in by_key:
            chosen[what][int(pk)] = by_key[choice.answer]
        elif what == "quota" and pk.isdecimal() and isinstance(choice.answer, dict):
            quotas[int(pk)] = {by_key[key].pk: int(n) for key, n in choice.answer.items() if key in by_key}
    return HandingOver(
        units={unit.pk: unit for unit in layout.ends},
        heirs=heirs,
        on=plan.day,
        basis=plan.basis,
        document=Document(number=plan.number, on=plan.decided_on, issuer=plan.issuer),
        dossiers=chosen["dossier"],
        posts=chosen["post"],
        rests=chosen["rest"],
        quotas=quotas,
        answers=answers,
        by_key=by_key,
        rows=rows,
        plan=plan,
    )
