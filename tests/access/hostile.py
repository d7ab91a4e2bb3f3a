"""Text that means harm, how it is sent, and what of it must never be alive afterwards."""

import csv
import io
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus

from django.apps import apps
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from alongside.foundation.files.lists import escaped
from alongside.foundation.notifications.engine import message
from alongside.foundation.notifications.models import Mail
from tests.access.forms import Form

SECONDS = 5  # in which each answer comes
# Each bears what no page of ours holds: an element x-harm, an attribute onharm, an address javascript:harm.
MARKUP = {
    "an element": "Harm <x-harm onharm=1>harm</x-harm>",
    "the end of an attribute": "Harm\" onharm=\"1\"><x-harm ' onharm='1'><x-harm `onharm=1`>",
    "the end of an element": "Harm</textarea></option></title></style></script></svg><x-harm>",
    "a script": "Harm <script>harm()</script><img src=x onharm=harm()><svg/onharm=1>",
    "a comment": "Harm --><x-harm><!-- ]]><x-harm> <![CDATA[<x-harm>",
    "entities": "Harm &lt;x-harm&gt; &#60;x-harm&#62; \\u003cx-harm\\u003e %3Cx-harm%3E",
    "an address that runs": "javascript:harm()//<x-harm>",
}
TEMPLATES = {
    "a template": "harm{{ 7|add:7 }}harm {% now 'Y' %} {{ settings.SECRET_KEY }} {% include 'ui/icons.svg' %} {#",
    "places of a format": "Harm {0.__class__.__init__.__globals__} %s %(x)d %n {link} {name!r} ${7*7}",
    "typesetting": 'Harm #panic("harm") #read("/etc/passwd") #eval("7*7") \\ ` $ [ ] <label> @nowhere *_~ // /*',
}
FORMULAS = {
    "a formula": '=HYPERLINK("http://harm.example","Harm")',
    "a formula with a plus": "+1+cmd|' /C harm'!A0",
    "a formula with a minus": "-1+cmd|' /C harm'!A0",
    "a formula with an at": "@SUM(1+1)*cmd|' /C harm'!A0",
    "a formula behind a tab": "\t=1+1 harm",
}
LETTERS = {
    "mixed scripts": "Harm Зла مرحبا שלום 你好 हिन्दी ไทย Ǆ ﬁ İı ß 👩🏽‍🏫🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "direction marks": "Harm \u202egnitnem\u202c \u2066\u2067\u200f\u200e\u061c",
    "zero width": "H\u200ba\u200dr\ufeffm\u2060\u00ad\u180e",
    "piled marks": "Harm" + "\u0301\u0489" * 500,
    "noncharacters": "Harm \ufffe\uffff\U0010ffff\ue000",
    "blanks": "\u00a0\u3000\u2003",
    "NUL": "Harm\0harm",
    "control characters": "Harm\x01\x07\x08\x1b[31m\x7f\x85\x9b",
    "a lone surrogate": "Harm \ud800 harm",
    "another lone surrogate": "\udfff",
    "a new header": "Harm\r\nBcc: harm@harm.example\r\n\r\nHarm",
    "new lines of other kinds": "Harm\u2028Bcc: harm@harm.example\u2029\x0b\x0cHarm\rHarm",
}
SIZES = {
    "100 KB": "harm " * 20_000,
    "one word of 100 KB": "h" * 100_000,
    "many lines": "harm\n" * 20_000,
    "brackets within brackets": "[{" * 3_000,
    "many marks": "@.-:" * 5_000 + "!",
}
VALUES = {
    "SQL": "Harm'; DROP TABLE goals_goal; -- \" OR 1=1 %_\\",
    "a path": "../../../../etc/passwd",
    "a number beyond numbers": "9" * 400,
    "a number with an exponent": "1e999999",
    "less than nothing": "-1",
    "no number": "NaN",
    "digits of other scripts": "٣१③²",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "no day": "2027-02-30",
    "the first moment": "00:00",
    "another host": "//harm.example/%0d%0aharm:1",
    "a list": '["harm", {"harm": null}]',
    "nothing": "",
}
TOGETHER = '=Harm"\'><x-harm onharm=1></textarea><x-harm>harm{{ 7|add:7 }}harm#panic("harm")'
TEXTS = MARKUP | TEMPLATES | FORMULAS | LETTERS | SIZES | VALUES


class Alive(HTMLParser):
    """Finds what came out of a text and has become part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag, attrs):
        self._script = tag == "script"
        held = [f"{name}={value}" for name, value in attrs if _runs(name, value or "")]
        if "x-harm" in tag or held:
            self.found.append(f"<{tag} {' '.join(held)}>")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script and "harm" in data.lower():
            self.found.append(f"a script: {data[:60]}")
        if "harm14harm" in data:
            self.found.append("a template was run")


def _runs(name: str, value: str) -> bool:
    address = name in ("href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href", "style")
    beginning = "".join(value.split()).lower()
    return "onharm" in name or (address and beginning.startswith(("javascript:", "data:text", "//harm.example")))


def alive_in(page: str) -> list[str]:
    """What of a hostile text is alive in a page."""
    parser = Alive()
    parser.feed(page)
    parser.close()
    return parser.found


def runs_in(cells: Iterable[str]) -> list[str]:
    """The cells that a spreadsheet program would run."""
    return [cell for cell in cells if escaped(cell) != cell]


def alive_in_mail(mail: EmailMessage) -> list[str]:
    """What of a hostile text is alive in a mail: headers of its own, elements in what is shown."""
    strays = [name for name in ("Bcc", "Cc", "harm") if mail[name] is not None]
    strays += [f"{name}: {value}" for name, value in mail.items() if any(c in str(value) for c in "\r\n\0\u2028")]
    shown = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/html"]
    return strays + [found for page in shown for found in alive_in(page)]


@dataclass
class Tried:
    """What came of sending texts."""

    inputs: int = 0
    taken: int = 0  # answers that led on to another page
    faults: list[str] = field(default_factory=list)


def body_of(values: dict[str, list[str]]) -> bytes:
    """A form as it goes over the wire, lone surrogates and all."""
    pairs = [(name, value) for name, held in values.items() for value in held]
    return "&".join(f"{quote_plus(name)}={quote_plus(value, errors='surrogatepass')}" for name, value in pairs).encode()


def attempts(form: Form, text: str) -> Iterator[tuple[str, int, dict[str, list[str]]]]:
    """A text in every place that is written into at once, then in each field of any kind alone."""
    if form.written:
        yield "everywhere", len(form.written), form.filled(text)
    for name in form.kinds:
        plain = form.filled()
        yield name, 1, plain | {name: [text] * max(1, len(plain.get(name, ())))}


def send(client: Client, form: Form, values: dict[str, list[str]]) -> HttpResponse:
    """Send a form as a browser does, and go where the answer leads."""
    response = client.post(
        form.action, body_of(values), content_type="application/x-www-form-urlencoded", HTTP_REFERER=form.page
    )
    followed = 0
    while response.status_code in (301, 302, 303) and followed < 4 and response.headers["Location"].startswith("/"):
        response, followed = client.get(response.headers["Location"]), followed + 1
    response.followed = followed
    return response


def fault_in(response: HttpResponse, seconds: float) -> str:
    """What is wrong with an answer to hostile text; nothing where it bore it."""
    if response.status_code >= 500:
        return f"{response.status_code}"
    if seconds > SECONDS:
        return f"took {seconds:.1f} seconds"
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return " ".join(alive_in(response.content.decode()))


def try_texts(client: Client, forms: Iterable[Form], texts: dict[str, str], *, alone: int = 0) -> Tried:
    """Send each text into each form, and undo whatever it did.

    Each goes into every place at once; with `alone` also into each field alone, for every `alone`-th text in turn.
    """
    tried = Tried()
    for form in forms:
        for turn, (name, text) in enumerate(texts.items()):
            for number, (where, inputs, values) in enumerate(attempts(form, text)):
                if where == "everywhere" or (alone and (turn + number) % alone == 0):
                    _try_one(client, form, values, inputs, f"{form.action} ({name}, {where})", tried)
    return tried


def _try_one(client: Client, form: Form, values: dict[str, list[str]], inputs: int, said: str, tried: Tried) -> None:
    caches["default"].clear()  # what was asked too often is asked all the same
    with transaction.atomic():
        begun = time.monotonic()
        response = send(client, form, values)
        taken = time.monotonic() - begun
        transaction.set_rollback(True)
    tried.inputs, tried.taken = tried.inputs + inputs, tried.taken + bool(response.followed)
    if fault := fault_in(response, taken):
        tried.faults.append(f"{said}: {fault}")


def try_addresses(client: Client, addresses: Iterable[tuple[str, str]], texts: dict[str, str]) -> Tried:
    """Put each text into the last part of each address that names something, and into all that its page is asked with.

    `addresses` are pairs of an address and of what stands in it (nothing where it names no thing).
    """
    tried = Tried()
    for url, thing in addresses:
        names = _asked_with(client.get(url))
        for name, text in texts.items():
            said = quote(text.encode("utf-8", "surrogatepass"), safe="")
            asked = [f"{url}?{'&'.join(f'{one}={said}' for one in names)}"] if names else []
            asked += [url.replace(thing, said)] if thing and len(text) < 1000 else []
            for one in asked:
                begun = time.monotonic()
                response = client.get(one)
                tried.inputs += len(names) if "?" in one else 1
                if fault := fault_in(response, time.monotonic() - begun):
                    tried.faults.append(f"{url} ({name}): {fault}")
                _let_go(response)
    return tried


def _let_go(response: HttpResponse) -> None:
    """Read a file to its end, which closes it."""
    for _chunk in response.streaming_content if response.streaming else ():
        pass


def _asked_with(response: HttpResponse) -> list[str]:
    """The names that a page's own links and filters ask it with, and some that any page might know."""
    page = "" if response.streaming else response.content.decode("utf-8", "replace")
    _let_go(response)
    filters = "".join(re.findall(r'<form(?![^>]*method="post").*?</form>', page, re.DOTALL))
    found = re.findall(r'name="([\w-]+)"', filters) + re.findall(r'href="[^"]*[?&;]([\w-]+)=', page)
    return sorted({*found, "q", "page", "sort", "next", "state"})


def rights() -> list[tuple]:
    """Who may come in and stands where: what must stay as it is for the pages to be read afterwards."""
    columns = {
        "identity.Account": ("pk", "email", "is_active", "password"),
        "identity.Membership": ("pk", "state"),
        "identity.OrganisationRole": ("pk", "until"),
        "programmes.Participation": ("pk", "until"),
        "programmes.Programme": ("pk", "state"),
        "relationships.Party": ("pk", "until"),
        "relationships.Relationship": ("pk", "state"),
    }
    return [
        row for name, held in columns.items() for row in apps.get_model(name).objects.order_by("pk").values_list(*held)
    ]


def keep(client: Client, forms: Iterable[Form], text: str) -> Tried:
    """Send a text into each form, at once or field by field, and let it be kept where everybody keeps their place."""
    tried, before = Tried(), rights()
    for form in forms:
        for _where, inputs, values in attempts(form, text):
            with transaction.atomic():
                response = send(client, form, values)
                if stays := rights() == before:
                    tried.taken += bool(response.followed)
                else:
                    transaction.set_rollback(True)
            tried.inputs += inputs
            if fault := fault_in(response, 0):
                tried.faults.append(f"{form.action}: {fault}")
            if response.followed and stays:
                break  # all of it was taken
    return tried


@dataclass
class Read:
    """What was read after texts had been kept."""

    answers: int = 0
    showing: int = 0  # of them with such a text in sight
    faults: list[str] = field(default_factory=list)


def read(client: Client, urls: Iterable[str]) -> Read:
    """Open pages, spreadsheets and PDFs, and look for what is alive."""
    found = Read()
    for url in urls:
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found.answers += 1
        found.showing += b"x-harm" in body
        if fault := _alive_in_answer(response, body):
            found.faults.append(f"{url}: {fault}")
    return found


def _alive_in_answer(response: HttpResponse, body: bytes) -> str:
    kind = response.headers.get("Content-Type", "")
    if response.status_code >= 500:
        return str(response.status_code)
    if kind.startswith("text/html"):
        return " ".join(alive_in(body.decode()))
    if kind.startswith("text/csv"):
        rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        return " ".join(runs_in(cell for row in rows for cell in row))
    if kind.startswith("application/pdf"):
        return " ".join(word.decode() for word in (b"/JavaScript", b"/JS", b"javascript:", b"/Launch") if word in body)
    return ""


def alive_in_mails() -> list[str]:
    """What is alive in any mail of the outbox, as it would go."""
    sent = [message(mail).message().as_bytes() for mail in Mail.objects.exclude(body="")]
    return [found for one in sent for found in alive_in_mail(message_from_bytes(one, policy=policy.default))]
