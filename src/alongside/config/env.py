"""The environment, read once: the only configuration Alongside has.

Each setting is read here, or refused in one line that names it and what helps. What a secret holds is never quoted.
"""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

_KNOWN = {
    "ALONGSIDE_ALLOWED_HOSTS",
    "ALONGSIDE_DATA_DIR",
    "ALONGSIDE_DEBUG",
    "ALONGSIDE_DEMO",
    "ALONGSIDE_KEYS_URL",
    "ALONGSIDE_MAIL_FROM",
    "ALONGSIDE_MAIL_URL",
    "ALONGSIDE_PRIVATE_HOSTS",
    "ALONGSIDE_PROXIES",
    "ALONGSIDE_SECRET_KEY",
    "ALONGSIDE_SHOW_MAIL",
    "ALONGSIDE_URL",
}
_SECRET = {"ALONGSIDE_KEYS_URL", "ALONGSIDE_MAIL_URL", "ALONGSIDE_SECRET_KEY", "DATABASE_URL"}
_ON, _OFF = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
_SHORTEST_KEY = 32
_LAST_PORT = 65535


class BadEnvironment(SystemExit):
    """The environment names something Alongside does not know, or cannot be read; said in one plain line."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"alongside: {sentence}")


def refuse_unknown() -> None:
    """Raises BadEnvironment for an `ALONGSIDE_*` name that does not exist: a misspelt setting must not be ignored."""
    allowed = _KNOWN | {f"{name}_FILE" for name in _SECRET}
    for name in sorted(os.environ):
        if name.startswith("ALONGSIDE_") and name not in allowed:
            raise BadEnvironment(f"{name} is not a setting. The settings are: {', '.join(sorted(_KNOWN))}.")


def text(name: str, default: str = "") -> str:
    """What is set, from the file that `…_FILE` names where it is a secret; `default` where nothing is.

    Raises BadEnvironment for a file that cannot be read or holds nothing, and where both are set.
    """
    given = os.environ.get(name, "").strip()
    file = os.environ.get(f"{name}_FILE", "") if name in _SECRET else ""
    if not file:
        return given or default
    if given:
        raise BadEnvironment(f"{name} and {name}_FILE are both set. Keep one of them.")
    try:
        held = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise BadEnvironment(f"{name}_FILE names {file}, which cannot be read: {reason}.") from error
    if not held:
        raise BadEnvironment(f"{name}_FILE names {file}, which is empty.")
    return held


def flag(name: str) -> bool:
    """Is it on? Other words than those for on and off are refused: what was meant must not be guessed."""
    said = text(name).lower()
    if said not in _ON | _OFF:
        raise BadEnvironment(f"{name} is 1 (on) or 0 (off), not “{said}”.")
    return said in _ON


def listed(name: str) -> list[str]:
    """The parts between commas; none where nothing is set."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def proxies() -> int:
    """How many servers in front add to `X-Forwarded-For`."""
    said = text("ALONGSIDE_PROXIES", "0")
    if not (said.isascii() and said.isdigit()):
        raise BadEnvironment(f"ALONGSIDE_PROXIES is how many servers stand in front: 0, 1 or more, not “{said}”.")
    return int(said)


def port() -> str:
    """Where `serve` listens."""
    said = text("PORT", "8000")
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= _LAST_PORT):
        raise BadEnvironment(f"PORT is a whole number from 1 to {_LAST_PORT}, not “{said}”.")
    return said


def site() -> SplitResult:
    """The address that people use: `http` or `https`, a host, perhaps a port, and nothing after it."""
    said = text("ALONGSIDE_URL", f"http://localhost:{port()}").rstrip("/")
    found = _split(said)
    if (
        found is None
        or found.scheme not in {"http", "https"}
        or any((found.path, found.query, found.fragment, found.username))
    ):
        raise BadEnvironment(
            f"ALONGSIDE_URL is the address that people use, with http or https and no folder behind the host, such as"
            f" https://mentoring.example.org, not “{said}”."
        )
    return found


def data_dir() -> Path:
    """Where databases, uploads, keys and the anchor live; made when it is missing, for this user only."""
    checkout = Path(__file__).resolve().parents[3]
    if given := text("ALONGSIDE_DATA_DIR"):
        path = Path(given)
    elif (checkout / "pyproject.toml").exists() and checkout.joinpath("src").exists():
        path = checkout / "var"
    else:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        path = Path(state) / "alongside"
    try:
        os.umask(0o077)  # whatever is written from here on is this user's alone
        path.mkdir(parents=True, exist_ok=True)
        if path.stat().st_uid == os.getuid():
            path.chmod(0o700)
    except OSError as error:
        raise BadEnvironment(
            f"the data directory {path} cannot be made: {error.strerror}. Choose another one with ALONGSIDE_DATA_DIR."
        ) from error
    return path


def secret_key(folder: Path) -> str:
    """The signing key: from the environment, else made once and kept in the data directory."""
    if given := text("ALONGSIDE_SECRET_KEY"):
        if len(given) < _SHORTEST_KEY:
            raise BadEnvironment(
                f"ALONGSIDE_SECRET_KEY has fewer than {_SHORTEST_KEY} characters and could be guessed. Without it,"
                " Alongside makes one and keeps it in the data directory."
            )
        return given
    path = folder / "secret_key"
    try:
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return path.read_text().strip()
    except OSError as error:
        raise BadEnvironment(f"{path} cannot be written and read: {error.strerror}.") from error


def database(name: str, default: Path) -> str:
    """The address of a database: PostgreSQL, or SQLite in a folder that is there; `default` where nothing is set."""
    given = text(name)
    if not given:
        return f"sqlite:///{default}"
    found = _split(given)
    if found is not None and found.scheme == "sqlite":
        _refuse_lost_file(name, found)
    elif found is None or found.scheme not in {"postgresql", "postgres"} or not found.path.strip("/"):
        raise BadEnvironment(
            f"{name} cannot be read. It is postgresql://user:password@host:5432/name, with @, : and / in user or"
            " password written as %40, %3A, %2F, or sqlite:////folder/file.sqlite3."
        )
    return given


def _refuse_lost_file(name: str, found: SplitResult) -> None:
    """A path that begins anywhere would be another file for each who starts Alongside elsewhere."""
    file = Path(found.path[1:])
    if found.netloc or not file.is_absolute():
        raise BadEnvironment(
            f"{name} needs the whole path of the file, with four slashes: sqlite:////folder/file.sqlite3."
        )
    if not file.parent.is_dir():
        raise BadEnvironment(f"{name} names the folder {file.parent}, which is not there. Make or mount it first.")


def mail_url() -> str:
    """The address of a mail server with its port, or nothing."""
    given = text("ALONGSIDE_MAIL_URL")
    if not given:
        return ""
    found = _split(given)
    if found is None or found.scheme not in _MAIL_PORTS:
        raise BadEnvironment(
            "ALONGSIDE_MAIL_URL cannot be read. It is smtp+tls://user:password@host:587, smtp+ssl://user:password@host:465"
            " or smtp://host:25, with @, : and / in user or password written as %40, %3A, %2F."
        )
    if found.port is None:
        found = found._replace(netloc=f"{found.netloc}:{_MAIL_PORTS[found.scheme]}")
    return found.geturl()


def mail_from(host: str) -> str:
    """The sender of mails: an address, perhaps with a name before it."""
    said = text("ALONGSIDE_MAIL_FROM")
    name, _, domain = parseaddr(said)[1].rpartition("@")
    if said and not (name and domain and not any(sign.isspace() for sign in name + domain)):
        raise BadEnvironment(f"ALONGSIDE_MAIL_FROM is an address, such as mentoring@example.org, not “{said}”.")
    return said or f"alongside@{host}"


def _split(address: str) -> SplitResult | None:
    """Its parts; None where it has no host, or one or a port that cannot be read."""
    try:
        found = urlsplit(address)
        readable = found.scheme == "sqlite" or (found.hostname and found.port != 0)
    except ValueError:  # an open bracket, a port that is no number
        return None
    return found if readable else None
