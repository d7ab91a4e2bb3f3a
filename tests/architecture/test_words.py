"""Every word that a `terms.py` shows to people is listed in docs/words.md."""

import re
from enum import Enum
from importlib import import_module

from django.db.models import Choices
from django.utils.translation import override

from tests.architecture import house

PAGE = house.ROOT / "docs" / "words.md"


def missing(classes: dict[str, type[Enum]], page: str) -> list[str]:
    """Lines that the page lacks, ready to be put there."""
    return [line for name, held in classes.items() if (line := wanted(name, held)) not in page.splitlines()]


def wanted(name: str, held: type[Enum]) -> str:
    """The line of one enum."""
    labels = [str(getattr(member, "label", "") or getattr(member, "words", "")) for member in held]
    return f"| `{name}` | {'; '.join(label for label in labels if label)} |"


def shown() -> dict[str, type[Enum]]:
    """Every enum with words for people, by package and name."""
    found = {}
    for source in house.python():
        if re.search(r"(^|/)terms(/\w+)?\.py$", source.path):
            module = import_module(
                "alongside." + source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
            found |= {f"{house.package_of(module.__name__)}.{held.__name__}": held for held in _enums(module)}
    return dict(sorted(found.items()))


def _enums(module) -> list[type[Enum]]:
    own = [held for held in vars(module).values() if isinstance(held, type) and held.__module__ == module.__name__]
    worded = [held for held in own if issubclass(held, Enum) and len(held)]
    return [held for held in worded if issubclass(held, Choices) or hasattr(next(iter(held)), "words")]


def test_every_label_is_listed():
    with override("en-gb"):
        assert len(shown()) > 15
        assert missing(shown(), PAGE.read_text("utf-8")) == []


def test_no_line_is_left_of_words_that_are_gone():
    listed = re.findall(r"^\| `([\w.]+)` \| [^|]*\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [name for name in listed if name not in shown()] == []


def test_a_planted_word_is_caught():
    from django.db import models

    class Mood(models.TextChoices):
        GLAD = "glad", "Glad"

    assert missing({"people.Mood": Mood}, PAGE.read_text("utf-8")) == ["| `people.Mood` | Glad |"]
    assert missing({"people.Mood": Mood}, "| `people.Mood` | Glad |") == []
