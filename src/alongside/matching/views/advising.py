"""What a board says beside its pairs: who is not placed, what a place more would do, whether everybody fares alike."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from alongside.foundation.ui.components.tables import Column
from alongside.matching import fairness, lacks, queries
from alongside.matching.models import Left, Round, Run
from alongside.matching.queries import boards, fates
from alongside.matching.views import rows

LEFT_A_PAGE, GROUPS_NAMED = 20, 4
_FAIR = (_lazy("People"), _lazy("Placed, of 100"), _lazy("Fit on average"))


def context(request: HttpRequest, round_: Round, run: Run) -> dict[str, Any]:
    """For the board."""
    found = list(queries.left(request.actor, run))
    names = _names(request, run, found)
    changes = [change for one in found for change in one.changes]
    for_all = run.figures if len(found) == run.figures.get("left", 0) else {}  # nothing of whom the reader is near to
    page = Paginator(found, LEFT_A_PAGE).get_page(request.GET.get("left"))
    labels = {"why": _("Why"), "helps": _("What would place them"), "state": _("State")}
    return {
        "left_page": page,
        "left": rows.left_rows(round_, run, list(page), names),
        "left_labels": labels,
        "left_columns": [_("Mentee"), *labels.values(), Column(_("Actions"), hidden=True)],
        "advice": lacks.advice(run.figures, changes, names),
        "by_skill": lacks.by_skill(for_all),
        "terms": lacks.on_what_terms(for_all),
        "lifted": [_lifted(rule, count) for rule, count in lacks.lifted(_whole(found), queries.said_by_run(run).own)],
        "fair": fair(round_, run),
        "fair_columns": [_("Group"), *(Column(words, num=True) for words in _FAIR)],
        "fair_labels": _FAIR,
    }


def _names(request: HttpRequest, run: Run, found: list[Left]) -> dict[str, str]:
    """The mentors who are named as a help, by ref, without those near to whoever looks."""
    refs = {change["mentor"] for one in found for change in one.changes}
    refs |= {*run.figures.get("scarce", []), *run.figures.get("prices", {})}
    return {ref: held.membership.name for ref, held in boards.people(request.actor, refs).items()}


def _whole(found: list[Left]) -> list[list[dict[str, Any]]]:
    """The smallest changes of those of whom all were kept: of the others nothing can be said of every change."""
    return [one.changes for one in found if one.detail.get("changes_count", 0) == len(one.changes)]


def _lifted(rule: str, count: int) -> str:
    words = ngettext(
        "For %(count)s person every smallest change needs “%(rule)s” lifted.",
        "For %(count)s people every smallest change needs “%(rule)s” lifted.",
        count,
    )
    return words % {"rule": rule, "count": count}


# --- fair to everyone


def fair(round_: Round, run: Run) -> list[dict[str, Any]]:
    """For each kind of group: its lines, of this round or of three together, or why there are none."""
    kinds = [(what, words, fairness.compare(fates.of(what, [run]))) for what, words in _kinds()]
    earlier = fates.earlier_runs(round_) if not all(alone for _what, _words, alone in kinds) else []
    found = []
    for what, words, alone in kinds:
        pooled = fairness.compare(fates.of(what, [run, *earlier])) if earlier and not alone else []
        shown = [_group(one) for one in alone or pooled]
        found.append({
            "heading": words, "groups": shown, "of_rounds": 1 + len(earlier) if pooled else 0,
            "low": any(one["low"] for one in shown),
        })  # fmt: skip
    return found


def _kinds() -> list[tuple[str, str]]:
    return [("site", _("By site")), ("department", _("By department"))]


def _group(one: fairness.Group) -> dict[str, Any]:
    named = [name or _("not said") for name in one.names]
    words = named[0] if len(named) == 1 else _("Others: %(names)s") % {"names": _few(named)}
    return {"words": words, "group": one, "low": one.low_rate or one.low_mean}


def _few(names: list[str]) -> str:
    said = ", ".join(names[:GROUPS_NAMED])
    more = len(names) - GROUPS_NAMED
    return said if more <= 0 else _("%(names)s and %(count)s more") % {"names": said, "count": more}
