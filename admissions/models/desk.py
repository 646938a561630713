"""What administrators keep for the desk: reasons to choose from, document templates; and the mails that went out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branches.dates import now


class Reason(models.Model):
    """A reason that is offered where an act asks for one; what is chosen is copied into the event as words."""

    class Use(models.TextChoices):
        GIVE_BACK = "give_back", _("Trả lại để bổ sung")
        HOLD = "hold", _("Để lại chờ thẩm tra")
        REFUSE = "refuse", _("Không kết nạp")
        SET_ASIDE = "set_aside", _("Cuộc họp để lại")
        WITHDRAW = "withdraw", _("Đưa ra khỏi danh sách")
        EXTEND = "extend", _("Gia hạn")

    use = models.CharField(_("Dùng khi"), max_length=12, choices=Use.choices)
    text = models.CharField(_("Lý do"), max_length=200)
    active = models.BooleanField(_("Đang dùng"), default=True)

    class Meta:
        verbose_name = _("lý do")
        ordering = ["use", "pk"]
        constraints = [models.UniqueConstraint(fields=["use", "text"], name="reason_once")]

    def __str__(self):
        return self.text


class LetterTemplate(models.Model):
    """A Word template that replaces the one that comes with the software, for one document and one layout.

    One that was replaced or given up stays: `until` says since when it is no longer used.
    """

    kind = models.CharField(_("Văn bản"), max_length=12)
    layout = models.CharField(_("Thể thức"), max_length=20)
    name = models.CharField(_("Tên tệp"), max_length=120)
    data = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    until = models.DateTimeField(_("Dùng đến"), null=True)

    class Meta:
        verbose_name = _("mẫu văn bản")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "layout"], condition=models.Q(until=None), name="one_template_a_layout"
            )
        ]

    def __str__(self):
        return f"{self.kind}, {self.layout}"


class Digest(models.Model):
    """That someone was sent the mail of a day; the row comes first, so that no day is sent twice."""

    user = models.ForeignKey(User, models.PROTECT, related_name="digests")
    on = models.DateField()
    lines = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("thư nhắc hạn")
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="one_digest_a_day")]

    def __str__(self):
        return f"{self.user}, {self.on:%d/%m/%Y}"
