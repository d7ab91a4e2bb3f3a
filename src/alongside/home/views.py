"""The first page: a greeting, or the one next step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from alongside.foundation import access, clock, hooks
from alongside.foundation.identity.queries import organisations_exist
from alongside.home import rules


@access.requires(access.PUBLIC, methods="GET")
def first_page(request: HttpRequest) -> HttpResponse:
    """A greeting while the installation is empty, the way in for strangers, and home for everybody else."""
    if not request.user.is_authenticated:
        return redirect("account_login") if organisations_exist() else render(request, "home/greeting.html")
    if request.actor is None:
        return render(request, "home/no_organisation.html")
    steps = hooks.next_steps.of(request.actor)
    mine, waiting = [step for step in steps if step.yours], [step for step in steps if not step.yours]
    context = {
        "greeting": rules.greeting(localtime(clock.now()).hour, request.actor.membership.short_name),
        "today": localtime(clock.now()).date(),
        "first": mine[0] if mine else None,
        "others": mine[1:],
        "waiting": waiting,
        "panels": hooks.panels.shown("home", request.actor, request.actor),
    }
    return render(request, "home/home.html", context)
