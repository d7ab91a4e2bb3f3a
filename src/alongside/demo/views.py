"""The demo's page: load it, sign in as somebody, throw it away."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.demo import actions
from alongside.foundation import access, jobs
from alongside.foundation.identity import way_in
from alongside.foundation.identity.models import Account
from alongside.foundation.identity.queries import organisations_exist
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import OPEN


def _only_where_it_is_harmless() -> None:
    # Signing in with one click is for a demo or this machine alone; elsewhere the pages do not exist.
    if not (settings.DEMO or settings.LOOPBACK):
        raise Http404


def _loading() -> Job | None:
    return Job.objects.filter(name="demo.seed", state__in=OPEN).first()


@access.requires(access.PUBLIC)
def explore(request: HttpRequest) -> HttpResponse:
    """Load the demo into an empty installation, watch it come, then choose who to be."""
    _only_where_it_is_harmless()
    described, loading = actions.described(), _loading()
    if described is None and loading is None and organisations_exist():
        raise Http404
    if request.method == "POST":
        if loading is None and not organisations_exist():
            jobs.enqueue("demo.seed")
        return redirect("demo:explore")
    context = {"job": loading, "sign_ins": (described or {}).get("sign_ins"), "failed": described == {} and not loading}
    return render(request, "demo/explore.html", context)


@access.requires(access.PUBLIC, methods="POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Be one of the invented people."""
    _only_where_it_is_harmless()
    known = {held["email"] for held in (actions.described() or {}).get("sign_ins", [])}
    account = Account.objects.filter(email=request.POST.get("email", ""), email__in=known).first()
    if account is None:
        raise Http404
    logout(request)
    way_in.begin(request, account)
    return redirect("/")


@access.requires(access.PUBLIC)
def throw_away(request: HttpRequest) -> HttpResponse:
    """Empty the installation again, after asking."""
    if not settings.LOOPBACK or actions.described() is None or _loading() is not None:
        raise Http404
    if request.method == "POST":
        actions.throw_away()
        return redirect("/")
    return render(request, "demo/throw_away.html")
