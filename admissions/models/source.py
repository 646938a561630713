"""Groups of sources that a committee gives attention to: an editable list whose groups overlap."""

from django.db import models
from django.utils.translation import gettext_lazy

from admissions.choices import GroupRule
from notation import vietnamese


class PriorityGroup(models.Model):
    """A group that follows from a fact of the person by its `rule`, or is ticked on the person where it has none.

    One person is in several; groups are never added up (docs/domain.md, 2.6). One that is used no longer stays. `key`
    names a ticked group that figures count, whatever it is called.
    """

    RECRUITS = "recruits"
    """The key of those who are about to do military service."""

    name = models.CharField(gettext_lazy("Nhóm"), max_length=60, unique=True)
    rule = models.CharField(
        gettext_lazy("Ai thuộc nhóm"), max_length=16, blank=True, choices=GroupRule.choices
    )
    key = models.CharField(max_length=16, blank=True, editable=False)
    place = models.PositiveSmallIntegerField(gettext_lazy("Thứ tự"), default=0)
    active = models.BooleanField(gettext_lazy("Đang dùng"), default=True)

    class Meta:
        verbose_name = gettext_lazy("nhóm ưu tiên")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"], condition=~models.Q(rule=""), name="group_of_a_rule_once"
            ),
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="group_of_a_key_once"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = vietnamese.clean(self.name)
        super().save(*args, **kwargs)
