"""Gaps in texts and the agreement they make."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import guidance
from alongside.guidance import Layer, Unfilled, rules

CLAUSES = guidance.clauses()
NAMES = {
    "mentee": "Ben", "mentor": "Amara", "coordinator": "Carys", "programme": "Rising leaders",
    "organisation": "Northgate Health", "records": guidance.records_words(),
}  # fmt: skip
ANSWERS = {"start": "14 September 2026", "end": "18 June 2027"}

one_line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(rules.one_line)
names = st.fixed_dictionaries(dict.fromkeys(CLAUSES.names, one_line)).map(
    lambda held: held | {"records": NAMES["records"]}
)
answers = st.fixed_dictionaries({blank.key: one_line for blank in CLAUSES.blanks})


def rendered(key: str, **changes: str):
    return {clause.key: clause for clause in CLAUSES.render(NAMES, ANSWERS | changes)}[key]


def test_the_agreement_has_the_clauses_that_practice_asks_for():
    assert [(clause.key, clause.layer.value) for clause in CLAUSES.clauses] == [
        ("purpose", "both"), ("scope", "both"), ("logistics", "both"), ("commitments", "both"), ("goals", "both"),
        ("confidentiality", "both"), ("limits", "both"), ("reporting", "both"), ("records", "both"),
        ("boundaries", "both"), ("needs", "private"), ("review", "both"), ("ending", "both"), ("trouble", "both"),
        ("nature", "both"),
    ]  # fmt: skip


def test_the_logistics_are_asked_and_stand_in_the_text():
    assert [blank.key for blank in CLAUSES.blanks] == [
        "purpose", "how_often", "length", "place", "sessions", "start", "end", "agenda_ahead", "notice", "between",
        "reviews",
    ]  # fmt: skip
    logistics = rendered("logistics", how_often="every third Tuesday")
    assert "We meet every third Tuesday, for 60 to 90 minutes each time" in logistics.private
    assert logistics.shared == (
        "They have 10 sessions in mind, of 60 to 90 minutes each, from 14 September 2026 to 18 June 2027."
    )


def test_each_limit_of_confidentiality_stands_on_its_own_line_in_both_parts():
    limits = rendered("limits")
    for text in (limits.private, limits.shared):
        (listed,) = [block for block in rules.blocks(text) if block.is_list]
        assert len(listed.lines) == 6
        assert "Nothing in this agreement stops anyone from whistleblowing, from reporting harassment" in text
        for whom in ("the police", "a regulator", "a union", "a doctor", "a lawyer"):
            assert whom in text


def test_either_may_stop_without_a_reason_and_it_is_no_employment_contract():
    assert "Either of us may stop at any time. We need give no reason" in rendered("ending").private
    assert "without giving a reason" in rendered("ending").shared
    for text in (rendered("nature").private, rendered("nature").shared):
        assert "a working agreement, not part of an employment contract" in text


def test_how_long_records_are_kept_comes_from_the_retention_classes():
    listed = [block.lines for block in rules.blocks(rendered("records").private) if block.is_list]
    classes = guidance.retention_classes()
    assert listed == [tuple(f"{classes[key].name}: {classes[key].words}" for key in guidance.PAIR_RECORDS)]


def test_what_the_two_write_about_their_purpose_is_not_in_the_shared_part():
    secret = "to find the courage to leave the ward"
    shown = CLAUSES.render(NAMES, ANSWERS | {"purpose": secret, "place": "the chapel", "between": "by letter"})
    assert any(secret in clause.private for clause in shown)
    for words in (secret, "the chapel", "by letter"):
        assert not any(words in clause.shared for clause in shown)


def test_a_clause_is_empty_in_the_layer_it_is_not_part_of():
    for clause, source in zip(CLAUSES.render(NAMES, ANSWERS), CLAUSES.clauses, strict=True):
        assert bool(clause.private) == (source.layer in (Layer.PRIVATE, Layer.BOTH))
        assert bool(clause.shared) == (source.layer in (Layer.SHARED, Layer.BOTH))


@pytest.mark.parametrize(
    ("names", "answers", "missing", "unknown"),
    [
        ({**NAMES, "mentor": ""}, ANSWERS, ("mentor",), ()),
        ({**NAMES, "mentor": " \n- "}, ANSWERS, ("mentor",), ()),
        ({key: held for key, held in NAMES.items() if key != "records"}, ANSWERS, ("records",), ()),
        ({**NAMES, "sponsor": "Priya"}, ANSWERS, (), ("sponsor",)),
        (NAMES, {"start": "14 September 2026"}, ("end",), ()),
        (NAMES, {**ANSWERS, "notice": ""}, ("notice",), ()),
        (NAMES, {**ANSWERS, "salary": "none"}, (), ("salary",)),
        (NAMES, {**ANSWERS, "mentee": "Elin"}, (), ("mentee",)),
    ],
)
def test_what_is_missing_or_unknown_is_refused_by_name(names, answers, missing, unknown):
    with pytest.raises(Unfilled) as refused:
        CLAUSES.render(names, answers)
    assert (refused.value.missing, refused.value.unknown) == (missing, unknown)


@given(names=names, answers=answers)
def test_every_gap_is_filled_and_what_was_written_stays_as_it_was(names, answers):
    shown = CLAUSES.render(names, answers)
    text = "\n\n".join(f"{clause.private}\n\n{clause.shared}" for clause in shown)
    for value in (*names.values(), *answers.values()):
        assert " ".join(value.split()).lstrip("-–—•*+#> \t") in " ".join(text.split())
    assert [clause.key for clause in shown] == [clause.key for clause in CLAUSES.clauses]


@given(names=names, answers=answers)
def test_nobodys_name_or_answer_adds_a_paragraph_or_a_list(names, answers):
    usual = CLAUSES.render(NAMES, ANSWERS)
    for clause, plain in zip(CLAUSES.render(names, answers), usual, strict=True):
        for text, expected in ((clause.private, plain.private), (clause.shared, plain.shared)):
            assert [(block.is_list, len(block.lines)) for block in rules.blocks(text)] == [
                (block.is_list, len(block.lines)) for block in rules.blocks(expected)
            ]


@given(value=st.text())
def test_a_brace_in_a_value_is_never_taken_for_a_gap(value):
    assert (
        rules.fill("Dear {name}, {other}.", {"name": "{other}" + value, "other": "x"}) == f"Dear {{other}}{value}, x."
    )


@given(text=st.text(string.ascii_lowercase + "{} "))
def test_a_text_is_filled_whole_or_refused(text):
    try:
        gaps = rules.placeholders(text)
    except ValueError:
        return
    filled = rules.fill(text, dict.fromkeys(gaps, "X"))
    assert "{" not in filled
    assert "}" not in filled


@pytest.mark.parametrize("text", ["{mentee", "mentee}", "{Mentee}", "{}", "{{mentee}}", "{a b}"])
def test_a_brace_that_is_no_gap_is_refused(text):
    with pytest.raises(ValueError, match="brace"):
        rules.placeholders(text)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ({"text_private": "{mentee} and {stranger}"}, "stranger"),
        ({"text_private": "nobody"}, "mentee"),
        ({"text_private": "{mentee} }"}, "brace"),
        ({"text_private": "{mentee}", "text_shared": "more"}, "layer"),
        ({"text_private": "{mentee}", "blanks": [{"key": "mentee", "label": "Twice", "kind": "text"}]}, "twice"),
    ],
)
def test_a_set_of_clauses_whose_gaps_do_not_fit_is_refused(clause, said):
    document = {
        "kind": "clauses", "key": "own", "edition": 1, "title": "Ours", "introduction": "Read it.", "names": ["mentee"],
        "clauses": [{"key": "one", "title": "One", "layer": "private", **clause}],
    }  # fmt: skip
    with pytest.raises(guidance.Invalid, match=said):
        guidance.load(document)


def test_blocks_are_paragraphs_and_lists():
    assert rules.blocks("One\nline.\n\n- a\n- b\n\n\nLast - not a list.") == (
        rules.Block(False, ("One line.",)),
        rules.Block(True, ("a", "b")),
        rules.Block(False, ("Last - not a list.",)),
    )
