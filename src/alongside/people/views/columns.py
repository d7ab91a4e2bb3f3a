"""What the columns of a roster mean: as last time or guessed, and mended by a person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.people import actions, forms, queries
from alongside.people.models import RosterImport
from alongside.people.queries import own_fields
from alongside.people.roster import memory
from alongside.people.roster.columns import Mapping, guess
from alongside.people.roster.headings import WITHIN, heading_at
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Table
from alongside.people.tasks import table_of
from alongside.people.terms import ImportState, Meaning
from alongside.people.views.rosters import roster_of

_OPEN = (ImportState.COLUMNS, ImportState.REFUSED, ImportState.READY)
_LOOKED_AT, _OFFERED = 50, 6


@access.requires("people.manage")
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """What the columns mean, to be mended."""
    held = roster_of(request, ref)
    if queries.standing(held) not in _OPEN:
        return redirect("people:roster", ref)
    try:
        table = table_of(held)
        mapping = _with_samples(held, table)
    except RosterRefused as refused:
        return render(request, "people/unreadable.html", {"roster": held, "words": refused.words})
    form = forms.ColumnsForm(
        request.POST or None,
        mapping=mapping,
        sheets=table.sheets,
        sheet=held.sheet,
        filled=_first_filled(table, held.mapping["header_row"]),
        fields=own_fields.in_rosters(held.organisation),
    )
    if request.method == "POST" and form.is_valid():
        return _choose(request, held, table, form)
    heads = [_("Column"), _("In the file"), _("What it means")]
    context = {"roster": held, "form": form, "columns": heads, "protected": Meaning.PROTECTED, "twice": _twice(mapping)}
    return render(request, "people/columns.html", context | _since_last_time(held, mapping))


def _twice(mapping: Mapping) -> set[int]:
    """The places of columns whose heading another one before them has too."""
    numbered = enumerate(memory.keyed(mapping.columns))
    return {place for place, ((header, number), _column) in numbered if header and number > 1}


def _first_filled(table: Table, last: int) -> list[int]:
    """The rows in which headings may stand: a few, and a little further than where they were found."""
    filled = [number for number, cells in table.first(_LOOKED_AT) if any(cells)]
    return [number for place, number in enumerate(filled) if place < _OFFERED or number <= last + 2][:WITHIN]


def _with_samples(held: RosterImport, table: Table) -> Mapping:
    """The kept mapping, with sample values; none for protected columns."""
    kept = Mapping.from_kept(held.mapping)
    heading = heading_at(table.first(kept.header_row), kept.header_row, kept.header_rows)
    guessed = guess(table, heading=heading)
    meanings = [str(column.meaning) for column in kept.columns]
    if len(meanings) != len(guessed.columns):
        return guessed
    return guessed.changed(meanings, month_first=kept.month_first, everybody_is=kept.everybody_is)


def _since_last_time(held: RosterImport, mapping: Mapping) -> dict[str, Any]:
    """What has been said before: by whom, and how this file differs from that one."""
    if held.columns_at is None:
        return {}
    if held.columns_at >= held.created_at:
        return {"chosen": True}
    before = queries.remembered(held.organisation, mapping)
    if before is None:
        return {"last_time": True}
    last = Mapping.from_kept(before.mapping)
    return {
        "last_time": True,
        "new": memory.new_places(mapping, last),
        "missing": memory.missing_headers(mapping, last),
    }


def _choose(request: HttpRequest, held: RosterImport, table: Table, form: forms.ColumnsForm) -> HttpResponse:
    try:
        if form.chosen_sheet:
            actions.choose_sheet(held, table_of(held, form.chosen_sheet), by=request.actor)
            return redirect("people:columns", held.ref)
        if form.chosen_heading:
            row, rows = form.chosen_heading
            actions.choose_heading(held, table, row, rows, by=request.actor)
            return redirect("people:columns", held.ref)
        actions.choose_columns(held, form.chosen(), by=request.actor)
        return redirect("jobs:job", actions.hand_over(held, "people.check_roster", by=request.actor))
    except (NotPossible, RosterRefused) as reason:
        messages.error(request, str(reason))
        return redirect("people:roster", held.ref)


@access.requires("people.manage", methods="POST")
def guesses(request: HttpRequest, ref: str) -> HttpResponse:
    """Put aside what was said of the columns, and start from guesses."""
    held = roster_of(request, ref)
    try:
        actions.start_from_guesses(held, table_of(held), by=request.actor)
    except (NotPossible, RosterRefused) as reason:
        messages.error(request, str(reason))
        return redirect("people:roster", ref)
    return redirect("people:columns", ref)
