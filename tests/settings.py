"""The product's own settings in a data directory that goes when the tests end; one for each worker of pytest-xdist."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_ENOUGH = 512 * 1024 * 1024


def _folder() -> str:
    """In memory where there is room: the tests write much and keep nothing."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > _ENOUGH
    made = tempfile.mkdtemp(prefix="alongside-tests-", dir=shared if roomy else None)
    owner = os.getpid()

    def clear_away() -> None:
        if os.getpid() == owner:  # a forked child also runs this
            shutil.rmtree(made, ignore_errors=True)

    atexit.register(clear_away)
    return made


if "TESTS_FOLDER" not in os.environ:
    os.environ["TESTS_FOLDER"] = _folder()
    for _name in [name for name in os.environ if name.startswith("ALONGSIDE_") and name != "ALONGSIDE_KEYS_URL"]:
        del os.environ[_name]  # the tests do not depend on the shell they are started from
    _key = "the signing key of all workers, so that one can read what another has told"
    Path(os.environ["TESTS_FOLDER"], "secret_key").write_text(_key)
_data = Path(os.environ["TESTS_FOLDER"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
_data.mkdir(exist_ok=True)
shutil.copy(_data.parent / "secret_key", _data)
os.environ["ALONGSIDE_DATA_DIR"] = str(_data)

from alongside.config.settings import *  # noqa: E402, F403 -- the environment comes first
from alongside.config.settings import DATA_DIR, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
(DATA_DIR / "static").mkdir(exist_ok=True)
