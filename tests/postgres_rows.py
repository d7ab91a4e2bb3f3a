"""Every row of a PostgreSQL database, kept in files and put back: what SQLite's own backup does there."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

_SEQUENCES = "sequences.json"


def keep(connection: Any, folder: Path) -> None:
    """Write each table, and where each sequence stands, into a new folder."""
    folder.mkdir()
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            with (folder / table).open("wb") as file, cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as rows:
                for some in rows:
                    file.write(some)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        (folder / _SEQUENCES).write_text(json.dumps(dict(cursor.fetchall())))


def restore(connection: Any, folder: Path) -> None:
    """Put back what stands in a folder, and nothing else."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute("SET LOCAL session_replication_role = replica")  # neither order nor triggers matter
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
        for table in tables:
            held = (folder / table).read_bytes()
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as rows:
                rows.write(held)
        for name, last in json.loads((folder / _SEQUENCES).read_text()).items():
            cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', last or 1, last is not None])


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in cursor.fetchall()]
