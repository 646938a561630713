"""The units of today's structure: the same rows under another name, no change of the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("branches", "0005_reorganisation")]

    operations = [
        migrations.CreateModel(
            name="UnitToday",
            fields=[],
            options={
                "verbose_name": "đơn vị trong cơ cấu hôm nay",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("branches.organisation",),
        )
    ]
