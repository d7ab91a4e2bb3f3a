"""The words by which the columns of a file of running pairs are known, folded as those of a roster."""

from alongside.people.roster.headers import HEADERS as OF_PEOPLE
from alongside.people.terms import Meaning
from alongside.relationships.terms import PairMeaning

_WHO = {
    PairMeaning.MENTOR: ("mentor", "mentors"),
    PairMeaning.MENTEE: ("mentee", "mentees", "protege", "mentoree"),
}
_KEYS = {
    "", "address", "number", "no", "id", "ref", "email or number", "e mail or employee number",
    "email or employee number",
    *OF_PEOPLE[Meaning.WORK_ADDRESS], *OF_PEOPLE[Meaning.EMPLOYEE_NUMBER],
}  # fmt: skip
_WORDS: dict[PairMeaning, tuple[str, ...]] = {
    PairMeaning.START: (
        "start", "start date", "started", "started on", "date started", "starts", "begin", "began", "beginning", "from",
        "since", "first day", "paired on", "date paired", "paired since", "matched on", "match date", "date matched",
        "pair start", "pairing date", "relationship start", "relationship start date", "start of mentoring",
    ),
    PairMeaning.END: (
        "end", "end date", "ends", "ends on", "ended", "ended on", "date ended", "planned end", "planned end date",
        "until", "to", "last day", "finish", "finish date", "finished on", "expected end", "expected end date",
        "completion date", "completed on", "relationship end", "relationship end date", "end of mentoring",
    ),
    PairMeaning.STAGE: (
        "stage", "phase", "status", "state", "progress", "current stage", "current phase", "where they are",
        "how far they are", "mentoring stage", "relationship stage", "pair status",
    ),
    PairMeaning.SESSIONS: (
        "sessions", "sessions held", "sessions so far", "sessions held so far", "number of sessions", "no of sessions",
        "session count", "meetings", "meetings held", "meetings so far", "number of meetings", "no of meetings",
        "times met", "how often met",
    ),
    PairMeaning.CONTRACT: (
        "contract", "contract signed", "contract signed on", "contract date", "contract signed elsewhere",
        "contract signed elsewhere date", "date contract signed", "agreement", "agreement signed",
        "agreement signed on", "agreement date", "agreement signed elsewhere", "date agreement signed",
        "mentoring agreement",
        "mentoring agreement signed", "mentoring contract", "signed", "signed on", "date signed",
        "day on which the agreement was signed",
    ),
    PairMeaning.GOALS: (
        "goals", "goals count", "goal count", "number of goals", "no of goals", "goals set", "how many goals",
        "objectives", "number of objectives",
    ),
}  # fmt: skip
_MEANINGS = {header: meaning for meaning, headers in _WORDS.items() for header in headers}


def by_header(folded: str) -> PairMeaning | None:
    """What a column says, by its header; None where that is not known. “Mentor name” is not: names are no keys."""
    for meaning, words in _WHO.items():
        for word in words:
            if folded == word or any(rest in _KEYS for rest in _beside(word, folded)):
                return meaning
    return _MEANINGS.get(folded)


def _beside(word: str, folded: str) -> list[str]:
    """What stands beside the word in a header: “mentor e mail”, “e mail of mentor”."""
    found = [folded.removeprefix(f"{word} ")] if folded.startswith(f"{word} ") else []
    if folded.endswith(f" {word}"):
        rest = folded.removesuffix(word).strip()
        found.append(rest.removesuffix(" of the").removesuffix(" of").strip())
    return found
