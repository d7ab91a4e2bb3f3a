"""A roster on its way in: file, columns, what would happen, taking in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, files, hooks
from alongside.foundation.files.lists import as_csv
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.people import actions, forms, queries
from alongside.people.actions.rosters import KEPT_DAYS
from alongside.people.models import RosterImport
from alongside.people.queries import leavers, undoing
from alongside.people.roster.columns import Mapping
from alongside.people.roster.mending import refused_lines
from alongside.people.roster.own_columns import OWN
from alongside.people.roster.reasons import Remark, RosterRefused
from alongside.people.roster.sheets import read_roster
from alongside.people.terms import TAKEN_IN, ImportState, Outcome, RosterRole
from alongside.people.words import how_read, of_fields

A_PAGE = 50
_SHOWN_FIRST = (Outcome.QUESTION, Outcome.REFUSED, Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.SKIPPED)
REMARKS = "remarks"
_COUNTED = {Outcome.REFUSED: "refused", Outcome.QUESTION: "questions"}


@access.requires("people.manage", methods="GET")
def imports(request: HttpRequest) -> HttpResponse:
    """The rosters of the organisation, newest first."""
    found = queries.imports_visible_to(request.actor).select_related("by")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/imports.html", {"page": page})


@access.requires("people.manage")
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("people:columns", _begin(request, form.cleaned_data["file"]).ref)
        except (RosterRefused, files.Refused) as refused:
            form.add_error("file", str(refused))
    return render(request, "people/upload.html", {"form": form})


def _begin(request: HttpRequest, given: Any) -> RosterImport:
    kept = files.accept(given, by=request.actor, days=KEPT_DAYS)
    try:
        with files.opened(kept) as file:
            table = read_roster(file.read(), kept.name)
        return actions.begin_import(table, organisation=request.actor.organisation, by=request.actor, upload=kept)
    except RosterRefused:
        files.delete(kept)
        raise


def roster_of(request: HttpRequest, ref: str) -> RosterImport:
    """A roster through the door."""
    found = queries.imports_visible_to(request.actor).select_related("organisation", "by")
    return access.fetch(found, ref=ref)


@access.requires("people.manage", methods="GET")
def roster(request: HttpRequest, ref: str) -> HttpResponse:
    """Where the roster stands: its columns, its work under way, what would happen, or what has."""
    held = roster_of(request, ref)
    standing = queries.standing(held)
    if standing in (ImportState.COLUMNS, ImportState.REFUSED):
        return redirect("people:columns", ref)
    if standing in (ImportState.CHECKING, ImportState.COMMITTING, ImportState.UNDOING):
        return redirect("jobs:job", held.job_ref)
    if standing == ImportState.DISCARDED:
        return render(request, "people/discarded.html", {"roster": held})
    context = _rows(request, held)
    if standing == ImportState.DONE:
        return render(request, "people/done.html", context | _done(request, held))
    if standing == ImportState.UNDONE:
        return render(request, "people/undone.html", context)
    context |= {"how_read": list(how_read(held)), "conflicts": _conflicts(request, held)}
    return render(request, "people/preview.html", context | _not_in_file(held))


def _done(request: HttpRequest, held: RosterImport) -> dict[str, Any]:
    return _not_in_file(held) | {
        "conflicts": _conflicts(request, held),
        "steps": [step for step in hooks.next_steps.of(request.actor) if step.yours][:3],
        "can_be_undone": undoing.can_be_undone(held),
        "undone_until": undoing.undone_until(held),
    }


def _conflicts(request: HttpRequest, held: RosterImport) -> list[hooks.Effect]:
    return [found for give in hooks.manager_conflicts for found in give(request.actor, held)]


def _rows(request: HttpRequest, held: RosterImport) -> dict[str, Any]:
    counts = [
        (outcome.value, outcome.label, held.counts.get(_COUNTED.get(outcome, outcome.value), 0))
        for outcome in _SHOWN_FIRST
    ]
    counts.insert(2, (REMARKS, _("With a remark"), queries.remarked(held).count()))
    first = next((outcome for outcome, _words, count in counts if count), Outcome.CREATED.value)
    given = request.GET.get("outcome", "")
    shown = given if given in (*Outcome.values, REMARKS) else first
    rows = (queries.remarked(held) if shown == REMARKS else queries.rows_of(held, shown)).select_related("membership")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    names = of_fields(held)
    page.object_list = [_line(row, names) for row in page.object_list]
    columns = [Column(_("Row"), num=True), _("Name"), _("What is said"), Column(_("Actions"), hidden=True)]
    return {
        "roster": held, "counts": counts, "shown": shown, "page": page, "columns": columns,
        "labels": {"name": _("Name"), "said": _("What is said")},
        "taken": held.counts.get("created", 0) + held.counts.get("changed", 0),
        "words": next(label for value, label, _count in counts if value == shown),
        "taken_in": held.state in TAKEN_IN,
    }  # fmt: skip


def _not_in_file(held: RosterImport) -> dict[str, Any]:
    if not held.holds_everybody:
        return {"may_hold_everybody": leavers.may_hold_everybody(held)}
    missing, everybody = leavers.undecided(held).count(), queries.present_count(held.organisation)
    return {
        "may_hold_everybody": True,
        "missing": missing,
        "many_missing": missing * 2 > everybody,
        "have_left": leavers.have_left(held).exists(),
    }


def _line(row: Any, names: dict[str, str]) -> dict[str, Any]:
    remarks = [Remark(**kept) for kept in row.remarks]
    said = [(names.get(remark.field, ""), str(remark.why), str(remark.cure)) for remark in remarks]
    data = row.data if row.outcome == Outcome.CREATED and row.data else {}
    facts = [
        data.get("job_title", ""),
        data.get("department", ""),
        RosterRole(data["role"]).label if data.get("role") else "",
    ]
    return {
        "row": row,
        "said": said,
        "facts": ", ".join(str(fact) for fact in facts if fact),
        "changes": [names.get(name, name.removeprefix(OWN)) for name in row.changes],
    }


@access.requires("people.manage", methods="POST")
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Check the rows again."""
    return _hand_over(request, ref, "people.check_roster")


@access.requires("people.manage", methods="POST")
def commit(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the checked people in."""
    return _hand_over(request, ref, "people.commit_import")


def _hand_over(request: HttpRequest, ref: str, work: str) -> HttpResponse:
    held = roster_of(request, ref)
    try:
        return redirect("jobs:job", actions.hand_over(held, work, by=request.actor))
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("people:roster", ref)


@access.requires("people.manage")
def question(request: HttpRequest, ref: str, row: str) -> HttpResponse:
    """One question about one row."""
    held = roster_of(request, ref)
    asked = access.fetch(queries.rows_of(held, Outcome.QUESTION), ref=row)
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_question(asked, form.cleaned_data["answer"], by=request.actor)
            return redirect("people:roster", ref)
        except NotPossible as reason:
            form.add_error(None, str(reason))
    context = {"roster": held, "row": asked, "form": form, "remark": Remark(**asked.remarks[0])}
    return render(request, "people/question.html", context)


@access.requires("people.manage", methods="GET")
def refused_rows(request: HttpRequest, ref: str) -> HttpResponse:
    """The refused rows and the questions as a file to mend and send again."""
    held = roster_of(request, ref)
    open_rows = queries.rows_of(held).filter(outcome__in=(Outcome.REFUSED, Outcome.QUESTION))
    return as_csv("rows-to-mend.csv", refused_lines(Mapping.from_kept(held.mapping), open_rows))


@access.requires("people.manage")
def discard(request: HttpRequest, ref: str) -> HttpResponse:
    """Throw a roster away, after asking."""
    held = roster_of(request, ref)
    if request.method == "POST":
        try:
            actions.discard_import(held, by=request.actor)
            messages.success(request, _("“%(name)s” is discarded. Nobody was taken in.") % {"name": held.file_name})
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("people:imports")
    return render(request, "people/discard.html", {"roster": held})
