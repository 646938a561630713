"""Reasons that are offered where an act asks for one."""

from django.db import models
from django.utils.translation import gettext_lazy


class Reason(models.Model):
    """A reason that is offered where an act asks for one; what is chosen is copied into the event as words."""

    class Use(models.TextChoices):
        GIVE_BACK = "give_back", gettext_lazy("Trả lại để bổ sung")
        HOLD = "hold", gettext_lazy("Để lại chờ thẩm tra")
        REFUSE = "refuse", gettext_lazy("Không kết nạp")
        SET_ASIDE = "set_aside", gettext_lazy("Cuộc họp để lại")
        WITHDRAW = "withdraw", gettext_lazy("Đưa ra khỏi danh sách")
        EXTEND = "extend", gettext_lazy("Gia hạn")
        HELPER = "helper", gettext_lazy("Đổi người giúp đỡ")
        CLASS = "class", gettext_lazy("Không duyệt học lớp nhận thức")
        DELAY = "delay", gettext_lazy("Vì sao quá hạn quyết định")

    use = models.CharField(gettext_lazy("Dùng khi"), max_length=12, choices=Use.choices)
    text = models.CharField(gettext_lazy("Lý do"), max_length=200)
    active = models.BooleanField(gettext_lazy("Đang dùng"), default=True)

    class Meta:
        verbose_name = gettext_lazy("lý do")
        ordering = ["use", "pk"]
        constraints = [models.UniqueConstraint(fields=["use", "text"], name="reason_once")]

    def __str__(self):
        return self.text
