"""One small stylesheet out of many files, and nothing physical in it."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from alongside.foundation.ui import stylesheet
from alongside.foundation.ui.finders import PATH, StylesheetFinder

SOURCES = [pytest.param(path, id=path.stem) for path in stylesheet.sources()]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|left|right"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right))\s*:"
)


def test_comments_and_needless_space_go_and_meaning_stays():
    text = """
    /* a note; with { brackets } */
    @layer components {
      .row > a, .row :is(b, i) { margin: calc(1rem - 2px) 0; content: "a  ;  b"; }
      @container page (inline-size < 40rem) { .row { color: red; } }
    }
    """
    assert stylesheet.shrink(text) == (
        '@layer components{.row > a,.row :is(b,i){margin:calc(1rem - 2px) 0;content:"a  ;  b"}'
        "@container page (inline-size < 40rem){.row{color:red}}}\n"
    )


def test_the_order_of_the_layers_is_said_first():
    assert stylesheet.joined().startswith("@layer tokens,base,components,print;@layer tokens{")


def test_braces_close():
    joined = stylesheet.joined()
    assert joined.count("{") == joined.count("}")


@pytest.mark.parametrize("path", SOURCES)
def test_a_file_stays_in_its_layer(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    while text != (outside := re.sub(r"\{[^{}]*\}", ";", text)):
        text = outside
    layers = {part.strip() for part in outside.split(";") if part.strip()}
    assert layers <= {
        "@layer tokens, base, components, print", "@layer tokens", "@layer base", "@layer components", "@layer print",
    }  # fmt: skip


@pytest.mark.parametrize("path", SOURCES)
def test_a_file_names_no_left_and_no_right(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert PHYSICAL.findall(re.sub(r"\(\s*width [^)]*\)", "", text)) == []


def test_colours_have_their_names_in_the_tokens_only():
    for path in stylesheet.sources()[1:]:
        found = re.findall(r"#[0-9a-f]{3,8}\b", path.read_text("utf-8"))
        allowed = {"99-print": ["#fff"], "20-account": ["#fff"]}  # paper for a printer, and for a camera
        assert found == allowed.get(path.stem, []), path.stem


def test_it_is_found_under_its_name_and_is_small():
    written = finders.find(PATH)
    with open(written, encoding="utf-8") as file:
        text = file.read()
    assert text == stylesheet.joined()
    assert len(gzip.compress(text.encode(), 9)) < 10_000


def test_collectstatic_gets_the_same_file():
    [(path, storage)] = StylesheetFinder().list([])
    assert path == PATH
    with storage.open(path) as file:
        assert file.read().decode() == stylesheet.joined()


def test_the_finder_answers_for_nothing_else():
    assert StylesheetFinder().find("ui/other.css") == []


def test_a_changed_source_is_written_anew(monkeypatch):
    finders.find(PATH)
    monkeypatch.setattr(stylesheet, "joined", lambda: ".new{}\n")
    with open(StylesheetFinder().find(PATH), encoding="utf-8") as file:
        assert file.read() == ".new{}\n"
    monkeypatch.undo()
    with open(StylesheetFinder().find(PATH), encoding="utf-8") as file:
        assert file.read() == stylesheet.joined()
