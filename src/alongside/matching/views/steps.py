"""The one next step of a board, in words, and what of its proof is said."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching.models import Round, Run
from alongside.matching.rules import Policy
from alongside.matching.terms import RoundState


@dataclass(frozen=True)
class Step:
    """What a coordinator does next: as an order, why, and the button; `post` sends a form."""

    heading: str
    words: str
    action: str
    url: str
    post: bool = False
    also: str = ""
    also_url: str = ""


@dataclass(frozen=True)
class ToLook:
    """What is still to be looked at: people and pairs by whoever looks here, and what is near to them by others."""

    people: int
    pairs: int
    by_others: int


def next_step(round_: Round, run: Run, left: ToLook, *, behind: bool) -> Step:
    """What is next; `behind` where the pairs cannot be published as they are."""
    slug, words = round_.programme.slug, f"{found(run)} {proof(run)} {_quiet()}"
    board = reverse("matching:board", args=[slug])
    check, all_words = reverse("matching:check", args=[slug]), _all(run)
    if behind and round_.state == RoundState.DRAFT:
        why = _("Locks, rules or people have changed since these pairs were worked out.")
        return Step(_("Work the pairs out again"), why, _("Work them out again"), f"{board}#again")
    if not run.figures.get("matched"):
        why = _("Each person below says why, and what would help. Often one rule keeps most of them apart.")
        rules = reverse("matching:rules", args=[slug])
        return Step(_("Nobody could be paired: look why"), why, _("Rules and weights"), rules)
    if left.by_others and not left.people and not left.pairs:
        why = ngettext(
            "%(count)s is about you or somebody whom you manage.",
            "%(count)s are about you or people whom you manage.",
            left.by_others,
        ) % {"count": left.by_others}
        return Step(_("Another coordinator looks next"), f"{why} {words}", _("Check and publish"), check)
    if not left.people and not left.pairs:
        return Step(_("Check, then publish %(all)s") % {"all": all_words}, words, _("Check and publish"), check)
    look = _("Look at %(what)s, then publish %(all)s") % {"what": to_look(left.people, left.pairs), "all": all_words}
    return Step(
        look, words, _("Show them"), where_to_look(round_, left.pairs), also=_("Check and publish"), also_url=check
    )


def where_to_look(round_: Round, pairs: int) -> str:
    """Where what is still to be looked at stands on the board: the pairs first, where there are any."""
    board = reverse("matching:board", args=[round_.programme.slug])
    return f"{board}?state=look&sort=fit#pairs" if pairs else f"{board}#left"


def to_look(people: int, pairs: int) -> str:
    """What is still to be looked at, such as “two pairs and one person”."""
    said = []
    if pairs:
        said.append(ngettext("%(count)s pair", "%(count)s pairs", pairs) % {"count": pairs})
    if people:
        words = ngettext("%(count)s person not yet placed", "%(count)s people not yet placed", people)
        said.append(words % {"count": people})
    return _(" and ").join(said)


def _all(run: Run) -> str:
    count = run.figures.get("matched", 0)
    return ngettext("the one pair", "all %(count)s", count) % {"count": count}


def _quiet() -> str:
    return _("Nobody hears anything before.")


def found(run: Run) -> str:
    """How many are placed, and how many are not."""
    count, left = run.figures.get("matched", 0), run.figures.get("left", 0)
    placed = ngettext("%(count)s person has a mentor", "%(count)s people have a mentor", count) % {"count": count}
    if not left:
        return _("%(placed)s, and nobody is left.") % {"placed": placed}
    return _("%(placed)s, %(left)s not yet.") % {"placed": placed, "left": left}


def is_proven(run: Run) -> bool:
    """Did the check find that there is nothing better?"""
    return run.figures.get("gap") == 0 and run.figures.get("violators") == 0


def proof(run: Run) -> str:
    """What is proven of a run, in a sentence that does not overclaim."""
    if not is_proven(run):
        return ""
    said = [
        _(
            "Best under your rules: no other pairing places more people or, placing as many, fits better:"
            " the weakest pair first, then all together. Rules can be wrong, so look before you publish."
        )
    ]
    if run.fixed:
        said.insert(0, _("The pairs of before stayed; what follows is about the rest."))
    elif run.after_id:
        bonus = Policy.from_kept(run.policy).keep
        words = _("Each pair that stayed from before counted %(count)s points more.")
        said.append(words % {"count": bonus})
    if run.pins:
        words = ngettext("%(count)s pair is locked.", "%(count)s pairs are locked.", len(run.pins))
        said.append(words % {"count": len(run.pins)})
    return " ".join(said)
