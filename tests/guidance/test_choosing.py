"""“Choose a model”: what the page says to answers, and that it keeps none."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside import guidance
from alongside.guidance import choosing
from alongside.guidance.forms import AnswersForm
from tests import cast
from tests.guidance.test_fit import LIFECYCLE, TABLES, own

ADDRESS = reverse("guidance:choose", args=["lifecycle"])


@pytest.fixture
def ben(client, db):
    actor = cast.member("Ben Thomas", cast.organisation())
    client.force_login(actor.account)
    return client


def said(page) -> str:
    """What a reader reads of a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def all_threes(table):
    return {held.key: 3 for held in table.situations}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_situation_is_asked_with_what_its_answers_mean(ben, table):
    text = said(ben.get(reverse("guidance:choose", args=[table.key])))
    assert table.introduction in text
    for situation in table.situations:
        assert f"{situation.question} {' '.join(situation.levels)}" in text
    assert "What fits" not in text


def test_the_best_model_stands_first_with_its_score_and_what_speaks_for_and_against_it(ben):
    text = said(ben.get(ADDRESS + "?time-boxed=3&long-support=1"))
    result = text[text.index("What fits") :]
    assert (
        "These fit your situation equally well. Take the one that you like. Clutterbuck’s five phases , 83 of 100"
        in result
    )
    assert "It fits your situation because A fixed beginning and end It suits programmes of about a year" in result
    assert "Where it fits less Support over years It heads for winding down." in result
    assert result.index("Clutterbuck’s five phases , 83 of 100") < result.index("Kram’s four phases: why")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_judgement_that_counted_is_read_with_its_reason(ben, table):
    text = said(ben.get(reverse("guidance:choose", args=[table.key]), all_threes(table)))
    for situation in table.situations:
        for cell in situation.cells.values():
            assert cell.why in text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_the_picture_and_the_tables_say_the_same(table):
    answers = {held.key: index % 4 for index, held in enumerate(table.situations)}
    found = guidance.recommend(table, answers)
    compared = choosing.comparison(table, found)
    for place, (model, score) in enumerate(zip(choosing.shown(table, found), found.scores, strict=True)):
        bars = [*model.speaks_for, *model.speaks_against]
        drawn = {bar.name: (bar.points, float(bar.got) / float(bar.slot)) for bar in bars}
        listed = {row["name"]: [words for _, words in row["cells"]] for row in model.rows[:-1]}
        assert {name: (row[2], pytest.approx(row[1] / 3, abs=0.01)) for name, row in listed.items()} == drawn
        column = [row["cells"][place] for row in compared["rows"]]
        assert {name for name, _ in column} == {model.name}
        assert {row["words"]: row["cells"][place][1] for row in compared["rows"]} == {
            name: row[3] for name, row in listed.items()
        }
        assert sum(number for _, number in column) == compared["scores"][place][1] == score.shown == model.score
        assert model.rows[-1]["cells"][-1][1] == score.shown


def test_the_numbers_of_the_table_are_on_the_page(ben):
    text = said(ben.get(ADDRESS, {"time-boxed": 3, "novice-mentors": 2, "reporting": 1}))
    assert "18 of 18 points" in text
    assert "A fixed beginning and end Yes, the dates are fixed (3) 50 50 50 17" in text
    assert "Mentors who are new to it About half (2) 33 33 22 0" in text
    assert "Records and reports A few words at the end will do (1) 17 11 17 5" in text
    assert "The score, of 100 100 94 89 22" in text


@pytest.mark.parametrize("query", ["?is_asked=1", "?time-boxed=0&reporting=0", "?time-boxed="])
def test_without_an_answer_that_counts_nothing_is_recommended(ben, query):
    text = said(ben.get(ADDRESS + query))
    assert "Nothing is recommended." in text
    assert "of 100" not in text[: text.index("How it is worked out")]


@pytest.mark.parametrize("answer", ["4", "-1", "x", "1.5"])
def test_an_answer_that_cannot_be_given_is_refused_beside_its_question(ben, answer):
    page = ben.get(ADDRESS, {"time-boxed": 3, "reporting": answer})
    text = said(page)
    assert "There is something to put right" in text
    assert "how the programme is going? Choose one from the list." in text
    assert "of 100" not in text[: text.index("How it is worked out")]


def test_answers_are_still_chosen_below_the_result(ben):
    chosen = re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="(\d)"[^>]*checked', ben.get(
        ADDRESS, {"time-boxed": 3, "reporting": 0}
    ).content.decode())  # fmt: skip
    assert chosen == [("time-boxed", "3"), ("reporting", "0")]


def test_nothing_is_kept(ben):
    ben.get(ADDRESS)
    with CaptureQueriesContext(connection) as asked:
        page = ben.get(ADDRESS, all_threes(LIFECYCLE))
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert "no-store" in page["Cache-Control"]
    assert set(page.cookies) <= {"csrf"}


def test_there_is_no_third_table(ben):
    assert ben.get(reverse("guidance:choose", args=["northgate"])).status_code == 404


def test_a_model_of_an_organisations_own_is_named_without_a_page():
    document = own()
    document["options"][0] = {"key": "our-way", "name": "Our way"}
    for situation in document["situations"]:
        situation["cells"]["our-way"] = situation["cells"].pop("clutterbuck")
    table = guidance.load(document)
    models = {model.name: model.url for model in choosing.shown(table, guidance.recommend(table, {"time-boxed": 1}))}
    assert models["Our way"] == ""
    assert models["Kram’s four phases"] == reverse("guidance:model", args=["kram"])


def test_no_situation_can_take_the_place_of_the_hidden_field():
    with pytest.raises(guidance.Invalid, match="Use small letters"):
        document = own()
        document["situations"][0]["key"] = "is_asked"
        guidance.load(document)
    form = AnswersForm(LIFECYCLE, {"is_asked": "1", "time-boxed": "2", "reporting": ""})
    assert form.is_valid()
    assert form.answers() == {"time-boxed": 2}
    assert "time-boxed" not in AnswersForm.base_fields
