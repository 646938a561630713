"""The tree of Party organisations over time.

A unit never moves: what changes its parent, its kind or its name ends, and a successor begins. So a figure of
2016 is always counted in the units of 2016.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy

from branches.kinds import ABOVE_BASE, KIND_WORDS, PLACES, Kind
from notation import vietnamese


class Tier(models.TextChoices):
    """Levels of the Party's organisation, from the top (Điều lệ Đảng, điều 10 and 21)."""

    PROVINCE = "province", gettext_lazy("Đảng bộ tỉnh")
    DISTRICT = "district", gettext_lazy("Đảng bộ huyện và tương đương")
    BASE = "base", gettext_lazy("Tổ chức cơ sở đảng")
    SECTION = "section", gettext_lazy("Đảng bộ bộ phận")
    BRANCH = "branch", gettext_lazy("Chi bộ trực thuộc")


TITLE_HEADS: dict[str, str] = {Tier.SECTION: "Đảng bộ bộ phận"}
"""What stands before the name of an organisation that is no branch, where it is not "Đảng bộ"."""

TIERS_UNDER: dict[str | None, set[Tier]] = {
    None: {Tier.PROVINCE, Tier.DISTRICT},
    Tier.PROVINCE: {Tier.DISTRICT, Tier.BASE},
    Tier.DISTRICT: {Tier.BASE},
    Tier.BASE: {Tier.SECTION, Tier.BRANCH},
    Tier.SECTION: {Tier.BRANCH},
    Tier.BRANCH: set(),
}
"""Which tiers may stand directly under which."""

FIXED = ("parent_id", "tier", "kind", "code", "name", "is_base_branch", "rural", "valid_from", "path")
"""What a unit keeps for as long as it exists."""


class OrganisationQuerySet(models.QuerySet):
    def for_user(self, user: Any) -> "OrganisationQuerySet":
        """The units inside the user's scope: those of the posts held today, and all below them."""
        return self.filter(within_scope(user.scope()))

    def under(self, unit: "Organisation") -> "OrganisationQuerySet":
        """`unit` and everything below it."""
        return self.filter(path__startswith=unit.path)

    def on(self, day: date) -> "OrganisationQuerySet":
        """The units that exist on `day`."""
        return self.during(day, day)

    def during(self, first: date, last: date) -> "OrganisationQuerySet":
        """The units that exist on at least one day from `first` to `last`, both included."""
        return self.filter(standing_during(first, last))

    def during_any(self, spans: Iterable[tuple[date, date]]) -> "OrganisationQuerySet":
        """The units that exist on at least one day of one of `spans`, (first, last) each."""
        condition = Q(pk__in=[])
        for first, last in spans:
            condition |= standing_during(first, last)
        return self.filter(condition)

    def in_order(self, unit: "Organisation") -> "OrganisationQuerySet":
        """As tables and selects list what stands under `unit`: itself, places, the others, each by name."""
        branch = Q(tier=Tier.BRANCH) | Q(is_base_branch=True)
        place = (branch & Q(rural=True)) | (~branch & Q(kind__in=PLACES))
        group = Case(When(pk=unit.pk, then=0), When(place, then=1), default=2)
        return self.order_by(group, "sort_key", "pk")

    def branches(self) -> "OrganisationQuerySet":
        """What admits members: branches of a base organisation, and base organisations that are a branch."""
        return self.filter(Q(tier=Tier.BRANCH) | Q(is_base_branch=True))

    def roots(self) -> "OrganisationQuerySet":
        """The units that stand under no other: the whole register."""
        return self.filter(parent=None, undone=False).order_by("path")

    def communes(self) -> "OrganisationQuerySet":
        """The base organisations: communes, and the offices, schools, forces and firms beside them."""
        return self.filter(tier=Tier.BASE)


def holds_on(day: date) -> Q:
    """A condition: a row with `since` and `until`, both included, holds on `day`."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def standing_during(first: date, last: date) -> Q:
    """A condition: the unit exists on at least one day from `first` to `last`; one that was undone never did."""
    return (Q(valid_to=None) | Q(valid_to__gte=first)) & Q(valid_from__lte=last, undone=False)


def within_scope(paths: Iterable[str], prefix: str = "") -> Q:
    """A condition: the unit that `prefix` leads to ("branch__", "" for the unit itself) lies under one of `paths`.

    No path at all means no unit at all.
    """
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{prefix}path__startswith": path})
    return condition


class Organisation(models.Model):
    """One Party organisation for as long as its parent, kind and name stay the same."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=gettext_lazy("Đơn vị cấp trên"),
    )
    tier = models.CharField(gettext_lazy("Cấp"), max_length=12, choices=Tier.choices)
    kind = models.CharField(gettext_lazy("Loại hình"), max_length=20, choices=Kind.choices)
    is_base_branch = models.BooleanField(
        gettext_lazy("Chi bộ cơ sở"),
        default=False,
        help_text=gettext_lazy("Vừa là tổ chức cơ sở đảng vừa là chi bộ, không có chi bộ trực thuộc."),
    )
    rural = models.BooleanField(
        gettext_lazy("Chi bộ nông thôn"),
        default=False,
        help_text=gettext_lazy("Là việc của riêng chi bộ, không suy từ loại hình của xã."),
    )
    code = models.CharField(gettext_lazy("Mã đơn vị"), max_length=20)
    name = models.CharField(gettext_lazy("Tên"), max_length=120)
    path = models.CharField(max_length=120, editable=False, default="")
    search_name = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=500, editable=False)
    valid_from = models.DateField(gettext_lazy("Có từ ngày"))
    valid_to = models.DateField(gettext_lazy("Đến hết ngày"), null=True, blank=True)
    basis = models.CharField(gettext_lazy("Căn cứ thành lập"), max_length=200, blank=True)
    undone = models.BooleanField(default=False, editable=False)
    """Whether the change that began it was undone: it stood on no day, and is kept for the events that name it."""

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("đơn vị")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["path"], name="organisation_path"), models.Index(fields=["code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                condition=Q(undone=False),
                name="organisation_code_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(rural=False) | Q(tier=Tier.BRANCH) | Q(is_base_branch=True),
                name="only_branches_are_rural",
            ),
            models.CheckConstraint(
                condition=Q(is_base_branch=False) | Q(tier=Tier.BASE),
                name="a_base_branch_is_a_base_organisation",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """The organisation's name in full, as it stands at the head of a document ("Chi bộ thôn Tân Nguyên")."""
        return self._named("Chi bộ" if self.is_branch else TITLE_HEADS.get(self.tier, "Đảng bộ"))

    @property
    def committee(self) -> str:
        """Its committee as documents name it: Thành ủy …, Đảng ủy xã Trung Nguyên; a branch stands for itself."""
        if self.is_branch:
            return self.title
        if own := KIND_WORDS[self.kind].committee:
            return f"{own} {self.name}"
        return self._named(TITLE_HEADS.get(self.tier, "Đảng bộ").replace("Đảng bộ", "Đảng ủy", 1))

    @property
    def whole(self) -> str:
        """What a sentence calls all of it: "toàn thành phố", "toàn Đảng bộ", a branch or a section by its title."""
        return self.title if self.is_branch or self.tier == Tier.SECTION else str(KIND_WORDS[self.kind].whole)

    @property
    def place_name(self) -> str:
        """The name with the word for the kind of place before it, as within a sentence ("xã Trung Nguyên")."""
        return " ".join(filter(None, [KIND_WORDS[self.kind].place, self.name]))

    def _named(self, head):
        return f"{head} {self.place_name}"

    @property
    def short_name(self) -> str:
        """The name in a table's first column; a township or a street is told from its neighbours."""
        return " ".join(filter(None, [KIND_WORDS[self.kind].short, self.name]))

    @property
    def is_branch(self) -> bool:
        return self.tier == Tier.BRANCH or self.is_base_branch

    @property
    def is_place(self) -> bool:
        """Whether it stands first in tables: communes before offices and firms, rural branches before the others."""
        return self.rural if self.is_branch else self.kind in PLACES

    @property
    def place_in_tables(self) -> tuple[bool, str]:
        """What tables of units are sorted by: places first, each by name."""
        return not self.is_place, self.sort_key

    def ended_before(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

    @property
    def base_organisation(self) -> "Organisation":
        """The base organisation of a branch: itself, its parent, or the parent of its section."""
        unit = self
        while unit.tier != Tier.BASE:
            unit = unit.parent  # type: ignore[assignment]  # a base stands above every branch
        return unit

    def exists_on(self, day: date) -> bool:
        return not self.undone and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def ancestor_ids(self) -> list[int]:
        """Primary keys from the root down to this unit, itself included."""
        return [int(pk) for pk in self.path.split("/") if pk]

    def clean(self) -> None:
        if self.tier not in TIERS_UNDER[self.parent.tier if self.parent else None] or (
            self.parent and self.parent.is_base_branch
        ):
            raise ValidationError(
                gettext_lazy("%(tier)s không thể trực thuộc %(parent)s.")
                % {
                    "tier": self.get_tier_display(),
                    "parent": self.parent.title if self.parent else gettext_lazy("gốc của cây"),
                }
            )
        if self.kind in ABOVE_BASE and self.tier not in (Tier.PROVINCE, Tier.DISTRICT):
            words = gettext_lazy("Loại hình “%(kind)s” chỉ dùng cho đảng bộ huyện, tỉnh và tương đương.")
            raise ValidationError({"kind": words % {"kind": self.get_kind_display()}})
        if self.parent and self.valid_from and not self.parent.exists_on(self.valid_from):
            raise ValidationError(
                {
                    "valid_from": gettext_lazy("Đơn vị cấp trên (%(parent)s) không có vào ngày này.")
                    % {"parent": self.parent.title}
                }
            )

    def save(self, *args, **kwargs) -> None:
        """Write the path at creation; afterwards refuse any change of what a unit keeps (see `FIXED`)."""
        self.name = vietnamese.clean(self.name)
        self.search_name = vietnamese.fold(self.name)
        self.sort_key = vietnamese.sort_key(self.name)
        with transaction.atomic():
            if self.pk is None:
                super().save(*args, **kwargs)
                self.path = f"{self.parent.path if self.parent else ''}{self.pk}/"
                type(self).objects.filter(pk=self.pk).update(path=self.path)
                return
            before = Organisation.objects.values(*FIXED).get(pk=self.pk)
            changed = [field for field in FIXED if before[field] != getattr(self, field)]
            if changed:
                raise UnitNeverMoves(self, changed)
            super().save(*args, **kwargs)


class UnitNeverMoves(ValidationError):
    """Someone tried to change what a unit keeps for life instead of ending it and starting a successor."""

    def __init__(self, unit, fields):
        super().__init__(
            gettext_lazy("%(unit)s không đổi được %(fields)s: hãy kết thúc đơn vị và lập đơn vị kế tục.")
            % {"unit": unit.title, "fields": ", ".join(fields)}
        )


OrganisationManager = models.Manager.from_queryset(OrganisationQuerySet)


class CommuneManager(OrganisationManager):
    def get_queryset(self) -> OrganisationQuerySet:
        return OrganisationQuerySet(self.model, using=self._db).communes()


class Commune(Organisation):
    """A base organisation (tổ chức cơ sở đảng): a commune, or an office, school, force or firm of that rank."""

    objects: ClassVar = CommuneManager()

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("tổ chức cơ sở đảng")


class BranchManager(OrganisationManager):
    def get_queryset(self) -> OrganisationQuerySet:
        return OrganisationQuerySet(self.model, using=self._db).branches()


class Branch(Organisation):
    """A branch (chi bộ): under a base organisation, or itself one."""

    objects: ClassVar = BranchManager()

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("chi bộ")
