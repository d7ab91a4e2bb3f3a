"""The page of an export that somebody reads: the same rows as its JSON, without what only programs need."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from html import unescape
from typing import IO, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Field, JSONField
from django.utils.dateformat import format as dated
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import clock
from alongside.foundation.privacy import Declaration, Person
from alongside.records import wording

Row = dict[str, Any]


class Told(NamedTuple):
    """How much is held back of which somebody may know that it is there."""

    passages: int  # other people's words about them
    lists: int  # of other people, which they handed in


_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "article{border-top:1px solid #999;padding:.5rem 0}dd dl,dd ul{margin:.25rem 0;padding-inline-start:1rem}"
)
# Hashes, counters and codes: they say nothing to a reader, and the JSON has them.
_FOR_PROGRAMS = {
    "ref", "sha256", "document_hash", "chain", "hash", "revision", "foot_at", "position", "codes", "about_kind",
    "dedupe", "task_id", "attempts", "losses", "priority", "not_before", "secret", "cancel_requested", "log_key",
    "fingerprint", "stored_as", "by_ref", "has_news",
}  # fmt: skip
_REF = re.compile(r"[a-z]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+\d\d:\d\d")
_HEAD = re.compile(r"<head\b.*?</head>", re.DOTALL)
_FOR_PROGRAMS_WITHIN = {
    "key", "salt", "_salt", "format", "by", "contract", "version", "pair", "membership", "previous", "language",
    "layer", "framework", "ref",
}  # fmt: skip


def write(person: Person, told: Told, tables: Iterable[tuple[Declaration, str, Iterator[Row]]], out: IO[bytes]) -> None:
    """Write the page: how much is held back; for each table what it is for, how long it is kept, and its rows."""
    holder = person.account or person.organisation
    title = _("What %(organisation)s holds about you") % {"organisation": person.organisation.name}
    begin = format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>{}</title><style>{}</style><h1>{}</h1><p>{}</p><p>{}</p>",
        *(holder.language, title, mark_safe(_STYLE), title),  # noqa: S308 -- our own text
        _("Made with Alongside on %(day)s. Times are those of %(zone)s.")
        % {"day": _moment(clock.now(), holder.timezone), "zone": holder.timezone},
        _(
            "Words that other people wrote about you are looked at before they are handed over. The file data.json"
            " holds the same for programs, with every reference."
        ),
    )
    out.write((begin + _held_back(person, told)).encode())
    for held, kept, rows in tables:
        begun = False
        for row in rows:
            if not begun:
                out.write(format_html("<h2>{}</h2><p>{}</p>", held.purpose, kept).encode())
                begun = True
            out.write(_article(held, row, holder.timezone).encode())
    out.write(b"</html>\n")


def _held_back(person: Person, told: Told) -> SafeString:
    said = []
    if told.passages:
        words = ngettext(
            "%(count)s passage that somebody else wrote is held back, because it was not written for you.",
            "%(count)s passages that other people wrote are held back, because they were not written for you.",
            told.passages,
        )
        said.append(words % {"count": told.passages})
    if told.lists:
        words = ngettext(
            "%(count)s list that you handed in is held back, because it is about other people.",
            "%(count)s lists that you handed in are held back, because they are about other people.",
            told.lists,
        )
        said.append(words % {"count": told.lists})
    if not said:
        return SafeString("")
    contact = person.organisation.privacy_contact
    ask = _("If you want to have it, ask %(address)s.") % {"address": contact}
    said.append(ask if contact else _("If you want to have it, ask whoever gave you this file."))
    return format_html("<p>{}</p>", " ".join(said))


def _article(held: Declaration, row: Row, zone: str) -> SafeString:
    told = {name: value for name, value in row.items() if name not in _FOR_PROGRAMS and not _is_ref(held, name, value)}
    columns = [(held.model._meta.get_field(name), value) for name, value in told.items()]
    said = [(wording.heading(column), _said(column, value, zone)) for column, value in columns]  # type: ignore[arg-type]
    return format_html("<article><dl>{}</dl></article>", _lines(pair for pair in said if pair[1]))


def _is_ref(held: Declaration, name: str, value: Any) -> bool:
    """Is it but the ref of something, in a field that holds no words of people?"""
    return name in held.plain and isinstance(value, str) and _REF.fullmatch(value) is not None


def _lines(pairs: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs)


def _said(column: "Field[Any, Any]", value: Any, zone: str) -> str:
    """One value in words; nothing where there is none, or only the ref of something."""
    if value in (None, "", [], {}):
        return ""
    if column.is_relation:
        return str(value["name"])
    if column.choices and isinstance(value, str | int):
        return str(dict(column.flatchoices).get(value, value))
    if column.get_internal_type() == "DateTimeField":
        return _moment(datetime.fromisoformat(value), zone)
    if column.get_internal_type() == "DateField":
        return dated(date.fromisoformat(value), "j F Y")
    if column.name == "html":
        return _text_of(value)
    opened = _opened(value) if isinstance(column, JSONField) or _is_document(value) else value
    return _within(wording.said(column, opened), zone)


def _moment(at: datetime, zone: str) -> str:
    return dated(at.astimezone(ZoneInfo(zone)), "j F Y, H:i")


def _text_of(html: str) -> str:
    lines = unescape(strip_tags(_HEAD.sub("", html))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _is_document(value: Any) -> bool:
    return isinstance(value, str) and value.startswith('{"')


def _opened(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:  # somebody’s own words, which only begin like a document
        return value


def _within(value: Any, zone: str) -> str:
    """What stands in a document: its parts under each other, a titled text under its title."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_within(part, zone),) for part in value))
        )
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return _moment(datetime.fromisoformat(value), zone)
    if not isinstance(value, dict):
        return wording.titled(str(value))
    if {"title", "text"} <= value.keys():
        return format_html("<strong>{}</strong>\n{}", value["title"], value["text"])
    parts = [(name, part) for name, part in value.items() if name not in _FOR_PROGRAMS_WITHIN]
    return format_html(
        "<dl>{}</dl>",
        _lines((wording.called(name), _within(part, zone)) for name, part in parts if part != ""),
    )
