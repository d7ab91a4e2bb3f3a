"""Names of files, made safe to show and to hand out."""

import unicodedata
from pathlib import PureWindowsPath

LONGEST = 120
_UNSAFE = '<>:"/\\|?*'


def clean_name(given: str) -> str:
    """The last part of a name without what a path, a header or a reading direction could be bent with."""
    last = PureWindowsPath(given.replace("/", "\\")).name
    kept = [letter for letter in unicodedata.normalize("NFC", last) if _is_safe(letter)]
    stem, dot, ending = "".join(kept).strip(" .").rpartition(".")
    if not dot:
        return ending[:LONGEST] or "file"
    return f"{stem[: LONGEST - 1 - len(ending[:10])].strip(' .') or 'file'}.{ending[:10]}"


def _is_safe(letter: str) -> bool:
    # C: control, format (bidirectional overrides), surrogates, private use.
    return letter not in _UNSAFE and not unicodedata.category(letter).startswith("C")
