from crispy_forms.helper import FormHelper
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; the answer to a wrong pair does not tell which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Chữ hoa, chữ thường trong mật khẩu là khác nhau."
        ),
        "inactive": _("Tài khoản này đã ngừng dùng. Gọi quản trị của Ban Tổ chức."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
