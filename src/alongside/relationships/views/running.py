"""A file of running pairs on its way in: file, columns, what would happen, taking in, taking out again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation import files as uploads
from alongside.foundation.files.lists import as_csv
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs import queries as jobs
from alongside.people.queries import standing
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import Table
from alongside.people.tasks import table_of
from alongside.people.terms import ImportState
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import ProgrammeState
from alongside.relationships import forms
from alongside.relationships.actions import running as work
from alongside.relationships.actions import taking_out
from alongside.relationships.models import PairsImport
from alongside.relationships.queries import running as reads
from alongside.relationships.running_pairs.columns import Mapping, guess
from alongside.relationships.running_pairs.mending import refused_lines
from alongside.relationships.terms import KEPT_DAYS, PairMeaning, RowOutcome
from alongside.relationships.views.preview import A_PAGE, done_page, preview_page


def _programme(request: HttpRequest, slug: str) -> Programme:
    return access.fetch(coordinated_by(request.actor), slug=slug)


def _file(request: HttpRequest, slug: str, ref: str) -> PairsImport:
    """A file of a programme that the actor coordinates, which it is given as read."""
    programme = _programme(request, slug)
    held = access.fetch(reads.imports_visible_to(request.actor).filter(programme=programme), ref=ref)
    held.programme = programme
    return held


def _page(held: PairsImport) -> HttpResponse:
    return redirect("relationships:running_file", held.programme.slug, held.ref)


@access.requires("programmes.change")
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file, and find the earlier ones again."""
    programme = _programme(request, slug)
    form = forms.PairsFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            held = _begin(request, programme, form.cleaned_data["file"])
            return redirect("relationships:running_columns", slug, held.ref)
        except (RosterRefused, uploads.Refused, NotPossible) as refused:
            form.add_error("file", str(refused))
    found = reads.imports_visible_to(request.actor).filter(programme=programme)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "page": page, "closed": programme.state == ProgrammeState.CLOSED}
    return render(request, "relationships/running/files.html", context)


def _begin(request: HttpRequest, programme: Programme, given: Any) -> PairsImport:
    work.refuse_closed(programme)
    kept = uploads.accept(given, by=request.actor, days=KEPT_DAYS)
    try:
        with uploads.opened(kept) as file:
            table = read(file.read(), kept.name)
        return work.begin(table, programme=programme, by=request.actor, upload=kept)
    except (RosterRefused, NotPossible):
        uploads.delete(kept)
        raise


@access.requires("programmes.change", methods="GET")
def file(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Where a file stands: its columns, its work under way, what would happen, or what has."""
    held = _file(request, slug, ref)
    now = standing(held)
    if now in (ImportState.COLUMNS, ImportState.REFUSED):
        return redirect("relationships:running_columns", slug, ref)
    if now in (ImportState.CHECKING, ImportState.COMMITTING):
        return _under_way(request, held)
    if now == ImportState.DISCARDED:
        return render(request, "relationships/running/discarded.html", {"held": held})
    return done_page(request, held) if now == ImportState.DONE else preview_page(request, held)


def _under_way(request: HttpRequest, held: PairsImport) -> HttpResponse:
    # The job's page is for whoever started it; another coordinator is told.
    if jobs.visible_to(request.actor).filter(ref=held.job_ref).exists():
        return redirect("jobs:job", held.job_ref)
    return render(request, "relationships/running/under_way.html", {"held": held})


@access.requires("programmes.change")
def columns(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """What the columns mean: guessed, to be mended."""
    held = _file(request, slug, ref)
    if standing(held) not in work.OPEN:
        return _page(held)
    try:
        table = table_of(held)
        mapping = _with_samples(held, table)
    except RosterRefused as refused:
        return render(request, "relationships/running/unreadable.html", {"held": held, "words": refused.words})
    form = forms.PairsColumns(request.POST or None, mapping=mapping, sheets=table.sheets, sheet=held.sheet)
    if request.method == "POST" and form.is_valid():
        return _choose(request, held, form)
    heads = [_("Column"), _("In the file"), _("What it means")]
    context = {"held": held, "form": form, "columns": heads, "protected": PairMeaning.PROTECTED}
    return render(request, "relationships/running/columns.html", context)


def _with_samples(held: PairsImport, table: Table) -> Mapping:
    """The kept mapping, with sample values; none for protected columns."""
    guessed, kept = guess(table), Mapping.from_kept(held.mapping)
    meanings = [str(column.meaning) for column in kept.columns]
    same = len(meanings) == len(guessed.columns)
    return guessed.changed(meanings, month_first=kept.month_first) if same else guessed


def _choose(request: HttpRequest, held: PairsImport, form: forms.PairsColumns) -> HttpResponse:
    try:
        if form.chosen_sheet:
            work.choose_sheet(held, table_of(held, form.chosen_sheet), by=request.actor)
            return redirect("relationships:running_columns", held.programme.slug, held.ref)
        work.choose_columns(held, form.chosen(), by=request.actor)
        return redirect("jobs:job", work.hand_over(held, work.CHECK, by=request.actor))
    except (NotPossible, RosterRefused) as reason:
        messages.error(request, str(reason))
        return _page(held)


@access.requires("programmes.change", methods="POST")
def check(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Check the rows again."""
    return _hand_over(request, _file(request, slug, ref), work.CHECK)


@access.requires("programmes.change", methods="POST")
def commit(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Take the checked pairs in."""
    return _hand_over(request, _file(request, slug, ref), work.COMMIT)


def _hand_over(request: HttpRequest, held: PairsImport, name: str) -> HttpResponse:
    try:
        return redirect("jobs:job", work.hand_over(held, name, by=request.actor))
    except NotPossible as reason:
        messages.error(request, str(reason))
        return _page(held)


@access.requires("programmes.change", methods="GET")
def refused(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The refused rows as a file to mend and send again."""
    held = _file(request, slug, ref)
    rows = reads.rows_of(request.actor, held, RowOutcome.REFUSED)
    return as_csv("pairs-to-mend.csv", refused_lines(Mapping.from_kept(held.mapping), rows))


@access.requires("programmes.change")
def discard(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Throw a file away, after asking."""
    held = _file(request, slug, ref)
    if request.method == "POST":
        try:
            work.discard(held, by=request.actor)
            messages.success(request, _("“%(name)s” is discarded. No pair was taken in.") % {"name": held.file_name})
            return redirect("relationships:running", slug)
        except NotPossible as reason:
            messages.error(request, str(reason))
            return _page(held)
    if standing(held) not in work.OPEN:
        return _page(held)
    return render(request, "relationships/running/discard.html", {"held": held})


@access.requires("programmes.change")
def take_out(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Take the pairs of a file out again, after asking, and say which ones stay."""
    held = _file(request, slug, ref)
    if request.method == "POST":
        try:
            return redirect("jobs:job", taking_out.hand_over_taking_out(held, by=request.actor))
        except NotPossible as reason:
            messages.error(request, str(reason))
            return _page(held)
    if held.state != ImportState.DONE:
        return _page(held)
    in_it = list(reads.pairs_of(held))
    stay = reads.staying(in_it)
    rows = reads.rows_of(request.actor, held).filter(relationship__in=stay).select_related("mentor", "mentee")
    context = {
        "held": held,
        "going": len(in_it) - len(stay) if reads.has_rows(held) else 0,
        "stay": len(stay),
        "rows": [(f"{row.mentee.name} & {row.mentor.name}", stay[row.relationship_id]) for row in rows[:A_PAGE]],
        "back": reverse("relationships:running_file", args=[slug, ref]),
    }
    return render(request, "relationships/running/take_out.html", context)
