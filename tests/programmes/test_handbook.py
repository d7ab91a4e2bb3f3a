"""The handbook: twelve sections out of settings and guidance, own words as editions, and who reads what of it."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside import guidance
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes import actions, queries
from alongside.programmes.models import HandbookEdition, Programme
from alongside.programmes.rules import handbook as rules
from alongside.programmes.rules.handbook import Piece, Span
from alongside.programmes.terms import Chapter, Section
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
SECRET = "Half of them are promoted within a year"
REMEDY = "The chief executive speaks to the heads of wards"


@pytest.fixture
def c():
    return cast.pair()


def url(programme: Programme, page: str = "") -> str:
    return f"/programmes/{programme.slug}/handbook/{page}"


def designed(c: cast.Cast) -> None:
    """What everybody reads of the design, and what coordinators alone read."""
    save = actions.save
    why = {"benefit_mentee": "A way through the first year", "purposes": ["career"]}
    aims = [{"words": SECRET, "measure": "Staff records", "target": "50 of 100"}]
    save(c.programme, Section.WHY, actions.Written(why, aims), by=c.carys)
    audience = {"audience": "Ward managers", "eligibility": "At least a year here"}
    save(c.programme, Section.WHOM, actions.Written(audience), by=c.carys)
    lines = [{"side": "mentor", "words": "Night shifts", "remedy": REMEDY, "owner": "coordinator"}]
    save(c.programme, Section.BARRIERS, actions.Written({}, lines), by=c.carys)
    save(c.programme, Section.TOOLS, actions.Written({"goal_tools": ["smart"]}), by=c.carys)
    facts = {"basis_reason": "Works council, 3 May", "notice": "Staff handbook, chapter 7"}
    save(c.programme, Section.PRIVACY, actions.Written(facts), by=c.carys)
    save(c.programme, Section.HOW, actions.Written({"cadence_weeks": 4}), by=c.carys)
    days = [{"kind": "review", "day": date(2027, 2, 1), "words": "Halfway"}]
    save(c.programme, Section.CALENDAR, actions.Written({}, days), by=c.carys)


def text_of(programme: Programme, chapter: str, *, inside: bool = False) -> str:
    book = queries.handbook(programme, inside=inside)
    written = next(one for one in book.chapters if one.chapter == chapter)
    return " ".join(block.text for block in written.blocks)


# --- what it says


def test_twelve_sections_answer_the_criteria_from_one_to_four(c):
    found = [(one.chapter.criterion, str(one.chapter.label)) for one in queries.handbook(c.programme).chapters]
    assert [criterion for criterion, _label in found] == [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1", "4.2",
    ]  # fmt: skip
    page = words_of(browser_of(c.ben).get(url(c.programme)))
    assert "Mentoring at Northgate Health" in page
    assert [label for _criterion, label in found if page.count(label) < 2] == []


def test_each_section_speaks_from_the_settings_and_from_guidance(c):
    designed(c)
    assert "Newly promoted leaders find their feet." in text_of(c.programme, "rationale")
    assert "Ward managers" in text_of(c.programme, "rationale")
    assert "Rapport-building" in text_of(c.programme, "roles")
    assert "Every 4 weeks" in text_of(c.programme, "agreement")
    assert "Monday 1 February 2027 Review: Halfway" in text_of(c.programme, "reviews")
    assert "Staff handbook, chapter 7" in text_of(c.programme, "records")
    for tool in guidance.goal_tools():
        assert tool.name in text_of(c.programme, "tools")
    for side in ("The mentor", "The mentee", "The organisation"):
        assert side in text_of(c.programme, "barriers")


def test_stages_bear_the_names_of_the_model_and_begin_before_it(c):
    found = [step.name for step in rules.steps(queries.handbook(c.programme).facts)]
    assert found == [
        "Prepare", "Rapport-building", "Direction-setting", "Progress-making", "Winding down", "Moving on",
    ]  # fmt: skip


# --- who reads what


def test_participants_read_it_and_nobody_else_does(c):
    outside = cast.pair(cast.organisation("Harbour Trust")).carys
    people = (c.carys, c.amara, c.ben, c.elin, outside)
    for page in ("", "pdf/", "for/mentor/", "for/manager/pdf/"):
        found = [browser_of(actor).get(url(c.programme, page)).status_code for actor in people]
        assert found == [200, 200, 200, 404, 404], page
    for page in ("rationale/", "rationale/editions/"):
        found = [browser_of(actor).get(url(c.programme, page)).status_code for actor in people]
        assert found == [200, 404, 404, 404, 404], page
    found = [browser_of(actor).post(url(c.programme, "rationale/editions/0/")).status_code for actor in people]
    assert found == [302, 404, 404, 404, 404]


def test_objectives_barriers_and_basis_stay_with_the_coordinators(c):
    designed(c)
    private = (SECRET, REMEDY, "Night shifts", "Works council", "A way through", "At least a year here", "Not filled")
    page = words_of(browser_of(c.ben).get(url(c.programme)))
    assert [words for words in private if words in page] == []
    page = words_of(browser_of(c.carys).get(url(c.programme)))
    assert [words for words in private if words not in page] == []
    assert "You and the programme’s other coordinators can read this" in page


def test_what_only_coordinators_read_is_not_even_loaded_for_others(c):
    designed(c)
    asked = " ".join(queries_of(browser_of(c.ben), url(c.programme)))
    assert "programmes_objective" not in asked
    assert "programmes_expectedbarrier" not in asked
    assert "programmes_namedperson" not in asked


def test_no_name_of_a_pair_stands_in_it(c):
    page = words_of(browser_of(c.carys).get(url(c.programme)))
    assert "Ben Thomas" not in page
    assert "Amara Okafor" not in page


# --- what is not filled


def test_unfilled_sections_are_listed_for_coordinators_with_the_way_to_mend_them(c):
    page = words_of(browser_of(c.carys).get(url(c.programme)))
    assert "Not filled yet" in page
    unfilled = {one.chapter: one.gaps for one in queries.handbook(c.programme, inside=True).unfilled}
    assert list(unfilled) == ["rationale", "barriers", "agreement", "model", "tools", "reviews", "records"]
    assert str(unfilled["tools"][0].words) == "Choose three ways to find a goal, or more"
    assert [str(gap.words) for gap in unfilled["reviews"]] == [
        "Choose two ways to review, or more", "Set a review, or several",
    ]  # fmt: skip
    assert f'href="/programmes/{c.programme.slug}/design/tools/"' in page
    assert "Choose three ways to find a goal, or more." in page
    assert "Write one objective or more; 5 things more are missing." in page


def test_own_words_fill_a_section(c):
    actions.write_handbook(c.programme, "tools", "We use three of them.", by=c.carys)
    assert "tools" not in [one.chapter for one in queries.handbook(c.programme, inside=True).unfilled]


# --- own words


def test_own_words_stand_first_or_alone(c):
    actions.write_handbook(c.programme, "trust", "Meet at the **old** pharmacy.", by=c.carys)
    assert text_of(c.programme, "trust").startswith("Meet at the old pharmacy. Rapport rests")
    actions.write_handbook(c.programme, "trust", "Meet at the **old** pharmacy.", placing="alone", by=c.carys)
    assert text_of(c.programme, "trust") == "Meet at the old pharmacy."


def test_every_edition_is_kept_and_an_earlier_one_comes_back_as_a_new_one(c):
    for words in ("One.", "Two.", ""):
        actions.write_handbook(c.programme, "trust", words, by=c.carys)
    assert text_of(c.programme, "trust").startswith("Rapport rests")
    actions.go_back(c.programme, "trust", 1, by=c.carys)
    held = queries.editions(c.programme, "trust").values_list("number", "words", "taken_from")
    assert list(held) == [(4, "One.", 1), (3, "", None), (2, "Two.", None), (1, "One.", None)]
    entries = AuditEntry.objects.filter(name="handbook.written")
    assert [(one.codes["chapter"], one.codes["number"]) for one in entries.order_by("pk")] == [
        ("trust", "1"), ("trust", "2"), ("trust", "3"), ("trust", "4"),
    ]  # fmt: skip


def test_what_would_change_nothing_is_not_an_edition(c):
    with pytest.raises(NotPossible, match="Nothing has changed"):
        actions.write_handbook(c.programme, "trust", "  ", by=c.carys)
    actions.write_handbook(c.programme, "trust", "One.", by=c.carys)
    for again in (lambda: actions.write_handbook(c.programme, "trust", "One. ", by=c.carys),
                  lambda: actions.go_back(c.programme, "trust", 1, by=c.carys)):  # fmt: skip
        with pytest.raises(NotPossible, match="Nothing has changed"):
            again()
    with pytest.raises(NotPossible, match="no such edition"):
        actions.go_back(c.programme, "trust", 7, by=c.carys)
    assert HandbookEdition.objects.count() == 1


def test_when_two_write_nothing_is_lost(c):
    iris = cast.member("Iris Novak", c.programme.organisation)
    cast.takes_part(c.programme, iris, "coordinator", c.carys, capacity=1)
    client, page = browser_of(c.carys), url(c.programme, "trust/")
    actions.write_handbook(c.programme, "trust", "Meet at the old pharmacy.", by=iris)
    response = client.post(page, {"words": "Meet at the new pharmacy.", "placing": "first", "seen": "0"})
    said = words_of(response)
    assert response.status_code == 200
    assert "Iris Novak has written this section anew meanwhile" in said
    assert "<del>old</del>" in re.sub(r"\s+(?=>)", "", said)
    assert "<ins>new</ins>" in said
    assert ">\nMeet at the new pharmacy.</textarea>" in said
    assert HandbookEdition.objects.count() == 1
    client.post(page, {"words": "Meet at the new pharmacy.", "placing": "first", "seen": "1"})
    assert list(queries.editions(c.programme, "trust").values_list("words", flat=True)) == [
        "Meet at the new pharmacy.", "Meet at the old pharmacy.",
    ]  # fmt: skip


def test_the_page_of_editions_shows_what_each_changed_and_leads_back(c):
    actions.write_handbook(c.programme, "trust", "Meet at the old pharmacy.", by=c.carys)
    actions.write_handbook(c.programme, "trust", "Meet at the new pharmacy.", by=c.carys)
    client = browser_of(c.carys)
    said = words_of(client.get(url(c.programme, "trust/editions/")))
    assert "<ins>new</ins>" in said
    assert said.count("Go back to this one") == 1
    response = client.post(url(c.programme, "trust/editions/1/"), {"seen": "2"}, follow=True)
    assert "says again what it said" in words_of(response)
    assert queries.newest(c.programme, "trust").words == "Meet at the old pharmacy."
    late = client.post(url(c.programme, "trust/editions/2/"), {"seen": "2"}, follow=True)
    assert "has written this section anew meanwhile" in words_of(late)
    assert queries.newest(c.programme, "trust").number == 3


def test_a_closed_programme_is_read_and_not_written(c):
    actions.write_handbook(c.programme, "trust", "One.", by=c.carys)
    actions.close(c.programme, by=c.carys)
    with pytest.raises(NotPossible):
        actions.write_handbook(c.programme, "trust", "Two.", by=c.carys)
    client = browser_of(c.carys)
    assert client.get(url(c.programme, "trust/")).status_code == 302
    assert "Go back" not in words_of(client.get(url(c.programme, "trust/editions/")))
    assert "One." in words_of(browser_of(c.ben).get(url(c.programme)))


def test_the_field_says_that_everybody_reads_it(c):
    page = words_of(browser_of(c.carys).get(url(c.programme, "trust/")))
    assert "Everybody who takes part and the coordinators can read this" in page


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_do_no_harm(c, kind):
    client = browser_of(c.carys)
    response = client.post(url(c.programme, "trust/"), {"words": HOSTILE[kind], "placing": "first", "seen": "0"})
    assert is_harmless(response)
    assert is_harmless(client.get(url(c.programme)))


def test_sections_and_roles_that_are_none_are_absent(c):
    client = browser_of(c.carys)
    for page in ("wisdom/", "wisdom/editions/", "for/sponsor/", "for/sponsor/pdf/"):
        assert client.get(url(c.programme, page)).status_code == 404


@pytest.mark.both
def test_the_database_keeps_editions_apart(c):
    made = actions.write_handbook(c.programme, "trust", "One.", by=c.carys)
    for facts in ({"number": 1}, {"number": 0}, {"number": 2, "taken_from": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandbookEdition.objects.create(
                programme=c.programme, chapter="trust", words="x", written_by=made.written_by, **facts
            )


def test_the_page_asks_nothing_twice(c):
    designed(c)
    for chapter in ("trust", "tools", "model"):
        actions.write_handbook(c.programme, chapter, "One.", by=c.carys)
    for actor in (c.carys, c.ben):
        asked = queries_of(browser_of(actor), url(c.programme))
        assert twice(asked) == []
        assert len(asked) <= 24


# --- pure parts


def test_the_light_markdown_becomes_blocks_and_only_safe_links():
    found = rules.read("A *b* **c** [d](https://e.example) [f](javascript:alert)\n\n- g\n- h\n\n1. i\n\n<b>j</b>")
    assert [block.kind for block in found] == ["paragraph", "list", "numbers", "paragraph"]
    assert Span("b", emphasis=True) in found[0].spans
    assert Span("c", strong=True) in found[0].spans
    assert Span("d", link="https://e.example") in found[0].spans
    assert {span.link for span in found[0].spans} == {"", "https://e.example"}
    assert found[1].items == ((Span("g"),), (Span("h"),))
    assert found[3].spans == (Span("<b>j</b>"),)


def test_changes_are_told_word_by_word_and_whole_where_little_stayed():
    assert rules.changes("Meet at eight.", "Meet at nine.") == [
        (Piece("same", "Meet at "), Piece("del", "eight."), Piece("ins", "nine."))
    ]
    assert rules.changes("Tea.", "A walk by the river at noon.") == [
        (Piece("del", "Tea."), Piece("ins", "A walk by the river at noon."))
    ]
    assert rules.changes("One.\nTwo.", "One.") == [(Piece("same", "One."),), (Piece("del", "Two."),)]


def test_every_chapter_has_its_composer(c):
    facts = queries.handbook(c.programme, inside=True).facts
    assert [chapter for chapter in Chapter if not rules.generated(chapter, facts)] == []
