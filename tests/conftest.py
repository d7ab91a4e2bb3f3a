"""What every test stands on: both databases, no network, a browser where there is one."""

import gc
import os
import shutil
import socket
from ipaddress import ip_address
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser import browser, page_for, server_without_database  # noqa: F401 -- one browser for all
from tests.figures import figure, summed, table  # noqa: F401 -- a fixture
from tests.lasting import rows_last  # noqa: F401

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
_WITHOUT_BROWSER = "no Chromium was found, so the browser journeys were left out"


class NetworkUsed(RuntimeError):
    """A test reached for another machine."""


def pytest_configure(config: pytest.Config) -> None:
    """The network is blocked from the start, in fixtures and in threads too; memory is tidied seldom."""
    gc.set_threshold(100_000, 50, 100)  # a twentieth less to compute: tests make and drop many small things
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))


def _loopback_only(connect):
    def checked(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise NetworkUsed(f"{address} is not this machine")
        return connect(self, address)

    return checked


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def chromium() -> str | None:
    """The system's Chromium; Playwright never downloads one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """For Playwright's `executable_path`. Without a Chromium: left out, and under CI an error."""
    found = chromium()
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(_WITHOUT_BROWSER)
    return found


@pytest.fixture(scope="session")
def rounds() -> int:
    """How often a kill or a race is tried: 3, and many more in `make prove`."""
    return int(os.environ.get("TESTS_ROUNDS", "3"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m both` only modules that say `pytest.mark.both` are imported: nothing else of them would run."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    if config.option.markexpr == "both" and is_test and "pytest.mark.both" not in collection_path.read_text():
        return True
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long waits for `make prove`. Each test that uses the database may use the key store too."""
    if "TESTS_ROUNDS" not in os.environ and "prove" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("prove")]
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is None and not _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            continue
        options = dict(marker.kwargs) if marker else {}
        if "databases" not in options:
            item.add_marker(pytest.mark.django_db(**options, databases="__all__"), append=False)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A journey needs a browser; its absence is never passed over in CI."""
    if item.get_closest_marker("journey") and chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(_WITHOUT_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the figures that were gathered, and loudly what was left out."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    if figures := summed(reports):
        terminalreporter.write_sep("=", f"figures, {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}")
        for line in table(figures):
            terminalreporter.write_line(line)
    if any(_WITHOUT_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_sep("!", _WITHOUT_BROWSER, red=True, bold=True)
