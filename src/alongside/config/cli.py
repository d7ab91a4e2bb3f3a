"""The `alongside` command: Django's commands and ours, with settings already chosen."""

import os
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.core.management.base import CommandError, SystemCheckError
from django.db import OperationalError, ProgrammingError

_HELP = {"help", "--help", "-h"}
_OWN_OUTPUT = {"version", "--version"} | _HELP
_STOPPED = 130  # what a shell expects of a program that Ctrl+C ended
_LEAST_ROOM = 1_000_000  # bytes: below, SQLite opens nothing
# Django's ways to set somebody's password, past the log and past its owner.
_NOT_OURS = {"changepassword", "createsuperuser"}


def main() -> None:
    """Run one command; `alongside help` lists them.

    A command that cannot do its work says why in one plain line on standard error, and the exit code is not 0.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    arguments = [os.path.basename(sys.argv[0]), *sys.argv[1:]]
    try:
        _run(arguments)
    except KeyboardInterrupt:
        _end("Stopped.", _STOPPED)


def _run(arguments: list[str]) -> None:
    if len(arguments) < 2 or (len(arguments) == 2 and arguments[1] in _HELP):
        ManagementUtility([arguments[0], "version"]).execute()  # names what is wrong with the settings
        print(_commands())
        return
    if arguments[1] in _OWN_OUTPUT or "--traceback" in arguments:
        ManagementUtility(arguments).execute()
        return
    if arguments[1] in _NOT_OURS:
        _end(
            "Nobody sets somebody else's password. Who has lost theirs asks for a new one where they sign in; the"
            " first administrator sets the organisation up on its first page.",
            1,
        )
    try:
        # With this option Django hands the error on, and the words are ours.
        ManagementUtility([*arguments[:2], "--traceback", *arguments[2:]]).execute()
    except SystemCheckError as error:
        _end("\n".join(_found() or [str(error)]), 1)
    except CommandError as error:
        _end(str(error), error.returncode)
    except (OperationalError, ProgrammingError) as error:
        _end(_why_not(error), 1)


def _commands() -> str:
    """Each command of our own with what it does; what only whoever changes Alongside needs is left out."""
    ours = sorted(
        name for name, app in get_commands().items() if app.startswith("alongside.") and name != "write_ui_docs"
    )
    lines = [
        f"  {name:<19}{load_command_class(get_commands()[name], name).help.split('. ')[0].rstrip('.')}."
        for name in ours
    ]
    return "\n".join(["", *lines, "", "`alongside COMMAND --help` says more; docs/running says when each is needed."])


def _why_not(error: OperationalError | ProgrammingError) -> str:
    """What is wrong: keys that are gone, tables that a migration makes, no room, or what the database says itself."""
    from alongside.config.management.commands.serve import refuse_unapplied_migrations  # noqa: PLC0415 -- needs apps

    try:
        if found := _found():  # missing keys before missing tables: to migrate is not their cure
            return "\n".join(found)
        refuse_unapplied_migrations()
    except CommandError as behind:
        return str(behind)
    except OperationalError as away:
        error = away
    if isinstance(error, ProgrammingError):
        raise error
    said = f"The database cannot be used: {str(error).strip().splitlines()[0]}."
    folder = Path(settings.DATA_DIR)
    return f"{said} The disk of {folder} is full: make room, then try again." if _is_full(folder) else said


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < _LEAST_ROOM


def _found() -> list[str]:
    from django.core.checks import run_checks  # noqa: PLC0415 -- only once something is known to be wrong

    found = run_checks(databases=["default", "keys"])
    return [message.msg for message in found if message.level >= ERROR]


def _end(sentence: str, code: int) -> None:
    print(f"alongside: {sentence}", file=sys.stderr)
    sys.exit(code)
