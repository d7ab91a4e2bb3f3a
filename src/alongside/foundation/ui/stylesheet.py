"""The stylesheet: one file of CSS for each component, joined in the order of their numbers into one small text."""

import re
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"[^"\n]*"')


def sources() -> list[Path]:
    """The files, in the order in which they are joined."""
    return sorted(SOURCES.glob("*.css"))


def joined() -> str:
    """All files as one text, without comments and needless white space."""
    return shrink("\n".join(path.read_text("utf-8") for path in sources()))


def shrink(text: str) -> str:
    """CSS without comments and needless white space. What stands in double quotes is kept as it is."""
    text = _COMMENT.sub("", text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    text = _STRING.sub(keep, text)
    text = re.sub(r"\s+", " ", text)
    # A space before a colon or a bracket can mean something (a descendant, `and (`), so it stays.
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    text = re.sub(r": ", ":", text).replace(";}", "}")
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], text).strip() + "\n"
