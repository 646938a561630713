"""`manage.py carry_out_reorganisations`: carry out the scheduled changes of the tree whose day has come."""

from django.core.management.base import BaseCommand

from branches.reorganisation.schedule import carry_out_due


class Command(BaseCommand):
    help = "Rehearse the scheduled plans whose day has come, and carry out those of which nothing differs."

    def handle(self, **_options):
        for plan in carry_out_due():
            why = f": {plan.held_because}" if plan.held_because else ""
            self.stdout.write(f"{plan.title}: {plan.get_state_display()}{why}")
