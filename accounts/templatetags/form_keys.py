"""The hidden field with the one-time key of a form (`accounts.form_keys`)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.form_keys import FIELD, make_form_key

register = template.Library()


@register.simple_tag(name="form_key")
def draw_form_key() -> SafeString:
    """A hidden field with a new key; every form on a page has its own."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, make_form_key())
