"""What the guards of the architecture look at: packages, their order, and the source."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
OURS = SRC / "alongside"
PAIRING = SRC / "pairing"


class Source(NamedTuple):
    """A file: its path below src/alongside and its text."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file, parsed."""
        return ast.parse(self.text)


def python() -> list[Source]:
    """Every Python file of the product but migrations, which are generated."""
    return [source for source in _files("*.py") if "/migrations/" not in source.path]


def library() -> list[Source]:
    """Every Python file of the engine of pairing, with its path below src/pairing."""
    return [Source(str(path.relative_to(PAIRING)), path.read_text("utf-8")) for path in sorted(PAIRING.rglob("*.py"))]


def templates() -> list[Source]:
    """Every template."""
    return [source for pattern in ("*.html", "*.txt") for source in _files(pattern) if "/templates/" in source.path]


def _files(pattern: str) -> Iterator[Source]:
    for path in sorted(OURS.rglob(pattern)):
        yield Source(str(path.relative_to(OURS)), path.read_text("utf-8"))


def package_of(dotted: str) -> str:
    """`alongside.foundation.vault.models` -> `foundation.vault`; `alongside.people.forms` -> `people`."""
    parts = dotted.split(".")[1:]
    return ".".join(parts[:2]) if parts[0] == "foundation" else parts[0]


def package_of_path(path: str) -> str:
    """`foundation/vault/models.py` -> `foundation.vault`."""
    return package_of("alongside." + path.replace("/", "."))


@cache
def contracts() -> dict[str, dict]:
    """The contracts of import-linter in pyproject.toml, by name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


@cache
def ranks() -> dict[str, int]:
    """Each package's layer, counted from the bottom; those of one rank may not use each other."""
    foundation = _layers("The layers of the foundation")
    whole = _layers("The layers of Alongside")
    ordered = [[f"foundation.{name}" for name in layer] for layer in foundation]
    ordered += [layer for layer in whole if layer != ["foundation"]]
    return {name: rank for rank, layer in enumerate(ordered) for name in layer}


def _layers(name: str) -> list[list[str]]:
    layers = contracts()[name]["layers"]
    return [[part.strip().strip("()") for part in layer.split("|")] for layer in reversed(layers)]


def may_use(package: str, other: str) -> bool:
    """Does `other` stand below `package` (or is it the same)?"""
    return package == other or ranks()[package] > ranks()[other]
