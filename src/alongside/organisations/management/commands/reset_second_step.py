"""`alongside reset_second_step EMAIL`: lets somebody back in where no administrator is left to do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.identity.models import Account
from alongside.organisations.actions.second_step import reset_by_operator


class Command(BaseCommand):
    help = "Takes the app and the recovery codes off an account and ends its sessions; its owner is mailed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(email=options["email"].strip().lower()).first()
        if account is None:
            raise CommandError(f"No account signs in with “{options['email']}”.")
        reset_by_operator(account)
        self.stdout.write("The second step is reset. They sign in without it once more, and are told by mail.")
