"""`alongside match PROGRAMME`: the best pairs of a programme under its rules, with the proof. Changes nothing."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.identity.actions import NotPossible
from alongside.matching import queries
from alongside.matching.engine import orders, solving
from alongside.matching.queries import inputs
from alongside.matching.terms import POINTS_OF_ONE, Lack
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part

_PROVEN = "No other pairing under these rules places more people or, placing as many, fits better."


class Command(BaseCommand):
    help = (
        "Finds the best pairs of a programme under its rules, proves that there are none better, and changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME", help="the programme's short name, as in its address")
        parser.add_argument("--seed", type=int, default=0, help="decides between pairings that are equally good")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.select_related("organisation").filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme “{options['programme']}”.")
        if not 0 <= options["seed"] < 2**63:
            raise CommandError("--seed takes a whole number from 0 to 9223372036854775807.")
        try:
            found = _match(programme, options["seed"])
        except NotPossible as refused:
            raise CommandError(" ".join(str(refused).split())) from refused
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) if options["json"] else _sentences(found))


def _match(programme: Programme, seed: int) -> dict[str, Any]:
    policy = queries.said_by(queries.policy_of(programme))
    cohort = inputs.cohort(programme, policy)
    answer = solving.solve(orders.of_cohort(cohort, inputs.apart(programme, cohort, policy), policy, seed=seed))
    people = {one.ref: _address(one.participation) for one in (*cohort.mentees, *cohort.mentors)}
    unready = [held for held in cohort.lacking if held.part == Part.MENTEE]
    left = [{"person": people[one["mentee"]], "reason": one["lack"], "detail": _detail(one)} for one in answer["left"]]
    left += [{"person": _address(held), "reason": Lack.NOT_READY.value, "detail": {}} for held in unready]
    numbers = ("matched", "total", "worst", "bound", "gap", "violators", "allowed_pairs", "seed", "fingerprint")
    return {
        "pairs": [_pair(pair, people) for pair in answer["pairs"]],
        "unmatched": left,
        **{name: answer[name] for name in numbers},
    }


def _pair(pair: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    return {
        "mentee": people[pair["mentee"]],
        "mentor": people[pair["mentor"]],
        "score": pair["score"],
        "criteria": pair["points"],
    }


def _detail(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"allowed": one["allowed"], "kept_apart": one["kept_apart"], "rivals": one["rivals"]}


def _address(held: Participation) -> str:
    """The work address; whoever has none goes by their name."""
    return held.membership.work_address or held.membership.name


def _sentences(found: Mapping[str, Any]) -> str:
    lines = [
        f"{pair['mentee']} with {pair['mentor']}: {pair['score'] / POINTS_OF_ONE:.0f} of 100" for pair in found["pairs"]
    ]
    lines += [f"{one['person']}: no mentor ({one['reason'].replace('_', ' ')})" for one in found["unmatched"]]
    lines.append(f"{found['matched']} pairs. {_PROVEN}")
    return "\n".join([*lines, "Nothing was changed, and nobody was told."])
