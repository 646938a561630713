"""Read a plan from a TOML file: what is not verified in it is said in the plan and asked.

A file has `title`, `number`, `decided_on`, `issuer`, `day`, `confidence`, `note` and `changes`. A change has `kind`,
`units` (codes), `into` (a code) or `new` (facts of the new units), and a `detail` for what it asks. With `ends_level`
it is the plan's own unit that ends: the province above takes over, or one that begins where there is none.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import ChangeKind, Organisation, Reorganisation, Tier, UnitChange
from notation.dates import dmy

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

FOLDER = Path(__file__).parent / "plans"
KEPT = ("title", "number", "decided_on", "issuer", "day", "note")
UNVERIFIED = ("assumed", "disputed")


def list_files() -> list[tuple[str, str]]:
    """[(name, title)] of the plans that come with the program, in the order of their days."""
    return [(file.stem, _read(file)["title"]) for file in sorted(FOLDER.glob("*.toml"))]


def read_heads() -> list[tuple[str, dict[str, Any]]]:
    """[(name, its title, number, days, issuer and note)] of the same plans, for who chooses one."""
    files = sorted(FOLDER.glob("*.toml"))
    return [(file.stem, {key: data[key] for key in KEPT}) for file in files for data in (_read(file),)]


def _read(file):
    return tomllib.loads(file.read_text(encoding="utf-8"))


def load_plan(file: Path | str, *, unit: Organisation, by: "_User") -> Reorganisation:
    """Write the plan of `file` (a path, or a name of `list_files`) down as a draft under `unit`.

    Raises `ValidationError` where the file cannot be read or names a unit that does not stand today below `unit`,
    `PermissionDenied`.
    """
    if not by.may("change_units", unit):  # type: ignore[attr-defined]  # accounts.User
        raise PermissionDenied
    path = file if isinstance(file, Path) else FOLDER / f"{Path(file).name}.toml"
    try:
        data = _read(path)
        facts = {name: data[name] for name in KEPT}
        changes = data["changes"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        words = _("Không đọc được kế hoạch “%(file)s”: %(why)s")
        raise ValidationError(words % {"file": path.name, "why": error}) from error
    if data.get("confidence") in UNVERIFIED:
        facts["note"] = _("Có điều chưa kiểm chứng.") + " " + facts["note"]
    with transaction.atomic():
        plan = Reorganisation.objects.create(**facts, unit=unit, owner=by)
        for position, change in enumerate(changes, 1):
            _write(plan, position, change)
    return plan


def _write(plan, position, data):
    rows: list[dict[str, Any]] = [dict(row) for row in data.get("new", ())]
    above = _province_above(plan)
    for row in rows:
        if row.get("parent") == "tinh" and above is not None:
            row["parent"] = above.pk
    if data.get("ends_level"):
        kind, units = (ChangeKind.DISSOLVE if above else ChangeKind.TIER), [plan.unit]
        into, rows = (above, []) if above else (None, rows)
    else:
        kind, units = ChangeKind(data["kind"]), [unit_by_code(plan, code) for code in data["units"]]
        into = unit_by_code(plan, data["into"]) if data.get("into") else None
    if data.get("detail"):
        rows = [{"detail": data["detail"]}, *rows]
    change = UnitChange.objects.create(plan=plan, position=position, kind=kind, into=into, facts=rows)
    change.units.set(units)


def _province_above(plan):
    parent = plan.unit.parent
    return parent if parent is not None and parent.tier == Tier.PROVINCE else None


def unit_by_code(plan: Reorganisation, code: str) -> Organisation:
    """The unit below the plan's with this code that will stand on the last day before it, as far as is known today.

    Raises `ValidationError`.
    """
    rows = Organisation.objects.under(plan.unit).on(plan.last).filter(code=code)
    unit = rows.exclude(pk=plan.unit_id).order_by("-valid_from").first()
    if unit is None:
        words = _("Không có đơn vị mã %(code)s trong %(unit)s vào ngày %(day)s.")
        raise ValidationError(words % {"code": code, "unit": plan.unit.title, "day": dmy(plan.last)})
    return unit
