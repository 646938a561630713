"""Reasons that are offered where an act asks for one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
