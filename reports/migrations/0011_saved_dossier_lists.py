from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_quarters")]
    operations = [
        migrations.AlterField(
            model_name="savedview",
            name="page",
            field=models.CharField(
                choices=[
                    ("ranking", "Xếp hạng chi bộ"),
                    ("dashboard", "Chỉ tiêu"),
                    ("dossiers", "Hồ sơ"),
                ],
                max_length=10,
            ),
        )
    ]
