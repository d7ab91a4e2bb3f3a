"""Rows that are nobody: headings again, totals, notes. Whatever might be a person is left to the check."""

import re
from collections.abc import Callable

from alongside.people.roster.columns import Mapping
from alongside.people.roster.headers import fold
from alongside.people.terms import Meaning

_TOTALS = ("total", "totals", "grand total", "sum", "sub total", "subtotal", "summe", "count", "average", "overall")
_OF_ALL = re.compile(r"(?:grand |sub )?(?:totals?|sum|headcount|number of \w+)(?: .*)?")
_NOTES = re.compile(
    r"(?:notes?|source|exported|export|report|reported|generated|printed|prepared|created|confidential|end of|page|"
    r"produced|run by|run on|run date|as of|as at|legend|key|disclaimer|includes|excludes|excluding|last updated)\b"
)
_FIGURES = re.compile(r"[\d\s.,%+()/:-]*\d[\d\s.,%+()/:-]*")
_NAMES = (Meaning.NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME)
_MOST_WORDS_OF_A_NAME = 5


class Lines:
    """Tells rows that are nobody from people, for one file."""

    def __init__(self, mapping: Mapping) -> None:
        places: dict[Meaning, list[int]] = {}
        for place, column in enumerate(mapping.columns):
            places.setdefault(column.meaning, []).append(place)
        self._names = [place for name in _NAMES for place in places.get(name, ())]
        self._numbers = places.get(Meaning.EMPLOYEE_NUMBER, [])
        self._addresses = places.get(Meaning.WORK_ADDRESS, [])
        self._header = [fold(column.header) for column in mapping.columns]

    def why_nobody(self, cells: list[str]) -> str:
        """The code of the reason why a row that is not blank is nobody; empty for whatever might be a person."""
        address = ""
        for place in self._addresses:  # of nearly every row no more than this is asked
            address = cells[place] if place < len(cells) else ""
            if "@" in address:
                return ""
        folded = [fold(cell) for cell in cells]
        if sum(map(bool, folded)) > 1 and folded == self._header[: len(folded)]:
            return "header_again"
        if address:
            return ""
        first = next((cell for cell in folded if cell), "")
        if not self._any_name(cells, first) and self._is_total(cells, first):
            return "total"
        if self._only_figures(cells):
            return "figures"
        return "note" if self._is_note(cells, first) else ""

    def _any_name(self, cells: list[str], first: str) -> bool:
        return any(name and fold(name) != first for name in map(_cell(cells), self._names))

    def _any_number(self, cells: list[str], first: str) -> bool:
        return any(number and fold(number) != first for number in map(_cell(cells), self._numbers))

    def _is_total(self, cells: list[str], first: str) -> bool:
        if first.rstrip(" 0123456789").strip() in _TOTALS:
            return True
        return bool(_OF_ALL.fullmatch(first)) and not self._any_number(cells, first)

    def _only_figures(self, cells: list[str]) -> bool:
        if any(map(_cell(cells), (*self._names, *self._numbers))):
            return False
        return all(_FIGURES.fullmatch(cell) for cell in cells if cell)

    def _is_note(self, cells: list[str], first: str) -> bool:
        filled = [place for place, cell in enumerate(cells) if cell]
        text = cells[filled[0]]
        if len(filled) == 1:
            return not self._may_be_a_person(filled[0], text)
        said = text.startswith("*") or text.endswith(":") or bool(_NOTES.match(first))
        return said and not self._any_name(cells, first) and not self._any_number(cells, first)

    def _may_be_a_person(self, place: int, text: str) -> bool:
        if place in self._numbers:
            return len(text.split()) == 1 and any(letter.isdigit() for letter in text)
        if place not in self._names:
            return False
        words = text.split()
        named = all(word[:1].isupper() and not any(sign in word for sign in "0123456789:*()") for word in words)
        return named and len(words) <= _MOST_WORDS_OF_A_NAME and not _NOTES.match(fold(text))


def _cell(cells: list[str]) -> Callable[[int], str]:
    return lambda place: cells[place] if place < len(cells) else ""
