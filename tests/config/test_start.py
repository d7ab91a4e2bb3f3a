"""The web stays small and starts fast: it loads what every page needs, and nothing that few pages or nobody does."""

import os
import subprocess
import sys
from pathlib import Path

# Without what development brings along and structlog takes where it is.
ABSENT = Path(__file__).parents[2] / "bench" / "parts" / "absent"
LIBRARIES = {
    "allauth", "annotated_types", "asgiref", "cffi", "cryptography", "csp", "dj_database_url", "django",
    "django_htmx", "django_structlog", "django_stubs_ext", "django_tasks", "django_tasks_db", "environ", "psycopg",
    "psycopg_binary", "pydantic", "pydantic_core", "sqlparse", "structlog", "typing_extensions", "typing_inspection",
    "whitenoise",
}  # fmt: skip
_WEB = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import alongside.config.wsgi
from alongside import guidance
from alongside.config import gunicorn
gunicorn.post_worker_init(None)
guidance.lifecycles()  # as every page of a programme reads them
print(*sys.modules)
"""


def test_the_web_starts_with_what_every_page_needs_and_nothing_else():
    said = subprocess.run(
        [sys.executable, "-c", _WEB],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ABSENT), *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = said.stdout.split()
    packages = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names - LIBRARIES - {"sitecustomize"}
    assert {name for name in packages if not name.startswith("_")} == {"alongside", "tests"}
    assert [name for name in loaded if name.startswith(("django.contrib.admin", "django.contrib.syndication"))] == []
