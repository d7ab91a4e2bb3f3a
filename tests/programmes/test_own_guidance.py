"""Programmes go by what their organisation has made of the guidance; launched ones by what they pinned."""

import re
from datetime import UTC, datetime

import pytest

from alongside import guidance
from alongside.foundation import clock
from alongside.guidance import actions as own
from alongside.guidance import adapting
from alongside.guidance import queries as kept
from alongside.programmes import actions, advice, queries
from alongside.programmes.terms import Part, Section
from tests import cast
from tests.guidance.test_editions import table
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 3, 9, tzinfo=UTC)
EDITION = "Northgate Health’s edition of 3 May 2026"


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def draft(c):
    """Carys's next round, still in preparation."""
    return cast.programme(c.carys, "Ward sisters")


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def save(actor, content, seen=0):
    with clock.set_to(MAY):
        return own.save_edition(content, note="So it is with us", seen=seen, by=actor)


def rename(actor, name, seen=0):
    """Another name for Clutterbuck's second phase."""
    content = kept.in_force(actor, "lifecycle", "clutterbuck")
    return save(actor, adapting.with_part(content, {**adapting.part_of(content, "direction"), "name": name}), seen)


def names(model):
    return [phase.name for phase in model.phases]


def launch(programme, c):
    cast.launchable(programme, c.carys)
    cast.takes_part(programme, c.amara, Part.MENTOR, c.carys)
    cast.takes_part(programme, c.ben, Part.MENTEE, c.carys)
    actions.launch(programme, by=c.carys)


def test_the_recommender_reckons_by_the_organisations_table_and_says_so(c, draft):
    save(c.carys, table(c.carys, kram=3, clutterbuck=0, starr=0, zachary=0))
    page = browser_of(c.carys).get(f"/programmes/{draft.slug}/design/model/", {"fit_time-boxed": "3"})
    assert page.context["compared"]["scores"][0] == ("Kram’s four phases", 100)
    assert "kram has 3 with us" in said(page)
    assert f"The table is {EDITION}" in said(page)
    assert 'href="/guidance/choose/lifecycle/?of_edition=1001"' in page.content.decode()


def test_by_the_shipped_table_it_says_that(c, draft):
    page = browser_of(c.carys).get(f"/programmes/{draft.slug}/design/model/", {"fit_time-boxed": "3"})
    assert "The table is edition 1, as it comes with Alongside" in said(page)


def test_a_launched_programme_keeps_the_table_that_it_was_chosen_by(c, draft):
    save(c.carys, table(c.carys, kram=3))
    actions.choose_model(draft, key="clutterbuck", reason="It ends well", answers={"time-boxed": 3}, by=c.carys)
    design = queries.design_of(draft)
    assert (design.fit_table, design.recommended) == (
        "fit/lifecycle@1001",
        ["clutterbuck", "kram", "starr", "zachary"],
    )
    save(c.carys, table(c.carys, kram=0), seen=1)
    fits = queries.dossier(draft)
    assert advice.fit_table(fits.ours).fit.edition == 1002
    launch(draft, c)
    page = browser_of(c.carys).get(f"/programmes/{draft.slug}/design/model/")
    assert page.context["form"].table.edition == 1001
    assert "of_edition=1001" in page.content.decode()


def test_in_preparation_the_newest_model_counts_and_the_launch_pins_it(c, draft):
    rename(c.carys, "Where to")
    assert names(advice.model(draft))[1] == "Where to"
    launch(draft, c)
    draft.refresh_from_db()
    assert draft.model_edition == 1001
    rename(c.carys, "Which way", seen=1)
    assert names(advice.model(draft))[1] == "Where to"
    assert names(advice.model(cast.programme(c.carys, "Another round")))[1] == "Which way"


def test_a_programme_launched_before_goes_by_what_is_shipped(c):
    rename(c.carys, "Where to")
    assert advice.model(c.programme) == guidance.model("clutterbuck", 1)
    assert "Where to" not in c.pair(c.ben).points


def test_the_pair_sees_the_phases_in_the_organisations_words(c):
    made = rename(c.carys, "Where to")
    type(c.programme).objects.filter(pk=c.programme.pk).update(model_edition=made.edition)
    assert "Where to" in c.pair(c.ben).points
    ben = browser_of(c.ben)
    assert "Where to" in said(ben.get(f"/pairs/{c.relationship.ref}/"))
    page = ben.get(f"/programmes/{c.programme.slug}/")
    assert f"{EDITION}" in said(page)
    assert 'href="/guidance/models/clutterbuck/?of_edition=1001"' in page.content.decode()


def test_the_list_of_pairs_asks_once_for_the_model_they_share(c):
    made = rename(c.carys, "Where to")
    type(c.programme).objects.filter(pk=c.programme.pk).update(model_edition=made.edition)
    for name in ("Noor Aziz", "Hana Sato", "Tomos Evans"):
        person = cast.member(name, c.programme.organisation)
        mentee = cast.takes_part(c.programme, person, Part.MENTEE, c.carys)
        mentor = cast.takes_part(c.programme, cast.member(f"Dr {name}", c.programme.organisation), Part.MENTOR, c.carys)
        cast.relationships.propose(mentor, mentee, by=c.carys)
    asked = queries_of(browser_of(c.carys), f"/programmes/{c.programme.slug}/pairs/")
    assert sum("guidance_ownedition" in query for query in asked) <= 1


def test_the_wizard_offers_our_barriers_and_purposes_and_keeps_what_was_chosen(c, draft):
    line = {"side": "pair", "key": "time", "remedy": "Fix the dates", "owner": "mentee"}
    actions.save(draft, Section.BARRIERS, actions.Written(lines=[line]), by=c.carys)
    actions.save(draft, Section.WHY, actions.Written({"purposes": ["skills"]}), by=c.carys)
    for kind, hidden, key in (("barriers", "time", "drift"), ("purposes", "skills", "career")):
        content = kept.in_force(c.carys, kind, "default")
        content = adapting.with_part(content, {**adapting.part_of(content, hidden), "hidden": True})
        save(c.carys, adapting.with_part(content, {**adapting.part_of(content, key), "name": f"Our {key}"}))
    carys, here = browser_of(c.carys), f"/programmes/{draft.slug}/design"
    page = said(carys.get(f"{here}/barriers/"))
    assert "Our drift" in page
    assert "No time: what helps, who sees to it" in page
    assert f"What you choose from is {EDITION}" in page
    page = said(carys.get(f"{here}/why/"))
    assert "Our career" in page
    assert "Passing on knowledge and skill" in page
    assert f"What you choose from is {EDITION}" in page
    whole = said(carys.get(f"{here}/whole/"))
    assert "No time" in whole
    other = cast.programme(c.carys, "Another round")
    assert "No time" not in said(carys.get(f"/programmes/{other.slug}/design/barriers/"))


def test_our_ways_to_find_a_goal_and_to_review_are_offered_and_what_was_chosen_stays(c, draft):
    chosen = {"goal_tools": ["smart", "grow", "wheel"], "review_methods": ["pulse", "closing-review"]}
    actions.save(draft, Section.TOOLS, actions.Written(chosen), by=c.carys)
    for kind, hidden, key, left in (
        ("goal-tools", "wheel", "smart", "swot"),
        ("review-methods", "pulse", "closing-review", "mentor-review"),
    ):
        content = kept.in_force(c.carys, kind, "default")
        for one in (hidden, left):
            content = adapting.with_part(content, {**adapting.part_of(content, one), "hidden": True})
        content = adapting.with_part(content, {**adapting.part_of(content, key), "name": f"Our {key}"})
        new = {**adapting.part_of(content, key), "key": "ours", "name": f"New {kind}", "words": "As we do it"}
        save(c.carys, adapting.with_part(content, new))
    carys, here = browser_of(c.carys), f"/programmes/{draft.slug}"
    page = carys.get(f"{here}/design/tools/")
    form = page.context["form"]
    offered = {name: dict(form.fields[name].choices) for name in chosen}
    assert {"wheel", "ours"} < offered["goal_tools"].keys()
    assert {"pulse", "ours"} < offered["review_methods"].keys()
    assert {"swot", "mentor-review"} & {*offered["goal_tools"], *offered["review_methods"]} == set()
    assert said(page).count(f"What you choose from is {EDITION}") == 2
    given = {
        "goal_tools": ["smart", "wheel", "ours"],
        "review_methods": ["ours", "pulse"],
        "seen": form["seen"].value(),
    }
    assert carys.post(f"{here}/design/tools/", given).status_code == 302
    whole = said(carys.get(f"{here}/design/whole/"))
    handbook = said(carys.get(f"{here}/handbook/"))
    for words in ("Our smart", "New goal-tools", "New review-methods"):
        assert words in whole
        assert words in handbook
    assert handbook.count(f"In its own words: {EDITION}") == 2
    assert "Strengths, weaknesses, opportunities, threats" not in handbook
    assert "Wheel of life or work" in handbook  # chosen before it was left out


def test_the_handbook_says_what_a_mentor_brings_in_our_words(c, draft):
    content = kept.in_force(c.carys, "competences", "default")
    content = adapting.with_part(content, {**adapting.part_of(content, "listening"), "name": "Lending an ear"})
    content = adapting.with_part(content, {**adapting.part_of(content, "respect"), "hidden": True})
    save(c.carys, content)
    handbook = said(browser_of(c.carys).get(f"/programmes/{draft.slug}/handbook/"))
    assert "Lending an ear" in handbook
    assert "Respects difference" not in handbook
    assert f"In its own words: {EDITION}" in handbook


def test_a_hidden_barrier_that_was_chosen_is_saved_again_with_its_page(c, draft):
    line = {"side": "pair", "key": "time", "remedy": "Fix the dates", "owner": "mentee"}
    actions.save(draft, Section.BARRIERS, actions.Written(lines=[line]), by=c.carys)
    content = kept.in_force(c.carys, "barriers", "default")
    save(c.carys, adapting.with_part(content, {**adapting.part_of(content, "time"), "hidden": True}))
    browser, address = browser_of(c.carys), f"/programmes/{draft.slug}/design/barriers/"
    form = browser.get(address).context["form"]
    sent = {"seen": "1", "known_pair": ["time"], **_management(form)}
    for line in form.lines.forms:
        sent |= {f"{line.prefix}-{name}": line[name].value() or "" for name in line.fields}
    assert browser.post(address, sent | {"then": "stay"}).status_code == 302
    assert [(one.key, one.remedy) for one in queries.dossier(draft).barriers] == [("time", "Fix the dates")]


def _management(form):
    management = form.lines.management_form
    return {f"{management.prefix}-{name}": management[name].value() for name in management.fields}


def test_the_handbook_prints_whose_words_they_are_and_by_which_table(c, draft):
    save(c.carys, table(c.carys, kram=3))
    rename(c.carys, "Where to")
    content = kept.in_force(c.carys, "barriers", "default")
    save(c.carys, adapting.with_part(content, {**adapting.part_of(content, "drift"), "name": "Our drift"}))
    actions.choose_model(draft, key="clutterbuck", reason="It ends well", answers={"time-boxed": 3}, by=c.carys)
    page = said(browser_of(c.carys).get(f"/programmes/{draft.slug}/handbook/"))
    assert f"The table that it was reckoned by: {EDITION}" in page
    assert "Our drift" in page
    assert "Where to" in page
    assert page.count(f"In its own words: {EDITION}.") == 2


def test_without_own_editions_the_handbook_says_nothing_of_them(c):
    assert "In its own words" not in said(browser_of(c.ben).get(f"/programmes/{c.programme.slug}/handbook/"))


def test_a_new_programme_takes_the_newest_edition_of_its_model(c):
    rename(c.carys, "Where to")
    data = {
        "name": "Ward sisters", "purpose": "To begin well", "starts_on": "2026-09-01", "ends_on": "2027-08-31",
        "model_key": "clutterbuck", "adults": "on",
    }  # fmt: skip
    assert browser_of(c.carys).post("/programmes/new/", data).status_code == 302
    made = queries.coordinated_by(c.carys).get(name="Ward sisters")
    assert made.model_edition == 1001
    assert actions.duplicate(made, name="Once more", starts_on=made.starts_on, by=c.carys).model_edition == 1001


def test_the_pages_of_a_design_ask_once_for_what_counts(c, draft):
    save(c.carys, table(c.carys, kram=3))
    for section in ("why", "barriers", "model"):
        asked = queries_of(browser_of(c.carys), f"/programmes/{draft.slug}/design/{section}/")
        assert sum("guidance_ownedition" in query for query in asked) == 1
    asked = queries_of(browser_of(c.carys), f"/programmes/{draft.slug}/handbook/")
    assert sum("guidance_ownedition" in query for query in asked) == 1
