"""Somebody at a browser of their own, doing what people do: follow a link, press a button, fill in a field, read."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect
from playwright.sync_api import TimeoutError as TooLong

PHONE = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PATIENCE = 12_000  # two cores may be shared with everything else


class Person:
    """One person with one browser. Whatever no person should meet is noted in `faults`."""

    def __init__(self, name: str, browser: Browser, address: str, **window) -> None:
        self.name, self.address = name, address
        self.faults: list[str] = []
        self.context = browser.new_context(**(DESKTOP | {"locale": "en-GB"} | window))
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self._watch()

    def _watch(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console at {urlsplit(self.page.url).path}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.faults.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} at {urlsplit(response.url).path}")

    # --- going about

    def opens(self, address: str) -> None:
        """Types an address, or follows a link from a mail."""
        self.page.goto(address if address.startswith("http") else f"{self.address}{address}")

    def follows(self, words: str, within: str = "main") -> None:
        """Follows the first link of these words."""
        self.clicks(self.page.locator(within).get_by_role("link", name=words, exact=True), words)

    def takes_up(self, step: str, button: str) -> None:
        """What the first page says to do: by its button where it stands first, by its words in the list below."""
        self.opens("/")
        self.sees(step)
        listed = self.page.locator("main").get_by_role("link", name=step, exact=True)
        self.follows(step if listed.count() else button)

    def presses(self, words: str, within: str = "main") -> None:
        """Presses the first button of these words."""
        self.clicks(self.page.locator(within).get_by_role("button", name=words, exact=True), words)

    def clicks(self, what: Locator, words: str) -> None:
        """Clicks the first of them, and waits for what comes; where there is none, says what the page says."""
        try:
            what.first.click()
        except TooLong:
            raise AssertionError(f"{self.name} finds no “{words}” at {self.page.url}:\n{self.text}") from None
        self.page.wait_for_load_state()

    def fills(self, fields: dict[str, str]) -> None:
        """Fills in fields by the beginning of their labels."""
        for label, value in fields.items():
            self.field(label).fill(value)

    def field(self, label: str) -> Locator:
        """The control that a label names; what stands after the label's words does not matter."""
        beginning = re.compile(rf"^\s*{re.escape(label)}", re.IGNORECASE)
        return self.page.locator("main").locator("input:visible, textarea:visible, select:visible").and_(
            self.page.get_by_label(beginning)
        ).first  # fmt: skip

    def chooses(self, words: str) -> None:
        """Ticks a box or a radio button."""
        self.page.locator("main").get_by_label(words, exact=True).first.check()

    # --- reading

    def sees(self, *sentences: str) -> None:
        """Each sentence stands on the page."""
        for words in sentences:
            expect(self.page.locator("main")).to_contain_text(words, timeout=PATIENCE)

    def does_not_see(self, *sentences: str) -> None:
        """None of them stands on the page."""
        for words in sentences:
            expect(self.page.locator("main")).not_to_contain_text(words)

    @property
    def text(self) -> str:
        """All words of the page's main part."""
        return self.page.locator("main").inner_text()

    def picture(self, name: str) -> None:
        """For looking at: a picture of the whole page in the folder TESTS_PICTURES, when that is set."""
        if folder := os.environ.get("TESTS_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}-{self.name.split()[0].lower()}.png", full_page=True)
