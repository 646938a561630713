"""The chain from the source list to official membership, the people behind its figures, and its way into a report."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules.working_days import load_calendar
from branches.request import UserRequest
from notation.dates import dmy, today
from reports import links, periods
from reports.closing import year_reading
from reports.closing.reading import valid_closing
from reports.exports import wording
from reports.exports.form_sets import find_form_set
from reports.figures import chain, chain_steps, delays
from reports.pages import chain as page
from reports.pages import chain_closed
from reports.views.request import asked_closing, asked_days, asked_page, breadcrumbs, shown_unit

VIEWS = ("", "cho", "qua-han", "tra-lai")
"""What a list shows of a step: who took it, who waits for it, who was too late; and who was returned."""


def _asked(request):
    """(what is asked for, the fields of the form for any two days)."""
    unit, (period, typed) = shown_unit(request), asked_days(request)
    if not {"ky", "tu", "den"} & set(request.GET):
        period = page.chain_period()
        typed |= {"first": dmy(period.first), "last": dmy(period.last)}
    group = page.GROUPS.get(request.GET.get("nhom", ""))
    if group is None:
        raise Http404
    return page.Asked(unit, period, group, request.GET.get("lua") == "1"), typed


def show_chain(request: UserRequest) -> HttpResponse:
    asked, typed = _asked(request)
    unit, period, condition = asked.unit, asked.period, asked.group.condition
    kept = chain_closed.read_kept_chain(asked)
    counts = chain.read_chain(unit, period, condition, cohort=asked.cohort)
    waiting = chain_steps.count_waiting(unit, condition, period if asked.cohort else None)
    lines = chain_closed.note_units(page.chain_units(asked, counts), kept)
    reasons, returns = page.late_reasons(asked, counts), page.returns_of(asked)
    difficulties = page.difficulties_of(unit, _quarter(period))
    groups, more = page.group_switch(asked)
    may_export = period.first <= today() and request.user.may(Permission.EXPORT, unit)
    context = {
        "asked": asked,
        "unit": unit,
        "period": period,
        "typed": typed,
        "measure": None,
        "tab_query": f"?don-vi={unit.pk}",
        "crumbs": breadcrumbs(unit, request.user, period, links.chain_url),
        "lead": {"paragraph": page.chain_lead(asked, counts, reasons)},
        "periods": page.period_switch(asked),
        "groups": groups,
        "more_groups": more,
        "other_url": replace(asked, cohort=not asked.cohort).url(),
        "steps": chain_closed.note_steps(page.step_lines(asked, counts, waiting), kept),
        "waiting": page.waiting_in_words(asked, waiting),
        "uncounted": counts.uncounted,
        "few": chain.LEAST,
        "top": max(1, *(tally.people for tally in counts.whole.values())) * 1.06,
        "units": lines,
        "total": chain_closed.note_units([page.total_line(asked, counts)], kept)[0],
        "slowest": max([1, *(line.decided.most or 0 for line in lines)]) * 1.06,
        "limit": page.limit_in_words(counts, "decided"),
        "overdue": len(counts.whole["decided"].overdue),
        "returned": returns.dossiers,
        "returns_words": page.returns_in_words(counts),
        "quarter": _quarter(period),
        "closing": period.is_quarter and valid_closing(period.first.year, period.number),
        "kept": kept,
        "form_10": may_export and find_form_set(period.last).part_two,
        "may_export": may_export,
    }
    context |= _noted(kept, reasons, page.return_reasons(asked, returns), difficulties)
    return render(request, "reports/chain.html", context, status=422 if typed["problem"] else 200)


def _noted(kept, reasons, returns, difficulties):
    """What stands beside the steps, each with what a closing kept."""
    if kept:
        reasons = chain_closed.note_reasons(reasons, kept.late_reasons, kept, buoc="decided", xem="qua-han")
        returns = chain_closed.note_reasons(returns, kept.returns.by_reason, kept, xem="tra-lai")
    difficulties, notes = chain_closed.note_difficulties(difficulties, kept)
    return {
        "reasons": reasons,
        "returns": returns,
        "difficulties": difficulties,
        "difficulty_notes": notes,
    }


def _quarter(period):
    """The quarter whose report takes the words of a period up: the one of its last day that has come."""
    return periods.quarter_of_day(min(period.last, today()))


def list_chain_people(request: UserRequest) -> HttpResponse:
    """The people behind a figure of the chain, one row for each one counted."""
    asked, _typed = _asked(request)
    what, reason = request.GET.get("xem", ""), request.GET.get("ly-do", "")
    step = chain_steps.BY_KEY.get(request.GET.get("buoc", ""))
    if what not in VIEWS or (step is None and what != "tra-lai"):
        raise Http404
    if "lan" in request.GET:
        return _list_kept(request, asked, step, what, reason)
    rows, title = _PEOPLE[what](asked, step, reason)
    note = asked.period if not asked.cohort else _("lứa vào danh sách %(period)s") % {"period": asked.period}
    heading = {
        "title": title,
        "period": None,
        "note": note if what != "cho" else _("đến %(day)s") % {"day": dmy(today())},
        "words": f"{_('lượt, mỗi lượt một dòng') if what == 'tra-lai' else _('hồ sơ')}."
        + (f" {asked.group.label}." if asked.group.key else ""),
        "back": asked.url(),
    }
    context = {"unit": asked.unit, "page": asked_page(request, rows), "heading": heading}
    return render(request, "reports/dossiers.html", context)


def _list_kept(request, asked, step, what, reason):
    """The people behind a number of a closed quarter, as its closing kept them."""
    period = asked.period
    closing = asked_closing(request, period.first.year, period.number) if period.is_quarter else None
    if what == "cho" or asked.cohort or not year_reading.keeps_year(closing):
        raise Http404
    kept = chain_closed.KeptChain(asked, closing)
    rows = chain_closed.list_kept_people(kept, step if what != "tra-lai" else None, what, reason)
    titles = {"": "%(step)s", "qua-han": _("Quá hạn: %(step)s"), "tra-lai": _("Hồ sơ bị trả lại")}
    title = titles[what] % {"step": step.label if step else ""}
    heading = {
        "title": f"{title}, {reason}" if reason else title,
        "back": asked.url(),
        "back_words": _("Từ nguồn đến chính thức"),
        "column": _("Lý do chính") if what == "tra-lai" else _("Ngày"),
        "returns": what == "tra-lai",
    }
    context = {"unit": asked.unit, "period": period, "closing": closing, "heading": heading}
    return render(request, "reports/closing_lines.html", context | {"page": asked_page(request, rows)})


def _takers(asked, step, _reason):
    rows = chain_steps.list_takers(asked.unit, asked.period, step, asked.group.condition, cohort=asked.cohort)
    return rows.for_list().by_name(), step.label


def _waiting(asked, step, _reason):
    if step.key == "listed":
        raise Http404
    cohort = asked.period if asked.cohort else None
    rows = chain_steps.list_waiting_before(asked.unit, step.key, asked.group.condition, cohort)
    return rows.for_list().by_name(), _("Đang chờ: %(step)s") % {"step": step.label}


def _late(asked, step, reason):
    counts = chain.read_chain(asked.unit, asked.period, asked.group.condition, cohort=asked.cohort)
    late = counts.whole[step.key].passed
    if reason and step.key == "decided":
        late = delays.delay_reasons(late, load_calendar()).get(reason, [])
    title = _("Quá hạn: %(step)s") % {"step": step.label}
    rows = Dossier.objects.filter(pk__in=late).for_list().by_name()
    return rows, f"{title}, {reason}" if reason else title


def _returned(asked, _step, reason):
    """A row for each return: a dossier that was returned twice stands there twice."""
    by_reason = page.returns_of(asked).by_reason
    pks = by_reason.get(reason, []) if reason else [pk for pks in by_reason.values() for pk in pks]
    found = {row.pk: row for row in Dossier.objects.filter(pk__in=pks).for_list()}
    rows = sorted((found[pk] for pk in pks), key=lambda row: (row.candidate.sort_key, row.pk))
    return rows, _("Trả lại: %(reason)s") % {"reason": reason} if reason else _("Hồ sơ bị trả lại")


_PEOPLE = {"": _takers, "cho": _waiting, "qua-han": _late, "tra-lai": _returned}


@require_POST
def tell_in_report(request: UserRequest) -> HttpResponse:
    """Put the words of the chain into the text of the quarter's report, where they can be changed."""
    asked, _typed = _asked(request)
    unit, quarter = asked.unit, _quarter(asked.period)
    if asked.period.first > today():
        raise Http404
    if not request.user.may(Permission.EXPORT, unit):
        raise PermissionDenied
    try:
        wording.add_difficulty_words(unit, quarter, chain_closed.chain_words(asked), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(asked.url())
    words = _("Đã đưa vào báo cáo %(period)s, phần khó khăn. Sửa lời ở đây nếu cần.")
    messages.success(request, words % {"period": quarter})
    return redirect(f"{reverse('reports:words')}?don-vi={unit.pk}&ky={quarter.code}")
