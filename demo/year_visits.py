"""The demonstration's followers, its eight teams and their visits, from the third quarter of 2016 on; all invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Activity, User
from demo.moments import office_hour
from demo.units import District
from oversight import teams, visits
from oversight.models import Task, TaskReport, Team, Visit
from oversight.tasks import report_task
from oversight.visits import Conclusion

SINCE, BASIS = date(2015, 9, 14), "QĐ 204-QĐ/HU, 14/9/2015"
TEAMS_SINCE, TEAMS_BASIS = date(2016, 1, 14), "QĐ 33-QĐ/HU, 14/01/2016"
FOLLOWERS = (
    ("phu-trach", "Tạ Văn Hùng", ("Trung Nguyên", "Hồng Phương")),
    ("phu-trach-2", "Phan Văn Minh", ("Đồng Văn", "Tề Lỗ", "Đồng Cương")),
    ("phu-trach-3", "Ngô Thị Lý", ("Yên Lạc", "Bình Định")),
    ("phu-trach-4", "Dương Văn Tài", ("Tam Hồng", "Yên Đồng")),
    ("phu-trach-5", "Trần Quốc Việt", ("Liên Châu", "Yên Phương")),
    ("phu-trach-6", "Bùi Thị Mơ", ("Đại Tự", "Hồng Châu")),
    ("phu-trach-7", "Hoàng Văn Sự", ("Nguyệt Đức", "Văn Tiến")),
    ("phu-trach-8", "Lương Văn Bính", ("Trung Hà", "Trung Kiên")),
)
"""(account, name, the communes that they follow)."""
TEAMS = (
    ("Nguyễn Văn Tiệp", "Cao Thị Hường", ("Yên Lạc", "Bình Định")),
    ("Phan Thị Ngà", "Trịnh Văn Lâm", ("Tam Hồng", "Yên Đồng")),
    ("Đào Thị Nhàn", "Lê Quang Huy", ("Đồng Văn", "Trung Nguyên")),
    ("Lê Văn Định", "Mai Thị Thu", ("Tề Lỗ", "Đồng Cương")),
    ("Tạ Quang Hưng", "Vũ Thị Yến", ("Liên Châu", "Yên Phương")),
    ("Nguyễn Thị Thoa", "Đặng Văn Kỳ", ("Đại Tự", "Hồng Châu", "Hồng Phương")),
    ("Đỗ Mạnh Cường", "Hà Thị Ngân", ("Nguyệt Đức", "Văn Tiến")),
    ("Vũ Văn Thao", "Kim Văn Đoàn", ("Trung Hà", "Trung Kiên")),
)
"""(head, other member, communes) of the teams 1 to 8; their accounts are to-1 and to-1b, and so on."""

HELD = {
    "Yên Lạc": date(2017, 2, 16),
    "Bình Định": date(2017, 2, 9),
    "Tam Hồng": date(2017, 2, 14),
    "Đồng Văn": date(2017, 2, 24),
    "Tề Lỗ": date(2017, 2, 17),
    "Đồng Cương": date(2017, 2, 22),
    "Liên Châu": date(2017, 2, 21),
    "Đại Tự": date(2017, 2, 10),
    "Nguyệt Đức": date(2017, 2, 15),
}
"""The visits of I/2017 that were held; that to Đồng Văn is not signed yet."""
ARRANGED = {
    "Yên Đồng": date(2017, 3, 7),
    "Trung Nguyên": date(2017, 3, 9),
    "Yên Phương": date(2017, 3, 14),
    "Văn Tiến": date(2017, 3, 16),
}
FOLLOWED = (
    ("phu-trach", "Trung Nguyên", date(2017, 1, 19), "Nêu nguồn ở Trường THCS", date(2017, 3, 31)),
    ("phu-trach", "Hồng Phương", date(2016, 12, 22), "Báo cáo về 3 chi bộ không kết nạp", date(2017, 2, 15)),
)
"""(follower, commune, day, task, before which day)."""

STRENGTHS = (
    "Rà soát danh sách đủ các tháng; người giúp đỡ ghi nhận xét từng quý.",
    "Chi ủy phân công rõ người theo dõi từng quần chúng.",
    "Nguồn nêu ra đều có giấy chứng nhận.",
)
LACKING = (
    ("sources", "Chưa có nguồn nữ dưới 30 tuổi"),
    ("sources", "Đoàn xã chưa giới thiệu ai trong 6 tháng"),
    ("new_members", "Một đảng viên dự bị đi làm xa, hai tháng không dự sinh hoạt"),
    ("referral", "Hai quần chúng đủ điều kiện chưa được cử học lớp"),
    ("other", "Sổ nghị quyết chi bộ ghi chưa đủ ý kiến"),
)
CAUSES = (
    "Khách quan: thanh niên đi làm xa. Chủ quan: chi ủy chưa phân công người theo Đoàn.",
    "Chủ quan: chưa đưa việc tạo nguồn vào sinh hoạt hằng tháng.",
)
WORK = (
    ("Phân công 1 chi ủy viên theo chi đoàn, nêu 1 nguồn nữ", "Bí thư chi bộ"),
    ("Đôn đốc Hội Nông dân giới thiệu người", "Chi hội trưởng"),
    ("Cử 1 người học lớp nhận thức gần nhất", "Chi ủy"),
)


@dataclass(frozen=True)
class _Round:
    """What a team does in one commune in one quarter."""

    team: Team
    head: User
    unit: Any
    on: date


def tell_visits(teller: Any, district: District, leader: User) -> None:
    """Assign followers and teams, then tell their visits in the order of days."""
    before = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    people = _assign_followers(district, leader)
    rounds = sorted(_rounds(teller, district, leader), key=lambda one: (one.on, one.team.number))
    for one in rounds:
        _hold(teller, one)
    for username, commune, on, what, due in FOLLOWED:
        _follow(people[username], district.base[commune], on, what, due)
    for commune, on in ARRANGED.items():
        team = Team.objects.get(units__unit=district.base[commune])
        visit = visits.arrange_visit(_branch(teller, district, commune), on=on, by=_head(team), team=team)
        Visit.objects.filter(pk=visit.pk).update(at=office_hour(date(2017, 2, 27), team.number))
    for n, row in enumerate(Activity.objects.filter(pk__gt=before).order_by("pk")):
        Activity.objects.filter(pk=row.pk).update(at=office_hour(date(2017, 2, 27), n))


def _account(username, full_name, like):
    facts = {"full_name": full_name, "password": like.password, "demonstration": True}
    return User.objects.create(username=username, **facts)


def _assign_followers(district, leader):
    people = {}
    for username, full_name, communes in FOLLOWERS:
        people[username] = _account(username, full_name, leader)
        for name in communes:
            facts = {"since": SINCE, "basis": BASIS, "by": leader}
            teams.assign_follower(people[username], district.base[name], **facts)
    return people


def _rounds(teller, district, leader) -> Iterator[_Round]:
    for n, (head_name, member_name, communes) in enumerate(TEAMS, start=1):
        head = _account(f"to-{n}", head_name, leader)
        people = {"head": head, "members": [_account(f"to-{n}b", member_name, leader)]}
        units = [district.base[name] for name in communes]
        facts = {"since": TEAMS_SINCE, "basis": TEAMS_BASIS, "by": leader}
        team = teams.create_team(district.root, n, units=units, **people, **facts)
        for place, name in enumerate(communes):
            days = [date(2016, 8, 4 + n), date(2016, 11, 7 + n)]
            days = [teller.calendar.next_working(day + timedelta(days=7 * place)) for day in days]
            days += [HELD[name]] if name in HELD else []
            branch = _branch(teller, district, name)
            yield from (_Round(team, head, branch, day) for day in days)


def _branch(teller, district, commune):
    if commune == "Đồng Văn":
        commune_branches = [row for (name, _branch), row in district.branches.items() if name == commune]
        return min(commune_branches, key=lambda row: row.sort_key)
    names = sorted(name for where, name in district.branches if where == commune)
    rows = [district.branches[commune, name] for name in names]
    return teller.random.choice([row for row in rows if row.valid_from.year < 2016 and row.valid_to is None])


def _head(team):
    return team.members.get(head=True).user


def _hold(teller, one):
    """Arrange a visit, hold it, ask of the tasks before, write down what was found, and sign it a day or two later."""
    random, by = teller.random, one.head
    visit = visits.arrange_visit(one.unit, on=one.on, by=by, team=one.team)
    for task in visits.former_tasks(visit):
        state = random.choice(("done", "done", "doing"))
        if task.state != Task.State.DONE:
            report = report_task(task, state=state, on=one.on, by=by, visit=visit)
            TaskReport.objects.filter(pk=report.pk).update(at=office_hour(one.on, 20))
    members = 20 + random.randint(0, 9)
    facts = {"met": "Bí thư, phó bí thư, chi ủy viên", "members": members, "present": members - 3}
    visits.hold_visit(visit, on=one.on, **facts, by=by, seen=0)
    lacking = random.sample(LACKING, random.randint(1, 2))
    due = visits.propose_deadline(one.on + timedelta(days=random.choice((10, 24, 40))))
    work = [Conclusion(one.unit, what, who, due) for what, who in random.sample(WORK, random.randint(1, 2))]
    texts = {"strengths": random.choice(STRENGTHS), "causes": random.choice(CAUSES)}
    visits.write_findings(visit, **texts, shortcomings=lacking, conclusions=work, by=by, seen=1)
    if one.on != HELD["Đồng Văn"]:
        number = f"{one.on.month:02}-TB/TCT{one.team.number}"
        signed = min(teller.calendar.next_working(one.on + timedelta(days=1)), date(2017, 2, 27))
        visits.sign_visit(visit, number=number, by=by, seen=2, on=signed)
        _do_some(teller, visit, by)
    _date_rows(visit, one.on)


def _do_some(teller, visit, by):
    """Three tasks of four are done before their day."""
    for task in visit.tasks.all():
        on = task.before - timedelta(days=3)
        if on <= date(2017, 2, 27) and teller.random.random() < 0.75:
            report = report_task(task, state=Task.State.DONE, on=on, by=by)
            TaskReport.objects.filter(pk=report.pk).update(at=office_hour(on, 20))


def _date_rows(visit, on):
    """When its rows were recorded: on the day of the visit."""
    Visit.objects.filter(pk=visit.pk).update(at=office_hour(on, 10))
    Task.objects.filter(visit=visit).update(at=office_hour(on, 12))


def _follow(user, unit, on, what, due):
    visit = visits.arrange_visit(unit, on=on, by=user, follower=user)
    facts = {"met": "Bí thư, phó bí thư Đảng ủy", "members": None, "present": None}
    visits.hold_visit(visit, on=on, **facts, by=user, seen=0)
    work = [Conclusion(unit, what, "Đảng ủy xã", due)]
    texts = {"strengths": STRENGTHS[1], "causes": CAUSES[1], "shortcomings": [LACKING[1]]}
    visits.write_findings(visit, **texts, conclusions=work, by=user, seen=1)
    visits.sign_visit(visit, by=user, seen=2, on=on)
    _date_rows(visit, on)
