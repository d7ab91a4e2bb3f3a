"""A real browser for tests, reading pages as people do: Chromium, with axe to judge what they cannot use."""

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Response, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP, PHONE = (1280, 900), (320, 640)
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # For the same reason Django finds none of this thread's connections from here on: those would stay open.
    connections.close_all()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page_for(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of its own context: `page_for(width=320, height=640, scheme="dark", language="ar", script=False)`."""
    contexts = []

    def open_page(
        width: int = DESKTOP[0], height: int = DESKTOP[1], scheme: str = "light", language: str = "en-GB",
        script: bool = True, **more: Any,
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=language,
            java_script_enabled=script, **more,
        )  # fmt: skip
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def server_without_database() -> Iterator[str]:
    """The address of a server for pages that need no database. One that asked it would be refused."""
    thread = LiveServerThread("localhost", StaticFilesHandler, connections_override={}, port=0)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong, one line for each element: rule, what to do, where. It looks into no sandboxed frame."""
    page.wait_for_load_state()  # words are there before the stylesheet is, and then every target is too small
    rules = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"], "iframes": False}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("async rules => (await axe.run(rules)).violations", rules)
    return [f"{found['id']}: {found['help']}: {node['html'][:160]}" for found in violations for node in found["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    """Is anything wider than the window?"""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@dataclass
class Weight:
    """What a page loads: from where, and how many bytes it weighs compressed."""

    requests: list[str] = field(default_factory=list)
    bytes: int = 0


def weigh(page: Page, address: str) -> Weight:
    """Opens an address with nothing kept from before, and weighs what it loads as a server sends it compressed."""
    weight = Weight()
    arrived: list[Response] = []

    def note(response: Response) -> None:  # Playwright cannot hold a method of a list
        arrived.append(response)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    for response in arrived:
        weight.requests.append(response.url)
        weight.bytes += len(gzip.compress(response.body(), 6)) if response.ok else 0
    return weight
