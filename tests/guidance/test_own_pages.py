"""Putting guidance in one's own words: the pages, who opens them, what they keep and what they say."""

import re

import pytest

from alongside import guidance
from alongside.foundation import clock
from alongside.guidance import actions, adapting, queries
from alongside.guidance.models import EditionDraft, OwnEdition
from tests import cast
from tests.guidance.test_editions import table
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db
OURS = "/guidance/ours/"
TABLE = f"{OURS}fit/lifecycle/"
BARRIERS = f"{OURS}barriers/default/"


@pytest.fixture
def northgate():
    return cast.organisation()


@pytest.fixture
def carys(northgate):
    return cast.member("Carys Llewellyn", northgate, "coordinator")


@pytest.fixture
def iris(northgate):
    return cast.member("Iris Holm", northgate, "coordinator")


@pytest.fixture
def ben(northgate):
    return cast.member("Ben Thomas", northgate)


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def filled(response) -> dict[str, str]:
    """What the form of a page would send, untouched."""
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value()}


def saved(actor, **fits) -> OwnEdition:
    newest = queries.history(actor, "fit", "lifecycle").first()
    seen = newest.number if newest else 0
    with clock.set_to(clock.now()):
        return actions.save_edition(table(actor, **fits), note="Our pairs stay for years", seen=seen, by=actor)


PAGES = [
    OURS, TABLE, f"{TABLE}head/", f"{TABLE}add/", f"{TABLE}parts/time-boxed/", f"{TABLE}parts/time-boxed/remove/",
    f"{TABLE}editions/0/", f"{TABLE}newer/", f"{BARRIERS}parts/time/", f"{OURS}purposes/default/parts/skills/",
    f"{OURS}goal-tools/default/parts/smart/", f"{OURS}review-methods/default/add/",
    f"{OURS}duties/default/parts/close/", f"{OURS}lifecycle/kram/parts/initiation/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_coordinators_and_administrators_open_it_and_nobody_else(northgate, carys, ben, address):
    assert browser_of(carys).get(address).status_code == 200
    assert browser_of(cast.member("Agnes Frost", northgate, "administrator")).get(address).status_code == 200
    assert browser_of(ben).get(address).status_code == 404
    assert browser_of(cast.member("Dev Patel", northgate, "supervisor")).get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"{OURS}retention/default/", f"{OURS}fit/nothing/", f"{TABLE}parts/nothing/", f"{TABLE}editions/1/",
        f"{OURS}duties/default/add/", f"{OURS}duties/default/head/", f"{BARRIERS}parts/time/remove/",
        f"{OURS}conversation/grow/parts/goal/", f"{TABLE}editions/99999999999999999999/", f"{OURS}nothing/x/newer/",
    ],
)  # fmt: skip
def test_what_cannot_be_adapted_is_not_there(carys, address):
    assert browser_of(carys).get(address).status_code == 404


def test_carys_changes_a_mark_looks_what_would_come_out_and_saves_it(carys, ben):
    browser = browser_of(carys)
    page = browser.get(f"{TABLE}parts/time-boxed/")
    data = filled(page) | {"fit_kram": "3", "why_kram": "Our years have no end"}
    kept = browser.post(f"{TABLE}parts/time-boxed/", data, follow=True)
    assert "Kept for you. It counts once you save the edition." in said(kept)
    assert (
        "A fixed beginning and end Does everybody begin and end at about the same time? Changed, not saved yet"
        in said(kept)
    )
    assert not OwnEdition.objects.exists()
    preview = browser.get(f"{TABLE}preview/")
    words = said(preview)
    assert (
        "A fixed beginning and end Clutterbuck’s five phases, Starr’s mentor map, Zachary’s four phases 100 "
        "Clutterbuck’s five phases, Kram’s four phases, Starr’s mentor map, Zachary’s four phases 100 Changes" in words
    )
    assert "For 2 of these samples something else comes out." not in words
    assert "Kram’s four phases: How well it fits 1 3 Kram’s four phases: Why Its phases move on" in words
    refused = browser.post(f"{TABLE}preview/", {"note": "", "seen": "0"})
    assert "Fill this in." in said(refused)
    done = browser.post(f"{TABLE}preview/", {"note": "Our pairs stay for years", "seen": "0"}, follow=True)
    assert "Saved. From now on your organisation goes by it." in said(done)
    assert "Edition 1 Our pairs stay for years Counts today" in said(done)
    shown = said(browser_of(ben).get("/guidance/choose/lifecycle/?time-boxed=3"))
    assert "Our years have no end" in shown
    assert re.search(r"Northgate Health’s edition of \d+ \w+ \d{4} As it comes with Alongside", shown)
    assert "Change our edition" not in shown
    shipped = said(browser_of(ben).get("/guidance/choose/lifecycle/?time-boxed=3&of_edition=1"))
    assert "Our years have no end" not in shipped
    assert "edition 1, as it comes with Alongside What counts now" in shipped


def test_answers_of_ones_own_are_tried_by_both_tables(carys):
    actions.keep_draft(table(carys, kram=3), by=carys)
    page = browser_of(carys).get(f"{TABLE}preview/?time-boxed=3&networks=3")
    assert page.context["compared"] == [
        ("Kram’s four phases", 67, 100),
        ("Clutterbuck’s five phases", 83, 83),
        ("Starr’s mentor map", 83, 83),
        ("Zachary’s four phases", 67, 67),
    ]
    samples = {one.situation: (one.before.names, one.after.names) for one in page.context["samples"] if one.changes}
    three = ("Clutterbuck’s five phases", "Starr’s mentor map", "Zachary’s four phases")
    assert samples == {"A fixed beginning and end": (three, (three[0], "Kram’s four phases", *three[1:]))}


def test_what_is_wrong_is_said_with_the_model_and_nothing_typed_is_lost(carys):
    browser = browser_of(carys)
    data = filled(browser.get(f"{TABLE}parts/time-boxed/")) | {"why_kram": "", "why_starr": "Because of the tea"}
    del data["fit_zachary"]
    page = browser.post(f"{TABLE}parts/time-boxed/", data)
    words = said(page)
    assert "Kram’s four phases: why? Fill this in." in words
    assert "Zachary’s four phases: how well does it fit? Choose one." in words
    assert "Because of the tea" in words
    assert words.startswith("Error: A fixed beginning and end")
    assert not EditionDraft.objects.exists()


@pytest.mark.parametrize("mark", ["4", "-1", "x", "2.5"])
def test_a_mark_that_is_none_is_refused(carys, mark):
    browser = browser_of(carys)
    data = filled(browser.get(f"{TABLE}parts/time-boxed/")) | {"fit_kram": mark}
    assert "Kram’s four phases: how well does it fit? Choose one from the list." in said(
        browser.post(f"{TABLE}parts/time-boxed/", data)
    )


def test_a_situation_is_added_renamed_and_taken_out(carys):
    browser = browser_of(carys)
    data = filled(browser.get(f"{TABLE}parts/time-boxed/")) | {"name": "Night shifts"}
    browser.post(f"{TABLE}add/", data)
    browser.post(f"{TABLE}parts/reporting/", filled(browser.get(f"{TABLE}parts/reporting/")) | {"name": "The board"})
    browser.post(f"{TABLE}parts/networks/remove/")
    desk = said(browser.get(TABLE))
    assert "Night shifts Does everybody begin and end at about the same time? Added, not saved yet" in desk
    assert "Contacts above all Keep it once more to put it back. Taken out, not saved yet" in desk
    browser.post(f"{TABLE}preview/", {"note": "We work by night", "seen": "0"})
    own = queries.ours(carys.organisation.pk).fit("lifecycle")
    assert [(held.key, held.name) for held in own.situations][3:] == [
        ("reporting", "The board"),
        ("learning-setting", "A place of learning"),
        ("self-directed", "Mentees who steer"),
        ("night-shifts", "Night shifts"),
    ]


def test_what_was_taken_out_is_put_back_by_keeping_it(carys):
    browser = browser_of(carys)
    browser.post(f"{TABLE}parts/networks/remove/")
    browser.post(f"{TABLE}parts/networks/", filled(browser.get(f"{TABLE}parts/networks/")))
    assert not EditionDraft.objects.exists()


def test_two_situations_have_to_stay(carys):
    content = queries.in_force(carys, "fit", "lifecycle")
    for key in ("time-boxed", "long-support", "novice-mentors", "reporting", "learning-setting"):
        content = adapting.without_part(content, key)
    actions.keep_draft(content, by=carys)
    page = browser_of(carys).post(f"{TABLE}parts/networks/remove/", follow=True)
    assert "Two situations have to stay: with one there would be nothing to weigh." in said(page)
    assert len(adapting.parts_of(queries.begun(carys, "fit", "lifecycle"))) == 2


def test_whoever_is_overtaken_is_shown_what_differs_now_and_sends_it_again(carys, iris):
    actions.keep_draft(table(carys, kram=3), by=carys)
    browser = browser_of(carys)
    browser.get(f"{TABLE}preview/")
    saved(iris, starr=0)
    page = browser.post(f"{TABLE}preview/", {"note": "Ours", "seen": "0"})
    assert "Iris Holm has saved an edition meanwhile. Look at what differs now." in said(page)
    assert page.context["form"]["note"].value() == "Ours"
    assert "Starr’s mentor map: How well it fits 0 3" in said(page)  # the same part: whoever saves last decides
    again = browser.post(
        f"{TABLE}preview/", {"note": "Ours", "seen": page.context["form"]["seen"].value()}, follow=True
    )
    assert "Saved. From now on" in said(again)


def test_a_double_click_saves_one_edition(carys):
    actions.keep_draft(table(carys, kram=3), by=carys)
    browser = browser_of(carys)
    for _time in range(2):
        page = browser.post(f"{TABLE}preview/", {"note": "Ours", "seen": "0"}, follow=True)
    assert "There is nothing to save: your guidance says that already." in said(page)
    assert OwnEdition.objects.count() == 1


def test_a_draft_that_no_longer_fits_says_where(carys):
    content = table(carys, kram=3)
    adapting.part_of(content, "time-boxed")["cells"]["kram"]["why"] = ""
    actions.keep_draft(content, by=carys)
    page = browser_of(carys).post(f"{TABLE}preview/", {"note": "Ours", "seen": "0"})
    assert "A fixed beginning and end, Kram’s four phases: This is empty. Write something." in said(page)
    assert f'href="{TABLE}parts/time-boxed/"' in page.content.decode()


def test_a_barrier_of_our_own_and_one_that_is_left_out(carys, ben):
    browser = browser_of(carys)
    data = {
        "side": "organisation",
        "name": "Kein Raum",
        "shows": "Nobody finds a room",
        "remedy": "Keep two",
        "owner": "",
    }
    browser.post(f"{BARRIERS}add/", data)
    browser.post(f"{BARRIERS}parts/time/", filled(browser.get(f"{BARRIERS}parts/time/")) | {"hidden": "on"})
    browser.post(f"{BARRIERS}preview/", {"note": "No rooms here", "seen": "0"})
    read = said(browser_of(ben).get("/guidance/barriers/"))
    assert "Kein Raum Nobody finds a room Keep two" in read
    assert "Sessions are moved again and again" not in read
    own = queries.ours(carys.organisation.pk).barriers(hidden=True)
    assert [(one.key, one.side, one.hidden) for one in own if one.hidden or one.key == "kein-raum"] == [
        ("time", guidance.Side.PAIR, True),
        ("kein-raum", guidance.Side.ORGANISATION, False),
    ]


def test_purposes_duties_and_phases_in_other_words(carys, ben):
    browser = browser_of(carys)
    for address, words in (
        (f"{OURS}purposes/default/parts/skills/", {"mentee": "Learns the lifting"}),
        (f"{OURS}duties/default/parts/close/", {"mentor": "- Say goodbye\n\n- Bring cake"}),
        (f"{OURS}lifecycle/clutterbuck/parts/direction/", {"name": "Where to"}),
    ):
        desk = address.partition("parts/")[0]
        assert browser.post(address, filled(browser.get(address)) | words).status_code == 302
        assert browser.post(f"{desk}preview/", {"note": "So we say it", "seen": "0"}).status_code == 302
    ben_reads = browser_of(ben)
    assert "Mentee: Learns the lifting" in said(ben_reads.get("/guidance/purposes/"))
    assert "Say goodbye Bring cake" in said(ben_reads.get("/guidance/roles/"))
    assert "Where to" in said(ben_reads.get("/guidance/models/clutterbuck/"))
    assert "Where to" in said(ben_reads.get("/guidance/models/clutterbuck/?of_edition=1001"))
    assert "Direction-setting" in said(ben_reads.get("/guidance/models/clutterbuck/?of_edition=1"))


def test_a_way_to_find_a_goal_of_our_own_is_added_and_another_left_out(carys, ben):
    browser, desk = browser_of(carys), f"{OURS}goal-tools/default/"
    own = {
        "name": "The notice board", "words": "Wishes on cards", "asks": "Ten cards", "how": "Pin, then sort",
        "gives": "Three to begin with", "needs": "Suits people who move about",
    }  # fmt: skip
    assert browser.post(f"{desk}add/", own).status_code == 302
    swot = f"{desk}parts/swot/"
    assert browser.post(swot, filled(browser.get(swot)) | {"hidden": "on"}).status_code == 302
    preview = said(browser.get(f"{desk}preview/"))
    for words in ("What it asks for Ten cards", "How it suits people Suits people who move about"):
        assert words in preview
    browser.post(f"{desk}preview/", {"note": "So we do it", "seen": "0"})
    read = said(browser_of(ben).get("/guidance/goals/"))
    assert "The notice board Wishes on cards Pin, then sort It asks for: Ten cards" in read
    assert "Strengths, weaknesses, opportunities, threats" not in read
    assert "Strengths, weaknesses, opportunities, threats" in said(browser_of(ben).get("/guidance/goals/?of_edition=1"))


def test_a_way_to_review_keeps_whose_it_is_and_who_takes_part_is_said_in_words(carys, ben):
    browser, desk = browser_of(carys), f"{OURS}review-methods/default/"
    address = f"{desk}parts/four-levels/"
    author = guidance.review_methods()[-1].author
    refused = browser.post(address, filled(browser.get(address)) | {"who": []})
    assert refused.context["form"].errors == {"who": ["Choose one or more."]}
    changed = filled(browser.get(address)) | {"name": "Our four questions", "who": ["mentee", "supervisor"]}
    assert browser.post(address, changed).status_code == 302
    assert "Who takes part Coordinator, Line manager or sponsor Mentee, Supervisor" in said(
        browser.get(f"{desk}preview/")
    )
    browser.post(f"{desk}preview/", {"note": "So we do it", "seen": "0"})
    read = said(browser_of(ben).get("/guidance/reviews/"))
    assert re.search(rf"Our four questions After {author}", read)
    assert "Who takes part: Mentee, Supervisor" in read


def test_a_competence_of_our_own_with_where_it_is_learnt_and_another_left_out(carys, ben):
    browser, desk = browser_of(carys), f"{OURS}competences/default/"
    own = {
        "group": "skills", "name": "Lending an ear", "words": "Sits with somebody", "shows": "People come back",
        "learn": ["core/listening-and-questions", "goals"],
    }  # fmt: skip
    assert browser.post(f"{desk}add/", own).status_code == 302
    respect = f"{desk}parts/respect/"
    assert browser.post(respect, filled(browser.get(respect)) | {"hidden": "on"}).status_code == 302
    assert browser.post(f"{desk}head/", filled(browser.get(f"{desk}head/")) | {"name": "Our list"}).status_code == 302
    preview = said(browser.get(f"{desk}preview/"))
    assert "Where it is learnt Listening and questions Ways to find a goal" in preview
    browser.post(f"{desk}preview/", {"note": "So we do it", "seen": "0"})
    read = said(browser_of(ben).get("/guidance/competences/"))
    assert "Our list" in read
    assert "Lending an ear Sits with somebody People come back" in read
    assert "Respects difference" not in read
    assert "Respects difference" in said(browser_of(ben).get("/guidance/competences/?of_edition=1"))


def test_a_model_names_the_ways_that_are_offered_in_our_words(carys, ben):
    page = "/guidance/models/clutterbuck/"
    phase = next(one for one in guidance.model("clutterbuck").phases if len(one.tools) > 1)
    names = {tool.key: tool.name for tool in guidance.goal_tools()}
    renamed, hidden = phase.tools[:2]
    content = queries.in_force(carys, "goal-tools", "default")
    for key, change in ((renamed, {"name": "Our way"}), (hidden, {"hidden": True})):
        content = adapting.with_part(content, {**adapting.part_of(content, key), **change})
    before = said(browser_of(ben).get(page))
    actions.save_edition(content, note="So we do it", seen=0, by=carys)
    after = said(browser_of(ben).get(page))
    assert ("Our way" in before, "Our way" in after) == (False, True)
    assert (names[hidden] in before, names[hidden] in after) == (True, False)


def test_duties_are_needed_and_short(carys):
    browser = browser_of(carys)
    address = f"{OURS}duties/default/parts/close/"
    data = filled(browser.get(address))
    page = browser.post(address, data | {"mentee": " \n- \n", "mentor": "a\n" + "b" * 401})
    assert page.context["form"].errors == {
        "mentee": ["Fill this in."],
        "mentor": ["Line 2 has 401 characters. Keep it to 400."],
    }


def test_going_back_asks_why_and_shows_what_it_says_otherwise(carys, ben):
    saved(carys, kram=3)
    saved(carys, kram=0)
    browser = browser_of(carys)
    page = browser.get(f"{TABLE}editions/1/")
    assert "Our pairs stay for years" in said(page)
    assert "Kram’s four phases: How well it fits 1 3" in said(page)
    assert "Fill this in." in said(browser.post(f"{TABLE}editions/1/", {"note": "", "seen": "2"}))
    done = browser.post(f"{TABLE}editions/1/", {"note": "Right the first time", "seen": "2"}, follow=True)
    assert "Edition 3, which is edition 1 once more Right the first time Counts today" in said(done)
    late = browser.post(f"{TABLE}editions/0/", {"note": "Enough", "seen": "2"})
    assert "has saved an edition meanwhile" in said(late)
    off = browser.post(f"{TABLE}editions/0/", {"note": "Enough", "seen": "3"}, follow=True)
    assert "Back to what comes with Alongside Enough Counts today" in said(off)
    assert "Northgate Health’s edition" not in said(browser_of(ben).get("/guidance/choose/lifecycle/"))


def test_a_newer_shipped_edition_is_told_to_whoever_writes(carys, ben):
    content = queries.in_force(carys, "barriers", "default")
    part = {**adapting.part_of(content, "time"), "name": "Never any time"}
    actions.save_edition(adapting.with_part(content, part), note="So", seen=0, by=carys)
    OwnEdition.objects.update(shipped=1)
    told = "Alongside has a newer edition of this than the one yours was written beside."
    assert told in said(browser_of(carys).get("/guidance/barriers/"))
    assert told in said(browser_of(carys).get(BARRIERS))
    assert told not in said(browser_of(ben).get("/guidance/barriers/"))
    assert "A slow start Who could see to it Coordinator" in said(browser_of(carys).get(f"{BARRIERS}newer/"))


def test_what_was_begun_can_be_forgotten(carys):
    actions.keep_draft(table(carys, kram=3), by=carys)
    page = browser_of(carys).post(f"{TABLE}discard/", follow=True)
    assert "What you had begun is gone. What counts is as it was." in said(page)
    assert not EditionDraft.objects.exists()


def test_nothing_of_it_is_seen_in_another_organisation(carys):
    saved(carys, kram=3)
    actions.keep_draft(table(carys, kram=2), by=carys)
    bronagh = browser_of(cast.member("Bronagh Kelly", cast.organisation("Harbour Trust", "Hugh Fry"), "coordinator"))
    for address in (
        TABLE,
        f"{TABLE}parts/time-boxed/",
        f"{TABLE}editions/0/",
        "/guidance/choose/lifecycle/?time-boxed=3",
    ):
        words = said(bronagh.get(address))
        assert "kram has" not in words
        assert "Our pairs stay" not in words
    assert bronagh.get(f"{TABLE}editions/1/").status_code == 404
    assert bronagh.get("/guidance/choose/lifecycle/?of_edition=1001").status_code == 404


@pytest.mark.parametrize("edition", ["0", "-1", "x", "1002", "9" * 30, "1&", "%00", "１"])
def test_an_edition_that_is_not_there_is_not_found(ben, edition):
    assert browser_of(ben).get("/guidance/barriers/", {"of_edition": edition}).status_code == 404


def test_markup_in_own_words_stays_text(carys, ben):
    browser = browser_of(carys)
    script = "<script>alert(1)</script>"
    browser.post(f"{BARRIERS}parts/time/", filled(browser.get(f"{BARRIERS}parts/time/")) | {"remedy": script})
    browser.post(f"{BARRIERS}head/", {"introduction": f"{script} [x](javascript:alert(1))"})
    browser.post(f"{BARRIERS}preview/", {"note": script, "seen": "0"})
    for reader, address in ((ben, "/guidance/barriers/"), (carys, BARRIERS), (carys, f"{BARRIERS}editions/1/")):
        body = browser_of(reader).get(address).content.decode()
        assert "<script>alert" not in body
        assert 'href="javascript' not in body


@pytest.mark.parametrize(
    "address", [*PAGES, f"{TABLE}preview/", f"{TABLE}editions/1/", "/guidance/models/clutterbuck/"]
)
def test_no_page_asks_anything_twice(carys, address):
    saved(carys, kram=3)
    actions.keep_draft(table(carys, starr=0), by=carys)
    asked = queries_of(browser_of(carys), address)
    assert [query for query in asked if "guidance_" in query and asked.count(query) > 1] == []
    assert len(asked) <= 12


def test_pages_ask_the_same_with_one_edition_and_with_thirty(carys, django_assert_max_num_queries):
    browser = browser_of(carys)
    saved(carys, kram=3)
    for address in (OURS, TABLE, "/guidance/choose/lifecycle/", "/guidance/"):
        browser.get(address)
        with django_assert_max_num_queries(12):
            browser.get(address)
    for number in range(30):
        saved(carys, kram=number % 2)
    for address in (OURS, TABLE, "/guidance/choose/lifecycle/", "/guidance/"):
        with django_assert_max_num_queries(12):
            browser.get(address)
