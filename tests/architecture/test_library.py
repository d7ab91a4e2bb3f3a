"""The engine of pairing is a library of its own: numbers in, numbers out."""

import ast
import sys

import pytest

from tests.architecture import house
from tests.architecture.house import Source
from tests.architecture.test_source import clocks, too_long, unexplained_imports

WITHOUT = {"io", "os", "pathlib", "random", "socket", "subprocess", "sys", "time", "datetime"}
MAY_USE = (set(sys.stdlib_module_names) - WITHOUT) | {"numpy", "ortools", "numba", "pairing"}


def strangers(source: Source) -> list[str]:
    """Modules that a file imports and a library of values may not: frameworks, files, clocks."""
    imports = [alias.name for node in ast.walk(source.tree) if isinstance(node, ast.Import) for alias in node.names]
    imports += [node.module or "" for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom)]
    calls = [node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    opened = ["open" for call in calls if isinstance(call, ast.Name) and call.id in ("open", "print", "input")]
    return [name for name in imports if name.split(".")[0] not in MAY_USE] + opened


@pytest.mark.parametrize("guard", [strangers, clocks, too_long, unexplained_imports])
def test_the_engine_keeps_to_values(guard):
    found = {source.path: guard(source) for source in house.library()}
    assert len(found) > 5
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "text", ["import django", "from django.db import models", "import time", "from pathlib import Path", "open('x')"]
)
def test_a_planted_stranger_is_caught(text):
    assert strangers(Source("x.py", text))
    assert strangers(Source("x.py", "import numpy as np\nfrom pairing.flow import fullest\nimport heapq")) == []
