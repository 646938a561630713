"""The verbs of rewards and criticism: the level below proposes, the level above decides, once."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused, Stale
from branches.models import Organisation, Tier
from notation.dates import dmy, today
from notation.vietnamese import clean
from oversight.models import Reward
from reports.periods import Period

State = Reward.State


def may_propose_reward(user: User, unit: Organisation) -> bool:
    """Whether `user` proposes for `unit`: a commune for its branches, the district for its communes."""
    if unit.parent_id is None:
        return False
    above = _above(unit)
    permission = Permission.BASE_WORK if above.tier == Tier.BASE else Permission.OVERSEE
    return user.may(permission, above)


def may_decide_reward(user: User, reward: Reward) -> bool:
    """Whether `user` records what was decided: the base committee on its branches, who oversees the district else."""
    unit = reward.unit
    if unit.tier == Tier.BRANCH and not reward.asks_above:
        return user.may(Permission.BASE_WORK, unit.base_organisation)
    return user.may(Permission.OVERSEE, _district_of(unit))


def _above(unit):
    """The base organisation of a branch, the district of a base organisation."""
    return unit.parent.base_organisation if unit.tier == Tier.BRANCH else unit.parent


def _district_of(unit):
    while unit.parent and unit.tier not in (Tier.DISTRICT, Tier.PROVINCE):
        unit = unit.parent
    return unit


@transaction.atomic
def propose_reward(
    unit: Organisation,
    period: Period,
    *,
    kind: str,
    reason: str,
    on: date,
    by: User,
    asks_above: bool = False,
) -> Reward:
    """Propose a reward, or a criticism, of `unit` for what it did in `period`.

    What a base committee proposes of a branch it decides itself (HD 06, 19), unless it `asks_above`. Raises
    `Refused` with sentences by field ("unit", "kind", "reason", "on"), `PermissionDenied`.
    """
    if not may_propose_reward(by, unit):
        raise PermissionDenied
    reason, wrong = clean(reason), {}
    if kind not in Reward.Kind.values:
        wrong["kind"] = _("Chọn hình thức.")
    if not reason:
        wrong["reason"] = _("Ghi thành tích hoặc lý do.")
    if on > today():
        wrong["on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif on < period.first:
        wrong["on"] = _("%(day)s trước khi kỳ bắt đầu.") % {"day": dmy(on)}
    if Reward.objects.filter(unit=unit, kind=kind, first=period.first, last=period.last).exists():
        words = _("%(unit)s đã có đề nghị hình thức này cho kỳ này.")
        wrong["unit"] = words % {"unit": unit.title}
    if wrong:
        raise Refused(wrong)
    facts = {"kind": kind, "reason": reason, "proposed_on": on, "proposed_by": by}
    facts["asks_above"] = asks_above
    row = Reward.objects.create(unit=unit, first=period.first, last=period.last, **facts)
    log_change(by, f"Đề nghị {row.get_kind_display().lower()} {unit.title}, {period}")
    return row


@transaction.atomic
def decide_reward(
    reward: Reward, *, agrees: bool, on: date, by: User, number: str = "", words: str = ""
) -> Reward:
    """Record what was decided on a proposal, once: with the number of the decision, or why not.

    Raises `Refused` with sentences by field ("on", "number", "words"), `Stale`, `PermissionDenied`.
    """
    reward = Reward.objects.select_for_update(of=("self",)).select_related("unit__parent").get(pk=reward.pk)
    if not may_decide_reward(by, reward):
        raise PermissionDenied
    if reward.state != State.PROPOSED:
        raise Stale({"number": _("Đề nghị này đã được quyết định.")})
    number, words, wrong = clean(number), clean(words), {}
    if on > today():
        wrong["on"] = _("%(day)s chưa tới.") % {"day": dmy(on)}
    elif on < reward.proposed_on:
        wrong["on"] = _("Ngày quyết định trước ngày đề nghị (%(day)s).") % {"day": dmy(reward.proposed_on)}
    if agrees and not number:
        wrong["number"] = _("Ghi số quyết định.")
    if not agrees and not words:
        wrong["words"] = _("Ghi lý do không đồng ý.")
    if wrong:
        raise Refused(wrong)
    reward.state = State.DECIDED if agrees else State.DECLINED
    reward.decided_on, reward.number, reward.words, reward.decided_by = on, number, words, by
    reward.save(update_fields=["state", "decided_on", "number", "words", "decided_by"])
    log_change(by, f"{reward.get_state_display()}: {reward}")
    return reward
