"""Putting a person on the source list, correcting what was entered, and recording papers."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure
from admissions.choices import AnnulmentKind, Introduction
from admissions.exceptions import Refused, Stale
from admissions.models import Candidate, Dossier, Event, Paper, Register
from admissions.states import ENDED, ORDERED_IN_DATABASE, State
from admissions.workflow import closed_quarters
from admissions.workflow.act_papers import papers_of_acts
from admissions.workflow.counted_facts import can_only_be_wrong
from admissions.workflow.door import STALE, column_values, refuse_stale, write_event
from branches.successions import describe_absence, stood_on
from notation.dates import dmy, today
from notation.vietnamese import clean, fold

EDITABLE = {
    "branch_id",
    "commune_id",
    "readmission",
    "introduction",
    "introducer",
    "second_introducer",
    "helper",
    "kept_at",
    "listed_on",
    "introduced_by",
    "listing_number",
    "introducer_since",
    "education_exception",
    "left_before_on",
    "left_before_how",
    "province_consent",
}
"""The columns of a dossier that a correction may change."""


PERSON = {field.name for field in Candidate._meta.concrete_fields}
"""The fields of a person, which stay as they were in a dossier that ended."""


def enter_dossier(
    candidate: Candidate,
    dossier: Dossier,
    *,
    by: User,
    resolution: str = "",
    seen: int | None = None,
    at: datetime | None = None,
    number: tuple[int, int] | None = None,
) -> Dossier:
    """Put a person on the source list: save `candidate`, give `dossier` a number, write the first event.

    `number` is (year, serial) for a dossier that has one from a paper register; otherwise the next of the year
    in which the candidate was listed. `seen` is the version of a person who was known before, as somebody looked at it.
    Raises `Refused` or `Stale`.
    """
    if candidate.pk and seen not in (None, candidate.version):
        raise Stale(STALE)
    if not by.may(Permission.ENTER, dossier.branch):
        raise Refused(
            {"branch": _("%(unit)s ở ngoài phạm vi của đồng chí.") % {"unit": dossier.branch.title}}
        )
    check_entry(candidate, dossier)
    on = dossier.listed_on
    with transaction.atomic():
        save_person(candidate, dossier, by=by)
        dossier.candidate = candidate
        dossier.commune = dossier.branch.base_organisation
        dossier.year, dossier.serial = number_dossier(on.year, number)
        dossier.state, dossier.state_since = State.LISTED, on
        dossier.version = dossier.event_count = 0
        former = dossier.previous
        certificate = former and former.papers.filter(code=procedure.CERTIFICATE).first()
        if former and certificate:
            dossier.certified_on = former.certified_on
        dossier.save()
        if certificate:
            certificate.pk, certificate.dossier = None, dossier
            certificate.save()
        write_event(dossier, "enter", {}, "", by=by, at=at, facts={"on": on, "number": clean(resolution)})
    return dossier


def save_person(candidate: Candidate, dossier: Dossier, *, by: User) -> None:
    """Save what is known of a person by compare-and-swap on its version; raises `Refused` or `Stale`.

    The person's other dossiers have ended: they keep the person as they were.
    """
    _refuse_taken_number(candidate, by)
    try:
        with transaction.atomic():
            if candidate.pk:
                _keep_as_was(candidate, dossier)
                rows = Candidate.objects.filter(pk=candidate.pk, version=candidate.version)
                if not rows.update(version=F("version") + 1):
                    raise Stale(STALE)
                candidate.version += 1
            candidate.save()
    except IntegrityError as error:
        raise Refused({"citizen_id": _(NEUTRAL)}) from error


NEUTRAL = gettext_noop(
    "Chưa lưu được với số này; hãy xem lại giấy tờ."
    " Nếu số đúng thì để trống ô này rồi lưu, ban tổ chức cấp trên sẽ xem."
)
"""What is said of an identity number that stands outside one's scope: not whose it is, nor that it is somebody's."""


def _refuse_taken_number(candidate, by):
    """Ask for the number before the database refuses it, whose log would keep it; name the dossier inside the scope."""
    there = Candidate.objects.filter(citizen_id=candidate.citizen_id).exclude(pk=candidate.pk)
    if not candidate.citizen_id or not there.exists():
        return
    seen = Dossier.objects.for_user(by).filter(candidate__in=there).order_by("-year", "-serial").first()
    words = (
        _("Số này đã ghi cho một người khác, hồ sơ %(number)s.") % {"number": seen.number}
        if seen
        else _(NEUTRAL)
    )
    raise Refused({"citizen_id": words})


def _keep_as_was(candidate, dossier):
    others = Dossier.objects.filter(candidate=candidate.pk, person_was__isnull=True).exclude(pk=dossier.pk)
    if others.exists():
        others.update(person_was=Candidate.objects.get(pk=candidate.pk).as_kept())


def number_dossier(year: int, given: tuple[int, int] | None = None) -> tuple[int, int]:
    """The next number of the year's register, or the one given, which the register then starts from."""
    year, serial = given or (year, None)
    Register.objects.get_or_create(year=year)
    last = Register.objects.filter(year=year)
    last.update(last=Greatest(F("last"), serial) if serial else F("last") + 1)
    return year, serial or last.get().last


def check_entry(candidate: Candidate, dossier: Dossier) -> None:
    """Raise `Refused` with everything that `find_entry_problems` finds."""
    if wrong := find_entry_problems(candidate, dossier):
        raise Refused(wrong)


def find_entry_problems(candidate: Candidate, dossier: Dossier) -> dict[str, str]:
    """{field: sentence} of what holds for any dossier and does not here; what is missing is left out.

    Real dates, a branch that exists that day, introducers who are two people.
    """
    wrong, branch = {}, dossier.branch if dossier.branch_id else None
    if dossier.listed_on and dossier.listed_on > today():
        wrong["listed_on"] = _("%(day)s chưa tới.") % {"day": dmy(dossier.listed_on)}
    elif dossier.listed_on and candidate.born_on and candidate.born_on >= dossier.listed_on:
        wrong["born_on"] = _("Ngày sinh phải trước ngày vào danh sách.")
    if branch and not branch.is_branch:
        wrong["branch"] = _("%(unit)s không phải là chi bộ có vào ngày này.") % {"unit": branch.title}
    elif branch and dossier.listed_on and not stood_on(branch, dossier.listed_on):
        wrong["branch"] = describe_absence(branch, dossier.listed_on)
    introducer, second = fold(dossier.introducer), fold(dossier.second_introducer)
    if introducer and fold(candidate.full_name) in (introducer, second):
        wrong["introducer"] = _("Không tự giới thiệu mình được.")
    if dossier.introduction == Introduction.TWO_MEMBERS and not second:
        wrong["second_introducer"] = _("Cần người giới thiệu thứ hai.")
    elif introducer and introducer == second:
        wrong["second_introducer"] = _("Trùng với người thứ nhất.")
    if dossier.left_before_on and dossier.left_before_on > today():
        wrong["left_before_on"] = _("%(day)s chưa tới.") % {"day": dmy(dossier.left_before_on)}
    return wrong


def start_again(dossier: Dossier) -> Dossier:
    """What a new dossier of the same person starts from, unsaved; raises `Refused` when there can be none.

    After a decision annulled for its competence or procedure the procedure is done again (QĐ 29, 4.4); someone who
    left may be admitted again (3.5). The conditions of the latter are checked when the branch meets.
    """
    redo = dossier.state == State.ANNULLED and dossier.annulment_kind == AnnulmentKind.PROCEDURE
    if not redo and dossier.state != State.LEFT:
        words = _("Hồ sơ %(number)s (%(state)s) không lập lại được.")
        raise Refused(words % {"number": dossier.number, "state": dossier.state_words})
    copied = ("branch", "introduction", "introducer", "second_introducer", "helper", "kept_at")
    return Dossier(
        candidate=dossier.candidate,
        previous=dossier,
        readmission=dossier.readmission if redo else True,
        left_before_on=None if redo else dossier.left_on,
        left_before_how="" if redo else dossier.left_how,
        **{name: getattr(dossier, name) for name in copied},
    )


def edit_dossier(
    candidate: Candidate,
    dossier: Dossier,
    *,
    by: User,
    changed: dict[str, list[str]],
    seen: int | None = None,
    exception: str = "",
    at: datetime | None = None,
) -> Event:
    """Save corrections of the person and of the dossier's own particulars; `changed` is {field: [before, after]}.

    What was frozen at admission stays as it was, so that a fact which only can have been wrong is not edited but
    corrected (`corrections`). The branch and the listing date of a decided dossier are not touched here. The person of
    a dossier that ended stays as they were. What a closed quarter's list prints is corrected for a reason only,
    `exception`. `seen` as in `perform`. Raises `Refused` or `Stale`.
    """
    if not by.may(Permission.ENTER, dossier.branch):
        raise Refused(_("Chưa ghi được: việc này do người có quyền ghi hồ sơ làm."))
    refuse_stale(dossier, seen)
    wrong = can_only_be_wrong(changed) if dossier.decided_on else []
    if wrong:
        words = _("Báo cáo đã tính theo ô này từ khi kết nạp: sửa bằng một việc sửa số liệu khi kết nạp.")
        raise Refused(dict.fromkeys(wrong, words))
    if dossier.state in ENDED and (kept := [name for name in changed if name in PERSON]):
        words = _("Hồ sơ đã kết thúc: nhân thân giữ như lúc đó, ô ghi sai thì đề nghị sửa.")
        raise Refused(dict.fromkeys(kept, words))
    check_entry(candidate, dossier)
    later = [day for column in ORDERED_IN_DATABASE[1:] if (day := getattr(dossier, column))]
    if later and min(later) < dossier.listed_on:
        raise Refused({"listed_on": _("Đã có việc ngày %(day)s trước ngày này.") % {"day": dmy(min(later))}})
    quarter = closed_quarters.closed_quarter_of(dossier) if closed_quarters.PRINTED & changed.keys() else None
    closed_quarters.require_exception_reason(quarter, exception)
    dossier.commune = dossier.branch.base_organisation
    with transaction.atomic():
        if dossier.state not in ENDED:
            save_person(candidate, dossier, by=by)
        columns = {name: value for name, value in column_values(dossier).items() if name in EDITABLE}
        facts = {"on": today(), "fields": changed, "exception": clean(exception) if quarter else ""}
        return write_event(dossier, "edit", columns, dossier.state, by=by, at=at, facts=facts)


def record_papers(
    dossier: Dossier,
    rows: dict[str, dict],
    *,
    by: User,
    seen: int | None = None,
    on: date | None = None,
    at: datetime | None = None,
) -> Event:
    """Record which papers are there, as of `on` (today). `rows` is {code: {"had", "number", "dated_on", "note"}}.

    A paper that an act brings follows the dossier: of it only the note is typed. The certificate's date becomes the
    dossier's `certified_on`. `seen` as in `perform`. Raises `Refused` or `Stale`.
    """
    if not by.may(Permission.ENTER, dossier.branch):
        raise Refused(_("Chưa ghi được: việc này do người có quyền ghi hồ sơ làm."))
    refuse_stale(dossier, seen)
    wrong = {
        code: _("%(day)s chưa tới.") % {"day": dmy(row["dated_on"])}
        for code, row in rows.items()
        if row.get("dated_on") and row["dated_on"] > today()
    }
    wrong |= _typed_against_acts(dossier, rows)
    certificate = rows.get(procedure.CERTIFICATE)
    if certificate and certificate["had"] and not certificate["dated_on"]:
        wrong[procedure.CERTIFICATE] = _("Cần ngày cấp để tính thời gian còn giá trị.")
    if wrong:
        raise Refused(wrong)
    with transaction.atomic():
        Paper.objects.bulk_create(
            [Paper(dossier=dossier, code=code, **row) for code, row in rows.items()],
            update_conflicts=True,
            unique_fields=["dossier", "code"],
            update_fields=["had", "number", "dated_on", "note"],
        )
        if certificate:
            dossier.certified_on = certificate["dated_on"] if certificate["had"] else None
        facts = {"on": on or today(), "papers": sorted(rows)}
        columns = {"certified_on": dossier.certified_on}
        return write_event(dossier, "papers", columns, dossier.state, by=by, at=at, facts=facts)


def _typed_against_acts(dossier, rows):
    """{code: sentence} of the papers that acts bring and `rows` would have otherwise."""
    kept = {row.code: row for row in dossier.papers.filter(code__in=papers_of_acts(dossier) & rows.keys())}
    words = _("Giấy này đi theo việc đã ghi trong hồ sơ: ghi hoặc sửa việc đó, giấy đổi theo.")
    wrong = {}
    for code in papers_of_acts(dossier) & rows.keys():
        row = kept.get(code) or Paper(code=code, had=False)
        typed = {name: rows[code].get(name, getattr(row, name)) for name in ("had", "number", "dated_on")}
        if any(getattr(row, name) != value for name, value in typed.items()):
            wrong[code] = words
    return wrong
