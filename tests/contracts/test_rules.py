"""Pure rules: words, dates, differences, evidence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import guidance
from alongside.contracts import rules
from alongside.contracts.terms import LayerName, VersionState
from alongside.guidance import Unfilled

NAMES = {
    "mentor": "Amara",
    "mentee": "Ben",
    "programme": "Rising leaders",
    "organisation": "Northgate Health",
    "coordinator": "Carys Llewellyn",
    "records": "- Shared records: two years.\n- Private notes: six months.",
}
DATES = {"start": "2026-11-24", "end": "2027-06-18"}


def composed(**answers):
    return rules.compose(guidance.clauses(), NAMES, DATES | answers)


def text(layer, key, **answers):
    return next(clause.text for clause in composed(**answers)[layer] if clause.key == key)


def test_dates_are_said_in_words():
    assert "from 24 November 2026 to 18 June 2027" in text(LayerName.PRIVATE, "logistics")
    assert "from 24 November 2026 to 18 June 2027" in text(LayerName.SHARED, "logistics")


def test_how_often_they_meet_stays_out_of_the_shared_part():
    said = "each second Tuesday"
    assert said in text(LayerName.PRIVATE, "logistics", how_often=said)
    assert not any(said in clause.text for clause in composed(how_often=said)[LayerName.SHARED])


def test_own_words_are_added_to_the_private_part_alone():
    said = "We laugh.\n\nWe say what is hard."
    assert text(LayerName.PRIVATE, "commitments", own_words=said).endswith(f"In our own words:\n\n{said}")
    assert not any("We laugh" in clause.text for clause in composed(own_words=said)[LayerName.SHARED])


def test_what_is_left_out_is_added_to_the_clause_about_that():
    assert text(LayerName.PRIVATE, "scope", not_covered="My divorce.").endswith("We leave out as well:\n\nMy divorce.")


def test_nothing_is_added_where_nothing_was_written():
    assert text(LayerName.PRIVATE, "scope", not_covered=" \n ") == text(LayerName.PRIVATE, "scope")


def test_the_clause_on_what_helps_is_private():
    assert "needs" not in [clause.key for clause in composed()[LayerName.SHARED]]


def test_a_missing_date_is_named():
    with pytest.raises(Unfilled) as missing:
        rules.compose(guidance.clauses(), NAMES, {"start": "2026-11-24", "end": ""})
    assert missing.value.missing == ("end",)


def test_which_answers_stand_in_the_shared_part():
    clauses = guidance.clauses()
    shared = {blank.key for blank in clauses.blanks if rules.is_shared(clauses, blank.key)}
    assert shared == {"sessions", "length", "start", "end", "reviews"}
    assert not rules.is_shared(clauses, rules.OWN_WORDS)


def test_a_document_says_the_same_in_one_way_only():
    one = rules.document(layer="private", head={"b": 1, "a": 2}, readers="r", clauses=[], salt="s")
    other = rules.document(layer="private", head={"a": 2, "b": 1}, readers="r", clauses=[], salt="s")
    assert one == other
    assert one == '{"a":2,"b":1,"clauses":[],"format":1,"layer":"private","readers":"r","salt":"s"}'


def test_the_salt_keeps_a_hash_from_being_guessed():
    one, other = (
        rules.sha256(rules.document(layer="shared", head={}, readers="", clauses=[], salt=salt)) for salt in "ab"
    )
    assert one != other


def test_a_link_of_the_chain_covers_what_came_before_the_facts_and_the_layers():
    link = rules.chained("before", facts={"number": 2}, hashes={"private": "p", "shared": "s"})
    others = [
        rules.chained("other", facts={"number": 2}, hashes={"private": "p", "shared": "s"}),
        rules.chained("before", facts={"number": 3}, hashes={"private": "p", "shared": "s"}),
        rules.chained("before", facts={"number": 2}, hashes={"private": "s", "shared": "p"}),
    ]
    assert link not in others
    assert len(set(others)) == 3


@pytest.mark.parametrize(
    ("state", "signed", "was_shown", "reason"),
    [
        (VersionState.PROPOSED, False, True, None),
        (VersionState.PROPOSED, True, True, "You have signed this version already."),
        (VersionState.SIGNED, True, True, "You have signed this version already."),
        (VersionState.WITHDRAWN, False, True, "This is an old version. Read the newest one, then sign that."),
        (VersionState.REPLACED, False, True, "This is an old version. Read the newest one, then sign that."),
        (VersionState.SIGNED, False, True, "Both of you have signed this version already."),
        (
            VersionState.DRAFTING, False, True,
            "This version is still being written. It can be signed once it has been shown to both of you.",
        ),
        (
            VersionState.PROPOSED, False, False,
            "Read both parts of this version first: they stand above the button.",
        ),
    ],
)  # fmt: skip
def test_when_a_version_can_be_signed(state, signed, was_shown, reason):
    assert rules.why_not_sign(state, signed_already=signed, was_shown=was_shown) == reason


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        (date(2026, 11, 24), date(2027, 6, 18), None),
        (None, date(2027, 6, 18), None),
        (date(2026, 11, 24), None, None),
        (date(2026, 11, 24), date(2026, 11, 24), "Choose a last day after the first one (24 November 2026)."),
        (date(2026, 11, 24), date(2026, 11, 23), "Choose a last day after the first one (24 November 2026)."),
    ],
)
def test_the_last_day_comes_after_the_first(start, end, fault):
    assert rules.fault_of_dates(start, end) == fault


@pytest.mark.parametrize(("today", "start"), [(date(2026, 11, 24), "2026-11-24"), (date(2026, 8, 1), "2026-09-01")])
def test_a_draft_begins_today_or_with_the_programme(today, start):
    said = rules.default_answers(guidance.clauses(), today=today, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    assert (said["start"], said["end"]) == (start, "2027-08-31")
    assert said["sessions"] == "10"


@pytest.mark.parametrize(("name", "said"), [("Amara", "Amara"), ("  Amara\nO. ", "Amara O."), ("—", "the mentor")])
def test_a_name_that_is_no_name_does_not_break_a_sentence(name, said):
    assert rules.called(name, "the mentor") == said


def test_two_of_the_same_first_name_are_called_by_their_whole_names():
    assert rules.short_names(("Amara", "Amara Okafor"), ("Ben", "Ben Thomas")) == ("Amara", "Ben")
    assert rules.short_names(("Ben", "Ben Okafor"), ("ben", "ben Thomas")) == ("Ben Okafor", "ben Thomas")


# --- differences

line = st.text("abc xyz.", min_size=1, max_size=30).map(str.strip).filter(bool).map(lambda words: f"w{words}")
entries = st.lists(line, min_size=1, max_size=3).map(lambda held: "\n".join(f"- {one}" for one in held))
paragraph = st.one_of(line, entries)
clause = st.lists(paragraph, max_size=4).map("\n\n".join)


def lines_of(passages, kinds):
    """The lines, kept of each only these kinds of words; lines of other words alone fall away."""
    found = []
    for passage in passages:
        for pieces in passage.lines:
            if any(piece.kind in kinds for piece in pieces):
                found.append((passage.is_list, "".join(piece.words for piece in pieces if piece.kind in kinds)))
    return found


def flat(words):
    return [(block.is_list, line) for block in guidance.blocks(words) for line in block.lines]


@given(clause, clause)
def test_a_difference_holds_both_texts_whole(old, new):
    shown = rules.passages(new, old)
    assert lines_of(shown, {"same", "ins"}) == flat(new)
    assert lines_of(shown, {"same", "del"}) == flat(old)


@given(clause)
def test_a_text_that_did_not_change_shows_no_difference(words):
    assert rules.passages(words, words) == rules.passages(words)
    assert {piece.kind for passage in rules.passages(words) for held in passage.lines for piece in held} <= {"same"}


def test_a_changed_word_is_marked_and_the_rest_left_alone():
    old = "We meet every three weeks, by video, for an hour."
    new = "We meet every two weeks, by video, for an hour."
    [passage] = rules.passages(new, old)
    assert passage.lines == (
        (
            rules.Piece("same", "We meet every "),
            rules.Piece("del", "three"),
            rules.Piece("ins", "two", instead=True),
            rules.Piece("same", " weeks, by video, for an hour."),
        ),
    )


def test_a_lone_word_between_two_changes_goes_with_them():
    old = "We meet every four to six weeks, by video, for an hour."
    new = "We meet every two to three weeks, by video, for an hour."
    [passage] = rules.passages(new, old)
    assert [piece[:2] for piece in passage.lines[0]] == [
        ("same", "We meet every "),
        ("del", "four to six"),
        ("ins", "two to three"),
        ("same", " weeks, by video, for an hour."),
    ]


def test_a_line_that_shares_little_is_given_whole():
    [passage] = rules.passages("Something else entirely, and longer.", "We laugh.")
    assert [piece.kind for piece in passage.lines[0]] == ["del", "ins"]


def test_a_list_entry_is_not_compared_with_a_paragraph():
    shown = rules.passages("- We laugh.", "We laugh.")
    assert [(passage.is_list, passage.lines[0][0].kind) for passage in shown] == [(False, "del"), (True, "ins")]
