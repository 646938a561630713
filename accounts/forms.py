"""The forms of signing in and of one's own account."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy

from accounts.models import User
from notation.fields import REQUIRED
from notation.forms import make_form_helper


class SignInForm(AuthenticationForm):
    """User name and password; the answer to a wrong pair does not tell which of the two was wrong."""

    error_messages = {
        "invalid_login": gettext_lazy(
            "Tên đăng nhập hoặc mật khẩu không đúng. Chữ hoa, chữ thường trong mật khẩu là khác nhau."
        ),
        "inactive": gettext_lazy("Tài khoản này đã ngừng dùng. Gọi quản trị của Ban Tổ chức."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = make_form_helper()


class MailForm(forms.ModelForm):
    """Where mail reaches one, and whether the morning's reminders come."""

    class Meta:
        model = User
        fields = ["email", "wants_digest"]
        error_messages = {
            "email": {"invalid": gettext_lazy("Không phải địa chỉ thư; ghi như lan@yenlac.example.")}
        }
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = make_form_helper()

    def clean(self) -> dict:
        super().clean()
        data = self.cleaned_data
        if data.get("wants_digest") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", gettext_lazy("Cần địa chỉ để gửi thư."))
        return data


class PasswordForm(PasswordChangeForm):
    """A new password, after the present one."""

    error_messages = {
        "password_incorrect": gettext_lazy("Mật khẩu đang dùng không đúng."),
        "password_mismatch": gettext_lazy("Hai lần nhập không giống nhau."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": gettext_lazy("Mật khẩu đang dùng"),
            "new_password1": gettext_lazy("Mật khẩu mới"),
            "new_password2": gettext_lazy("Mật khẩu mới, nhập lại"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = REQUIRED
            self.fields[name].widget.attrs.pop("autofocus", None)
        self.fields["new_password2"].help_text = ""
        self.fields["new_password1"].help_text = gettext_lazy(
            "Ít nhất 8 ký tự, không giống họ tên, không phải mật khẩu nhiều người dùng."
        )
        self.helper = make_form_helper()
