"""Names in text: whole ones wherever they stand, short ones in what was shared, and nothing that only looks alike."""

import json

import pytest

from alongside.foundation.privacy import Names

BEN = Names(["Ben Thomas", "ben.thomas@northgate.example"], ["Ben", "Thomas"], "[name removed]")
GONE = "[name removed]"


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ben Thomas and I", f"{GONE} and I"),
        ("BEN THOMAS, ben thomas", f"{GONE}, {GONE}"),
        ("Ben\n Thomas’s goal", f"{GONE}’s goal"),
        ("Write to Ben.Thomas@Northgate.example.", f"Write to {GONE}."),
        ("Ben Thomason, Reuben Thomas", "Ben Thomason, Reuben Thomas"),
        ("Ben", "Ben"),
    ],
)
def test_whole_names_and_addresses_go_anywhere(text, without):
    assert BEN.without(text) == without


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ben and THOMAS met", f"{GONE} and {GONE} met"),
        ("Benign, Bent, ben nevis", "Benign, Bent, ben nevis"),
        ("Ben's plan", f"{GONE}'s plan"),
    ],
)
def test_short_names_go_from_what_was_shared_as_they_are_written(text, without):
    assert BEN.without(text, closely=True) == without


def test_a_verb_is_not_will():
    will = Names([], ["Will"], GONE)
    assert will.without("I will ask Will", closely=True) == f"I will ask {GONE}"


def test_composed_and_decomposed_letters_are_one_name():
    elise = Names(["Élise Noël"], [], GONE)
    assert elise.without("E\u0301lise Noe\u0308l") == GONE


def test_names_go_from_html_too():
    anne = Names(["Anne O'Brien"], [], GONE)
    assert anne.without("<b>Anne O&#x27;Brien</b>") == f"<b>{GONE}</b>"


def test_names_go_from_documents_keys_included():
    said = {"Ben Thomas": ["a", {"by": "Ben Thomas"}], "count": 3}
    assert BEN.without_in(said) == {GONE: ["a", {"by": GONE}], "count": 3}


def test_the_filter_finds_what_json_escapes():
    elise = Names(["Élise Noël"], [], GONE)
    assert json.dumps("Élise Noël")[1:-1] in elise.variants()


def test_nobody_is_looked_for_by_an_empty_name():
    nobody = Names(["", " "], [""], GONE)
    assert (nobody.full, nobody.without("anything", closely=True)) == ([], "anything")
