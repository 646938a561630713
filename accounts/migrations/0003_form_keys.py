"""The one-time keys of forms that were sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notation.dates


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_squashed_0002_the_desk")]

    operations = [
        migrations.CreateModel(
            name="FormKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("url", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=notation.dates.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "biểu đã gửi",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key"), name="form_key_once")
                ],
            },
        ),
    ]
