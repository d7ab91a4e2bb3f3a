"""Contact between two people on hold: who may, what stops, what the two are told, and what meets it meanwhile."""

import re
from copy import deepcopy

import pytest

from alongside.contracts import actions as contracts
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.notifications.models import KeptMail, Mail
from alongside.goals import actions as goals
from alongside.meetings import actions as meetings
from alongside.meetings.models import LogDraft, Session
from alongside.people.models import Link
from alongside.people.queries import ties
from alongside.people.queries.ties import Tie
from alongside.records import actions as records
from alongside.relationships import actions, addresses, queries
from alongside.relationships.models import ContactHold, Move
from alongside.reviews import actions as reviews
from tests import cast
from tests.meetings import days
from tests.visits import browser_of, queries_of, words_of

WAITS = "held"  # no mail server is set
NOTHING_SAID = reviews.Said(ratings={}, words={}, released=False, contact="", contact_words="")
TOLD = "Meetings are on hold for now"


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def once(rows_last):
    with days.at():
        return cast.pair()


@pytest.fixture
def c(once):
    with days.at():
        yield deepcopy(once)


def hold(c) -> ContactHold:
    return actions.hold(c.pair(c.carys), by=c.carys)


def page(c, actor, path: str = ""):
    return browser_of(actor).get(f"/pairs/{c.relationship.ref}/{path}")


def mails(kind: str) -> dict[str, str]:
    """The bodies of the mails of a kind, by the first name in the address."""
    found = Mail.objects.filter(kind=kind)
    return {re.match("[a-z]+", mail.to_address)[0]: mail.body for mail in found}


# --- who may, and what is remembered


def test_a_coordinator_holds_and_the_two_and_whoever_writes_to_them_are_told_the_same_words(c):
    hold(c)
    said = mails("relationship.held")
    assert set(said) == {"amara", "ben"}
    assert all("Carys Llewellyn or a colleague will write to you." in body for body in said.values())
    assert AuditEntry.objects.latest("position").name == "relationship.held"
    assert list(Move.objects.order_by("id").values_list("evidence", flat=True))[-1] == ["on_hold"]


def test_a_hold_put_apart_tells_the_two_the_same_and_the_coordinator_that_it_is_so(c):
    actions.hold_apart(c.relationship)
    said = mails("relationship.held")
    assert set(said) == {"amara", "ben", "carys"}
    assert said["amara"].split("Carys Llewellyn or")[1] == said["ben"].split("Carys Llewellyn or")[1]
    assert Move.objects.latest("id").by is None
    assert AuditEntry.objects.latest("position").by == "system"


@pytest.mark.parametrize("who", ["amara", "ben"])
def test_neither_of_the_two_holds_or_lets_go_on(c, who):
    actor = getattr(c, who)
    with pytest.raises(NotPossible, match="Only a coordinator from outside"):
        actions.hold(c.pair(actor), by=actor)
    assert browser_of(actor).post(f"/pairs/{c.relationship.ref}/hold/").status_code == 302
    assert not ContactHold.objects.exists()


def test_a_coordinator_who_manages_one_of_the_two_comes_to_no_hold(c):
    Link.objects.create(kind="manages", source=c.carys.membership, target=c.ben.membership)
    assert page(c, c.carys, "hold/").status_code == 404


# --- what stops


def test_every_page_of_the_pair_says_so_and_shows_nothing_else(c):
    days.held(c, c.amara, summary="The budget talk", note="He counts on his fingers")
    hold(c)
    for actor in (c.amara, c.ben):
        assert TOLD in words_of(page(c, actor))
        for path in ("sessions/", "goals/", "agreement/", "sessions/plan/", "closing/"):
            answer = page(c, actor, path)
            assert answer.status_code in (403, 404), path
            assert "budget" not in words_of(answer)
    assert page(c, c.amara, "sessions/").status_code == 403
    assert page(c, c.elin).status_code == 404


def test_whoever_was_writing_gets_the_words_back_and_nothing_is_planned(c):
    ben, form = browser_of(c.ben), f"/pairs/{c.relationship.ref}/sessions/plan/"
    assert ben.get(form).status_code == 200
    hold(c)
    answer = ben.post(form, {"agenda": "How to ask for the <b>Eastgate</b> day", "mode": "video"})
    assert (answer.status_code, Session.objects.count()) == (403, 0)
    assert "How to ask for the &lt;b&gt;Eastgate&lt;/b&gt; day" in words_of(answer)
    assert "It was not saved" in words_of(answer)


def writes(c):
    """Each way of writing in a pair, begun before the hold."""
    amara, ben = c.pair(c.amara), c.pair(c.ben)
    return {
        "session": lambda: meetings.plan(ben, meetings.Plan(days.THURSDAY, 60), by=c.ben),
        "log": lambda: meetings.write_down(amara, None, days.record(), by=c.amara),
        "draft": lambda: meetings.keep_draft(amara, None, {"summary": "half a thought"}, by=c.amara),
        "goal": lambda: goals.add(ben, goals.Wanted("Lead a handover", 2, 8), by=c.ben),
        "agreement": lambda: contracts.open_agreement(ben, by=c.ben),
        "review": lambda: reviews.save_draft(amara, NOTHING_SAID, by=c.amara),
        "step": lambda: actions.move(c.relationship, "contract", by=c.ben),
    }


@pytest.mark.parametrize("what", ["session", "log", "draft", "goal", "agreement", "review", "step"])
def test_what_was_begun_before_is_refused_when_it_acts(c, what):
    act = writes(c)[what]
    hold(c)
    with pytest.raises(actions.OnHold, match="on hold for now"):
        act()
    assert (Session.objects.count(), LogDraft.objects.count()) == (0, 0)


def test_an_answer_to_a_proposal_waits_too():
    c = cast.pair(answered=False)
    seen = c.pair(c.ben)
    hold(c)
    with pytest.raises(actions.OnHold):
        actions.accept(seen, by=c.ben)
    assert TOLD in words_of(page(c, c.ben))
    actions.release(c.pair(c.carys), by=c.carys)
    actions.accept(c.pair(c.ben), by=c.ben)
    assert c.pair(c.ben).my_party.answer == "accepted"


def test_mails_that_wait_are_not_sent_and_cannot_be_sent_again(c):
    days.plan(c, c.amara, place="The quiet room")
    assert Mail.objects.get(kind="session.planned").state == WAITS
    hold(c)
    mail = Mail.objects.get(kind="session.planned")
    assert (mail.state, mail.trouble, mail.body) == ("failed", "not_needed", "")
    assert Mail.objects.filter(kind="relationship.held", state=WAITS).count() == 2


def test_a_mail_of_several_goes_again_without_what_is_on_hold(c):
    days.plan(c, c.amara)
    mine = Mail.objects.get(kind="session.planned")
    Mail.objects.filter(pk=mine.pk).update(state="gathered", digest_ref="gatheredonce")
    other = Mail(kind="pair.told", to_address=mine.to_address, subject="Other", body="Other", state="gathered")
    other.digest_ref = "gatheredonce"
    other.save()
    Mail.objects.create(ref="gatheredonce", kind="mail.digest", to_address=mine.to_address, body="Both")
    hold(c)
    assert Mail.objects.get(ref="gatheredonce").state == "failed"
    other.refresh_from_db()
    assert (other.state, other.digest_ref) == ("gathered", "")


def test_what_is_kept_for_somebody_without_mail_goes_and_that_it_is_on_hold_is_kept(c):
    Account.objects.filter(pk=c.ben.account.pk).update(email=None)
    Membership.objects.filter(pk=c.ben.membership.pk).update(work_address="")
    days.plan(c, c.amara)
    assert list(KeptMail.objects.values_list("kind", flat=True)) == ["session.planned"]
    hold(c)
    assert list(KeptMail.objects.values_list("kind", flat=True)) == ["relationship.held"]


def test_the_link_in_a_mail_answers_nothing_meanwhile():
    c = cast.pair(answered=False)
    link = addresses.yes_address(c.ben.membership, c.relationship.ref)
    assert "Say yes" in words_of(browser_of(c.ben).get(link))
    hold(c)
    assert "There is nothing to answer here any more." in words_of(browser_of(c.ben).get(link))


def test_home_menu_and_list_show_that_it_is_so_and_offer_nothing(c):
    days.plan(c, c.amara)
    hold(c)
    for path in ("/", "/pairs/"):
        said = words_of(browser_of(c.ben).get(path))
        assert TOLD in said
        assert "Plan your first session" not in said
    assert queries.open_pairs(c.ben) == []
    assert not ties.of(c.ben, Tie.PARTNER).exists()


def test_the_coordinator_still_sees_the_pair_and_lets_it_go_on(c):
    hold(c)
    said = words_of(page(c, c.carys))
    assert "Carys Llewellyn put them on hold on" in " ".join(said.split())
    browser_of(c.carys).post(f"/pairs/{c.relationship.ref}/release/")
    assert page(c, c.ben, "sessions/").status_code == 200
    assert set(mails("relationship.released")) == {"amara", "ben"}
    assert list(Move.objects.order_by("id").values_list("evidence", flat=True))[-1] == ["off_hold"]


def test_the_list_of_pairs_shows_those_on_hold(c):
    page = f"/programmes/{c.programme.slug}/pairs/?state=on_hold"
    assert "No pair fits" in words_of(browser_of(c.carys).get(page))
    hold(c)
    assert f"/pairs/{c.relationship.ref}/" in words_of(browser_of(c.carys).get(page))


def test_the_same_two_are_not_proposed_to_each_other_elsewhere(c):
    hold(c)
    other = cast.programme(c.carys, "Second chances", launched=True)
    mentor = cast.takes_part(other, c.amara, "mentor", c.carys)
    mentee = cast.takes_part(other, c.ben, "mentee", c.carys)
    with pytest.raises(NotPossible, match="cannot be proposed to each other for now"):
        actions.propose(mentor, mentee, by=c.carys)


# --- two holds, an ending, an erasure


def test_who_holds_apart_keeps_the_pair_on_hold_when_the_coordinator_lets_go(c):
    hold(c)
    actions.hold_apart(c.relationship)
    assert len(mails("relationship.held")) == 2, "nobody is told a second time"
    assert actions.release(c.pair(c.carys), by=c.carys) is False
    assert TOLD in words_of(page(c, c.ben))
    assert "kept outside the programme" in words_of(page(c, c.carys))
    with pytest.raises(NotPossible, match="no hold here that you can end"):
        actions.release(c.pair(c.carys), by=c.carys)
    assert actions.release_apart(c.relationship) is True
    assert page(c, c.ben, "sessions/").status_code == 200


def test_either_may_end_it_on_hold_and_reading_stays_stopped(c):
    hold(c)
    assert "End your mentoring" in words_of(page(c, c.ben, "end/"))
    browser_of(c.ben).post(f"/pairs/{c.relationship.ref}/end/", {"reason": "I would rather stop"})
    c.relationship.refresh_from_db()
    assert (c.relationship.state, c.relationship.is_on_hold) == ("ended", True)
    assert page(c, c.amara, "sessions/").status_code == 403
    actions.release(c.pair(c.carys), by=c.carys)
    assert page(c, c.amara, "sessions/").status_code == 200
    assert mails("relationship.released") == {}, "nothing goes on, so nobody is told"


def test_one_of_the_two_is_erased_while_it_is_on_hold(c):
    hold(c)
    records.erase(c.ben.membership, by=c.carys)
    c.relationship.refresh_from_db()
    assert (c.relationship.state, c.relationship.is_on_hold) == ("ended", True)
    assert TOLD in words_of(page(c, c.amara))
    assert actions.release(c.pair(c.carys), by=c.carys) is True


def test_the_page_on_hold_asks_little(c):
    hold(c)
    assert len(queries_of(browser_of(c.ben), f"/pairs/{c.relationship.ref}/")) <= 14
