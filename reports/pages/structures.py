"""What today's structure shares: the units that were split between the rows of a table."""

from branches.models import Organisation
from branches.today import UnitToday, ids_in, is_below


def list_splits(unit: UnitToday, *, by_branch: bool = False) -> list[tuple[Organisation, list[Organisation]]]:
    """[(unit that ended, the units directly under `unit`, or the branches, that share its people)], the last first."""
    heirs, at = unit.heirs, -1 if by_branch else len(unit.ancestor_ids())
    rows = {
        pk: {ids_in(path)[at] for path in heirs.places[pk] if is_below(path, unit.path)}
        for pk in heirs.shared_under(unit, by_branch=by_branch)
    }
    units = Organisation.objects.in_bulk({*rows, *(pk for keys in rows.values() for pk in keys)})
    splits = [
        (units[pk], sorted((units[key] for key in keys), key=lambda row: row.sort_key))
        for pk, keys in rows.items()
    ]
    return sorted(splits, key=lambda split: (split[0].valid_to, split[0].sort_key), reverse=True)
