"""Accounts, and the posts through which they see and do things."""

from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.roles import GRANTS, Permission, Role
from branches.models import Organisation, Succession, holds_on
from branches.successions import paths_before
from notation import vietnamese
from notation.dates import now, today


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, *, full_name: str, **extra) -> "User":
        user = self.model(username=username.strip().lower(), full_name=vietnamese.clean(full_name), **extra)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Someone who signs in. Rights come from posts alone: there is no superuser."""

    username = models.CharField(gettext_lazy("Tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(gettext_lazy("Họ và tên"), max_length=120)
    email = models.EmailField(gettext_lazy("Thư điện tử"), blank=True)
    wants_digest = models.BooleanField(gettext_lazy("Nhận thư nhắc hạn mỗi sáng"), default=False)
    calendar_key = models.CharField(max_length=43, blank=True, db_index=True, editable=False)
    is_active = models.BooleanField(gettext_lazy("Đang dùng"), default=True)
    demonstration = models.BooleanField(gettext_lazy("Tài khoản minh họa"), default=False, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = gettext_lazy("tài khoản")

    def __str__(self):
        return self.full_name

    @cached_property
    def current_posts(self) -> list["Post"]:
        """The posts held today, with their units."""
        return list(self.posts.on(today()).with_units())

    def scope(self, permission: Permission | str | None = None) -> list[str]:
        """Paths of the units where today's posts allow `permission` (any post at all when None), and of what they
        alone took over from."""
        units = {
            p.unit_id: p
            for p in self.current_posts
            if permission is None or permission in GRANTS.get(p.role, ())
        }
        paths = [post.unit.path for post in units.values()]
        origins = (
            path
            for post in units.values()
            if getattr(post, "took_over", False)
            for path in self._paths_before(post.unit)
        )
        return [*paths, *origins]

    def _paths_before(self, unit: Organisation) -> list[str]:
        """Paths of what ended and went over to `unit` whole: what it was then is read by the people of the heir."""
        known = self.__dict__.setdefault("_origin_paths", {})
        if unit.pk not in known:
            known[unit.pk] = paths_before(unit)
        return known[unit.pk]

    def may(self, permission: Permission | str, unit: Organisation | None = None) -> bool:
        """Whether `permission` holds at `unit` today; without a unit, whether it holds anywhere."""
        paths = self.scope(permission)
        return bool(paths) if unit is None else any(unit.path.startswith(path) for path in paths)


class PostQuerySet(models.QuerySet):
    def on(self, day: date) -> "PostQuerySet":
        return self.filter(holds_on(day))

    def with_units(self) -> "PostQuerySet":
        """With the units, and whether these `took_over` from others."""
        before = Succession.objects.filter(successor=OuterRef("unit"), predecessor__valid_to__isnull=False)
        return self.select_related("unit").annotate(took_over=Exists(before))


class Post(models.Model):
    """A role held at a unit for a time; what it allows reaches everything below the unit."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    role = models.CharField(gettext_lazy("Vai trò"), max_length=20, choices=Role.choices)
    since = models.DateField(gettext_lazy("Từ ngày"))
    until = models.DateField(gettext_lazy("Đến hết ngày"), null=True, blank=True)
    took_over: bool  # by `PostQuerySet.with_units`

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("phân công")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["user", "unit", "role", "since"], name="post_once"),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.unit}"


AGAIN = timedelta(minutes=10)
"""Looking at the same thing again within this time is no new line of the log."""


class ActivityQuerySet(models.QuerySet):
    def note_read(self, user: User, subject: str) -> None:
        """Write that `user` looked at `subject`, unless they did a moment ago."""
        seen = self.filter(user=user, action=Activity.Action.READ, subject=subject, at__gt=now() - AGAIN)
        if not seen.exists():
            self.create(user=user, action=Activity.Action.READ, subject=subject)


class Activity(models.Model):
    """What someone did that is no change of a dossier: read one, fetched a file, changed a setting.

    `subject` is the number, name or address of what it was done to. Written once; kept as the log of who saw what.
    """

    class Action(models.TextChoices):
        READ = "read", gettext_lazy("Xem hồ sơ")
        FETCH = "fetch", gettext_lazy("Tải tệp")
        SETTING = "setting", gettext_lazy("Sửa danh mục")

    user = models.ForeignKey(User, models.PROTECT, related_name="activities")
    at = models.DateTimeField(default=now)
    action = models.CharField(max_length=8, choices=Action.choices)
    subject = models.CharField(max_length=200)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("nhật ký")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="activity_of_a_user")]

    def __str__(self):
        return f"{self.user} {self.action} {self.subject}"


class FormKey(models.Model):
    """A form that was sent and taken: its one-time key, a digest of its content, and where it led."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    url = models.TextField(blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = gettext_lazy("biểu đã gửi")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_key_once")]

    def __str__(self):
        return f"{self.user} {self.url}"
