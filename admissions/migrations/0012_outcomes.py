"""Every outcome of a vote, who decides over time, and ways in and out of the register."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notation.dates


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0011_law"),
        ("branches", "0001_squashed_0002_the_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecidingBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decider",
                    models.CharField(
                        choices=[
                            ("standing", "Ban Thường vụ của chính đảng bộ này"),
                            ("authorised", "Đảng ủy cơ sở được ủy quyền"),
                        ],
                        max_length=10,
                        verbose_name="Ai quyết định kết nạp",
                    ),
                ),
                ("since", models.DateField(verbose_name="Từ ngày")),
                ("until", models.DateField(blank=True, null=True, verbose_name="Đến hết ngày")),
                ("basis", models.CharField(max_length=200, verbose_name="Căn cứ (số, ngày văn bản)")),
                ("at", models.DateTimeField(default=notation.dates.now)),
            ],
            options={
                "verbose_name": "thẩm quyền quyết định",
                "ordering": ["unit", "since"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="one_living_dossier_a_person",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="decided_implies_its_dates",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="probationary_implies_its_dates",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="left_implies_its_dates",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="only_the_admitted_are_decided",
        ),
        migrations.AddField(
            model_name="dossier",
            name="arrived_on",
            field=models.DateField(editable=False, null=True, verbose_name="Chuyển đến từ nơi khác"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="elsewhere_by",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="Nơi chuyển đến từ đó"
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="elsewhere_number",
            field=models.CharField(
                blank=True, editable=False, max_length=40, verbose_name="Số quyết định kết nạp ở nơi khác"
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="elsewhere_on",
            field=models.DateField(
                editable=False, null=True, verbose_name="Ngày ký quyết định kết nạp ở nơi khác"
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="transferred_on",
            field=models.DateField(editable=False, null=True, verbose_name="Quyết định chuyển"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="detained",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="Bị khởi tố, truy tố, tạm giam"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="exclusion_reasons",
            field=models.JSONField(blank=True, default=dict, verbose_name="Lý do được trừ"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="excused",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="Vắng suốt, lý do được chấp nhận"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="manner",
            field=models.CharField(
                blank=True,
                choices=[("secret", "Bỏ phiếu kín"), ("cards", "Giơ thẻ đảng viên")],
                max_length=6,
                verbose_name="Cách biểu quyết",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="suspended",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="Đình chỉ sinh hoạt đảng"),
        ),
        migrations.AddField(
            model_name="vote",
            name="excluded_why",
            field=models.CharField(blank=True, max_length=300, verbose_name="Trừ ai, vì sao"),
        ),
        migrations.AddField(
            model_name="vote",
            name="manner",
            field=models.CharField(
                blank=True,
                choices=[("secret", "Bỏ phiếu kín"), ("cards", "Giơ thẻ đảng viên")],
                max_length=6,
                verbose_name="Cách biểu quyết",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="left_before_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("name_deleted", "Xóa tên khỏi danh sách đảng viên"),
                    ("abandoned", "Tự bỏ sinh hoạt đảng"),
                    ("resigned", "Xin ra khỏi Đảng"),
                    ("hardship", "Xin ra khỏi Đảng vì gia đình đặc biệt khó khăn"),
                    ("disunity", "Gây mất đoàn kết nội bộ nghiêm trọng"),
                    ("corruption", "Bị kết án vì tham nhũng"),
                    ("serious_crime", "Bị kết án về tội nghiêm trọng trở lên"),
                    ("minor_crime", "Bị kết án về tội ít nghiêm trọng, đã xóa án tích"),
                    ("expelled", "Khai trừ, lý do khác"),
                    ("not_recognised", "Không được công nhận đảng viên chính thức"),
                ],
                max_length=16,
                verbose_name="Vì sao ra khỏi Đảng",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="left_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("name_deleted", "Xóa tên khỏi danh sách đảng viên"),
                    ("abandoned", "Tự bỏ sinh hoạt đảng"),
                    ("resigned", "Xin ra khỏi Đảng"),
                    ("hardship", "Xin ra khỏi Đảng vì gia đình đặc biệt khó khăn"),
                    ("disunity", "Gây mất đoàn kết nội bộ nghiêm trọng"),
                    ("corruption", "Bị kết án vì tham nhũng"),
                    ("serious_crime", "Bị kết án về tội nghiêm trọng trở lên"),
                    ("minor_crime", "Bị kết án về tội ít nghiêm trọng, đã xóa án tích"),
                    ("expelled", "Khai trừ, lý do khác"),
                    ("not_recognised", "Không được công nhận đảng viên chính thức"),
                ],
                editable=False,
                max_length=16,
                verbose_name="Lý do không còn là đảng viên",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="left_on",
            field=models.DateField(editable=False, null=True, verbose_name="Thôi theo dõi từ"),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="state",
            field=models.CharField(
                choices=[
                    ("listed", "Danh sách cảm tình Đảng"),
                    ("preparing", "Đang làm hồ sơ"),
                    ("resolved", "Chờ cấp ủy cơ sở xét"),
                    ("proposed", "Chờ gửi về huyện"),
                    ("appraisal", "Chờ thẩm định"),
                    ("returned", "Đã trả lại"),
                    ("resent", "Đã bổ sung, chờ nhận lại"),
                    ("held", "Để lại, chờ thẩm tra"),
                    ("asked", "Chờ ý kiến Ban Thường vụ"),
                    ("awaiting", "Chờ quyết định"),
                    ("decided", "Chờ lễ kết nạp"),
                    ("probationary", "Đảng viên dự bị"),
                    ("converting", "Chờ công nhận chính thức"),
                    ("official", "Đảng viên chính thức"),
                    ("refused", "Không kết nạp"),
                    ("withdrawn", "Đưa ra khỏi danh sách"),
                    ("annulled", "Hủy quyết định kết nạp"),
                    ("left", "Không còn là đảng viên"),
                    ("died", "Đã mất"),
                    ("transferred", "Đã chuyển đi"),
                ],
                editable=False,
                max_length=14,
                verbose_name="Trạng thái",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="from_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("listed", "Danh sách cảm tình Đảng"),
                    ("preparing", "Đang làm hồ sơ"),
                    ("resolved", "Chờ cấp ủy cơ sở xét"),
                    ("proposed", "Chờ gửi về huyện"),
                    ("appraisal", "Chờ thẩm định"),
                    ("returned", "Đã trả lại"),
                    ("resent", "Đã bổ sung, chờ nhận lại"),
                    ("held", "Để lại, chờ thẩm tra"),
                    ("asked", "Chờ ý kiến Ban Thường vụ"),
                    ("awaiting", "Chờ quyết định"),
                    ("decided", "Chờ lễ kết nạp"),
                    ("probationary", "Đảng viên dự bị"),
                    ("converting", "Chờ công nhận chính thức"),
                    ("official", "Đảng viên chính thức"),
                    ("refused", "Không kết nạp"),
                    ("withdrawn", "Đưa ra khỏi danh sách"),
                    ("annulled", "Hủy quyết định kết nạp"),
                    ("left", "Không còn là đảng viên"),
                    ("died", "Đã mất"),
                    ("transferred", "Đã chuyển đi"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="to_state",
            field=models.CharField(
                choices=[
                    ("listed", "Danh sách cảm tình Đảng"),
                    ("preparing", "Đang làm hồ sơ"),
                    ("resolved", "Chờ cấp ủy cơ sở xét"),
                    ("proposed", "Chờ gửi về huyện"),
                    ("appraisal", "Chờ thẩm định"),
                    ("returned", "Đã trả lại"),
                    ("resent", "Đã bổ sung, chờ nhận lại"),
                    ("held", "Để lại, chờ thẩm tra"),
                    ("asked", "Chờ ý kiến Ban Thường vụ"),
                    ("awaiting", "Chờ quyết định"),
                    ("decided", "Chờ lễ kết nạp"),
                    ("probationary", "Đảng viên dự bị"),
                    ("converting", "Chờ công nhận chính thức"),
                    ("official", "Đảng viên chính thức"),
                    ("refused", "Không kết nạp"),
                    ("withdrawn", "Đưa ra khỏi danh sách"),
                    ("annulled", "Hủy quyết định kết nạp"),
                    ("left", "Không còn là đảng viên"),
                    ("died", "Đã mất"),
                    ("transferred", "Đã chuyển đi"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="number",
            field=models.CharField(blank=True, max_length=40, verbose_name="Số nghị quyết"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("refused", "withdrawn", "annulled", "left", "died", "transferred")),
                    _negated=True,
                ),
                fields=("candidate",),
                name="one_living_dossier_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "probationary"), _negated=True),
                    models.Q(("ceremony_on__isnull", False), ("probation_ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="probationary_implies_its_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "left"), _negated=True), ("left_on__isnull", False), _connector="OR"
                ),
                name="left_implies_its_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "died"), _negated=True), ("left_on__isnull", False), _connector="OR"
                ),
                name="died_implies_its_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "transferred"), _negated=True),
                    models.Q(("left_on__isnull", False), ("transferred_on__isnull", False)),
                    _connector="OR",
                ),
                name="transferred_implies_its_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True),
                    models.Q(("decided_on__isnull", False), ("branch_resolved_on__isnull", False)),
                    models.Q(("elsewhere_on__isnull", False), ("arrived_on__isnull", False)),
                    _connector="OR",
                ),
                name="decided_implies_its_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("decided", "probationary", "converting", "official", "left")),
                        _negated=True,
                    ),
                    ("decided_on__isnull", False),
                    models.Q(("elsewhere_on__isnull", False), ("arrived_on__isnull", False)),
                    _connector="OR",
                ),
                name="the_admitted_were_admitted_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_on", None), ("elsewhere_on", None), _connector="OR"),
                name="admitted_here_or_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("elsewhere_on", None), models.Q(("elsewhere_number", ""), _negated=True), _connector="OR"
                ),
                name="a_decision_elsewhere_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_on", None),
                    (
                        "state__in",
                        [
                            "decided",
                            "probationary",
                            "converting",
                            "official",
                            "left",
                            "died",
                            "transferred",
                            "annulled",
                        ],
                    ),
                    _connector="OR",
                ),
                name="only_the_admitted_are_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listed_on", None),
                    ("elsewhere_on", None),
                    ("listed_on__lte", models.F("elsewhere_on")),
                    _connector="OR",
                ),
                name="listed_on_before_elsewhere_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_on", None),
                    ("elsewhere_on", None),
                    ("applied_on__lte", models.F("elsewhere_on")),
                    _connector="OR",
                ),
                name="applied_on_before_elsewhere_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("branch_resolved_on", None),
                    ("elsewhere_on", None),
                    ("branch_resolved_on__lte", models.F("elsewhere_on")),
                    _connector="OR",
                ),
                name="branch_resolved_on_before_elsewhere_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("base_resolved_on", None),
                    ("elsewhere_on", None),
                    ("base_resolved_on__lte", models.F("elsewhere_on")),
                    _connector="OR",
                ),
                name="base_resolved_on_before_elsewhere_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_on", None),
                    ("elsewhere_on", None),
                    ("decided_on__lte", models.F("elsewhere_on")),
                    _connector="OR",
                ),
                name="decided_on_before_elsewhere_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("elsewhere_on", None),
                    ("ceremony_on", None),
                    ("elsewhere_on__lte", models.F("ceremony_on")),
                    _connector="OR",
                ),
                name="elsewhere_on_before_ceremony_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("elsewhere_on", None),
                    ("conversion_resolved_on", None),
                    ("elsewhere_on__lte", models.F("conversion_resolved_on")),
                    _connector="OR",
                ),
                name="elsewhere_on_before_conversion_resolved_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("elsewhere_on", None),
                    ("conversion_base_on", None),
                    ("elsewhere_on__lte", models.F("conversion_base_on")),
                    _connector="OR",
                ),
                name="elsewhere_on_before_conversion_base_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("elsewhere_on", None),
                    ("conversion_decided_on", None),
                    ("elsewhere_on__lte", models.F("conversion_decided_on")),
                    _connector="OR",
                ),
                name="elsewhere_on_before_conversion_decided_on",
            ),
        ),
        migrations.AddField(
            model_name="decidingbody",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="decidingbody",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deciding_bodies",
                to="branches.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="decidingbody",
            constraint=models.UniqueConstraint(fields=("unit", "since"), name="deciding_body_begins_once"),
        ),
        migrations.AddConstraint(
            model_name="decidingbody",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="deciding_body_ends_after_it_begins",
            ),
        ),
    ]
