"""What a programme asks before people begin: the rule, the gate, the list, reminding, the funnel."""

import pytest

from alongside.foundation import hooks
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.programmes import actions as programmes
from alongside.programmes.models import Programme
from alongside.readiness import actions, queries
from alongside.readiness.actions import Wanted
from alongside.relationships import actions as relationships
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of

URL = "/programmes/rising-leaders/readiness/"
BOTH = Wanted(["code"], ["code"], holds_pairs=True)


def names(page) -> list[str]:
    return [held.membership.name for held, _cells in page.context["rows"]]


def both_say_yes(c) -> None:
    for actor in (c.amara, c.ben):
        relationships.accept(c.pair(actor), by=actor)
    c.relationship.refresh_from_db()


# --- the rule


def test_a_coordinator_says_what_is_asked(c, code):
    client = browser_of(c.carys)
    assert 'value="code"' in words_of(client.get(f"{URL}rule/"))
    client.post(f"{URL}rule/", {"mentees": ["code"], "holds_pairs": "on"})
    assert queries.asking_of(c.programme) == ((), ("code",), True, True)


def test_what_nobody_can_ask_is_refused(c):
    answer = browser_of(c.carys).post(f"{URL}rule/", {"mentors": ["a song"]})
    assert answer.status_code == 200
    assert not queries.asking_of(c.programme).said


def test_a_closed_programme_asks_nothing_new(c):
    programmes.close(c.programme, by=c.carys)
    with pytest.raises(NotPossible, match="closed"):
        actions.set_rule(c.programme, BOTH, by=c.carys)


def test_the_next_round_asks_the_same(c):
    actions.set_rule(c.programme, BOTH, by=c.carys)
    made = programmes.duplicate(c.programme, name="Next round", starts_on=c.programme.ends_on, by=c.carys)
    assert queries.asking_of(made) == (("code",), ("code",), True, True)


@pytest.mark.parametrize("page", ["", "rule/"])
def test_nobody_but_its_coordinators_comes_to_these_pages(c, page):
    other = people.member("Iris Holm", c.carys.organisation, "coordinator", "administrator")
    for actor in (c.amara, c.ben, c.elin, other):
        assert browser_of(actor).get(URL + page).status_code == 404
    assert browser_of(c.carys).get(URL + page).status_code == 200


# --- the gate


def test_a_pair_waits_until_both_are_ready_and_then_begins_by_itself(c, code):
    actions.set_rule(c.programme, BOTH, by=c.carys)
    both_say_yes(c)
    assert (c.relationship.stage, c.relationship.state) == ("prepare", "accepted")
    said = words_of(browser_of(c.ben).get(f"/pairs/{c.relationship.ref}/"))
    assert "Each of you has done what the programme asks beforehand" in said
    actions.accept_code(code.ref, by=c.amara)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "prepare"
    actions.accept_code(code.ref, by=c.ben)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "connect"


def test_the_waiting_pair_is_not_got_round_by_posting_to_the_next_step(c, code):
    actions.set_rule(c.programme, BOTH, by=c.carys)
    both_say_yes(c)
    browser_of(c.amara).post(f"/pairs/{c.relationship.ref}/move/")
    with pytest.raises(relationships.NotYet):
        relationships.move(c.relationship, "connect", by=c.amara)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "prepare"


def test_a_pair_begins_when_the_programme_asks_less(c, code):
    actions.set_rule(c.programme, BOTH, by=c.carys)
    both_say_yes(c)
    actions.set_rule(c.programme, BOTH._replace(holds_pairs=False), by=c.carys)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "connect"


def test_without_the_demand_nobody_is_held_up(c, code):
    actions.set_rule(c.programme, BOTH._replace(holds_pairs=False), by=c.carys)
    both_say_yes(c)
    assert c.relationship.stage == "connect"


def test_a_pair_that_has_begun_is_not_stopped_by_a_new_version(c, code):
    actions.set_rule(c.programme, BOTH, by=c.carys)
    for actor in (c.amara, c.ben):
        actions.accept_code(code.ref, by=actor)
    both_say_yes(c)
    actions.state_code(actions.Written("Newer", text="We turn up."), seen=1, by=c.carys)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "connect"


# --- the list


def test_the_list_says_who_waits_for_what(c, code):
    hana = people.member("Hana Sato", c.carys.organisation)
    people.takes_part(c.programme, hana, "mentor", c.carys)
    actions.accept_code(code.ref, by=c.amara)
    client = browser_of(c.carys)
    assert names(client.get(URL)) == ["Amara Okafor", "Ben Thomas", "Hana Sato"]
    assert names(client.get(f"{URL}?state=ready")) == ["Amara Okafor", "Ben Thomas"]
    assert names(client.get(f"{URL}?lacks=code")) == ["Hana Sato"]
    assert names(client.get(f"{URL}?part=mentor&state=ready")) == ["Amara Okafor"]
    assert names(client.get(f"{URL}?q=hana")) == ["Hana Sato"]
    assert "Nobody fits" in words_of(client.get(f"{URL}?q=nobody"))
    assert "2 of 3 are ready" in words_of(client.get(URL))


def test_what_the_organisation_has_nothing_of_yet_is_asked_of_nobody(c):
    said = words_of(browser_of(c.carys).get(URL))
    assert "Nothing is asked of anybody yet" in said
    assert "are ready" not in said
    assert (said.count("Not asked"), "Done<" in said) == (4, False)
    assert "Nothing is asked of you here before you begin." in words_of(browser_of(c.amara).get("/getting-ready/"))


def test_a_code_is_asked_and_training_is_not_while_none_is_required(c, code):
    actions.accept_code(code.ref, by=c.amara)
    page = browser_of(c.carys).get(f"{URL}?part=mentor")
    ((_held, cells),) = page.context["rows"]
    assert [cell["asked"] for cell in cells] == [True, False]
    assert "2 of 2 are ready" in words_of(page)


def test_the_list_leaves_as_a_file_and_the_log_says_so(c, code):
    answer = browser_of(c.carys).post(f"{URL}export/", {"part": "mentor"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Work e-mail,Part,Code of ethics accepted,Required training done"
    assert [line.split(",")[0::3] for line in lines[1:]] == [["Amara Okafor", "Left to do"]]
    assert lines[1].endswith("Left to do,")  # there is no training yet, so none is asked
    assert AuditEntry.objects.filter(name="readiness.exported").count() == 1


def test_the_list_asks_no_more_with_thirty_people(c, code):
    few = len(queries_of(browser_of(c.carys), URL))
    for number in range(27):
        actor = people.member(f"Mentor {number}", c.carys.organisation)
        people.takes_part(c.programme, actor, "mentor", c.carys)
    assert len(queries_of(browser_of(c.carys), URL)) == few <= 10


# --- reminding


def test_whoever_lacks_something_is_reminded_once_a_day(c, code):
    client = browser_of(c.carys)
    said = [words_of(client.post(f"{URL}remind/", follow=True)) for _time in range(2)]
    assert "One mail is on its way." in said[0]
    assert "No mail was written" in said[1]
    (mail,) = Mail.objects.filter(kind="readiness.reminded")
    assert (mail.to_address, "/getting-ready/" in mail.body) == (c.amara.account.email, True)
    assert "code" not in mail.body.lower()


def test_nobody_is_reminded_before_the_launch_or_without_need(c, code):
    actions.accept_code(code.ref, by=c.amara)
    assert "Nobody of these people" in words_of(browser_of(c.carys).post(f"{URL}remind/", follow=True))
    Programme.objects.update(state="draft")
    assert "while the programme runs" in words_of(browser_of(c.carys).post(f"{URL}remind/", follow=True))
    assert not Mail.objects.filter(kind="readiness.reminded").exists()


# --- the funnel, and one's own page


def test_the_funnel_counts_who_is_ready(c, code):
    step = next(step for step in hooks.funnel_steps if step.key == "ready")
    assert step.people(c.programme).count() == 1  # Ben: nothing is asked of mentees
    actions.accept_code(code.ref, by=c.amara)
    assert step.people(c.programme).count() == 2


def test_each_sees_what_is_asked_of_them_and_nobody_elses(c, code):
    said = {actor: words_of(browser_of(actor).get("/getting-ready/")) for actor in (c.amara, c.ben, c.elin)}
    assert "Left to do" in said[c.amara]
    assert "Nothing is asked of you here before you begin." in said[c.ben]
    assert "Nothing is asked of you" in said[c.elin]
    actions.accept_code(code.ref, by=c.amara)
    assert "You are ready: nothing is left to do." in words_of(browser_of(c.amara).get("/getting-ready/"))


def test_ones_own_page_asks_no_more_in_ten_programmes(c, code):
    few = len(queries_of(browser_of(c.amara), "/getting-ready/"))
    for number in range(9):
        people.takes_part(people.programme(c.carys, f"Round {number}", launched=True), c.amara, "mentor", c.carys)
    assert len(queries_of(browser_of(c.amara), "/getting-ready/")) == few <= 8


def test_the_way_there_stands_on_the_page_of_the_programme(c):
    page = words_of(browser_of(c.ben).get("/programmes/rising-leaders/"))
    assert 'href="/getting-ready/"' in page
    assert 'href="/getting-ready/rising-leaders/conflicts/"' in page
    assert "Asked of mentors" not in page
    assert "Asked of mentors" in words_of(browser_of(c.carys).get("/programmes/rising-leaders/"))


def test_before_the_launch_nobody_is_asked_anything(c, code):
    Programme.objects.update(state="draft")
    client = browser_of(c.amara)
    assert "Nothing is asked of you" in words_of(client.get("/getting-ready/"))
    assert "Read and accept the code of ethics" not in words_of(client.get("/"))
    assert client.get("/getting-ready/rising-leaders/conflicts/").status_code == 404
