"""The forms that people meet on their pages, as a browser would read and fill them."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from django.http import QueryDict
from django.test import Client

from alongside.foundation import clock
from tests.access.sweep import own_pages
from tests.told import Told

_WRITTEN = ("text", "textarea", "search")
_CHOSEN = ("select", "radio", "checkbox")


@dataclass
class Form:
    """One posting form: where it goes, what it would send untouched, and what it asks for."""

    page: str
    action: str
    sent: QueryDict = field(default_factory=lambda: QueryDict(mutable=True))
    asked: set[str] = field(default_factory=set)  # every name, buttons too
    kinds: dict[str, str] = field(default_factory=dict)  # text, textarea, select, hidden, date …, by name
    choices: dict[str, list[str]] = field(default_factory=dict)

    @property
    def written(self) -> list[str]:
        """The fields that people write into."""
        return [name for name, kind in self.kinds.items() if kind in _WRITTEN]

    def filled(self, words: str = "Plain words") -> dict[str, list[str]]:
        """What somebody sends who leaves no gap: `words` in each text, the first choice, a day in two weeks."""
        typed = {"date": (clock.now() + timedelta(days=14)).date().isoformat(), "time": "10:00", "number": "3"}
        held = {name: self.sent.getlist(name) for name in self.sent}
        for name, kind in self.kinds.items():
            if kind in _WRITTEN:
                held[name] = [words] * max(1, len(held.get(name, ())))
            elif any(held.get(name, ())):
                continue
            elif kind in _CHOSEN:
                held[name] = [next(filter(None, self.choices.get(name, ())), "on")]
            elif kind in typed:
                held[name] = [typed[kind]]
        return held


class Fields(HTMLParser):
    """Reads the posting forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[Form]()
        self._open: Form | None = None
        self._select = self._text = ""

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "form" and (held.get("method") or "").lower() == "post":
            self._open = Form(self.page, held.get("action") or self.page)
            self.forms.append(self._open)
        if self._open is None:
            return
        name = held.get("name") or ""
        self._open.asked.add(name)
        if tag == "option" and self._select:
            self._offer(self._select, held.get("value") or "", chosen="selected" in held)
        elif name and tag == "input":
            self._input(name, held)
        elif name and tag in ("select", "textarea"):
            self._open.kinds[name] = tag
            self._select, self._text = (name, "") if tag == "select" else ("", name)
            if tag == "textarea":
                self._open.sent.appendlist(name, "")

    def _input(self, name, held):
        kind = held.get("type") or "text"
        self._open.kinds[name] = kind
        if kind in ("checkbox", "radio"):
            self._offer(name, held.get("value") or "on", chosen="checked" in held)
        elif kind != "file":
            self._open.sent.appendlist(name, held.get("value") or "")

    def _offer(self, name, value, *, chosen):
        self._open.choices.setdefault(name, []).append(value)
        if chosen:
            self._open.sent.appendlist(name, value)

    def handle_data(self, data):
        if self._text and self._open is not None:
            self._open.sent[self._text] = (self._open.sent[self._text] + data).removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""


def forms_of(client: Client, url: str) -> list[Form]:
    """The posting forms of a page."""
    response = client.get(url)
    if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
        return []
    parser = Fields(url)
    parser.feed(response.content.decode())
    return parser.forms


def forms_met(told: Told, key: str) -> list[Form]:
    """The forms on one page of each kind that somebody can open, each once."""
    client, met = told.client(key), {}
    for url in own_pages(told, key):
        for form in forms_of(client, url):
            if not form.action.startswith(("/account/", "/demo/")):
                met.setdefault((form.action, form.sent.urlencode(), *sorted(form.asked)), form)
    return list(met.values())
