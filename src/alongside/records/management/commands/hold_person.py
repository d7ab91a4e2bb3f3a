"""`alongside hold_person EMAIL --organisation SLUG`: keep somebody’s records from going, or lift that."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.records import actions, people, queries
from alongside.records.terms import HoldKind


class Command(BaseCommand):
    help = "Puts a hold on somebody’s records, or lifts it. Without --kind, lists the holds that stand."

    def add_arguments(self, parser: CommandParser) -> None:
        people.add_arguments(parser)
        parser.add_argument("--kind", choices=HoldKind.values)
        parser.add_argument("--reason", default="", help="for privacy officers; kept sealed")
        parser.add_argument("--by", default="", metavar="EMAIL", help="the privacy officer who says so")
        parser.add_argument("--lift", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        membership = people.find(options["email"], options["organisation"])
        if options["kind"]:
            self._change(membership, HoldKind(options["kind"]), options)
        elif options["lift"]:
            raise CommandError("Say with --kind which hold is lifted.")
        standing = [
            {"kind": held.kind, "since": held.set_at.isoformat(), "by": held.set_by.ref}
            for held in queries.holds_in_force().filter(membership=membership)
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"person": membership.ref, "holds": standing}, indent=1))
        else:
            self.stdout.write(queries.why_not(membership) or "No hold stands.")

    def _change(self, membership: Membership, kind: HoldKind, options: dict[str, Any]) -> None:
        try:
            if options["lift"]:
                actions.lift_hold(membership, kind, by=_officer(options))
            else:
                actions.set_hold(membership, kind, options["reason"], by=_officer(options))
        except NotPossible as reason:
            raise CommandError(str(reason)) from reason


def _officer(options: dict[str, Any]) -> Actor:
    if not options["by"]:
        raise CommandError("Say with --by which privacy officer decided it.")
    found = actor_of(people.find(options["by"], options["organisation"]))
    if found is None:
        raise CommandError(f"{options['by']} does not act for this organisation now.")
    return found
