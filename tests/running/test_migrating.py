"""An installation that is migrated quickly is the one that Django's own way gives."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests import installed

SLOWLY = """
import django
django.setup()
from django.core.management import call_command
from django.db.migrations.state import ProjectState
from alongside.foundation.vault.migrating import GrowingState
GrowingState.add_model = ProjectState.add_model
call_command("migrate", verbosity=0)
"""


def tables(folder) -> list[tuple[str, ...]]:
    """What both databases are made of."""
    found = []
    for name in ("alongside", "keys"):
        with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as held:
            found += held.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return found


@pytest.mark.prove
def test_both_databases_are_what_django_would_make_of_the_same_migrations(tmp_path):
    quick, slow = tmp_path / "quick", tmp_path / "slow"
    installed.empty(quick)
    environment = installed.environment_of(slow, DJANGO_SETTINGS_MODULE="alongside.config.settings")
    subprocess.run([sys.executable, "-c", SLOWLY], env=environment, check=True)
    assert tables(quick) == tables(slow)
    assert len(tables(quick)) > 400
