"""Accounts, posts and the log of what was read."""

from django.conf import settings
from django.db import migrations, models

import notation.dates

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    replaces = [("accounts", "0001_initial"), ("accounts", "0002_the_desk")]

    initial = True

    dependencies = [("branches", "0001_squashed_0002_the_desk")]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ID,
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="Tên đăng nhập")),
                ("full_name", models.CharField(max_length=120, verbose_name="Họ và tên")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="Thư điện tử")),
                (
                    "wants_digest",
                    models.BooleanField(default=False, verbose_name="Nhận thư nhắc hạn mỗi sáng"),
                ),
                ("calendar_key", models.CharField(blank=True, db_index=True, editable=False, max_length=43)),
                ("is_active", models.BooleanField(default=True, verbose_name="Đang dùng")),
                (
                    "demonstration",
                    models.BooleanField(default=False, editable=False, verbose_name="Tài khoản minh họa"),
                ),
            ],
            options={
                "verbose_name": "tài khoản",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ID,
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="posts",
                        to="branches.organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("board_staff", "Cán bộ Ban Tổ chức"),
                            ("board_leader", "Lãnh đạo Ban Tổ chức"),
                            ("commune_committee", "Cấp ủy cơ sở"),
                            ("branch_committee", "Chi ủy"),
                            ("administrator", "Quản trị"),
                        ],
                        max_length=20,
                        verbose_name="Vai trò",
                    ),
                ),
                ("since", models.DateField(verbose_name="Từ ngày")),
                ("until", models.DateField(blank=True, null=True, verbose_name="Đến hết ngày")),
            ],
            options={
                "verbose_name": "phân công",
                "ordering": ["since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="post_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(fields=("user", "unit", "role", "since"), name="post_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ID,
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="activities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=notation.dates.now)),
                (
                    "action",
                    models.CharField(
                        choices=[("read", "Xem hồ sơ"), ("fetch", "Tải tệp"), ("setting", "Sửa danh mục")],
                        max_length=8,
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name": "nhật ký",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["user", "-at"], name="activity_of_a_user")],
            },
        ),
    ]
