"""What a page does when the database, or the room on the disk, is not there: it says so in time, in plain words."""

import errno
import sys
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

PATIENCE = 7  # seconds that a page waits for the database; commands and the worker have more
_MINUTE = "60"
# What SQLite says of its surroundings. Everything else that it says is about the question, and so a fault of ours.
_AWAY = ("BUSY", "LOCKED", "READONLY", "IOERR", "FULL", "CANTOPEN", "PROTOCOL")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def be_impatient() -> None:
    """Let this process wait for no database longer than `PATIENCE`. For the web, before its first connection."""
    for database in connections.settings.values():
        database["OPTIONS"] |= waits(database, PATIENCE)
    connection_created.connect(_waits_for_nobody_longer, dispatch_uid="alongside.config.faults")


def waits(database: dict[str, Any], seconds: int) -> dict[str, Any]:
    """The options by which a database is waited for no longer than this; on SQLite for whoever holds it too."""
    if database["ENGINE"].endswith("sqlite3"):
        return {"timeout": seconds}
    return {"connect_timeout": max(2, seconds), "tcp_user_timeout": seconds * 1000}


def wait_for_locks(connection: BaseDatabaseWrapper, seconds: int) -> None:
    """On PostgreSQL, wait no longer than this for a row that somebody holds, over this connection.

    Said once it is open: a pool in front of the server refuses connections that bring it along (docs/running/).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds}s"])


def _waits_for_nobody_longer(connection: BaseDatabaseWrapper, **more: Any) -> None:
    wait_for_locks(connection, PATIENCE)


def is_passing(error: BaseException | None) -> bool:
    """Is it the surroundings that failed (database away or held, no room on the disk), and likely to be well again?"""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    said = getattr(error.__cause__, "sqlite_errorname", "")
    return not said or said.removeprefix("SQLITE_").startswith(_AWAY)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what could not be read; for an address that is none of ours, what whoever runs it has to set."""
    template = "ui/not_here.html" if isinstance(exception, DisallowedHost) else "400.html"
    return render(None, template, status=400)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """The page in place of one that failed: 503 where it may be well in a minute, otherwise 500."""
    if not is_passing(sys.exc_info()[1]):
        return server_error(request)
    response = render(None, "503.html", status=503)
    response.headers["Retry-After"] = _MINUTE
    return response
