"""The demonstration's documents, letters and rewards of 2016 and the start of 2017.

Numbers of documents, sub-targets, tasks and reasons are invented; the quotas that rest on the documents are those of
`demo.quotas`, the figures those of the dossiers. Everything goes through the verbs of the pages.
"""

from contextlib import contextmanager
from datetime import date

from django.db.models import Max

from accounts.models import Activity, User
from demo.moments import office_hour
from demo.quotas import PLANS
from demo.units import District
from oversight.letters import Milestone, answer_explanation, ask_explanations
from oversight.models import Explanation, ExplanationRequest, Plan, Reward, Task, TaskReport
from oversight.pages.letters import list_behind
from oversight.pages.reward_ranking import rank_units
from oversight.pages.rewards import reason_for
from oversight.plans import record_plan, set_sub_targets
from oversight.rewards import decide_reward, propose_reward
from oversight.tasks import assign_task, report_task
from reports import periods

DATED = (Plan, ExplanationRequest, Explanation, Reward, Task, TaskReport)
TERM = date(2016, 1, 1), date(2020, 12, 31)
RESOLUTION = (
    "NQ 05-NQ/HU",
    date(2015, 11, 20),
    "Tăng cường kết nạp đảng viên ở chi bộ nông thôn, giai đoạn 2016–2020",
)
YEARLY = {2016: ("KH 06-KH/HU", date(2016, 1, 11)), 2017: ("KH 08-KH/HU", date(2017, 1, 9))}
TARGETS = {
    2016: {"rural": 150, "women": 110, "youth": 165, "occupation-village_worker": 20, "religious": 3},
    2017: {
        "rural": 150,
        "women": 112,
        "youth": 170,
        "learners": 12,
        "recruits": 17,
        "occupation-village_worker": 20,
        "private-firms": 9,
        "religious": 3,
    },
}
CONTENT = """Mỗi chi bộ nông thôn hằng năm kết nạp được ít nhất một đảng viên.
Chi bộ rà soát nguồn hằng tháng, phân công chi ủy viên giúp đỡ quần chúng ưu tú.
Ủy viên Ban Thường vụ phụ trách xã, tổ công tác dự sinh hoạt chi bộ hằng quý.
Kết quả kết nạp là một căn cứ xếp loại tổ chức cơ sở đảng."""
TASKS = (
    ("Lập danh sách nguồn năm 2017", "21 đơn vị", date(2017, 1, 20), date(2017, 1, 19)),
    ("Giao chỉ tiêu đến chi bộ", "21 đơn vị", date(2017, 2, 15), date(2017, 2, 14)),
    ("Làm việc với các đơn vị không đạt chỉ tiêu 2016", "Ban Tổ chức", date(2017, 3, 10), None),
    ("Dự sinh hoạt mỗi xã ít nhất một lần, quý I", "8 tổ công tác", date(2017, 3, 31), None),
    ("Sơ kết sáu tháng", "Ban Tổ chức", date(2017, 7, 15), None),
    ("Chi bộ ra nghị quyết kịp tính vào năm 2017", "21 đơn vị", date(2017, 10, 8), None),
)
"""(what, who, before, the day it was done)."""
ASKED, DUE = date(2017, 1, 16), date(2017, 2, 10)
ANSWERS = 2
"""How many of the units that were asked have answered."""


@contextmanager
def _told_on(day: date):
    """What is written inside was written in the office hours of `day`."""
    models = (*DATED, Activity)
    last = {model: model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in models}
    yield
    for model in models:
        model.objects.filter(pk__gt=last[model]).update(at=office_hour(day, 20))


def tell_plans(district: District, users: dict[str, User]) -> None:
    """Write the documents, their targets and tasks, the letters about 2016 and the rewards for it."""
    staff, leader = users["district"], users["leader"]
    _documents(district, staff, users["trung-nguyen"])
    _letters(district, staff)
    _rewards(district, leader, users["trung-nguyen"])


def _documents(district, staff, commune):
    number, on, title = RESOLUTION
    facts = {"kind": Plan.Kind.RESOLUTION, "content": CONTENT, "by": staff}
    with _told_on(on):
        above = record_plan(
            district.root, number=number, on=on, title=title, first=TERM[0], last=TERM[1], **facts
        )
    for year in YEARLY:
        plan = _year(district, year, above, staff, commune)
    _tasks(plan, staff)


def _year(district, year, above, staff, commune):
    """The plan of a year, the decision on quotas that follows it, and the plan of Trung Nguyên."""
    period, (number, on) = periods.year_period(year), YEARLY[year]
    title = f"Kế hoạch kết nạp đảng viên năm {year}"
    days = {"first": period.first, "last": period.last}
    facts = {"kind": Plan.Kind.PLAN, "title": title, "every_branch": True} | days
    with _told_on(on):
        says = {"lead": "Ban Tổ chức Huyện ủy", "content": CONTENT, "rests_on": above}
        plan = record_plan(district.root, number=number, on=on, **facts, **says, by=staff)
        set_sub_targets(plan, TARGETS[year], by=staff)
    number, on, title = PLANS[year]
    with _told_on(on):
        decision = {"kind": Plan.Kind.DECISION, "number": number, "title": title} | days
        record_plan(district.root, on=on, rests_on=plan, **decision, by=staff)
        home = district.base["Trung Nguyên"]
        record_plan(home, number="KH 02-KH/ĐU", on=on, rests_on=plan, **facts, by=commune)
    return plan


def _tasks(plan, staff):
    for what, who, before, done in TASKS:
        with _told_on(plan.basis.on):
            task = assign_task(
                plan.unit, what=what, who=who, before=before, on=plan.basis.on, by=staff, plan=plan
            )
        if done:
            with _told_on(done):
                report_task(task, state=Task.State.DONE, on=done, by=staff)


def _letters(district, staff):
    year = periods.year_period(2016)
    behind = [one.row.unit for one in list_behind(district.root, year)][:3]
    with _told_on(ASKED):
        asked = ask_explanations(district.root, behind, year, number="45-CV/BTC", on=ASKED, due=DUE, by=staff)
    for row in asked[:ANSWERS]:
        with _told_on(date(2017, 2, 6)):
            answer_explanation(
                row,
                on=date(2017, 2, 6),
                carried_out=f"Năm 2016 kết nạp {row.reached} trên chỉ tiêu {row.quota}.",
                causes="Đoàn viên đi làm xa nhiều; một số chi bộ chưa chủ động tạo nguồn.",
                still=row.quota - row.reached,
                measures="Phân công cấp ủy viên theo dõi từng chi bộ, phối hợp Đoàn xã giới thiệu nguồn.",
                supervisor="Phó Bí thư Thường trực Đảng ủy",
                milestones=[
                    Milestone("Rà soát nguồn ở tất cả chi bộ", "Ban Thường vụ Đảng ủy", date(2017, 2, 25)),
                    Milestone("Cử người học lớp nhận thức quý II", "Các chi bộ", date(2017, 4, 15)),
                ],
                by=staff,
            )


def _rewards(district, leader, commune):
    year, number = periods.year_period(2016), "12-QĐ/HU"
    for one in rank_units(district.root, year)[:3]:
        with _told_on(date(2017, 1, 18)):
            reward = _propose(one.row.unit, year, Reward.Kind.CERTIFICATE, date(2017, 1, 18), leader)
        with _told_on(date(2017, 1, 24)):
            decide_reward(reward, agrees=True, on=date(2017, 1, 24), number=number, by=leader)
    home = district.base["Trung Nguyên"]
    first, second = [one.row.unit for one in rank_units(home, year)[:2]]
    with _told_on(date(2017, 2, 20)):
        _propose(first, year, Reward.Kind.CERTIFICATE, date(2017, 2, 20), commune, asks_above=True)
        praised = _propose(second, year, Reward.Kind.PRAISE, date(2017, 2, 20), commune)
        decide_reward(praised, agrees=True, on=date(2017, 2, 20), number="15-NQ/ĐU", by=commune)


def _propose(unit, year, kind, on, by, **facts):
    return propose_reward(unit, year, kind=kind, reason=reason_for(unit, year), on=on, by=by, **facts)
