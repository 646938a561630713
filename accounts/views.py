"""Signing in and out, sending again a form that came too late, and how the pages look to one person."""

import secrets

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import unsent_forms
from accounts.forms import MailForm, PasswordForm, SignInForm
from accounts.models import User
from accounts.roles import Role
from branches.request import UserRequest

YEAR = unsent_forms.YEAR
CHANGED_HANDS = "changed_hands"
"""In the session: somebody else was signed in on this device before, whose forms may still stand open on it."""


def came_from(request: HttpRequest, fallback: str = "home") -> HttpResponse:
    """Where the form says it came from, when that is a page of this site."""
    target = _next(request)
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target) if safe and target.startswith("/") else redirect(fallback)


def _next(request):
    return request.POST.get("next") or request.GET.get("next") or ""


@login_not_required
@sensitive_post_parameters("password", "carried")
def sign_in(request: HttpRequest) -> HttpResponse:
    field = request.POST.get("carried", "")
    if request.user.is_authenticated:
        return _take_up(request, field)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        before, user = unsent_forms.last_account_key(request), form.get_user()
        start_session(request, user)
        request.session[CHANGED_HANDS] = before not in (None, user.pk)
        response = _take_up(request, field)
        unsent_forms.remember_account(response, user)
        return response
    kept = field if field and unsent_forms.read_signed_form(request, field) else ""
    return render(request, "accounts/login.html", {"form": form, "next": _next(request), "carried": kept})


def sign_in_again(request: HttpRequest, form: unsent_forms.Carried) -> HttpResponse:
    """The sign-in page in answer to a form that came after the session's end, which it carries."""
    context = {"form": SignInForm(request), "next": form.page, "carried": unsent_forms.sign_form(form)}
    return render(request, "accounts/login.html", context, status=401)


def _take_up(request, field):
    """After signing in: on to the page one wanted, or to the form that was sent too late."""
    if not field:
        return came_from(request)
    form = unsent_forms.read_signed_form(request, field)
    if form and form.user == request.user.pk:
        return _ask(request, form)
    if form:
        messages.warning(
            request, _("Biểu nhập dở trên máy này là của tài khoản khác nên đã bỏ; chưa ghi gì.")
        )
        return redirect("home")
    messages.warning(
        request, _("Những gì nhập trước khi đăng nhập không giữ lại được; chưa ghi gì, hãy nhập lại.")
    )
    return came_from(request)


def _ask(request, form, status=200):
    """The page that sends a form again, with a fresh token, when one presses its button."""
    return render(request, "accounts/resume.html", {"carried": form}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is out of date, from this site, for someone signed in: the same form again.

    The token changes when one signs in again in another tab. A form that another site sent, one that may be
    someone else's (another account was signed in here before), and everything else is refused.
    """
    if request.user.is_authenticated and unsent_forms.is_from_here(request, "Origin", "Referer"):
        if request.path == reverse("accounts:login"):
            return _take_up(request, request.POST.get("carried", ""))
        form = unsent_forms.read_posted_form(request, request.user.pk)
        if form and not request.session.get(CHANGED_HANDS):
            return _ask(request, form, status=403)
    return csrf.csrf_failure(request, reason)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return redirect("accounts:login")


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark on this device; anything else follows the system."""
    response = came_from(request)
    response.set_cookie("theme", request.POST.get("theme", ""), max_age=YEAR, samesite="Lax", httponly=True)
    return response


def show_keys(request: UserRequest) -> HttpResponse:
    return render(request, "keys.html")


# One's own account


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
def show_account(request: UserRequest) -> HttpResponse:
    """What one sets for oneself; each of the page's forms says in `viec` which one it is."""
    asked = request.POST.get("viec", "")
    forms = {
        "thu": MailForm(request.POST if asked == "thu" else None, instance=request.user),
        "mat-khau": PasswordForm(request.user, request.POST if asked == "mat-khau" else None),
    }
    form = forms.get(asked)
    if request.method == "POST" and (form is None or form.is_valid()):
        return ACCOUNT.get(asked, _nothing)(request, form)
    if form:
        request.user.refresh_from_db()  # the page's head shows what is kept, not what was typed
    key = request.user.calendar_key
    context = {
        "mail": forms["thu"],
        "password": forms["mat-khau"],
        "wrong": form,
        "feed": request.build_absolute_uri(reverse("calendar", args=[key])) if key else "",
        "posts": request.user.current_posts,
    }
    return render(request, "accounts/account.html", context, status=422 if form else 200)


def _said(request, words):
    messages.success(request, words)
    return redirect("accounts:account")


def _nothing(request, _form):
    return redirect("accounts:account")


def _set_mail(request, form):
    form.save()
    if form.instance.wants_digest:
        return _said(request, _("Đã lưu. Ngày nào có hạn thì 7 giờ sáng có thư."))
    return _said(request, _("Đã lưu. Không gửi thư nhắc hạn."))


def _set_password(request, form):
    """Change the password and end the other sessions of the account."""
    form.save()
    update_session_auth_hash(request, form.user)
    return _said(request, _("Đã đổi mật khẩu. Ở máy khác phải đăng nhập lại."))


def _set_keys(request, _form):
    """Switch single keys on or off on this device, as the theme is: keyboards differ."""
    off = request.POST.get("phim") == "off"
    words = _("Phím / và ? đã tắt trên máy này.") if off else _("Phím / và ? dùng được trên máy này.")
    response = _said(request, words)
    response.set_cookie("keys", "off" if off else "", max_age=YEAR, samesite="Lax", httponly=True)
    return response


def _make_feed(request, _form):
    """Make a new calendar address; the former one answers 404 from now on."""
    _set_calendar_key(request.user, secrets.token_urlsafe(32))
    return _said(request, _("Đã tạo địa chỉ lịch. Địa chỉ cũ, nếu có, không mở được nữa."))


def _drop_feed(request, _form):
    _set_calendar_key(request.user, "")
    return _said(request, _("Đã bỏ địa chỉ lịch; lịch đã đăng ký không cập nhật nữa."))


def _set_calendar_key(user, key):
    user.calendar_key = key
    user.save(update_fields=["calendar_key"])


ACCOUNT = {
    "thu": _set_mail,
    "mat-khau": _set_password,
    "phim": _set_keys,
    "lich-tao": _make_feed,
    "lich-bo": _drop_feed,
}
"""What each form of the account's page does."""


def redirect_home(request: HttpRequest) -> HttpResponse:
    """Whoever works on dossiers starts with the day's work, followers and teams with theirs, others with figures."""
    posts = request.user.current_posts if isinstance(request.user, User) else []
    roles = {post.role for post in posts}
    if roles & {Role.BOARD_STAFF, Role.BRANCH_COMMITTEE}:
        return redirect("admissions:work")
    for role, page in ((Role.FOLLOWER, "oversight:followed"), (Role.WORK_TEAM, "oversight:calendar")):
        if roles == {role}:
            return redirect(page)
    if roles and roles <= {Role.FOLLOWER, Role.WORK_TEAM}:
        return redirect("oversight:followed")
    return redirect("reports:dashboard")
