"""Telling people of pairs that were brought in: what each is told first, then one button."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, notifications
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.actions import telling
from alongside.relationships.queries import running as reads
from alongside.relationships.queries.running import Receiver
from alongside.relationships.running_pairs.letters import letter
from alongside.relationships.terms import PairPart

A_PAGE = 50


@access.requires("programmes.change")
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is told what, and who cannot be reached; then the mails."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        try:
            return redirect("jobs:job", telling.hand_over_telling(programme, by=request.actor))
        except NotPossible as reason:
            messages.info(request, str(reason))
            return redirect("relationships:tell", slug)
    shown, counts = reads.told_by_page(request.actor, programme), reads.to_tell(programme)
    page = Paginator(reads.receivers_of(reads.reached(shown)), A_PAGE).get_page(request.GET.get("page"))
    unreached = reads.receivers_of(reads.unreached(shown))[:A_PAGE]
    everybody = reads.as_receivers(shown, [*page.object_list, *unreached])
    page.object_list = [held for held in everybody if held.can_be_told]
    context = {
        "programme": programme,
        "counts": counts,
        "page": page,
        "unreached": [held for held in everybody if not held.can_be_told],
        "not_listed": counts.people - page.paginator.count,
        "samples": _samples(programme, page.object_list),
        "draft": programme.state == ProgrammeState.DRAFT,
        "closed": programme.state == ProgrammeState.CLOSED,
        "can_deliver": notifications.can_deliver(),
    }
    return render(request, "relationships/running/tell.html", context)


def _samples(programme: Programme, receivers: list[Receiver]) -> list[dict[str, Any]]:
    """The mail to the first mentor and the first mentee on the page, as it reads to them."""
    samples = []
    for part in PairPart:
        first = next((held for held in receivers if part in held.partners), None)
        if first is None:
            continue
        said = letter({part.value: first.partners[part]}, programme.name)
        is_mentor = part == PairPart.MENTOR
        heading = _("What %(name)s, a mentor, is told") if is_mentor else _("What %(name)s, a mentee, is told")
        samples.append(
            {
                "heading": heading % {"name": first.membership.name},
                "invited": not first.has_joined,
                "subject": said.subject,
                "lines": said.lines,
            }
        )
    return samples
