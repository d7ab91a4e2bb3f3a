"""Competences: a mentor says where they stand, asks a mentee to say it too, sees it change and what to learn."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.guidance import actions as guidance
from alongside.guidance import adapting
from alongside.guidance import queries as kept
from alongside.readiness import queries, rules
from alongside.readiness.actions import Wanted, competences, set_rule, training
from alongside.readiness.models import Mark, Module, Rating, RatingDraft, RatingRequest
from alongside.readiness.queries.competences import is_mentor, visible_to
from alongside.readiness.terms import Hint
from alongside.records import actions as records
from alongside.relationships import actions as relationships
from alongside.relationships.actions import rating
from alongside.relationships.models import Relationship
from tests import applying
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of

OWN, RATE, READY = "/getting-ready/competences/", "/getting-ready/competences/rate/", "/getting-ready/"
FRAMEWORK, FORM = "competences/default@2", "abcdefghijkl"
WORDS = "Waited a whole minute before I spoke"
ALONE = "3, I do it on my own"


@pytest.fixture
def two(db) -> people.Cast:
    """Amara mentors Ben; both have said yes."""
    return people.pair()


def filled(**levels: int) -> dict[str, str]:
    """A form as it is sent; `holding_back=3` stands for a competence with its level."""
    said = {f"level-{key.replace('_', '-')}": str(level) for key, level in levels.items()}
    return {"ref": FORM, "framework": FRAMEWORK, **said}


def sent(ref: str = "", framework: str = FRAMEWORK, **levels: int) -> competences.Sent:
    said = {key.replace("_", "-"): competences.Said(level) for key, level in levels.items()}
    return competences.Sent(said, framework, ref)


def page_of_pair(c) -> str:
    return f"/pairs/{c.relationship.ref}/competences/"


def ask(c) -> None:
    rating.ask(c.pair(c.amara), by=c.amara)


def rate_mentor(c, **levels: int) -> Rating:
    return rating.rate_mentor(c.pair(c.ben), sent(**levels), by=c.ben)


def lacks(actor) -> list[str]:
    return [one.value for held in queries.own(actor) for one in held.lacking]


# --- by oneself


@pytest.mark.both
def test_a_mentor_rates_themselves_with_what_shows_it_and_leaves_out_the_rest(c):
    client = browser_of(c.amara)
    page = client.post(RATE, filled(listening=3, reviewing=0) | {"evidence-listening": WORDS}, follow=True)
    assert "Saved with the day." in words_of(page)
    held = Rating.objects.get()
    assert list(held.marks.values_list("competence", "level")) == [("listening", 3), ("reviewing", 0)]
    said = words_of(client.get(f"{OWN}ratings/{held.ref}/"))
    assert WORDS in said
    assert ALONE in said
    assert "0, Not yet" in said
    assert "Holds back" not in said


def test_what_shows_it_is_sealed(c):
    browser_of(c.amara).post(RATE, filled(listening=3) | {"evidence-listening": WORDS})
    assert WORDS.encode() not in bytes(Mark.objects.get().evidence)


@pytest.mark.both
def test_a_form_that_is_sent_twice_rates_once(c):
    for _time in range(2):
        browser_of(c.amara).post(RATE, filled(listening=3))
    assert Rating.objects.count() == 1
    assert AuditEntry.objects.filter(name="competences.rated").count() == 1


def test_a_form_of_somebody_else_rates_nothing(two):
    competences.rate_oneself(sent(ref=FORM, listening=3), by=two.amara)
    ask(two)
    page = browser_of(two.ben).post(page_of_pair(two), filled(listening=1))
    assert "Open the form again: this one has been used." in words_of(page)
    assert Rating.objects.count() == 1


def test_nothing_said_and_a_line_without_a_level_are_asked_for_and_stay_typed(c):
    client = browser_of(c.amara)
    assert "Choose a level for at least one of them." in words_of(client.post(RATE, filled()))
    page = words_of(client.post(RATE, filled(reviewing=1) | {"evidence-listening": WORDS}))
    assert "Listening: Choose a level, or take out what you wrote below." in page
    assert WORDS in page
    assert "Choose one from the list." in words_of(client.post(RATE, filled(listening=9)))
    assert not Rating.objects.exists()


def test_a_list_that_is_none_and_a_competence_that_is_none_are_refused(c):
    for wrong in (
        sent(framework="barriers/default@2", listening=1),
        sent(framework="x", listening=1),
        sent(juggling=1),
    ):
        with pytest.raises(NotPossible, match="The list has changed since you opened this page"):
            competences.rate_oneself(wrong, by=c.amara)


@pytest.mark.both
def test_what_is_begun_is_kept_until_it_is_sent(c):
    client = browser_of(c.amara)
    client.post(RATE, {"then": "keep", **filled(listening=2), "evidence-reviewing": WORDS})
    assert "Go on where you stopped" in words_of(client.get(OWN))
    page = client.get(RATE)
    assert page.context["form"]["level-listening"].value() == "2"
    assert WORDS in words_of(page)
    assert page.context["form"]["ref"].value() == FORM
    assert WORDS.encode() not in bytes(RatingDraft.objects.get().words)
    client.post(RATE, filled(listening=3))
    assert not RatingDraft.objects.exists()
    late = client.post(f"{RATE}keep/", filled(listening=2))
    assert "This has been sent already." in words_of(late)
    assert not RatingDraft.objects.exists()


def test_what_is_begun_can_be_thrown_away_and_is_not_endless(c):
    client = browser_of(c.amara)
    assert "Kept at" in words_of(client.post(f"{RATE}keep/", filled(listening=2)))
    client.post(RATE, {"then": "drop"})
    assert not RatingDraft.objects.exists()
    long = filled() | {"evidence-listening": "x" * 12_001}
    assert "This is too long to be kept." in words_of(client.post(f"{RATE}keep/", long))


def test_whoever_is_no_mentor_rates_nothing(c):
    for actor in (c.ben, c.carys, c.elin):
        assert browser_of(actor).get(RATE).status_code == 404
        assert browser_of(actor).post(f"{RATE}keep/", filled(listening=1)).status_code == 404
        assert "This is for mentors" in words_of(browser_of(actor).get(OWN))
        with pytest.raises(NotPossible, match="You are not one in any programme now"):
            competences.rate_oneself(sent(listening=1), by=actor)
    assert is_mentor(c.amara)


def test_whoever_has_applied_as_a_mentor_can_rate_themselves_already(db):
    o = applying.opened()
    assert browser_of(o.amara).get(RATE).status_code == 404
    o.applied(o.amara, "mentor")
    browser_of(o.amara).post(RATE, filled(listening=2))
    assert Rating.objects.get().mentor == o.amara.membership
    assert "Rated on" in words_of(browser_of(o.amara).get(READY))


def test_the_tables_refuse_a_rating_by_nobody_and_a_mark_twice(c):
    member, other = c.amara.membership, c.ben.membership
    held = Rating.objects.create(mentor=member, rater=member, kind="self", framework=FRAMEWORK)
    Mark.objects.create(rating=held, competence="listening", level=1)
    for broken in (
        lambda: Rating.objects.create(mentor=member, rater=other, kind="self", framework=FRAMEWORK),
        lambda: Rating.objects.create(mentor=member, rater=other, kind="mentee", framework=FRAMEWORK),
        lambda: Mark.objects.create(rating=held, competence="listening", level=2),
        lambda: RatingRequest.objects.create(mentor=member, mentee=other, pair="x", reply="given"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


# --- asked by a programme, and what coordinators see


def test_a_programme_asks_its_mentors_and_a_pair_that_waited_begins(c):
    set_rule(c.programme, Wanted(["competences"], ["competences"], holds_pairs=True), by=c.carys)
    for actor in (c.amara, c.ben):
        relationships.accept(c.pair(actor), by=actor)
    assert (lacks(c.amara), lacks(c.ben)) == (["competences"], [])
    assert "Say where you stand as a mentor" in words_of(browser_of(c.amara).get("/"))
    assert Relationship.objects.get().stage == "prepare"
    competences.rate_oneself(sent(listening=1), by=c.amara)
    assert lacks(c.amara) == []
    assert Relationship.objects.get().stage == "connect"


def test_of_mentees_it_cannot_be_asked(c):
    form = browser_of(c.carys).get("/programmes/rising-leaders/readiness/rule/").context["form"]
    assert "competences" in dict(form.fields["mentors"].choices)
    assert "competences" not in dict(form.fields["mentees"].choices)


def test_coordinators_see_that_there_is_a_rating_and_when_never_what_it_says(c):
    set_rule(c.programme, Wanted(["competences"], [], holds_pairs=False), by=c.carys)
    client = browser_of(c.amara)
    client.post(RATE, filled(listening=3) | {"evidence-listening": WORDS})
    carys, day = browser_of(c.carys), f"{clock.now():%-d %b %Y}"
    page = words_of(carys.get("/programmes/rising-leaders/readiness/"))
    assert day in page
    assert WORDS not in page
    assert carys.get(f"{OWN}ratings/{Rating.objects.get().ref}/").status_code == 404
    assert not visible_to(c.carys).exists()


# --- by a mentee


@pytest.mark.both
def test_a_mentee_who_is_asked_rates_and_the_two_alone_read_it(two):
    amara, ben = browser_of(two.amara), browser_of(two.ben)
    assert "Ask Ben" in words_of(amara.get(OWN))
    amara.post(f"{page_of_pair(two)}ask/")
    assert "there is no answer yet" in words_of(amara.get(OWN))
    assert "Say how you see Amara as a mentor" in words_of(ben.get("/"))
    page = words_of(ben.get(page_of_pair(two)))
    assert "Amara reads what you send, with your name, and you do; nobody else, no coordinator" in " ".join(
        page.split()
    )
    assert "You and Amara can read this" in page
    ben.post(page_of_pair(two), filled(listening=4) | {"evidence-listening": WORDS})
    held = Rating.objects.get()
    assert (held.kind, held.mentor, held.rater) == ("mentee", two.amara.membership, two.ben.membership)
    address = f"{OWN}ratings/{held.ref}/"
    assert [browser_of(actor).get(address).status_code for actor in (two.amara, two.ben, two.carys, two.elin)] == [
        200, 200, 404, 404,
    ]  # fmt: skip
    assert WORDS in words_of(amara.get(address))
    assert "Ben: 4, Helps others with it" in words_of(amara.get(OWN))
    assert "Say how you see Amara as a mentor" not in words_of(ben.get("/"))


def test_a_mentee_declines_without_a_reason_and_is_not_asked_again_for_sixty_days(two):
    ask(two)
    browser_of(two.ben).post(page_of_pair(two), {"then": "decline"})
    assert "Would rather not, this time." in words_of(browser_of(two.amara).get(OWN))
    assert "Ask Ben" not in words_of(browser_of(two.amara).get(OWN))
    with pytest.raises(NotPossible, match="You can ask again from"):
        ask(two)
    with clock.set_to(clock.now() + timedelta(days=60)):
        ask(two)
    assert RatingRequest.objects.get().reply == "waiting"


def test_a_mentee_keeps_what_they_have_begun(two):
    ask(two)
    ben = browser_of(two.ben)
    ben.post(page_of_pair(two), {"then": "keep", **filled(listening=2)})
    assert ben.get(page_of_pair(two)).context["form"]["level-listening"].value() == "2"
    assert "Kept at" in words_of(ben.post(f"{page_of_pair(two)}keep/", filled(listening=1)))
    assert not Rating.objects.exists()
    ben.post(page_of_pair(two), {"then": "decline"})
    assert not RatingDraft.objects.exists()


def test_whoever_is_not_asked_rates_nobody(two):
    ben = browser_of(two.ben)
    assert "Amara has not asked you" in words_of(ben.get(page_of_pair(two)))
    assert "You are not asked for this any more." in words_of(ben.post(page_of_pair(two), filled(listening=1)))
    assert browser_of(two.amara).get(page_of_pair(two)).status_code == 404
    assert browser_of(two.carys).get(page_of_pair(two)).status_code == 404
    with pytest.raises(NotPossible):
        rating.ask(two.pair(two.ben), by=two.ben)
    assert not RatingRequest.objects.exists()


def test_asking_twice_asks_once(two):
    ask(two)
    browser_of(two.amara).post(f"{page_of_pair(two)}ask/")
    assert AuditEntry.objects.filter(name="rating.asked").count() == 1


def test_while_contact_is_on_hold_nothing_is_asked_sent_or_read(two):
    ask(two)
    held = rate_mentor(two, listening=4)
    amara, ben = two.pair(two.amara), two.pair(two.ben)
    relationships.hold(two.pair(two.carys), by=two.carys)
    assert browser_of(two.amara).get(f"{OWN}ratings/{held.ref}/").status_code == 404
    assert "Helps others with it" not in words_of(browser_of(two.amara).get(OWN))
    assert not visible_to(two.ben).exists()
    for broken in (
        lambda: rating.ask(amara, by=two.amara),
        lambda: rating.rate_mentor(ben, sent(listening=1), by=two.ben),
        lambda: rating.keep_draft(ben, filled(listening=1), by=two.ben),
    ):
        with pytest.raises(NotPossible, match="on hold"):
            broken()


def test_after_the_end_it_stays_readable_and_nobody_is_asked(two):
    ask(two)
    held = rate_mentor(two, listening=4)
    relationships.end(two.pair(two.ben), by=two.ben)
    assert browser_of(two.amara).get(f"{OWN}ratings/{held.ref}/").status_code == 200
    assert "Ask Ben" not in words_of(browser_of(two.amara).get(OWN))
    with pytest.raises(NotPossible, match="whose time together goes on"):
        ask(two)


@pytest.mark.both
def test_what_a_mentee_said_goes_with_the_pair_and_what_the_mentor_said_stays(two):
    ask(two)
    rate_mentor(two, listening=4)
    competences.rate_oneself(sent(listening=3), by=two.amara)
    relationships.end(two.pair(two.ben), by=two.ben)
    with clock.set_to(clock.now() + timedelta(days=3 * 366)):
        records.apply_retention(by=SYSTEM)
    assert not Relationship.objects.exists()
    assert [held.kind for held in Rating.objects.all()] == ["self"]
    assert not RatingRequest.objects.exists()


# --- over time, and what to learn


def test_every_rating_stands_in_the_table_in_order_and_in_the_picture(two):
    start = clock.now().replace(year=2027, month=1, day=10)
    with clock.set_to(start):
        competences.rate_oneself(sent(listening=1), by=two.amara)
        ask(two)
    with clock.set_to(start + timedelta(days=20)):
        rate_mentor(two, listening=2)
    with clock.set_to(start + timedelta(days=90)):
        competences.rate_oneself(sent(listening=3), by=two.amara)
    page = browser_of(two.amara).get(OWN)
    ((_group, (drawn,)),) = page.context["groups"]
    assert drawn["rows"] == [
        ("10 January 2027", "You", "1, I have heard or read about it"),
        ("30 January 2027", "Ben", "2, Does it with help"),
        ("10 April 2027", "You", ALONE),
    ]
    assert (drawn["points"], drawn["beside"]) == (
        [("10 Jan", 1), ("30 Jan", None), ("10 Apr", 3)],
        [None, 2, None],
    )
    assert drawn["now"] == [f"You: {ALONE}", "Ben: 2, Does it with help"]
    said = words_of(page)
    assert said.count("<polyline") == 1
    assert said.count("<rect") == 1
    assert 'aria-label="Listening. 10 Jan: 1; 30 Jan: 2; 10 Apr: 3."' in said
    assert '<th scope="row" role="rowheader">10 January 2027</th>' in said


@pytest.mark.parametrize(
    ("own", "mentees", "named"),
    [
        ({}, {}, []),
        ({"a": 3, "b": 4}, {}, []),
        ({"a": 2, "b": 0, "c": 1}, {}, [("b", Hint.LOW), ("c", Hint.LOW), ("a", Hint.LOW)]),
        ({"a": 4, "b": 1}, {"a": 2}, [("a", Hint.GAP), ("b", Hint.LOW)]),
        ({"a": 4, "b": 4}, {"a": 3, "b": 0}, [("b", Hint.GAP)]),
        ({}, {"a": 0}, []),
        (dict.fromkeys("abcdef", 0), {}, [(key, Hint.LOW) for key in "abcde"]),
    ],
)
def test_what_to_learn_is_where_a_mentee_sees_far_less_then_what_is_lowest(own, mentees, named):
    assert rules.to_learn("abcdef", own, mentees) == named


def test_the_way_to_learn_is_the_organisations_training_where_it_has_it(two):
    training.adopt(by=two.carys)
    own = {"title": "Sitting still", "summary": "", "minutes": 5, "text": "Sit.", "link": ""}
    training.add_module(training.Wanted("optional", "none", None, own, competences=["listening"]), by=two.carys)
    competences.rate_oneself(sent(listening=1), by=two.amara)
    page = browser_of(two.amara).get(OWN)
    ours, shipped = Module.objects.get(title="Sitting still"), Module.objects.get(source="core/listening-and-questions")
    (suggestion,) = page.context["suggestions"]
    assert [place.url for place in suggestion.places] == [
        f"/training/{ours.ref}/", f"/training/{shipped.ref}/", "/guidance/first-meeting/",
    ]  # fmt: skip
    assert (suggestion.competence.name, suggestion.why) == ("Listening", Hint.LOW)


def test_without_training_of_its_own_the_way_leads_to_the_shipped_course(two):
    competences.rate_oneself(sent(what_mentoring_is=0), by=two.amara)
    (suggestion,) = browser_of(two.amara).get(OWN).context["suggestions"]
    assert [place.url for place in suggestion.places] == ["/guidance/training/core/#what-mentoring-is"]


def test_a_part_of_the_training_says_what_it_helps_with(c):
    browser = browser_of(c.carys)
    data = {"title": "Sitting still", "text": "Sit.", "minutes": "5", "mentors": "optional", "mentees": "none"}
    browser.post("/training/put-together/add/", data | {"competences": ["listening"]})
    held = Module.objects.get()
    assert (held.competences, held.revision) == (["listening"], 1)
    data |= {"seen": "1", "competences": ["listening", "respect"]}
    browser.post(f"/training/put-together/{held.ref}/", data)
    held.refresh_from_db()
    assert (held.competences, held.revision) == (["listening", "respect"], 1)  # what it says is the same


def test_an_organisations_own_list_is_asked_and_an_earlier_rating_keeps_its_words(two):
    competences.rate_oneself(sent(listening=3, reviewing=2), by=two.amara)
    earlier = Rating.objects.get()
    content = kept.in_force(two.carys, "competences", "default")
    listening, reviewing = adapting.part_of(content, "listening"), adapting.part_of(content, "reviewing")
    content = adapting.with_part(content, {**listening, "name": "Hearing people out"})
    content = adapting.with_part(content, {**reviewing, "hidden": True})
    guidance.save_edition(content, note="As our professional body says it", seen=0, by=two.carys)
    amara = browser_of(two.amara)
    form = words_of(amara.get(RATE))
    assert "Hearing people out" in form
    assert "Reviewing, and ending well" not in form
    page = words_of(amara.get(OWN))
    assert "Hearing people out" in page
    assert "Reviewing, and ending well" in page  # what was rated stays
    assert "Listening" in words_of(amara.get(f"{OWN}ratings/{earlier.ref}/"))
    amara.post(RATE, filled(listening=4) | {"framework": "competences/default@1001"})
    assert Rating.objects.latest("pk").framework == "competences/default@1001"


def test_the_page_asks_as_much_for_one_rating_as_for_six(two):
    ask(two)
    rate_mentor(two, listening=2)
    competences.rate_oneself(sent(listening=1, reviewing=1), by=two.amara)
    client = browser_of(two.amara)
    one = queries_of(client, OWN)
    for _time in range(5):
        competences.rate_oneself(sent(listening=2, respect=1), by=two.amara)
    assert len(queries_of(client, OWN)) == len(one)
