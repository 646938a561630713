"""Pages kept under a name, below the page they belong to: their filters, columns and sorting are its address."""

from django import template
from django.template import Context

from reports.saved_views import shared_views as of

register = template.Library()


@register.inclusion_tag("components/views.html", takes_context=True)
def saved_views(context: Context, page: str) -> dict[str, object]:
    """The views of `page` (a `SavedView.Page`) shared with the reader, and a form that keeps the present one."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("trang", None)
    return {
        "user": request.user,
        "views": of(request.user, page),
        "page_key": page,
        "query": query.urlencode(),
    }
