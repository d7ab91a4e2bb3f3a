"""Pages that say what fits. The answers stand in the address; nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside import guidance
from alongside.foundation import access
from alongside.guidance import choosing
from alongside.guidance.forms import AnswersForm
from alongside.guidance.views.reading import EDITION, standing


@access.requires(access.MEMBER, methods="GET")
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """The questions of one table, and what the answers say."""
    context = standing(request, "fit", key)
    table = context["document"]
    form = AnswersForm(table, request.GET)
    context |= {"table": table, "form": form, "edition_asked": request.GET.get(EDITION, "")}
    if form.is_valid():
        context |= _result(table, form.answers())
    return render(request, "guidance/choose.html", context)


def _result(table: guidance.Fit, answers: dict[str, int]) -> dict[str, object]:
    found = guidance.recommend(table, answers)
    if not found.scores:
        return {"nothing": True}
    models, best = choosing.shown(table, found), len(found.best)
    return {
        "models": models,
        "best": models[:best],
        "others": models[best:],
        "columns": choosing.COLUMNS,
        "compared": choosing.comparison(table, found),
    }
