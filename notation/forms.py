"""How forms are drawn: the template writes the form element, crispy draws the fields."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


def make_form_helper(layout: Layout | None = None) -> FormHelper:
    """A crispy helper that draws the fields of `layout` (all in order when None), without the form element.

    A page whose form brings files of its own names `form.media` in its head.
    """
    helper = FormHelper()
    helper.form_tag = helper.include_media = False
    if layout is not None:
        helper.layout = layout
    return helper


NOTHING_TO_MEND = "nothing to mend"
"""The code of an error that tells something of a form as a whole and names no place to be mended."""
