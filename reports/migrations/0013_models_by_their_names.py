from django.db import migrations

NAMES = {
    "Quarter": ("QuarterClosing", "reports_quarter"),
    "Entry": ("ClosedAdmission", "reports_entry"),
    "Touched": ("ChangedSinceClosing", "reports_touched"),
    "Membership": ("MemberCount", "reports_membership"),
}


class Migration(migrations.Migration):
    """The models get names that say what a row is; their tables stay."""

    dependencies = [("reports", "0012_touched")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                operation
                for old, (new, table) in NAMES.items()
                for operation in (migrations.RenameModel(old, new), migrations.AlterModelTable(new, table))
            ]
        )
    ]
