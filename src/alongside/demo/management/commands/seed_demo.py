"""`alongside seed_demo`: two invented organisations, replayed in the order of time."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.demo import actions
from alongside.demo.terms import DemoStage
from alongside.foundation.identity.actions import NotPossible


class Command(BaseCommand):
    help = "Fills an empty database with two invented organisations, and prints who can sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=DemoStage.values, default=DemoStage.UNDER_WAY.value)
        parser.add_argument("--scale", type=int, default=1, help="each step above 1 adds ten pairs")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scale"] < 1:
            raise CommandError("--scale is 1 or more.")
        try:
            told = actions.seed(DemoStage(options["stage"]), options["scale"])
        except NotPossible as reason:
            raise CommandError(str(reason)) from reason
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        width = max(len(held["email"]) for held in told["sign_ins"])
        for held in told["sign_ins"]:
            self.stdout.write(f"{held['email']:<{width}}  {held['name']} ({held['role']}, {held['organisation']})")
        self.stdout.write(f"The password of each is: {told['sign_ins'][0]['password']}")
