"""What is wrong with a document: the field, and a sentence that says what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from alongside.guidance.schema.shape import KEY, LINE, NAME, Several
from alongside.guidance.terms import _

_SAID = {
    "missing": _("This is missing. Add it."),
    "extra_forbidden": _("This is not known here. Leave it out, or look at how it is spelled."),
    "string_type": _("Write words here."),
    "string_too_short": _("This is empty. Write something."),
    "string_too_long": _("Keep this to %(max_length)s characters."),
    "too_short": _("Give %(min_length)s or more; there are %(actual_length)s."),
    "too_long": _("Give no more than %(max_length)s; there are %(actual_length)s."),
    "int_type": _("Give a whole number."),
    "int_parsing": _("Give a whole number."),
    "int_from_float": _("Give a whole number."),
    "greater_than_equal": _("Give a number that is %(ge)s or more."),
    "less_than_equal": _("Give a number that is %(le)s or less."),
    "bool_type": _("Say true or false."),
    "bool_parsing": _("Say true or false."),
    "enum": _("Choose one of these: %(expected)s."),
    "literal_error": _("Choose one of these: %(expected)s."),
    "tuple_type": _("Give a list."),
    "dict_type": _("Give a table of fields."),
    "mapping_type": _("Give a table of fields."),
    "model_type": _("Give a table of fields."),
}
_PATTERNS = {
    KEY: _("Use small letters, digits and hyphens, beginning with a letter."),
    NAME: _("Use small letters, digits and underscores, beginning with a letter."),
    LINE: _("Keep this on one line."),
}


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


def of(error: ValidationError, document: Any) -> tuple[Problem, ...]:
    """The problems that pydantic found in `document`, in our words."""
    return tuple(problem for one in error.errors(include_url=False) for problem in _told(one, document))


def _told(one: Mapping[str, Any], document: Any) -> Iterable[Problem]:
    where, context = _way(one["loc"], document), one.get("ctx", {})
    raised = context.get("error")
    if isinstance(raised, Several):
        return [Problem("/".join([*where, *way]), said, values) for way, said, values in raised.found]
    if raised is not None:
        return [Problem("/".join(where), str(raised))]
    said = _PATTERNS.get(context.get("pattern", "")) or _SAID.get(one["type"]) or one["msg"]
    return [Problem("/".join(where), said, context if "%(" in said else {})]


def _way(steps: Iterable[Any], document: Any) -> list[str]:
    """The way to a field in words: parts by their keys, entries of other lists by their number from 1."""
    way = []
    for step in steps:
        if step == "[key]":
            continue
        document = _inside(document, step)
        key = document.get("key") if isinstance(step, int) and isinstance(document, Mapping) else None
        way.append(key if isinstance(key, str) and key else str(step + 1 if isinstance(step, int) else step))
    return way


def _inside(document: Any, step: Any) -> Any:
    try:
        return document[step]
    except (KeyError, IndexError, TypeError):
        return None
