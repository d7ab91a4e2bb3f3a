"""`alongside serve` as an operator meets it."""

import contextlib
import os
import signal
import socket
import subprocess
import time

import pytest

from tests.installed import empty, environment_of, run
from tests.processes import COMMAND
from tests.running.served import get, serving

LOG_KEY_MISSING = (
    "The key with which the audit log goes on is not in the key store. Put the newest copy that `alongside backup_keys`"
    " made back in its place (ALONGSIDE_KEYS_URL), then start again."
)
SET_UP = """
from alongside.foundation.identity import actions
account = actions.create_account(
    email="ada@northgate.example", password=None, timezone="Europe/London", language="en-gb"
)
actions.set_up_organisation(
    name="Northgate", timezone="Europe/London", language="en-gb",
    privacy_contact="privacy@northgate.example", account=account, person="Ada Winter",
)
"""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A data directory whose databases are up to date, and the environment of an operator."""
    folder = tmp_path_factory.mktemp("served")
    empty(folder)
    return folder, environment_of(folder)


def _children(pid):
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return {("worker" if args.endswith("worker") else "web"): int(number) for number, args in lines}


def _gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _wait_for(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_a_database_that_is_behind_is_refused_and_the_command_that_helps_is_named(tmp_path):
    for command in ("serve", "verify_audit"):
        answer = run(environment_of(tmp_path), command)
        assert answer.returncode == 1
        assert answer.stderr == "alongside: The database is not up to date. Run `alongside migrate` first.\n"


def test_a_worker_on_a_database_that_is_behind_waits_for_it_and_names_the_command_that_helps(tmp_path):
    """It may have been started before the command was run, and then goes on by itself."""
    worker = subprocess.Popen([*COMMAND, "worker"], env=environment_of(tmp_path), stderr=subprocess.PIPE, text=True)
    try:
        said = worker.stderr.readline()
        assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=20)
    assert "worker.database_behind" in said
    assert "The database is not up to date. Run `alongside migrate` first." in said


def test_a_database_whose_keys_are_gone_is_refused_and_to_migrate_is_not_named_as_the_cure(tmp_path):
    """The key store was lost together with its disk; an organisation has been set up."""
    empty(tmp_path)
    environment = environment_of(tmp_path)
    assert run(environment, "shell", "--command", SET_UP).returncode == 0
    for path in tmp_path.glob("keys.sqlite3*"):
        path.unlink()
    for command in ("serve", "migrate", "verify_audit", "worker"):
        answer = run(environment, command)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert answer.stderr == f"alongside: {LOG_KEY_MISSING}\n"


def test_a_taken_port_is_said_in_one_line(migrated):
    _, environment = migrated
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = run(environment | {"PORT": port}, "serve")
    assert answer.returncode == 1
    assert (
        answer.stderr
        == f"alongside: Port {port} cannot be used (Address already in use). Choose another one with PORT.\n"
    )


def test_a_port_that_no_machine_has_is_said_in_one_line(migrated):
    _, environment = migrated
    answer = run(environment, "serve", "--port", "70000")
    assert answer.stderr == (
        "alongside: Port 70000 cannot be used (there is none with this number). Choose another one with PORT.\n"
    )


@contextlib.contextmanager
def heard():
    """What is started in here hears Ctrl-C, also where the tests run in the background and do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_command_that_is_stopped_says_so_in_one_line(migrated, tmp_path):
    _, environment = migrated
    os.mkfifo(tmp_path / "key")
    waiting = environment | {"ALONGSIDE_SECRET_KEY_FILE": str(tmp_path / "key")}
    with heard():
        stopped = subprocess.Popen([*COMMAND, "verify_audit"], env=waiting, stderr=subprocess.PIPE, text=True)
    with (tmp_path / "key").open("w"):  # opens once somebody reads: then the command is at work
        stopped.send_signal(signal.SIGINT)
        said = stopped.communicate(timeout=20)[1]
    assert (stopped.returncode, said) == (130, "alongside: Stopped.\n")


def test_nobody_sets_somebody_elses_password(migrated):
    _, environment = migrated
    for command in ("changepassword", "createsuperuser"):
        answer = run(environment, command, "ben.thomas@northgate.example")
        assert answer.returncode == 1
        assert answer.stderr.startswith("alongside: Nobody sets somebody else's password.")


def test_help_lists_what_alongside_does_and_nothing_of_its_framework(migrated):
    _, environment = migrated
    listed = {line.split()[0] for line in run(environment, "help").stdout.splitlines() if line.startswith("  ")}
    assert {"serve", "backup", "erase_person", "verify_audit"} <= listed
    assert not {"shell", "flush", "changepassword", "runserver", "db_worker"} & listed


def test_a_misspelt_setting_is_refused(migrated):
    _, environment = migrated
    answer = run(environment | {"ALONGSIDE_DEBGU": "1"}, "check")
    assert answer.returncode == 1
    assert answer.stderr.startswith("alongside: ALONGSIDE_DEBGU is not a setting.")


def test_the_inside_of_the_program_is_shown_to_nobody_from_outside(migrated):
    _, environment = migrated
    answer = run(environment | {"ALONGSIDE_DEBUG": "1", "ALONGSIDE_URL": "https://mentoring.example"}, "serve")
    assert answer.returncode == 1
    assert answer.stderr.startswith("alongside: ALONGSIDE_DEBUG shows the inside of the program")
    assert answer.stderr.count("\n") == 1


def test_web_and_worker_run_side_by_side_and_end_together_when_told_to(migrated):
    folder, environment = migrated
    with serving(COMMAND, environment, folder) as process:
        address = f"http://localhost:{environment['PORT']}"
        assert f"Alongside is at {address} (Ctrl+C stops it)" in (folder / "serve.log").read_text()
        assert get(f"{address}/account/login/")[0] == 200
        _wait_for(lambda: set(_children(process.pid)) == {"web", "worker"})
        children = _children(process.pid)
    assert all(_gone(pid) for pid in children.values())


def test_a_worker_that_was_killed_is_started_again(migrated):
    folder, environment = migrated
    with serving(COMMAND, environment, folder) as process:
        _wait_for(lambda: "worker" in _children(process.pid))
        killed = _children(process.pid)["worker"]
        os.kill(killed, signal.SIGKILL)
        _wait_for(lambda: _children(process.pid).get("worker", killed) != killed)
        assert get(f"http://localhost:{environment['PORT']}/account/login/")[0] == 200
    assert "the worker ended by itself (exit code -9); starting it again." in (folder / "serve.log").read_text()


def test_when_the_web_ends_by_itself_all_ends_and_the_exit_code_says_so(migrated):
    folder, environment = migrated
    with pytest.raises(AssertionError, match="the web process ended by itself"):
        with serving(COMMAND, environment, folder) as process:
            _wait_for(lambda: "worker" in _children(process.pid))
            children = _children(process.pid)
            os.kill(children["web"], signal.SIGTERM)
            assert process.wait(30) == 1
    assert _gone(children["worker"])
