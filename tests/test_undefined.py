"""A template variable that nobody passed is noticed, in a condition as well as in the text."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize("text", ["{{ basis }}", "{% if basis == 1 %}x{% endif %}", "{{ chart.basis }}"])
def test_a_variable_that_nobody_passed_is_noticed(undefined_variables, text):
    Template(text).render(Context({"chart": {}}))
    assert undefined_variables.take() == {"unknown: basis"}
