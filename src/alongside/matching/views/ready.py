"""Before a programme is matched: places, what the rules forbid, and who needs a look; also as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access
from alongside.foundation.files.lists import as_csv
from alongside.foundation.ui.components.tables import Column
from alongside.matching import actions, queries, silence
from alongside.matching.forms.weighing import LookFilter
from alongside.matching.queries.report import Person, Report, report
from alongside.matching.terms import Noted
from alongside.matching.views import opening
from alongside.programmes.models import Programme
from alongside.programmes.terms import Part

A_PAGE = 50
MUCH = 25
"""From how many of a hundred pairs on a rule is said to remove much."""

_LOOKS = {
    Noted.NOT_READY: "due",
    Noted.NOT_JOINED: "waiting",
    Noted.NO_ROOM: "paused",
    Noted.FULL: "plain",
    Noted.NOBODY: "due",
    Noted.SILENT: "early",
}


def _of(request: HttpRequest, slug: str) -> tuple[Programme, Report]:
    programme = opening.programme_of(request, slug)
    return programme, report(request.actor, programme, queries.said_by(queries.policy_of(programme)))


@access.requires("matching.read", methods="GET")
def ready(request: HttpRequest, slug: str) -> HttpResponse:
    """How many wait and how many places there are, which rules forbid much, and whom to look at: fifty a page."""
    programme, found = _of(request, slug)
    form = LookFilter(request.GET, found.policy.own_fields)
    page = Paginator(list(_narrowed(found, form)), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "found": found,
        "form": form,
        "page": page,
        "narrowed": bool(form.chosen()),
        "rows": [(one, _notes(one)) for one in page],
        "columns": [_("Name"), Column(_("Part")), Column(_("What to know"))],
        "facts": _facts(found),
        "waiting": len(found.cohort.mentees),
        "mentors": len(found.cohort.mentors),
        "short": len(found.cohort.mentees) - found.cohort.places,
        **_counts(found),
    }
    return render(request, "matching/ready.html", context)


def _facts(found: Report) -> list[dict[str, str]]:
    """Who is there and who is not, each number with the way to its people."""
    cohort = found.cohort
    there = {
        _("Mentees who wait"): len(cohort.mentees),
        _("Mentors with room"): len(cohort.mentors),
        _("Places they have together"): cohort.places,
    }
    counts = {noted: found.count(noted) for noted in Noted if noted != Noted.SILENT}
    return [{"term": term, "words": str(count)} for term, count in there.items()] + [
        {"term": noted.label, "words": str(count), "url": f"?noted={noted.value}#people", "change": _("See who")}
        for noted, count in counts.items()
        if count
    ]


def _counts(found: Report) -> dict[str, Any]:
    forbidden = found.forbidden
    rules = sorted((name for name in forbidden.by if forbidden.by[name]), key=lambda name: -forbidden.by[name])
    return {
        "forbidden": [
            {
                "words": name.label,
                "count": forbidden.by[name],
                "share": forbidden.share(name),
                "only": forbidden.only[name],
                "much": forbidden.share(name) >= MUCH,
            }
            for name in rules
        ],
        "much": [(name.label, forbidden.share(name)) for name in rules if forbidden.share(name) >= MUCH],
        "left_share": round(100 * forbidden.left / forbidden.pairs) if forbidden.pairs else 0,
        "silent": [
            {
                "key": looked.value,
                "words": looked.label,
                "weight": weight,
                "mentees": found.silent[looked][Part.MENTEE],
                "mentors": found.silent[looked][Part.MENTOR],
            }
            for looked, weight in silence.looked_at(found.policy).items()
        ],
    }


def _narrowed(found: Report, form: LookFilter) -> Iterator[Person]:
    chosen = form.chosen()
    words = chosen.get("q", "").casefold().split()
    for one in found.people:
        names = f"{one.participation.membership.name} {one.participation.membership.known_as}".casefold()
        if (
            all(word in names for word in words)
            and chosen.get("part") in (None, one.participation.part)
            and (not chosen.get("noted") or chosen["noted"] in one.notes)
            and (not chosen.get("silent") or chosen["silent"] in one.silent)
        ):
            yield one


def _notes(one: Person) -> list[tuple[str, str]]:
    """What is worth knowing of somebody: how it looks, and in words."""
    return [(_LOOKS[noted], _words(one, noted)) for noted in Noted if noted in one.notes]


def _words(one: Person, noted: Noted) -> str:
    if noted == Noted.NOT_READY:
        return _("Left to do: %(what)s") % {"what": _row(asked.label for asked in one.missing)}
    if noted == Noted.NOT_JOINED:
        return _("Has not joined yet, so cannot say yes")
    if noted == Noted.FULL:
        count = one.participation.capacity
        return ngettext("The one place is taken", "All %(count)s places are taken", count) % {"count": count}
    if noted == Noted.SILENT:
        return _("Says nothing of %(what)s") % {"what": _row(looked.label for looked in one.silent)}
    return one.room or str(noted.label) if noted == Noted.NO_ROOM else _left_alone(one)


def _left_alone(one: Person) -> str:
    if one.participation.part == Part.MENTOR:
        return _("The rules leave no mentee")
    kept = sorted(one.rules.items(), key=lambda held: -held[1])
    rules = _row(_("%(rule)s (%(count)s)") % {"rule": name.label, "count": count} for name, count in kept)
    return _("The rules leave no mentor. They keep apart: %(rules)s") % {"rules": rules}


def _row(words: Iterable[Any]) -> str:
    return ", ".join(map(str, words))


@access.requires("matching.read", methods="POST")
def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The people to look at, as the list is filtered."""
    programme, found = _of(request, slug)
    people = list(_narrowed(found, LookFilter(request.POST, found.policy.own_fields)))
    actions.export_report(programme, count=len(people), by=request.actor)
    return as_csv(f"{programme.slug}-before-matching.csv", _lines(people))


def _lines(people: Iterable[Person]) -> Iterator[tuple[object, ...]]:
    yield _("Name"), _("Work e-mail"), _("Part"), _("Free places"), _("What to know")
    for one in people:
        held = one.participation
        places = one.places if held.part == Part.MENTOR else ""
        notes = "; ".join(words for _look, words in _notes(one))
        yield held.membership.name, held.membership.work_address, held.get_part_display(), places, notes
