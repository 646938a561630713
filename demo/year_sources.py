"""The sources of the demonstration through the year: who introduced them, what was proposed, who helped them.

Chance of its own, so that the stories told before come out as they did.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from admissions import procedure
from admissions.choices import Occupation, Proposal, Sex
from admissions.models import Candidate, Dossier, PriorityGroup
from admissions.sources.opinions import Answer
from admissions.states import ON_CONVERSION, UNDER_WAY, State
from demo.stories import Story
from demo.units import District
from notation.dates import today

SEED = 252
LAST = date(2017, 2, 24)
"""The last working day before the day of the demonstration."""
OPEN_DAY = date(2017, 2, 15)
"""When branches proposed what still waits for their base committees."""
PROPOSED = (Proposal.CLASS, Proposal.REMOVAL, Proposal.CLASS, Proposal.PROCEDURE)
ANSWERED = 6
"""Of so many sources of other communes one proposal waits."""
AWAY = "đi làm ăn xa, không sinh hoạt đoàn thể từ giữa năm 2016"
CHANGES = ("Chuyển sinh hoạt đi nơi khác", "Bận công tác, không theo dõi được", "Lý do sức khỏe")
REMARKS = (
    "Gương mẫu, nhiệt tình trong phong trào của thôn; hoàn thành việc chi bộ giao; cần đọc thêm Điều lệ Đảng.",
    "Lao động giỏi, giúp đỡ bà con; chấp hành tốt chủ trương, pháp luật; phát biểu trong sinh hoạt còn ít.",
    "Có ý thức phấn đấu, tham gia đều sinh hoạt đoàn thể; gia đình chấp hành tốt; nhận thức về Đảng tiến bộ.",
    "Tích cực, trách nhiệm, được quần chúng tin; đã hoàn thành việc được phân công trong kỳ.",
)


MORE = (
    "Tân Nguyên",
    "Tân Nguyên",
    "Đông Lỗ 1",
    "Đông Lỗ 2",
    "Lạc Trung",
    "Thiệu Tổ 2",
    "Cơ quan xã – Trạm Y tế",
)
"""Branches of Trung Nguyên, which the pages look at, with a source more."""


def add_more_sources(teller: Any, district: District) -> None:
    """A few sources more in Trung Nguyên, listed in 2016."""
    random = Random(SEED)  # noqa: S311 - a demonstration, not a secret
    for name in MORE:
        sex, age = random.choice(list(Sex)), random.randint(19, 33)
        person = teller.people.draw(sex, age, date(2016, 12, 1), Occupation.FARMER, youth=age < 30)
        listed = _day(random, date(2016, 2, 10), date(2016, 11, 25))
        story = Story(district.branches["Trung Nguyên", name], person, listed, State.LISTED)
        story.fixed = {"listed": listed}
        teller.enter(story, teller.days(story))


def tell_year_of_sources(teller: Any) -> None:
    """Groups, proposals and answers, helpers and remarks of those on the lists and of some on probation."""
    random = Random(SEED)  # noqa: S311 - a demonstration, not a secret
    _tick_groups(random)
    listed = _rows(state=State.LISTED)
    at_home: dict[str, list[Dossier]] = {}
    for place, dossier in enumerate(listed):
        _propose_class(teller, random, dossier)
        at_home.setdefault(dossier.commune.name, []).append(dossier)
        if dossier.commune.name != "Trung Nguyên" and place % ANSWERED == 0:
            _propose(teller, dossier, Proposal.CLASS if not dossier.class_agreed_on else Proposal.PROCEDURE)
    fresh = sorted(at_home["Trung Nguyên"], key=lambda row: row.class_agreed_on is not None)
    for dossier, what in zip(fresh, PROPOSED, strict=False):
        _propose(teller, dossier, what)
    under_way = _rows(state__in=UNDER_WAY)
    for dossier in [*_rows(state=State.LISTED), *under_way]:
        _help(teller, random, dossier)
    for dossier in _rows(state__in=ON_CONVERSION)[::4]:
        _remark(teller, random, dossier, max(dossier.ceremony_on, date(2017, 1, 20)))


def _rows(**condition):
    rows = Dossier.objects.filter(**condition).select_related(
        "candidate__religion", "branch__parent", "commune"
    )
    return list(rows.order_by("year", "serial"))


def _tick_groups(random):
    groups = {row.name: row for row in PriorityGroup.objects.filter(rule="")}
    people = Candidate.objects.filter(dossiers__state__in=(State.LISTED, *UNDER_WAY)).order_by("pk")
    for person in people:
        young = person.sex == Sex.MALE and person.born_on.year >= 1991
        if young and random.random() < 0.25:
            person.groups.add(groups["Sắp nhập ngũ"])
        elif not young and random.random() < 0.06:
            person.groups.add(groups["Trưởng thôn, tổ trưởng"])


def _day(random, first, last):
    """A day from `first` to `last` that is no Sunday."""
    day = first + timedelta(days=random.randint(0, max(0, (last - first).days)))
    return day + timedelta(days=1) if day.weekday() == 6 and day < last else day


def _propose_class(teller, random, dossier):
    """Some wait for a class with the agreement of the base committee; a few of old have been to one."""
    if dossier.class_agreed_on or dossier.certified_on:
        return
    if dossier.listed_on < date(2016, 3, 1) and random.random() < 0.5:
        on = _day(random, date(2016, 4, 1), date(2016, 10, 30))
        row = {"had": True, "number": f"{random.randint(20, 320)}/2016", "dated_on": on, "note": ""}
        teller.record(dossier, {procedure.CERTIFICATE: row}, on)
    elif dossier.listed_on < date(2016, 12, 1) and random.random() < 0.7:
        on = _day(random, max(dossier.listed_on, date(2016, 1, 4)) + timedelta(days=30), date(2017, 1, 20))
        number = f"{random.randint(3, 24):02d}-NQ/CB"
        teller.act(dossier, "propose_source", on, what=Proposal.CLASS, number=number)
        teller.act(dossier, Answer(dossier, agree=True, seen=0).action, on + timedelta(days=9))


def _propose(teller, dossier, what):
    """What still waits for the base committee."""
    if what == Proposal.PROCEDURE and not dossier.certified_on:
        what = Proposal.CLASS
    if what == Proposal.CLASS and dossier.class_agreed_on:
        return
    on = max(OPEN_DAY, min(dossier.listed_on + timedelta(days=1), LAST))
    reason = AWAY if what == Proposal.REMOVAL else ""
    teller.act(dossier, "propose_source", on, what=what, number="03-NQ/CB", reason=reason)


def _help(teller, random, dossier):
    """Remarks of the last two quarters, and now and then another helper, who is told of by the former."""
    last = date(2016, 12, 20)
    if dossier.listed_on < last and random.random() < 0.6:
        _remark(teller, random, dossier, _day(random, max(dossier.listed_on, date(2016, 10, 3)), last))
    if dossier.listed_on < date(2016, 12, 1) and random.random() < 0.08:
        on = _day(random, date(2017, 1, 5), date(2017, 1, 25))
        if random.random() < 0.5:
            _remark(teller, random, dossier, on - timedelta(days=1))
        others = Dossier.objects.filter(commune=dossier.commune, state__in=(State.LISTED, *UNDER_WAY))
        names = sorted({*others.values_list("helper", flat=True)} - {dossier.helper})
        helper = random.choice(names or [teller.people.name("male")])
        teller.act(dossier, "change_helper", on, helper=helper, reason=random.choice(CHANGES))
    if random.random() < 0.6:
        _remark(teller, random, dossier, _day(random, max(dossier.listed_on, date(2017, 1, 30)), LAST))


def _remark(teller, random, dossier, on):
    if on <= today():
        teller.act(dossier, "remark_helper", on, helper=dossier.helper, text=random.choice(REMARKS))
