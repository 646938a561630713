"""The summary of a form's errors, and numbers of forms that stay in one piece."""

from django import forms

from notation.forms import NOTHING_TO_MEND
from notation.templatetags.notation import problem, unbroken


class Typed(forms.Form):
    day = forms.CharField()
    number = forms.CharField(required=False)


def test_only_what_can_be_mended_is_counted():
    form = Typed({"day": ""})
    form.add_error(None, forms.ValidationError("có người ghi thêm", code=NOTHING_TO_MEND))
    shown = problem(form)
    assert shown["title"] == "Chưa lưu được: có 1 chỗ cần sửa"
    assert len(shown["errors"]) == 2
    whole = Typed({"day": "x"})
    whole.add_error(None, forms.ValidationError("có người ghi thêm", code=NOTHING_TO_MEND))
    assert problem(whole)["title"] == "Chưa lưu được"
    assert problem(whole, title="Chưa kiểm tra được")["title"] == "Chưa kiểm tra được"


def test_the_errors_come_in_the_order_of_the_fields():
    form = Typed({"day": ""})
    form.errors.pop("day")
    form.add_error("number", "sai số")
    form.add_error("day", "sai ngày")
    form.add_error(None, "cả phiếu")
    assert [message for _field, message in problem(form)["errors"]] == ["cả phiếu", "sai ngày", "sai số"]


def test_two_forms_that_are_sent_together_have_one_summary():
    shown = problem(Typed({"day": ""}), Typed({"day": ""}))
    assert shown["title"] == "Chưa lưu được: có 2 chỗ cần sửa"
    assert [field.name for field, _message in shown["errors"]] == ["day", "day"]


def test_the_number_of_a_form_does_not_break_at_its_hyphen():
    assert unbroken("mẫu 8-KNĐ, 17B-KNĐ") == "mẫu 8\u2011KNĐ, 17B\u2011KNĐ"
