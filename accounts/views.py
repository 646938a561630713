"""Signing in and out, and how the pages look to one person."""

from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.forms import SignInForm

YEAR = 365 * 24 * 3600


def back(request, fallback="home"):
    """Where the form says it came from, when that is a page of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target) if safe and target.startswith("/") else redirect(fallback)


@login_not_required
@sensitive_post_parameters("password")
def login(request):
    if request.user.is_authenticated:
        return back(request)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        start_session(request, form.get_user())
        return back(request)
    return render(request, "accounts/login.html", {"form": form, "next": request.GET.get("next", "")})


@require_POST
def logout(request):
    end_session(request)
    return redirect("accounts:login")


@login_not_required
@require_POST
def theme(request):
    """Remember light or dark on this device; anything else follows the system."""
    response = back(request)
    response.set_cookie("theme", request.POST.get("theme", ""), max_age=YEAR, samesite="Lax", httponly=True)
    return response


def keys(request):
    return render(request, "keys.html")
