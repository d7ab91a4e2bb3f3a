"""Single cells: addresses, numbers, dates, roles, lists. Each raises Wrong with the code of a refusal."""

import re
from datetime import date

from alongside.people.roster.headers import fold
from alongside.people.terms import MOST_PLACES, RosterRole

MOST_CHARACTERS = {
    "name": 120,
    "known_as": 60,
    "work_address": 254,
    "manager_address": 254,
    "employee_number": 40,
    "manager_number": 40,
    "job_title": 160,
    "grade": 40,
    "department": 120,
    "team": 120,
    "site": 120,
    "working_days": 120,
    "headline": 200,
    "career_aim": 500,
}
MOST_LISTED, LONGEST_LISTED = 30, 80
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])")
_IN_BRACKETS = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
_NOTHING = frozenset({"-", "–", "—", "n/a", "null", "(none)", "(blank)", "tbc", "--"})
_ERROR = re.compile(r"#(?:n/a|ref!|value!|name\?|div/0!|null!|num!|spill!|calc!|error!)|err:\d{3}", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]0+)?")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d\s.,()/-]*\d[\d\s.,()/%-]*")
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_WORDED_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-./]+([a-z]{3,9})\.?,?[\s\-./]+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MENTOR = frozenset({"mentor", "mentors", "as mentor", "a mentor", "mentor only"})
_MENTEE = frozenset({"mentee", "mentees", "as mentee", "a mentee", "mentee only", "protege", "mentoree"})
_BOTH = frozenset(
    {"both", "mentor and mentee", "mentee and mentor", "mentor mentee", "mentee mentor", "mentor both", "either"}
)
_NEITHER = frozenset({"", "no", "none", "neither", "not taking part", "no role"})
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "si", "sí", "sim", "tak", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0", "", "nein", "non", "nee", "nie", "não", "✗", "✘"})


class Wrong(ValueError):
    """A value that cannot be taken; `code` names the refusal."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def shown(value: str) -> str:
    """A value as a sentence repeats it: one line, not too long."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def blank(value: str) -> str:
    """A cell, empty where it only says that there is nothing, or holds an error."""
    return "" if value.casefold() in _NOTHING or is_error(value) else value


def is_error(value: str) -> bool:
    """Does a cell hold an error of the spreadsheet program, such as #N/A of a lookup that found nothing?"""
    return value[:1] in "#Ee" and bool(_ERROR.fullmatch(value))


def one_line(value: str) -> str:
    """A cell as one line."""
    return " ".join(value.split())


def text(value: str, field: str) -> str:
    """Words of one line. Raises Wrong when they are too long."""
    line = one_line(value)
    if len(line) > MOST_CHARACTERS[field]:
        raise Wrong("too_long", most=MOST_CHARACTERS[field])
    return line


def address(value: str, code: str = "bad_address") -> str:
    """An e-mail address in lower case, also out of "Name <address>". Raises Wrong."""
    given = value.removeprefix("mailto:")
    if found := _IN_BRACKETS.fullmatch(given):
        given = found[1]
    given = given.strip().lower()
    if len(given) > MOST_CHARACTERS["work_address"] or not _ADDRESS.fullmatch(given) or ".." in given:
        raise Wrong(code, value=shown(value))
    return given


def day(value: str, *, month_first: bool = False) -> date:
    """A day, written as 2024-02-29, 29/02/2024 or 29 February 2024. Raises Wrong."""
    given = one_line(value).lower()
    try:
        if found := _ISO_DAY.fullmatch(given):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY.fullmatch(given):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            return date(year, first, second) if month_first else date(year, second, first)
        if (found := _WORDED_DAY.fullmatch(given)) and found[2][:3] in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]))
    except ValueError:
        pass
    raise Wrong("bad_date", value=shown(value))


def capacity(value: str) -> int:
    """How many mentees at once. Raises Wrong for words, fractions and what is out of range."""
    if not _NUMBER.fullmatch(value):
        raise Wrong("capacity_word", value=shown(value))
    number = int(re.split(r"[.,]", value)[0])
    if not 0 <= number <= MOST_PLACES:
        raise Wrong("capacity_range", value=number)
    return number


def role(value: str) -> str:
    """Mentor, mentee, both or nothing. Raises Wrong for other words: a role is never guessed."""
    if "?" not in value:
        words = fold(value)
        for known, meant in ((_MENTOR, "mentor"), (_MENTEE, "mentee"), (_BOTH, "both"), (_NEITHER, "")):
            if words in known:
                return str(RosterRole(meant)) if meant else ""
    raise Wrong("unknown_role", value=shown(value))


def yes_no(value: str) -> bool:
    """Yes or no. Raises Wrong for anything else."""
    given = value.casefold()
    if given not in _YES | _NO:
        raise Wrong("bad_yes_no", value=shown(value))
    return given in _YES


def is_yes_or_no(value: str) -> bool:
    """Is it a yes or a no?"""
    return value.casefold() in _YES | _NO


def listed(value: str) -> list[str]:
    """The things that a cell lists, each once, whatever its capitals. Raises Wrong for too many or too long ones."""
    separators = r"[;\n|•]" if re.search(r"[;\n|•]", value) else r"[,/]"
    things: dict[str, str] = {}
    for part in re.split(separators, value):
        thing = one_line(part).strip(" .")
        if len(thing) > LONGEST_LISTED:
            raise Wrong("too_long", most=LONGEST_LISTED)
        if folded := fold(thing):
            things.setdefault(folded, thing)
    if len(things) > MOST_LISTED:
        raise Wrong("too_many", most=MOST_LISTED)
    return list(things.values())


def would_run(value: str) -> bool:
    """Would a spreadsheet program take this text for a formula?"""
    return value[:1] in "=@+-" and bool(value) and not _PLAIN_NUMBER.fullmatch(value) and value not in _NOTHING
