from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("admissions", "0007_how_far_back_the_register_goes")]
    operations = [
        migrations.RemoveConstraint(model_name="lettertemplate", name="one_template_a_layout"),
        migrations.AddField(
            model_name="lettertemplate",
            name="until",
            field=models.DateTimeField(null=True, verbose_name="Dùng đến"),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("kind", "layout"), name="one_template_a_layout"
            ),
        ),
        migrations.AlterModelOptions(
            name="lettertemplate", options={"ordering": ["-pk"], "verbose_name": "mẫu văn bản"}
        ),
    ]
