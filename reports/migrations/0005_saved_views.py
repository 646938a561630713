import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notation.dates


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0002_the_desk"),
        ("reports", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "page",
                    models.CharField(
                        choices=[("ranking", "Xếp hạng chi bộ"), ("dashboard", "Chỉ tiêu")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="Tên")),
                ("query", models.CharField(max_length=500)),
                ("at", models.DateTimeField(default=notation.dates.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to="branches.organisation",
                    ),
                ),
            ],
            options={"verbose_name": "cách xem đã lưu", "ordering": ["page", "name"]},
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("unit", "page", "name"), name="view_name_once_a_unit"),
        ),
    ]
