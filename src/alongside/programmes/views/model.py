"""Choosing the lifecycle model: the situation, how each model fits it and why, and one's own choice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance import choosing
from alongside.programmes import actions, advice, forms, queries
from alongside.programmes.queries import Dossier
from alongside.programmes.terms import ProgrammeState, Section
from alongside.programmes.views.design import again, closed_already, hand_in, onwards, overtaken, page


@access.requires("programmes.change")
def model(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers may come by the address too: they are shown, and nothing is kept."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if closed := closed_already(request, found):
        return closed
    dossier = queries.dossier(found)
    if request.method == "POST":
        return _hand_in(request, dossier, forms.Model(dossier, request.POST))
    asked = {name: value for name, value in request.GET.items() if name.startswith("fit_")}
    draft = None if asked else queries.draft_of(request.actor, found, Section.MODEL)
    form = forms.Model(dossier, forms.drafted(draft.words) if draft else None, asked=asked)
    return page(request, dossier, form, kept_at=draft.kept_at if draft else None, **shown(form))


def shown(form: forms.Model) -> dict[str, Any]:
    """What the answers say: the best, every contribution in one table, and why for each model."""
    found = form.found
    context: dict[str, Any] = {
        "table_words": advice.edition_words(form.by.document, form.by.own, form.programme.organisation.name),
        "table_url": f"{reverse('guidance:choose', args=[form.table.key])}?of_edition={form.table.edition}",
        "models": advice.models(form.dossier.ours),
        "draft_programme": form.programme.state == ProgrammeState.DRAFT,
    }
    if found.scores:
        context |= {
            "best": [form.table.name(key) for key in found.best],
            "compared": choosing.comparison(form.table, found),
            "fits": choosing.shown(form.table, found),
            "columns": choosing.COLUMNS,
        }
    return context


def _hand_in(request: HttpRequest, dossier: Dossier, form: forms.Model) -> HttpResponse:
    then = request.POST.get("then")
    if then == "drop":
        return hand_in(request, dossier, form)
    if then == "show":
        return _look(request, dossier)
    if not form.check_reason():
        return again(request, dossier, form, **shown(form))
    try:
        _choose(request, dossier, form)
    except actions.ChangedMeanwhile as reason:
        return overtaken(request, form, reason, **shown(form))
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return again(request, dossier, form, **shown(form))
    messages.success(request, _("The model is chosen, and your reason is kept with it."))
    return onwards(dossier.programme, Section.MODEL.value, then)


def _look(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show how the models fit: what was said so far is kept as a draft, and nothing is chosen."""
    try:
        words = forms.draft_words(request.POST)
        actions.keep_draft(dossier.programme, Section.MODEL, words, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
    response = redirect(request.path)
    response["Location"] += "#fit"
    return response


def _choose(request: HttpRequest, dossier: Dossier, form: forms.Model) -> None:
    actions.choose_model(
        dossier.programme,
        key=form.cleaned_data["model_key"],
        reason=form.cleaned_data["model_reason"],
        answers=form.answers,
        by=request.actor,
        seen=form.cleaned_data["seen"],
    )
