import os
import subprocess

import pytest

from tests.running.served import ALONGSIDE, SRC


@pytest.fixture(scope="session")
def new_installation(tmp_path_factory):
    """The data directory of a new installation whose databases are up to date, to be copied: making one takes long."""
    folder = tmp_path_factory.mktemp("new")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {"ALONGSIDE_DATA_DIR": str(folder), "PYTHONPATH": SRC}
    subprocess.run([*ALONGSIDE, "migrate", "--verbosity", "0"], env=environment, check=True)
    return folder
