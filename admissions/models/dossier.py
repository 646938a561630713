"""The dossier: one person's way through the procedure, once."""

from datetime import date
from functools import reduce
from operator import and_
from types import SimpleNamespace
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure
from admissions.choices import AnnulmentKind, IntroducedBy, Introduction, Leaving, Proposal
from admissions.models.admission_facts import AdmissionFacts, PrintedFacts, all_or_none
from admissions.models.candidate import Candidate
from admissions.models.deciding_body import deciding_body_of
from admissions.states import (
    ADMITTED,
    DATES_OF,
    ELSEWHERE,
    ENDED,
    GONE,
    HERE,
    MARKS,
    ON_CONVERSION,
    ORDERED_IN_DATABASE,
    PIPELINE,
    UNDER_WAY,
    State,
)
from branches.models import Organisation, within_scope
from notation import vietnamese
from notation.births import Birth
from notation.dates import today


class Register(models.Model):
    """The year's book: the last dossier number given out in it."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.year}: {self.last}"


def _all(conditions):
    return reduce(and_, conditions)


def _dated(columns):
    return _all(Q(**{f"{column}__isnull": False}) for column in columns)


def _in_order(earlier, later):
    return Q(**{earlier: None}) | Q(**{later: None}) | Q(**{f"{earlier}__lte": F(later)})


STANDING_SQL = "decided_on IS NOT NULL AND annulled_on IS NULL"
"""`standing()` in SQL, in the words of the condition of the index `dossier_figures`."""


class DossierQuerySet(models.QuerySet["Dossier"]):
    def standing(self) -> Self:
        """The admissions that count: decided, and the decision not annulled."""
        return self.filter(decided_on__isnull=False, annulled_on=None)

    def for_user(self, user: User, permission: Permission = Permission.SEE) -> Self:
        """The dossiers of the units where today's posts of `user` allow `permission`."""
        return self.filter(within_scope(user.scope(permission), "branch__"))

    def under(self, unit: Organisation) -> Self:
        """The dossiers handled by `unit` or anything below it today."""
        return self.filter(branch__path__startswith=unit.path)

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def search(self, text: str) -> Self:
        """By number ("2016/0312", "312") or by words of the name, without marks and in any order."""
        text = vietnamese.clean(text)
        year, slash, serial = text.partition("/")
        if slash and year.isdecimal() and serial.isdecimal() and len(text) < 16:
            return self.filter(year=int(year), serial=int(serial))
        if text.isdecimal() and len(text) < 6:
            return self.filter(serial=int(text))
        return self.filter(
            _all(Q(candidate__search_name__contains=w) for w in vietnamese.fold(text).split() or [""])
        )

    def by_name(self) -> Self:
        """By given name, family name and middle name, in Vietnamese order."""
        return self.order_by("candidate__sort_key", "year", "serial")

    def for_list(self) -> Self:
        """With the rows that a line of a list shows."""
        return self.select_related("candidate", "branch", "commune")


class NumberedRow:
    """A row that bears the number of a dossier by its `year` and `serial`, and leads to its page."""

    year: int
    serial: int

    @property
    def number(self) -> str:
        """At least four digits after the year: "2016/0312"."""
        return f"{self.year}/{self.serial:04d}"

    def get_absolute_url(self) -> str:
        return reverse("admissions:dossier", args=[self.year, self.serial])


class Dossier(NumberedRow, AdmissionFacts, PrintedFacts):
    """One candidate's dossier. `workflow` is the only writer of its state and of everything that hangs on it."""

    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="dossiers")
    # Of the keys without an index of their own, one in `Meta.indexes` begins with the column.
    branch = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="dossiers",
        db_index=False,
        verbose_name=gettext_lazy("Chi bộ theo dõi"),
    )
    commune = models.ForeignKey(
        Organisation, models.PROTECT, related_name="commune_dossiers", db_index=False, editable=False
    )
    state = models.CharField(gettext_lazy("Trạng thái"), max_length=14, choices=State.choices, editable=False)
    state_since = models.DateField(gettext_lazy("Từ ngày"), editable=False)
    # What is looked at or reminded of is an event and no change: it makes nobody's form stale.
    version = models.PositiveIntegerField(default=0, editable=False)
    event_count = models.PositiveIntegerField(default=0, editable=False)
    person_was = models.JSONField(null=True, editable=False, encoder=DjangoJSONEncoder)
    procedure = models.CharField(gettext_lazy("Quy định áp dụng"), max_length=40, blank=True, editable=False)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", db_index=False, editable=False
    )
    readmission = models.BooleanField(gettext_lazy("Kết nạp lại"), default=False)
    left_before_on = models.DateField(
        gettext_lazy("Ra khỏi Đảng lần trước (hoặc được xóa án tích)"), null=True, blank=True
    )
    left_before_how = models.CharField(
        gettext_lazy("Vì sao ra khỏi Đảng"), max_length=16, blank=True, choices=Leaving.choices
    )
    province_consent = models.CharField(
        gettext_lazy("Văn bản đồng ý của Ban Thường vụ Tỉnh ủy (số, ngày)"), max_length=120, blank=True
    )
    introduced_by = models.CharField(
        gettext_lazy("Nơi giới thiệu vào danh sách"), max_length=12, blank=True, choices=IntroducedBy.choices
    )
    listing_number = models.CharField(
        gettext_lazy("Số nghị quyết đưa vào danh sách"), max_length=40, blank=True
    )
    introduction = models.CharField(
        gettext_lazy("Cách giới thiệu"), max_length=12, choices=Introduction.choices
    )
    introducer = models.CharField(gettext_lazy("Người giới thiệu thứ nhất"), max_length=120)
    introducer_since = models.DateField(gettext_lazy("Cùng công tác, cư trú từ"), null=True, blank=True)
    second_introducer = models.CharField(gettext_lazy("Người giới thiệu thứ hai"), max_length=120, blank=True)
    education_exception = models.CharField(
        gettext_lazy("Lý do chưa tốt nghiệp THCS"), max_length=200, blank=True
    )
    helper = models.CharField(gettext_lazy("Đảng viên được phân công giúp đỡ"), max_length=120)
    kept_at = models.CharField(gettext_lazy("Nơi lưu bản giấy"), max_length=200, blank=True)
    returns = models.PositiveSmallIntegerField(default=0, editable=False)
    moved_on = models.DateField(gettext_lazy("Chuyển đến"), null=True, editable=False)
    failed_conversions = models.PositiveSmallIntegerField(default=0, editable=False)
    decision_extension = models.PositiveSmallIntegerField(default=0, editable=False)
    conversion_extension = models.PositiveSmallIntegerField(default=0, editable=False)

    listed_on = models.DateField(gettext_lazy("Vào danh sách cảm tình Đảng"))
    proposal = models.CharField(
        gettext_lazy("Chi bộ đề nghị"), max_length=10, blank=True, choices=Proposal.choices, editable=False
    )
    proposed_on = models.DateField(gettext_lazy("Chi bộ đề nghị ngày"), null=True, editable=False)
    class_agreed_on = models.DateField(gettext_lazy("Được cử học lớp nhận thức"), null=True, editable=False)
    certified_on = models.DateField(
        gettext_lazy("Ngày cấp giấy chứng nhận lớp nhận thức"), null=True, editable=False
    )
    permitted_on = models.DateField(gettext_lazy("Được làm thủ tục kết nạp"), null=True, editable=False)
    applied_on = models.DateField(gettext_lazy("Đơn xin vào Đảng"), null=True, editable=False)
    branch_resolved_on = models.DateField(gettext_lazy("Nghị quyết chi bộ"), null=True, editable=False)
    base_resolved_on = models.DateField(gettext_lazy("Nghị quyết đảng ủy cơ sở"), null=True, editable=False)
    received_on = models.DateField(gettext_lazy("Ban Tổ chức nhận hồ sơ"), null=True, editable=False)
    put_forward_on = models.DateField(gettext_lazy("Trình Ban Thường vụ"), null=True, editable=False)
    decision_number = models.CharField(
        gettext_lazy("Số quyết định kết nạp"), max_length=40, blank=True, editable=False
    )
    decision_received_on = models.DateField(gettext_lazy("Chi bộ nhận quyết định"), null=True, editable=False)
    probation_ends_on = models.DateField(gettext_lazy("Hết thời gian dự bị"), null=True, editable=False)
    conversion_resolved_on = models.DateField(
        gettext_lazy("Chi bộ xét công nhận chính thức"), null=True, editable=False
    )
    conversion_base_on = models.DateField(
        gettext_lazy("Đảng ủy cơ sở đề nghị công nhận"), null=True, editable=False
    )
    conversion_decided_on = models.DateField(
        gettext_lazy("Quyết định công nhận chính thức"), null=True, editable=False
    )
    conversion_number = models.CharField(
        gettext_lazy("Số quyết định công nhận"), max_length=40, blank=True, editable=False
    )
    official_on = models.DateField(gettext_lazy("Ngày chính thức"), null=True, editable=False)
    elsewhere_on = models.DateField(
        gettext_lazy("Ngày ký quyết định kết nạp ở nơi khác"), null=True, editable=False
    )
    elsewhere_number = models.CharField(
        gettext_lazy("Số quyết định kết nạp ở nơi khác"), max_length=40, blank=True, editable=False
    )
    elsewhere_by = models.CharField(
        gettext_lazy("Nơi chuyển đến từ đó"), max_length=200, blank=True, editable=False
    )
    transferred_on = models.DateField(gettext_lazy("Quyết định chuyển"), null=True, editable=False)
    arrived_on = models.DateField(gettext_lazy("Chuyển đến từ nơi khác"), null=True, editable=False)
    left_on = models.DateField(gettext_lazy("Thôi theo dõi từ"), null=True, editable=False)
    left_how = models.CharField(
        gettext_lazy("Lý do không còn là đảng viên"),
        max_length=16,
        blank=True,
        choices=Leaving.choices,
        editable=False,
    )
    annulled_on = models.DateField(gettext_lazy("Ngày hủy quyết định"), null=True, editable=False)
    annulment_kind = models.CharField(
        gettext_lazy("Lý do hủy"), max_length=10, blank=True, choices=AnnulmentKind.choices, editable=False
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("hồ sơ")
        indexes = [
            models.Index(fields=["commune", "state"], name="dossier_commune_state"),
            models.Index(fields=["branch", "state"], name="dossier_branch_state"),
            models.Index(
                fields=["admitted_commune", "decided_on"],
                include=["admitted_branch", "admitted_rural", "admitted_sex", "admitted_youth"],
                condition=Q(decided_on__isnull=False, annulled_on__isnull=True),
                name="dossier_figures",
            ),
            models.Index(
                fields=["decided_on"], condition=Q(decided_on__isnull=False), name="dossier_first_decision"
            ),
            models.Index(fields=["previous"], condition=Q(previous__isnull=False), name="dossier_previous"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="dossier_number_once"),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=~Q(state__in=ENDED),
                name="one_living_dossier_a_person",
            ),
            models.CheckConstraint(
                condition=all_or_none(),
                name="admission_facts_all_or_none",
            ),
            models.CheckConstraint(condition=all_or_none(PrintedFacts), name="printed_facts_all_or_none"),
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(decision_number=""), name="a_decision_has_a_number"
            ),
            models.CheckConstraint(
                condition=Q(proposal="", proposed_on=None) | ~Q(proposal="") & Q(proposed_on__isnull=False),
                name="a_proposal_has_its_day",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(state=state) | _dated(dates),
                    name=f"{state}_implies_its_dates",
                )
                for state, dates in DATES_OF.items()
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECIDED) | _dated([*HERE, "branch_resolved_on"]) | _dated(ELSEWHERE),
                name="decided_implies_its_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ADMITTED) | _dated(HERE) | _dated(ELSEWHERE),
                name="the_admitted_were_admitted_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(elsewhere_on=None), name="admitted_here_or_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(elsewhere_on=None) | ~Q(elsewhere_number=""),
                name="a_decision_elsewhere_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(state__in=[*ADMITTED, *GONE, State.ANNULLED]),
                name="only_the_admitted_are_decided",
            ),
            *(
                models.CheckConstraint(condition=_in_order(earlier, later), name=f"{earlier}_before_{later}")
                for index, earlier in enumerate(ORDERED_IN_DATABASE)
                for later in ORDERED_IN_DATABASE[index + 1 :]
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.candidate}"

    @property
    def person(self) -> Candidate:
        """The person as this dossier shows them: as they were once another dossier went on changing them."""
        return Candidate.from_kept(self.person_was) if self.person_was else self.candidate

    @property
    def person_admitted(self) -> SimpleNamespace:
        """The person as the lists of an admission print them, by the names that a candidate has."""
        return SimpleNamespace(
            full_name=self.candidate.full_name,
            born_on=self.admitted_born_on,
            birth=Birth(self.admitted_born_on, self.candidate.born_precision),
            sex=self.admitted_sex,
            ethnicity=self.admitted_ethnicity,
            religion=self.admitted_religion,
        )

    @property
    def stands(self) -> bool:
        """As `DossierQuerySet.standing`."""
        return self.decided_on is not None and self.annulled_on is None

    @property
    def lacks_unit(self) -> bool:
        """Whether something is still to be done and the branch that has it is no more."""
        return self.state not in (*ENDED, State.OFFICIAL) and self.branch.ended_before(today())

    @property
    def undecided(self) -> bool:
        """Whether nothing has been decided yet and the procedure goes on."""
        return self.state in PIPELINE

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def state_words(self) -> str:
        """The state in words; a returned dossier says how often it has been, one voted on in vain that it goes up."""
        if self.state == State.RETURNED:
            return gettext_lazy("Đã trả lại (lần %(n)d)") % {"n": self.returns}
        if self.reported_up:
            return gettext_lazy("Báo cáo cấp trên, %(n)d lần chưa công nhận") % {"n": self.failed_conversions}
        return str(State(self.state).label)

    @property
    def admission_date(self) -> date | None:
        """The day of the decision that admitted the person, here or elsewhere; party age runs from it."""
        return self.decided_on or self.elsewhere_on

    @property
    def admission_number(self) -> str:
        """The number of that decision."""
        return self.decision_number or self.elsewhere_number

    def has_base_step(self, on: date | None = None) -> bool:
        """Whether a base committee proposes upward; without `on` on the day of the last branch resolution.

        A base branch has no committee above it, and a base organisation that decides itself proposes to nobody.
        """
        if self.branch.is_base_branch:
            return False
        day = on or self.conversion_resolved_on or self.branch_resolved_on or today()
        return deciding_body_of(self.commune, day)[0] != self.commune

    @property
    def reported_up(self) -> bool:
        """Whether there were as many votes on conversion in vain as there may be (docs/domain.md, rule 28).

        Those of the branch and those of the base committee count together.
        """
        return (
            self.state in ON_CONVERSION
            and self.failed_conversions > 0
            and self.failed_conversions >= procedure.version_of(self).conversion_votes
        )
