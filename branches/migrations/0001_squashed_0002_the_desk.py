"""Units and what they succeed."""

from django.db import migrations, models

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    replaces = [("branches", "0001_initial"), ("branches", "0002_the_desk")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ID,
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="children",
                        to="branches.organisation",
                        verbose_name="Đơn vị cấp trên",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("province", "Đảng bộ tỉnh"),
                            ("district", "Đảng bộ huyện"),
                            ("base", "Tổ chức cơ sở đảng"),
                            ("section", "Đảng bộ bộ phận"),
                            ("branch", "Chi bộ trực thuộc"),
                        ],
                        max_length=12,
                        verbose_name="Cấp",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("commune", "Xã"),
                            ("ward", "Phường"),
                            ("township", "Thị trấn"),
                            ("party_office", "Cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể"),
                            ("state_office", "Cơ quan Nhà nước"),
                            ("public_unit", "Đơn vị sự nghiệp công lập"),
                            ("private_unit", "Đơn vị sự nghiệp ngoài công lập"),
                            ("army", "Quân đội"),
                            ("police", "Công an"),
                            ("state_enterprise", "Doanh nghiệp có vốn nhà nước"),
                            ("private_enterprise", "Doanh nghiệp ngoài nhà nước"),
                            ("cooperative", "Hợp tác xã"),
                            ("abroad", "Tổ chức cơ sở đảng ở ngoài nước"),
                            ("other", "Loại khác"),
                            ("village", "Thôn"),
                            ("street", "Tổ dân phố"),
                            ("province", "Tỉnh"),
                            ("district", "Huyện"),
                        ],
                        max_length=20,
                        verbose_name="Loại hình",
                    ),
                ),
                (
                    "is_base_branch",
                    models.BooleanField(
                        default=False,
                        help_text="Vừa là tổ chức cơ sở đảng vừa là chi bộ, không có chi bộ trực thuộc.",
                        verbose_name="Chi bộ cơ sở",
                    ),
                ),
                (
                    "rural",
                    models.BooleanField(
                        default=False,
                        help_text="Là việc của riêng chi bộ, không suy từ loại hình của xã.",
                        verbose_name="Chi bộ nông thôn",
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="Mã đơn vị")),
                ("name", models.CharField(max_length=120, verbose_name="Tên")),
                ("path", models.CharField(default="", editable=False, max_length=120)),
                ("search_name", models.CharField(editable=False, max_length=120)),
                ("sort_key", models.CharField(editable=False, max_length=500)),
                ("valid_from", models.DateField(verbose_name="Có từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="Đến hết ngày")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="Căn cứ thành lập")),
            ],
            options={
                "verbose_name": "đơn vị",
                "ordering": ["sort_key", "pk"],
                "indexes": [
                    models.Index(fields=["path"], name="organisation_path"),
                    models.Index(fields=["code"], name="branches_or_code_d54b45_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "valid_from"), name="organisation_code_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="organisation_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rural", False), ("tier", "branch"), ("is_base_branch", True), _connector="OR"
                        ),
                        name="only_branches_are_rural",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_base_branch", False), ("tier", "base"), _connector="OR"),
                        name="a_base_branch_is_a_base_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[],
            options={
                "verbose_name": "chi bộ",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("branches.organisation",),
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[],
            options={
                "verbose_name": "tổ chức cơ sở đảng",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("branches.organisation",),
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ID,
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="successions",
                        to="branches.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="origins",
                        to="branches.organisation",
                    ),
                ),
                ("on", models.DateField(verbose_name="Ngày")),
                ("basis", models.CharField(max_length=200, verbose_name="Căn cứ")),
            ],
            options={
                "verbose_name": "kế tục",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="no_unit_succeeds_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ID,
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="mandates",
                        to="branches.organisation",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="Nhiệm kỳ")),
                ("since", models.DateField(verbose_name="Từ ngày")),
            ],
            options={
                "verbose_name": "nhiệm kỳ",
                "ordering": ["since"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "since"), name="mandate_begins_once")
                ],
            },
        ),
    ]
