"""The pages that can be kept under a name, and those that are shared with a user."""

from django.urls import reverse

from accounts.models import User
from branches.models import within_scope
from reports.models import SavedView

ADDRESSES: dict[str, str] = {
    SavedView.Page.RANKING: "reports:ranking",
    SavedView.Page.DASHBOARD: "reports:dashboard",
    SavedView.Page.DOSSIERS: "admissions:dossiers",
}
"""The pages that can be kept under a name, by their names in `urls`."""


def shared_views(user: User, page: str) -> list[tuple[SavedView, str]]:
    """[(view, address)] of the views of `page` that are shared with `user`."""
    rows = SavedView.objects.filter(within_scope(user.scope(), "unit__"), page=page).prefetch_related("unit")
    return [(row, f"{reverse(ADDRESSES[row.page])}?{row.query}") for row in rows]
