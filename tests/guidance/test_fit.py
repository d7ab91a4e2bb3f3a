"""The tables behind a recommendation: what is shipped, and what an organisation puts in its place."""

from copy import deepcopy

import pytest

from alongside import guidance
from alongside.guidance import library
from tests.guidance.test_library import raw

LIFECYCLE, CONVERSATION = guidance.fit("lifecycle"), guidance.fit("conversation")
TABLES = [LIFECYCLE, CONVERSATION]


def numbers(table):
    return {situation: list(row.values()) for situation, row in table.fits.items()}


def test_the_judgements_about_lifecycle_models():
    assert [option.key for option in LIFECYCLE.options] == ["clutterbuck", "kram", "starr", "zachary"]
    assert numbers(LIFECYCLE) == {
        "time-boxed": [3, 1, 3, 3], "long-support": [1, 3, 1, 1], "novice-mentors": [2, 0, 3, 3],
        "reporting": [3, 1, 2, 3], "learning-setting": [2, 2, 1, 3], "self-directed": [3, 2, 2, 3],
        "networks": [2, 3, 2, 1],
    }  # fmt: skip


def test_the_judgements_about_conversation_models():
    assert [option.key for option in CONVERSATION.options] == [
        "grow", "tgrow", "oscar", "clear", "achieve", "five-cs", "skilled-helper", "three-stages",
    ]  # fmt: skip
    assert numbers(CONVERSATION) == {
        "clear-goal": [3, 3, 3, 1, 2, 1, 1, 1], "unclear-goal": [1, 2, 1, 3, 3, 2, 3, 3],
        "choice": [2, 2, 3, 2, 2, 3, 2, 2], "emotion": [1, 1, 1, 3, 1, 1, 3, 2],
        "accountability": [3, 3, 3, 2, 3, 2, 2, 2], "short": [3, 3, 2, 2, 1, 3, 1, 2],
        "behaviour": [1, 1, 2, 3, 2, 1, 3, 2], "many-sessions": [1, 1, 2, 2, 3, 1, 3, 3],
        "confidence": [1, 1, 2, 3, 2, 2, 3, 2],
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_option_is_a_shipped_model_under_its_own_name_and_none_is_left_out(table):
    names = {key: library.find(table.of, key).name for key in library.keys(table.of)}
    assert {option.key: option.name for option in table.options} == names


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_judgement_has_a_reason_of_its_own(table):
    whys = [cell.why for situation in table.situations for cell in situation.cells.values()]
    assert len(whys) == len(table.options) * len(table.situations) == len(set(whys))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_nothing_claims_to_be_better_or_proven(table):
    said = str(table.model_dump()).lower()
    for claim in ("effective", "proven", "evidence shows", "research", "superior"):
        assert claim not in said
    assert "not what is better" in table.introduction
    assert "our own" in table.introduction


def test_the_reasons_of_a_score_begin_with_what_adds_most():
    answers = {"reporting": 1, "time-boxed": 3, "novice-mentors": 2}
    score = next(held for held in guidance.recommend(LIFECYCLE, answers).scores if held.option == "kram")
    assert [(reason.situation.key, reason.adds.points, reason.cell.fit) for reason in LIFECYCLE.reasons(score)] == [
        ("time-boxed", 3, 1), ("reporting", 1, 1), ("novice-mentors", 0, 0),
    ]  # fmt: skip
    assert LIFECYCLE.reasons(score)[0].cell.why.startswith("Its phases move on at turning points")


# --- an organisation's own


def own() -> dict:
    """The shipped table as an organisation would begin to change it."""
    return deepcopy(raw("fit", "lifecycle@1.toml")) | {"key": "northgate", "edition": 1}


def problems(document) -> list[tuple[str, str]]:
    with pytest.raises(guidance.Invalid) as refused:
        guidance.load(document)
    return [(problem.field, problem.words) for problem in refused.value.problems]


def test_an_organisations_own_table_is_loaded_under_the_same_shape_and_counts():
    document = own()
    document["options"] = [{"key": "clutterbuck", "name": "Five phases"}, {"key": "our-own", "name": "Our way"}]
    for situation in document["situations"]:
        situation["cells"] = {
            "clutterbuck": {"fit": 1, "why": "As far as we know it."}, "our-own": {"fit": 2, "why": "Made here."},
        }  # fmt: skip
    table = guidance.load(document)
    assert table.address == "fit/northgate@1"
    assert guidance.recommend(table, {"networks": 3}).best == ("our-own",)
    assert table.name("our-own") == "Our way"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_a_table_can_be_written_out_changed_and_read_again(table):
    document = table.model_dump(mode="json")
    assert guidance.load(document) == table
    document["situations"][0]["cells"][table.options[0].key]["fit"] = 0
    assert guidance.load(document) != table


def change(document, way, value):
    for step in way[:-1]:
        document = document[step]
    if value is None:
        del document[way[-1]]
    else:
        document[way[-1]] = value


@pytest.mark.parametrize(
    ("way", "value", "field", "words"),
    [
        (["situations", 2, "cells", "kram", "fit"], 4, "situations/novice-mentors/cells/kram/fit",
         "Give a whole number from 0 to 3."),
        (["situations", 2, "cells", "kram", "fit"], True, "situations/novice-mentors/cells/kram/fit",
         "Give a whole number from 0 to 3."),
        (["situations", 2, "cells", "kram", "fit"], "3", "situations/novice-mentors/cells/kram/fit",
         "Give a whole number from 0 to 3."),
        (["situations", 2, "cells", "kram", "fit"], None, "situations/novice-mentors/cells/kram/fit",
         "This is missing. Add it."),
        (["situations", 0, "cells", "starr", "why"], " ", "situations/time-boxed/cells/starr/why",
         "This is empty. Write something."),
        (["situations", 0, "cells", "starr", "why"], "x" * 401, "situations/time-boxed/cells/starr/why",
         "Keep this to 400 characters."),
        (["situations", 0, "cells", "starr", "because"], "x", "situations/time-boxed/cells/starr/because",
         "This is not known here. Leave it out, or look at how it is spelled."),
        (["situations", 0, "cells", "starr"], None, "situations/time-boxed/cells",
         "There is no judgement for starr. Give it a fit from 0 to 3, and say why."),
        (["situations", 0, "cells", "nobody"], {"fit": 1, "why": "?"}, "situations/time-boxed/cells",
         "nobody is not among the options. Add it there, or leave it out here."),
        (["situations", 1, "levels"], ["no", "a little", "yes"], "situations/long-support/levels",
         "Give 4 or more; there are 3."),
        (["situations", 1, "levels", 3], "two\nlines", "situations/long-support/levels/4", "Keep this on one line."),
        (["situations", 1, "question"], None, "situations/long-support/question", "This is missing. Add it."),
        (["situations", 1, "key"], "time-boxed", "situations",
         "The key time-boxed stands twice. Give one of them another."),
        (["options", 1, "key"], "Kram 1983", "options/Kram 1983/key",
         "Use small letters, digits and hyphens, beginning with a letter."),
        (["options"], "all", "options", "Give a list."),
        (["situations", 0], "all", "situations/1", "Give a table of fields."),
        (["asks"], "everybody", "asks",
         "Choose one of these: 'pair', 'mentor', 'mentee' or 'organisation'."),
        (["of"], "poem", "of", "Choose one of these: 'lifecycle' or 'conversation'."),
        (["edition"], 0, "edition", "Give a number that is 1 or more."),
        (["title"], 7, "title", "Write words here."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field_with_what_to_do(way, value, field, words):
    document = own()
    change(document, way, value)
    assert (field, words) in problems(document)


def test_everything_wrong_is_said_at_once():
    document = own()
    del document["situations"][0]["cells"]["starr"]
    del document["situations"][3]["cells"]["kram"]
    document["situations"][3]["cells"]["x"] = {"fit": 1, "why": "?"}
    assert [field for field, _ in problems(document)] == [
        "situations/time-boxed/cells", "situations/reporting/cells", "situations/reporting/cells",
    ]  # fmt: skip


@pytest.mark.parametrize("document", [None, [], "fit", 3])
def test_what_is_no_document_is_refused(document):
    assert problems(document) == [("", "A document is a table of fields, with its kind first.")]


def test_an_unknown_kind_is_refused_with_those_that_are_known():
    ((field, words),) = problems(own() | {"kind": "fits"})
    assert field == "kind"
    assert "'fits' is no kind of guidance. Choose one of these: lifecycle, conversation, fit," in words


@pytest.mark.parametrize(
    "change",
    [{"phases": 3}, {"phases": [1]}, {"phases": [{"canonical": 2}]}, {"phases": [{"canonical": [["connect"]]}]},
     {"phases": [{"canonical": [], "duties": 1}]}, {"duties_from": 5}],
)  # fmt: skip
def test_a_model_that_cannot_be_read_at_all_is_refused_in_the_same_way(change):
    assert all(field for field, _ in problems(raw("lifecycle", "kram@1.toml") | change))


def test_a_problem_keeps_its_sentence_apart_for_translators():
    document = own()
    document["edition"] = 0
    with pytest.raises(guidance.Invalid) as refused:
        guidance.load(document)
    (problem,) = refused.value.problems
    assert (problem.said, problem.values["ge"]) == ("Give a number that is %(ge)s or more.", 1)
    assert str(refused.value) == "edition: Give a number that is 1 or more."
