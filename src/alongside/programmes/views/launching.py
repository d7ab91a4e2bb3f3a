"""The launch: what is missing and why it matters, then the question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.programmes import actions, queries, rules
from alongside.programmes.queries import mails
from alongside.programmes.terms import ProgrammeState
from alongside.programmes.views.programmes import attempt


@access.requires("programmes.change")
def launch(request: HttpRequest, slug: str) -> HttpResponse:
    """From now on people can be paired and are told; after looking at what is missing."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return attempt(request, found, _("It is launched. Now pair people."), actions.launch, found)
    if found.state != ProgrammeState.DRAFT:
        return redirect("programmes:programme", found.slug)
    with hooks.assembling():
        dossier, counts = queries.dossier(found), queries.counts(found)
        can_apply = rules.joining.open_parts(dossier.design.open_to)
        asked, asks = queries.asking.at_launch(found)
        context = {
            "programme": found,
            "counts": counts,
            "rehearsal": mails.rehearsal_of(request.actor, found),
            "can_apply": can_apply,
            "people": rules.why_not_launch(counts["mentor"], counts["mentee"], {*can_apply, *asked}),
            "asks": asks,
            "refusing": [gap for one in dossier.progress for gap in one.gaps if gap.refuses],
            "advised": [
                (one.section, rules.design.left(one.advised), one.advised) for one in dossier.progress if one.advised
            ],
        }
        return render(request, "programmes/launch.html", context)
