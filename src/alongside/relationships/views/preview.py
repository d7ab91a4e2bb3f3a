"""What the page of a file of running pairs shows: before it is taken in, and after."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from alongside import guidance
from alongside.foundation.ui.components.tables import Column
from alongside.guidance.terms import Stage
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import PairsImport, PairsRow
from alongside.relationships.queries import running as reads
from alongside.relationships.queries import visible_to
from alongside.relationships.running_pairs.reading import PairRow
from alongside.relationships.running_pairs.reasons import PairRemark
from alongside.relationships.terms import PairMeaning, RowOutcome

A_PAGE = 50
REMARKS = "remarks"
_FIELDS = {
    PairMeaning.MENTOR: _lazy("Mentor"),
    PairMeaning.MENTEE: _lazy("Mentee"),
    PairMeaning.START: _lazy("First day"),
    PairMeaning.END: _lazy("Last day"),
    PairMeaning.STAGE: _lazy("Stage"),
    PairMeaning.SESSIONS: _lazy("Sessions"),
    PairMeaning.CONTRACT: _lazy("Agreement"),
    PairMeaning.GOALS: _lazy("Goals"),
}
_SHOWN_FIRST = (RowOutcome.REFUSED, RowOutcome.CREATED, RowOutcome.UNCHANGED, RowOutcome.SKIPPED)


def preview_page(request: HttpRequest, held: PairsImport) -> HttpResponse:
    """What would happen, row by row."""
    return render(request, "relationships/running/preview.html", _context(request, held))


def done_page(request: HttpRequest, held: PairsImport) -> HttpResponse:
    """What has happened, and what can be done next: tell people, or take the pairs out again."""
    context = _context(request, held) | {
        "to_tell": reads.to_tell(held.programme),
        "running": held.programme.state == ProgrammeState.RUNNING,
        "draft": held.programme.state == ProgrammeState.DRAFT,
        "able_to_go": len(reads.able_to_go(held)),
        "left": reads.pairs_of(held).count(),
    }
    return render(request, "relationships/running/done.html", context)


def _context(request: HttpRequest, held: PairsImport) -> dict[str, Any]:
    counts = [(outcome.value, outcome.label, held.counts.get(outcome.value, 0)) for outcome in _SHOWN_FIRST]
    with_remarks = reads.remarked(reads.rows_of(request.actor, held))
    counts = [held for held in counts if held[0] != RowOutcome.SKIPPED or held[2]]
    counts.insert(1, (REMARKS, _("With a remark"), with_remarks.count()))
    shown = _shown(request, counts)
    rows = with_remarks if shown == REMARKS else reads.rows_of(request.actor, held, shown)
    page = Paginator(rows.select_related("mentor", "mentee", "relationship"), A_PAGE).get_page(request.GET.get("page"))
    seen = visible_to(request.actor).filter(pk__in=[row.relationship_id for row in page]).values_list("pk", flat=True)
    lines = _Lines(held, set(seen))
    page.object_list = [lines.of(row) for row in page.object_list]
    created, ended = held.counts.get("created", 0), held.counts.get("ended", 0)
    pairs = _pairs_in_words(created - ended, ended)
    return {
        "held": held, "counts": counts, "shown": shown, "page": page, "created": created, "pairs": pairs,
        "columns": [Column(_("Row"), num=True), _("Pair"), _("What is said"), Column(_("Actions"), hidden=True)],
        "labels": {"pair": _("Pair"), "said": _("What is said")},
        "words": next(label for value, label, _count in counts if value == shown),
    }  # fmt: skip


def _shown(request: HttpRequest, counts: list[tuple[str, Any, int]]) -> str:
    given = request.GET.get("outcome", "")
    if given in (*RowOutcome.values, REMARKS):
        return given
    return next((outcome for outcome, _words, count in counts if count), RowOutcome.CREATED.value)


def _pairs_in_words(meeting: int, ended: int) -> str:
    """How many pairs meet and how many have completed, as part of a sentence."""
    words = [
        ngettext("one pair that meets", "%(count)s pairs that meet", meeting) % {"count": meeting},
        ngettext("one pair that has completed", "%(count)s pairs that have completed", ended) % {"count": ended},
    ]
    return get_text_list([said for said, count in zip(words, (meeting, ended), strict=True) if count], _("and"))


class _Lines:
    """Rows as the page shows them."""

    def __init__(self, held: PairsImport, seen: set[int]) -> None:
        self.model = guidance.model(held.programme.model_key, held.programme.model_edition)
        self.seen = seen
        self.path = self.model.path()
        read = [meaning for _header, meaning in held.mapping["columns"] if meaning not in ("protected", "unknown")]
        self.who = [place for place, meaning in enumerate(read) if meaning in ("mentor", "mentee")]

    def of(self, row: PairsRow) -> dict[str, Any]:
        """One row: who, what it says, and what is said about it."""
        remarks = [PairRemark(**kept) for kept in row.remarks]
        said = [(_field(remark), str(remark.why), str(remark.cure)) for remark in remarks]
        facts = self._facts(PairRow.from_kept(row.spreadsheet_row, row.data)) if row.data else []
        link = row.relationship.ref if row.relationship_id in self.seen else ""
        return {"row": row, "who": self._who(row), "facts": facts, "said": said, "pair": link}

    def _who(self, row: PairsRow) -> str:
        """The two by name where both are known, else what the file says of them."""
        if row.mentor and row.mentee:
            return f"{row.mentee.name} & {row.mentor.name}"
        return ", ".join(row.cells[place] for place in self.who if place < len(row.cells) and row.cells[place])

    def _facts(self, pair: PairRow) -> list[str]:
        point = self.path[self.model.point_for(Stage(pair.stage))].words
        facts = [_("Completed") if pair.ended else point]
        if pair.started_on:
            facts.append(_("since %(day)s") % {"day": date_format(pair.started_on, "j F Y")})
        if pair.ends_on:
            facts.append(_("until %(day)s") % {"day": date_format(pair.ends_on, "j F Y")})
        return facts + brought_words(pair.sessions, pair.signed_on, pair.goals)


def _field(remark: PairRemark) -> str:
    return str(_FIELDS.get(PairMeaning(remark.field), "")) if remark.field else ""


def brought_words(sessions: int | None, signed_on: Any, goals: int | None) -> list[str]:
    """What a pair brings along, in a few words each."""
    words = []
    if sessions is not None:
        words.append(ngettext("%(count)s session", "%(count)s sessions", sessions) % {"count": sessions})
    if signed_on:
        words.append(_("agreement signed on %(day)s") % {"day": date_format(signed_on, "j F Y")})
    if goals is not None:
        words.append(ngettext("%(count)s goal", "%(count)s goals", goals) % {"count": goals})
    return words
