"""Templates keep the borders of the packages, every word goes through gettext, and nothing is inline."""

import re

import pytest

from tests.architecture import house
from tests.architecture.house import Source

LONGEST = 200
# Templates of allauth that the ui package draws in our look.
_THIRD_PARTY = {"account", "allauth", "mfa", "socialaccount", "usersessions"}
_ERROR_PAGES = re.compile(r"\d{3}(_csrf)?\.html$")
# Mail programs know no stylesheet: css-inline writes a mail's own style into its tags.
_MAILS = ("foundation/notifications/templates/notifications/mail.html",)
_NAME = {"Alongside"}  # the product's own name is the same in every language
_USES = re.compile(r'\{%\s*(?:extends|include)\s+"([^"]+)"')
_QUIET = re.compile(
    r"\{%\s*block html_attributes.*?endblock\s*%\}|<style.*?</style>|<!--.*?-->|<!doctype[^>]*>|&[a-z]+;"
    r"|\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPOKEN = re.compile(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"')
_INLINE = re.compile(r'<style|\sstyle="|\son[a-z]+="|<script(?![^>]*\ssrc=)|javascript:', re.IGNORECASE)


def strays(source: Source) -> list[str]:
    """What a template uses of packages that it may not use."""
    package = house.package_of_path(source.path)
    return [name for name in _USES.findall(source.text) if not _may(package, name)]


def _may(package: str, name: str) -> bool:
    folder = name.split("/", maxsplit=1)[0]
    if folder == "ui" or (folder in _THIRD_PARTY and package == "foundation.ui"):
        return True
    owners = [other for other in house.ranks() if other.split(".")[-1] == folder]
    return bool(owners) and house.may_use(package, owners[0])


def misplaced(source: Source) -> bool:
    """Does a template lie outside the folder with its package's name?"""
    package = house.package_of_path(source.path).split(".")[-1]
    folder = source.path.split("/templates/")[1].split("/")[0]
    ui_may = folder in _THIRD_PARTY or bool(_ERROR_PAGES.match(folder))
    return folder != package and not (package == "ui" and ui_may)


def bare_words(source: Source) -> list[str]:
    """Words that people would read in English whatever their language."""
    text = _QUIET.sub(" ", source.text)
    spoken = " ".join(_SPOKEN.findall(text))
    words = _WORD.findall(re.sub(r"<[^>]*>", " ", text) + spoken)
    return [word for word in words if word not in _NAME]


def inline(source: Source) -> list[str]:
    """Styles and scripts that the content-security policy would refuse."""
    return _INLINE.findall(source.text)


def _each(skip: tuple[str, ...] = ()) -> list:
    return [
        pytest.param(source, id=source.path) for source in house.templates() if not source.path.startswith(skip or "?")
    ]


@pytest.mark.parametrize("source", _each())
def test_template(source):
    assert strays(source) == []
    assert not misplaced(source)
    assert inline(source) == [] or source.path in _MAILS
    assert source.text.count("\n") <= LONGEST


# The gallery is a page for developers.
@pytest.mark.parametrize("source", _each(skip=("foundation/ui/templates/ui/gallery",)))
def test_every_word_goes_through_gettext(source):
    assert bare_words(source) == []


def test_planted_templates_are_caught():
    upward = Source("people/templates/people/one.html", '{% extends "ui/page.html" %}{% include "goals/_row.html" %}')
    sibling = Source("contracts/templates/contracts/one.html", '{% include "matching/_why.html" %}')
    unknown = Source("people/templates/people/two.html", '{% include "common/_head.html" %}')
    down = Source("goals/templates/goals/one.html", '{% include "people/_card.html" with person=person %}')
    assert [strays(planted) for planted in (upward, sibling, unknown, down)] == [
        ["goals/_row.html"],
        ["matching/_why.html"],
        ["common/_head.html"],
        [],
    ]
    assert misplaced(Source("goals/templates/shared/one.html", ""))


def test_planted_words_are_caught():
    text = '<p>Hello {{ name }}</p><a title="Go back" href="/where">{% translate "Back" %}</a>'
    assert bare_words(Source("x", text)) == ["Hello", "Go", "back"]
    assert bare_words(Source("x", "{% blocktranslate trimmed %}Dear {{ name }}{% endblocktranslate %}<br>·")) == []


@pytest.mark.parametrize("text", ['<p style="color:red">', '<a onclick="x()">', "<style>", "<script>x()</script>"])
def test_planted_inline_code_is_caught(text):
    assert inline(Source("x", text))
    assert inline(Source("x", '<script src="/static/x.js"></script>')) == []
