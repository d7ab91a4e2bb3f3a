"""What is wrong with a document: the field, and a sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.guidance.schema import checks


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `field` is the way to it, parts by their keys: "situations/novice-mentors/cells/kram/fit".

    `said` is marked for the translators and has its gaps filled from `values`; `words` is the whole in English.
    """

    field: str
    said: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What to do."""
        return self.said % self.values if self.values else self.said

    def __str__(self) -> str:
        return f"{self.field}: {self.words}" if self.field else self.words


def of(error: ValueError) -> tuple[Problem, ...]:
    """What a shape found wrong with a document."""
    return tuple(Problem("/".join(way), said, gaps) for way, said, gaps in checks.told(error))
