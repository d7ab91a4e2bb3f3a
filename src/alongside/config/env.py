"""The environment, read once: the only configuration Alongside has."""

import os
import secrets
from pathlib import Path

import environ

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


class BadEnvironment(SystemExit):
    """The environment names something Alongside does not know, or cannot be read; said in one plain line."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"alongside: {sentence}")


def read() -> environ.FileAwareEnv:
    """The environment, with secrets read from `…_FILE` where that is given.

    Raises BadEnvironment for an `ALONGSIDE_*` name that does not exist: a misspelt setting must not be ignored.
    """
    allowed = _KNOWN | {f"{name}_FILE" for name in _SECRET}
    for name in sorted(os.environ):
        if name.startswith("ALONGSIDE_") and name not in allowed:
            raise BadEnvironment(f"{name} is not a setting. The settings are: {', '.join(sorted(_KNOWN))}.")
    return environ.FileAwareEnv()


def data_dir(env: environ.FileAwareEnv) -> Path:
    """Where databases, uploads, keys and the anchor live; made when it is missing, for this user only."""
    checkout = Path(__file__).resolve().parents[3]
    if given := env.str("ALONGSIDE_DATA_DIR", ""):
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
        raise BadEnvironment(f"the data directory {path} cannot be made: {error.strerror}.") from error
    return path


def secret_key(env: environ.FileAwareEnv, folder: Path) -> str:
    """The signing key: from the environment, else made once and kept in the data directory."""
    if given := env.str("ALONGSIDE_SECRET_KEY", ""):
        return given
    path = folder / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
