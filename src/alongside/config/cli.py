"""The `alongside` command: Django's commands and ours, with settings already chosen."""

import os
import sys

from django.core.checks import ERROR
from django.core.management import ManagementUtility
from django.core.management.base import CommandError, SystemCheckError
from django.db import OperationalError

_OWN_OUTPUT = {"help", "version", "--help", "-h", "--version"}


def main() -> None:
    """Run one command; `alongside help` lists them.

    A command that cannot do its work says why in one plain line on standard error, and the exit code is not 0.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    arguments = [os.path.basename(sys.argv[0]), *sys.argv[1:]]
    if len(arguments) < 2 or arguments[1] in _OWN_OUTPUT or "--traceback" in arguments:
        ManagementUtility(arguments).execute()
        return
    try:
        # With this option Django hands the error on, and the words are ours.
        ManagementUtility([*arguments[:2], "--traceback", *arguments[2:]]).execute()
    except SystemCheckError as error:
        _end("\n".join(_found() or [str(error)]), 1)
    except CommandError as error:
        _end(str(error), error.returncode)
    except OperationalError as error:
        _end(f"The database cannot be used: {str(error).strip().splitlines()[0]}.", 1)


def _found() -> list[str]:
    from django.core.checks import run_checks  # noqa: PLC0415 -- only once something is known to be wrong

    found = run_checks(databases=["default", "keys"])
    return [message.msg for message in found if message.level >= ERROR]


def _end(sentence: str, code: int) -> None:
    print(f"alongside: {sentence}", file=sys.stderr)
    sys.exit(code)
