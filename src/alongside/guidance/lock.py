"""Keeps shipped editions as they are: the fingerprint of each file stands in editions.lock.

`python -m alongside.guidance.lock` adds new files to it and refuses changed ones: make a new edition instead.
"""

import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "editions.lock"


def held() -> dict[str, str]:
    """What the lock says: fingerprint by file, in the form that `sha256sum -c` reads."""
    lines = LOCK.read_text(encoding="utf-8").splitlines() if LOCK.exists() else []
    return {name: fingerprint for fingerprint, _, name in (line.partition("  ") for line in lines)}


def found() -> dict[str, str]:
    """The fingerprint of each file that is there."""
    files = sorted((HERE / "content").rglob("*.toml"))
    return {file.relative_to(HERE).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}


def problems(locked: dict[str, str], there: dict[str, str]) -> list[str]:
    """What is wrong, a sentence each: editions edited, removed, or not locked yet."""
    removed = [f"{name} is gone; editions in use must stay" for name in locked if name not in there]
    edited = [
        f"{name} was edited; add a new edition instead"
        for name in locked
        if there.get(name, locked[name]) != locked[name]
    ]
    new = [f"{name} is not locked; run python -m alongside.guidance.lock" for name in there if name not in locked]
    return [*removed, *edited, *new]


def main() -> int:
    """Lock new files. 1, and nothing written, where a locked one was changed or removed."""
    locked, there = held(), found()
    wrong = problems(locked, {name: fingerprint for name, fingerprint in there.items() if name in locked})
    if wrong:
        sys.stderr.write("\n".join(wrong) + "\n")
        return 1
    LOCK.write_text(
        "".join(f"{fingerprint}  {name}\n" for name, fingerprint in sorted(there.items())), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
