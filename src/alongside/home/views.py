"""The first page: a greeting, or the one next step."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from alongside.foundation import access, clock, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.queries import organisations_exist
from alongside.home import rules

OTHERS = 12  # steps beside the first one; whoever has more asks for the rest


@access.requires(access.PUBLIC, methods="GET")
def first_page(request: HttpRequest) -> HttpResponse:
    """A greeting while the installation is empty, the way in for strangers, and home for everybody else."""
    if not request.user.is_authenticated:
        return redirect("account_login") if organisations_exist() else render(request, "home/greeting.html")
    if request.actor is None:
        return render(request, "home/no_organisation.html")
    with hooks.assembling():
        return render(request, "home/home.html", _home(request.actor, whole="all" in request.GET))


def _home(actor: Actor, *, whole: bool) -> dict[str, Any]:
    """The one next step, the parts that each package shows, and the steps that stand in none of them."""
    steps, panels = hooks.next_steps.of(actor), hooks.panels.shown("home", actor, actor)
    shown = {link for _template, context in panels for link in context.get("links", ())}
    first = steps[0] if steps and steps[0].yours else None
    rest = [step for step in steps if step is not first and step.link not in shown]
    others = [step for step in rest if step.yours]
    return {
        "greeting": rules.greeting(localtime(clock.now()).hour, actor.membership.short_name),
        "today": localtime(clock.now()).date(),
        "first": first,
        "others": others if whole else others[:OTHERS],
        "left": 0 if whole else len(others[OTHERS:]),
        "waiting": [step for step in rest if not step.yours],
        "panels": panels,
    }
