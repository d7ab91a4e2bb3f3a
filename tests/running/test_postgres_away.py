"""PostgreSQL goes away behind a served installation, or says nothing: a plain page in time, and all well afterwards."""

import os
import time
from pathlib import Path

import pytest

from tests import postgres
from tests.installed import environment_of, run
from tests.processes import COMMAND
from tests.running.served import serving
from tests.running.test_faults import NOW_NOT, SECONDS, SET_UP, Person, timed

pytestmark = [
    pytest.mark.both,
    pytest.mark.prove,
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgresql:"),
        reason="runs in `python -m tests.postgres -m 'both and prove'`",
    ),
]
JOB = "from alongside.foundation import jobs; print(jobs.enqueue('mail.keep_house').ref)"
STATE = "from alongside.foundation.jobs.models import Job; print(Job.objects.get(ref={ref!r}).state)"


@pytest.fixture(scope="module")
def database():
    """A server of this module's own: that of the other tests has to stay."""
    with postgres.stoppable() as held:
        yield held


@pytest.fixture(scope="module")
def environment(database, tmp_path_factory):
    found = environment_of(tmp_path_factory.mktemp("away"), DATABASE_URL=f"{database.address}/postgres")
    found["PATH"] = os.environ["PATH"]
    done = run(found, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return found


@pytest.fixture
def ada(environment):
    """Ada at the pages of the installation, whose worker is at work too."""
    folder = Path(environment["ALONGSIDE_DATA_DIR"])
    with serving(COMMAND, environment, folder):
        yield Person(f"http://localhost:{environment['PORT']}")


def said_by(environment, code):
    done = run(environment, "shell", "--no-imports", "--command", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def finds_it_again(ada):
    """Seconds until a page is there again."""
    begun = time.monotonic()
    while ada.get("/account/login/")[0] != 200:
        assert time.monotonic() - begun < SECONDS
        time.sleep(0.2)
    return time.monotonic() - begun


def works_on(environment):
    """A job that is queued now is done: the worker has found the database again too."""
    ref = said_by(environment, JOB)
    end = time.monotonic() + 60
    while said_by(environment, STATE.format(ref=ref)) != "done":
        assert time.monotonic() < end, "the worker does nothing any more"


def test_while_it_is_stopped_pages_say_so_in_time_and_when_it_is_back_everything_goes_on(database, environment, ada):
    _, page = ada.get("/set-up/")
    database.stop()
    try:
        for _time in range(3):
            status, said = timed(ada.get, "/set-up/")
            assert (status, NOW_NOT in said) == (503, True)
        status, said = timed(ada.send, "/set-up/", SET_UP, page)
        assert (status, NOW_NOT in said) == (503, True)
    finally:
        database.start()
    assert finds_it_again(ada) < 2
    assert ada.send("/set-up/", SET_UP, page)[0] == 200
    assert (
        said_by(environment, "from alongside.foundation.identity.models import Account as A; print(A.objects.count())")
        == "1"
    )
    works_on(environment)


def test_while_it_takes_no_connection_pages_say_so_in_time(database, environment, ada):
    with database.frozen():
        status, said = timed(Person(ada.address).get, "/account/login/?next=/me/")
        assert (status, NOW_NOT in said) == (503, True)
    finds_it_again(ada)
