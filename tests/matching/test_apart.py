"""The web and the worker stay small: what reckons is loaded in the engine's own process."""

import os
import subprocess
import sys

_WEB = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import alongside.matching.tasks
print(sorted({"numpy", "scipy", "ortools", "numba", "pairing"} & set(sys.modules)))
"""


def test_neither_the_web_nor_the_worker_loads_what_reckons():
    said = subprocess.run(
        [sys.executable, "-c", _WEB],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"
