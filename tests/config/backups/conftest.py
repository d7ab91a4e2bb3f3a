from pathlib import Path

import pytest
from django.db import connection, connections

from alongside.foundation.files import actions as files
from alongside.relationships import actions as relationships
from alongside.relationships.models import Reason
from tests import cast

REASON = "I move to Leeds in May."


@pytest.fixture
def installation(transactional_db, settings, tmp_path):
    """A data directory of its own for a test; the databases are those of the tests."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "uploads"
    settings.DATA_DIR.mkdir()
    yield settings.DATA_DIR
    connections["default"].close()
    _forget_what_was_put_aside()


def _forget_what_was_put_aside():
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        for aside in database.parent.glob(f"{database.name}*.replaced-*"):
            aside.unlink()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def made(installation):
    """Ben has ended the pair and said why; Carys has given a file."""
    made = cast.pair()
    relationships.end(made.pair(made.ben), by=made.ben, reason=REASON)
    return made


@pytest.fixture
def reason():
    """What Ben has written, as it can be read now; None where nothing of it can."""
    from alongside.foundation import vault

    def read():
        held = Reason.objects.first()
        return held and vault.unseal_one(held.words, vault.place(held, "words"))

    return read


@pytest.fixture
def file_of_carys(made, tmp_path):
    from django.core.files import File

    path = tmp_path / "people.csv"
    path.write_text("Name,Address\nElin Moss,elin@northgate.example\n")
    with path.open("rb") as given:
        return files.accept(File(given, "people.csv"), by=made.carys)
