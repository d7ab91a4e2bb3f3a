"""For whoever handles concerns: the list, and one case with all that can be done in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.safeguarding import actions, forms, queries, rules
from alongside.safeguarding.models import Case
from alongside.safeguarding.terms import CaseState


@access.requires("safeguarding.list", methods="GET")
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that one handles, the newest first; nothing of what was written."""
    form = forms.CaseFilter(request.GET)
    chosen = form.chosen()
    found = queries.visible_to(request.actor).select_related("concern__raiser")
    if show := chosen.get("show"):
        found = found.filter(closed_at__isnull=show == "open")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    columns = [_("Raised"), _("How far"), _("By"), _("Acknowledged")]
    context = {"form": form, "page": page, "narrowed": bool(chosen), "columns": columns}
    return render(request, "safeguarding/cases.html", context)


@access.requires("safeguarding.read_case", methods="GET")
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """One case; that it was opened is remembered."""
    return _page(request, _fetch(request, ref))


def _fetch(request: HttpRequest, ref: str) -> Case:
    return access.fetch(queries.visible_to(request.actor).select_related("organisation"), ref=ref)


def _page(request: HttpRequest, held: Case, **bound: forms.Deed) -> HttpResponse:
    made = {name: bound.get(name) or form(case=held) for name, form in _SHOWN.items()}
    context = {
        "seen": actions.open_case(held, by=request.actor),
        "case": held,
        "forms": made,
        "is_new": held.state == CaseState.RAISED,
        "may_close": rules.why_not_close(queries.open_holds(held).count()) is None,
        "has_errors": any(form.errors for form in bound.values()),
        "faulty": next((form for name, form in bound.items() if name not in _SHOWN), None),
    }
    return render(request, "safeguarding/case.html", context)


@access.requires("safeguarding.read_case", methods="POST")
def act(request: HttpRequest, ref: str, deed: str) -> HttpResponse:
    """Do one thing in a case and come back to it; what was typed stays where it cannot be done."""
    held, (form_of, do, words) = _fetch(request, ref), _DEEDS[deed]
    form = form_of(request.POST, case=held)
    if not form.is_valid():
        return _page(request, held, **{deed: form})
    try:
        do(held, form, request.actor)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _page(request, held, **{deed: form})
    messages.success(request, str(words))
    still = queries.visible_to(request.actor).filter(pk=held.pk).exists()  # not for whoever named themselves
    return redirect("safeguarding:case", ref) if still else redirect("safeguarding:cases")


def _words(action: Callable[..., Any]) -> Callable[[Case, Any, Actor], Any]:
    return lambda held, form, actor: action(held, form.cleaned_data["words"], by=actor)


def _take_step(held: Case, form: Any, actor: Actor) -> None:
    actions.take_step(held, form.chosen(), form.cleaned_data["words"], by=actor)


_DEEDS: dict[str, tuple[type[forms.Deed], Callable[[Case, Any, Actor], Any], Any]] = {
    "acknowledge": (forms.FirstAnswer, _words(actions.acknowledge), gettext_lazy("Acknowledged. They get a mail.")),
    "step": (forms.WayOn, _take_step, gettext_lazy("It is written down.")),
    "note": (forms.Noted, _words(actions.note), gettext_lazy("It is noted.")),
    "tell": (
        forms.ToRaiser,
        _words(actions.tell_raiser),
        gettext_lazy("It is sent. Their mail says nothing of it."),
    ),
    "involve": (
        forms.Named,
        lambda held, form, actor: actions.involve(held, form.member, by=actor),
        gettext_lazy("They are named, and never come to this case."),
    ),
    "hold": (
        forms.ThePair,
        lambda held, form, actor: actions.hold_pair(held, form.relationship, by=actor),
        gettext_lazy("Their meetings are on hold. Nobody is told why, or by whom."),
    ),
    "release": (
        forms.ThePair,
        lambda held, form, actor: actions.release_pair(held, form.relationship, by=actor),
        gettext_lazy("This hold has ended."),
    ),
    "reveal": (
        forms.ThePerson,
        lambda held, form, actor: actions.reveal(held, form.member, by=actor),
        gettext_lazy("They see it from now on among who has read about them."),
    ),
}
_SHOWN = {name: _DEEDS[name][0] for name in ("acknowledge", "step", "note", "tell", "involve")}
