"""The demonstration's dossiers under way, its sources, and the dossiers that ended otherwise."""

from datetime import date, timedelta
from typing import Any

from admissions.choices import Occupation, Sex
from admissions.models import Dossier
from admissions.states import State
from demo.stories import Story
from demo.units import UNITS, District, silent_names

STATES = (
    *(
        [State.APPRAISAL] * 13
        + [State.RETURNED] * 3
        + [State.RESENT]
        + [State.AWAITING] * 9
        + [State.HELD] * 3
        + [State.ASKED]
    ),
    *([State.RESOLVED] * 12 + [State.PROPOSED] * 9 + [State.PREPARING] * 46),
)
"""States of the 97 dossiers under way that are not told one by one."""

WINDOWS = {
    State.PREPARING: (date(2017, 3, 6), date(2017, 3, 30)),
    State.RESOLVED: (date(2017, 2, 13), date(2017, 2, 24)),
    State.PROPOSED: (date(2017, 2, 3), date(2017, 2, 10)),
    State.APPRAISAL: (date(2017, 1, 9), date(2017, 1, 24)),
    State.RETURNED: (date(2016, 12, 5), date(2016, 12, 28)),
    State.RESENT: (date(2016, 12, 5), date(2016, 12, 28)),
    State.HELD: (date(2016, 12, 5), date(2016, 12, 28)),
    State.ASKED: (date(2016, 12, 5), date(2016, 12, 28)),
    State.AWAITING: (date(2016, 12, 5), date(2017, 1, 6)),
}
"""When the branch met (or will meet), by the state now reached: late enough for the clocks to have room."""

REASONS = (
    "lý lịch thiếu dấu giáp lai của Đảng ủy xã",
    "thiếu tổng hợp ý kiến nhận xét của chi ủy nơi cư trú",
    "nghị quyết chi bộ ghi sai tổng số đảng viên chính thức",
    "chưa có kết quả thẩm tra bên vợ (chồng)",
)

ROUND_ABOUT = {
    State.RETURNED: ("give_back", REASONS),
    State.RESENT: ("give_back", REASONS),
    State.HELD: ("hold", ("chờ xác minh một chi tiết trong lý lịch",)),
    State.ASKED: ("ask", ("người xin vào Đảng có người thân ở nước ngoài",)),
}
"""Acts and reasons that lead from the appraisal off the straight way."""

NAMED: list[tuple[Any, ...]] = [
    ("Nguyễn Văn Chiến", Sex.MALE, 2017, 21, "Đông Lỗ 1", State.PREPARING, date(2017, 3, 20), {}),
    (
        "Trần Thị Hạnh",
        Sex.FEMALE,
        2016,
        318,
        "Đông Lỗ 2",
        State.AWAITING,
        date(2016, 12, 9),
        {"put_forward": date(2017, 2, 17)},
    ),
    ("Phạm Minh Khôi", Sex.MALE, 2017, 34, "Thiệu Tổ 2", State.PREPARING, date(2017, 6, 1), {"class": True}),
    (
        "Lê Thị Thảo",
        Sex.FEMALE,
        2016,
        326,
        "Lạc Trung",
        State.RETURNED,
        date(2016, 12, 20),
        {"returned": date(2017, 2, 20)},
    ),
    ("Đỗ Anh Tuấn", Sex.MALE, 2017, 9, "Cơ quan xã – Trạm Y tế", State.PREPARING, date(2017, 3, 10), {}),
]
"""Trung Nguyên's dossiers under way, but for 2016/0312, which has a story of its own."""

BINH: dict[str, Any] = {
    "listed": date(2015, 3, 12),
    "certified": date(2015, 10, 23),
    "applied": date(2016, 8, 15),
    "opinions": date(2016, 11, 10),
    "branch": date(2016, 12, 5),
    "base": date(2016, 12, 20),
    "received": date(2016, 12, 28),
    "helper": "Nguyễn Văn Thực",
    "vote": {"number": "14-NQ/CB", "members": 18, "present": 16, "agree": 15, "disagree": 1},
    "base_vote": {"number": "62-NQ/ĐU", "members": 15, "present": 15, "agree": 14, "disagree": 1},
}
"""The dates of 2016/0312, Đỗ Thị Thanh Bình."""


def tell_under_way(teller: Any, district: District) -> None:
    """The 103 dossiers under way on 27/02/2017, by unit as planned."""
    _binh(teller, district)
    for name, sex, year, serial, branch, state, day, fixed in NAMED:
        person = teller.people.draw(sex, 22, date(2017, 1, 1), Occupation.FARMER, youth=True, name=name)
        row = district.branches["Trung Nguyên", branch]
        if year == 2017:
            fixed = fixed | {"listed": date(2017, 1, 5 + serial % 9)}
            fixed |= {
                "certified": date(2017, 1, 19),
                "applied": date(2017, 1, 20),
                "opinions": date(2017, 2, 13),
            }
        _reach(teller, Story(row, person, day, state, number=(year, serial), fixed=fixed), state)
    states = list(STATES)
    teller.random.shuffle(states)
    for unit in UNITS:
        for _ in range(unit.under_way if unit.name != "Trung Nguyên" else 0):
            _one(teller, district, unit, states.pop())
    assert not states


def _one(teller, district, unit, state):
    person = _somebody(teller, unit)
    low, high = WINDOWS[state]
    day = teller.calendar.next_working(low + (high - low) * teller.random.random())
    _reach(teller, Story(_some_branch(teller, district, unit), person, day, state), state)


def _some_branch(teller, district, unit):
    names = sorted(name for where, name in district.branches if where == unit.name)
    silent = silent_names(unit)
    return district.branches[unit.name, teller.random.choice([name for name in names if name not in silent])]


def _somebody(teller, unit):
    random = teller.random
    job = Occupation.PUBLIC_EMPLOYEE if unit.offices else random.choice([Occupation.FARMER, Occupation.PUPIL])
    age = random.randint(19, 34) if job != Occupation.PUPIL else random.randint(19, 21)
    return teller.people.draw(
        random.choice(list(Sex)), age, date(2016, 12, 1), job, youth=age < 30, minority=random.random() < 0.01
    )


def _reach(teller, story, state):
    """Tell the story up to `state`; the states off the straight way start from the appraisal."""
    if state not in ROUND_ABOUT:
        return teller.tell(story)
    story.until = State.APPRAISAL
    dossier = teller.tell(story)
    on = story.fixed.get("returned") or teller.after(dossier.received_on, 5, 12)
    action, reasons = ROUND_ABOUT[state]
    teller.act(dossier, action, on, reason=teller.random.choice(reasons))
    if state == State.RESENT:
        again = teller.calendar.next_working(on + timedelta(days=6))
        teller.act(dossier, "send_again", again, answer="đã bổ sung đủ")
    return dossier


def _binh(teller, district):
    """2016/0312: returned once, received again without its 5-KNĐ."""
    person = teller.people.draw(
        Sex.FEMALE, 24, date(2016, 12, 5), Occupation.FARMER, youth=True, name="Đỗ Thị Thanh Bình"
    )
    person.born_on, person.citizen_id = date(1992, 8, 14), "135264418"
    branch = district.branches["Trung Nguyên", "Tân Nguyên"]
    story = Story(branch, person, date(2016, 12, 5), State.APPRAISAL, number=(2016, 312), fixed=BINH)
    dossier = teller.tell(story)
    teller.act(dossier, "give_back", date(2017, 1, 12), reason=REASONS[0])
    teller.act(dossier, "receive", date(2017, 2, 9))
    teller.lose(dossier, "5-KND", date(2017, 2, 9), "Thiếu trong bộ nhận lại 09/02/2017")


def add_sources(teller: Any, district: District, number: int = 120) -> None:
    """People on the branches' source lists, no application yet."""
    units = [unit for unit in UNITS for _ in range(unit.branches)]
    for _ in range(number):
        unit = teller.random.choice(units)
        day = date(2017, 1, 1) + (date(2017, 9, 30) - date(2017, 1, 1)) * teller.random.random()
        story = Story(_some_branch(teller, district, unit), _somebody(teller, unit), day, State.LISTED)
        story.fixed = {"listed": teller.before(date(2017, 2, 25), 5, 600)}
        teller.tell(story)


def tell_of_leaving(teller: Any, dossier: Dossier) -> None:
    """The probationary member of 2015 whose name was deleted; the admission still counts in its year."""
    on = teller.after(dossier.ceremony_on, 60, 80)
    number = teller.number(dossier, "standing", on)
    reason = "bỏ sinh hoạt chi bộ ba tháng không có lý do chính đáng"
    teller.act(dossier, "leave", on, how="name_deleted", number=number, reason=reason)


def tell_double(teller: Any) -> None:
    """Somebody entered twice by their branch: the second dossier ends and points to the first."""
    listed_first = Dossier.objects.filter(state=State.LISTED, branch__valid_to=None).order_by(
        "year", "serial"
    )
    kept = listed_first.exclude(commune__name="Trung Nguyên").select_related("candidate", "branch")[0]
    person = teller.people.draw(
        kept.candidate.sex,
        24,
        date(2016, 12, 1),
        Occupation.FARMER,
        youth=False,
        name=kept.candidate.full_name,
    )
    person.born_on, listed = kept.candidate.born_on, date(2017, 1, 10)
    story = Story(kept.branch, person, listed, State.LISTED)
    story.fixed = {"listed": listed}
    teller.act(teller.enter(story, teller.days(story)), "merge", date(2017, 2, 9), into=kept)


def tell_ended_otherwise(teller: Any, district: District) -> Dossier:
    """Refused, withdrawn, moved, died; returns the dossier whose decision of 2016 will be annulled (`closings`)."""
    communes = [unit for unit in UNITS if not unit.offices]
    for unit in communes[:5]:
        branch, person = _some_branch(teller, district, unit), _somebody(teller, unit)
        dossier = teller.tell(Story(branch, person, date(2016, 9, 15), State.APPRAISAL))
        teller.act(
            dossier, "refuse", date(2016, 11, 16), reason="chưa đủ tiêu chuẩn chính trị theo kết quả thẩm tra"
        )
    for unit in communes[5:8]:
        branch, person = _some_branch(teller, district, unit), _somebody(teller, unit)
        dossier = teller.tell(Story(branch, person, date(2016, 10, 6), State.PREPARING))
        ballot = {"members": 18, "present": 17, "agree": 10, "disagree": 7}
        number = teller.number(dossier, "branch", date(2016, 10, 6))
        teller.act(dossier, "branch_declines", date(2016, 10, 6), number=number, **ballot)
    for unit in communes[8:16]:
        branch, person = _some_branch(teller, district, unit), _somebody(teller, unit)
        dossier = teller.tell(Story(branch, person, date(2016, 8, 10), State.LISTED))
        if unit is communes[14]:
            teller.act(dossier, "transfer", date(2016, 9, 20), to="huyện Bình Xuyên", number="12-GT/HU")
        elif unit is communes[15]:
            teller.act(dossier, "died", date(2016, 9, 20))
        else:
            teller.act(dossier, "withdraw", date(2016, 9, 20), reason="chuyển đi nơi khác làm việc")
    unit = next(unit for unit in UNITS if unit.name == "Tam Hồng")
    branch, person = district.branches["Tam Hồng", "Lâm Xuyên 1"], _somebody(teller, unit)
    return teller.tell(Story(branch, person, date(2016, 4, 5), State.DECIDED, decided=date(2016, 6, 8)))
