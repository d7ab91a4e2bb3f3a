"""Folding: how words become comparable, whatever their accents and capitals."""

import re
import unicodedata

LONGEST, MOST_ASKED = 40, 8
_WORD = re.compile(r"[^\W_]+")
_JOINING = "'’‘ʼ`´-‐‑"  # they stand inside a word: O’Brien, Anne-Marie
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_JOIN = str.maketrans("", "", _JOINING)


def fold(text: str) -> str:
    """`text` without accents and capitals: "Łukasz Ångström" becomes "lukasz angstrom"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.casefold().translate(_LETTERS))


def words_of(text: str) -> set[str]:
    """The words by which a record is found. A joined word is found whole and by its parts."""
    folded = fold(text)
    words = set(_WORD.findall(folded)) | set(_WORD.findall(folded.translate(_JOIN)))
    return {word[:LONGEST] for word in words}


def words_asked(query: str) -> list[str]:
    """The beginnings that a query asks for, each once, the longest first; one that another implies is left out."""
    asked = {word[:LONGEST] for word in _WORD.findall(fold(query).translate(_JOIN))}
    needed = [word for word in asked if not any(other != word and other.startswith(word) for other in asked)]
    return sorted(needed, key=lambda word: (-len(word), word))[:MOST_ASKED]
