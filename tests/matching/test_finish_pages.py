"""From the board to publishing: what is still to look at, the words, the steps, the last button, taking back."""

import pytest

from alongside.foundation import jobs
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.matching import actions, queries
from alongside.matching.models import Proposal, Round
from alongside.matching.terms import Way
from alongside.programmes import actions as programmes
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Party, Relationship
from tests import cast
from tests.matching import world
from tests.visits import browser_of, squeezed, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """Two pairs, both worth a look."""
    made = world.made()
    world.worked_out(made)
    return made


def url(w, rest: str = "") -> str:
    return f"/programmes/{w.programme.slug}/matching/{rest}"


def get(w, rest: str = "check/") -> str:
    return squeezed(words_of(browser_of(w.carys).get(url(w, rest))))


def post(w, rest: str, data=None, actor=None) -> str:
    held = {"seen": Round.objects.latest("pk").revision} | (data or {})
    return squeezed(words_of(browser_of(actor or w.carys).post(url(w, rest), held, follow=True)))


def look_at_all(w) -> None:
    for pair in Proposal.objects.all():
        browser_of(w.carys).post(url(w, f"looked/{pair.ref}/"))


def as_far_as_locked(w) -> None:
    look_at_all(w)
    post(w, "move/reviewed/")
    post(w, "move/locked/")


def test_what_is_left_to_look_at_stands_in_the_way_and_says_so(w):
    assert "Look at 2 pairs first" in get(w)
    assert "Look at them first" in post(w, "move/reviewed/")
    assert Round.objects.get().state == "draft"


def test_step_by_step_to_the_last_button_which_says_how_many_are_told(w):
    look_at_all(w)
    assert "Say that you have looked through it" in get(w)
    assert "The last moment for another coordinator to look" in post(w, "move/reviewed/")
    assert "Publish, and tell 4 people" in post(w, "move/locked/")
    assert not Relationship.objects.exists()
    assert "The pairs are being published" in post(w, "publish/")
    jobs.run_pending()
    assert Relationship.objects.count() == 2
    assert "These pairs were published on" in get(w, "")


def test_whoever_is_mentor_and_mentee_gets_two_mails_and_is_one_person():
    made = world.made()
    both = cast.takes_part(made.programme, world.actor(made.ben), "mentor", made.carys, capacity=1)
    world.given(made, (made.ben, made.amara), (made.elin, both))
    as_far_as_locked(made)
    said = get(made)
    assert "4 mails go out at once." in said
    assert "Publish, and tell 3 people" in said


def test_who_was_not_invited_is_said_before_anybody_is_told(w):
    uninvited = "1 of them has not been invited yet"
    assert uninvited not in get(w)
    Membership.objects.filter(pk=w.ben.membership_id).update(state="listed")
    said = get(w)
    assert uninvited in said
    assert f"/programmes/{w.programme.slug}/people/?state=listed" in said


def test_what_is_left_to_look_at_is_one_press_away(w):
    assert "/matching/?state=look&amp;sort=fit#pairs" in get(w)


def test_it_can_be_opened_again_and_is_then_looked_through_anew(w):
    as_far_as_locked(w)
    assert "Say that you have looked through it" in post(w, "move/draft/")


def test_where_somebody_has_left_since_it_was_locked_it_is_opened_again_first(w):
    as_far_as_locked(w)
    programmes.end_participation(w.ben, by=w.carys)
    assert "Open it again, then work the pairs out again" in get(w)


def test_a_step_that_is_not_open_is_refused_in_words(w):
    assert "That step is not open from here" in post(w, "move/locked/")
    assert "That step is not open from here" in post(w, "move/nonsense/")


def test_the_words_are_kept_and_shown_again(w):
    post(w, "words/", {"words": "Bring your lunch."})
    assert "Bring your lunch." in get(w)


def test_words_that_stand_there_when_a_step_is_taken_are_kept(w):
    look_at_all(w)
    post(w, "move/reviewed/", {"words": "Bring your lunch."})
    held = Round.objects.get()
    assert (held.state, held.words) == ("reviewed", "Bring your lunch.")


def test_words_that_stand_there_when_it_is_published_go_out(w):
    as_far_as_locked(w)
    post(w, "publish/", {"words": "Bring your lunch."})
    jobs.run_pending()
    assert Round.objects.get().state == "published"
    (mail,) = Mail.objects.filter(kind="matching.mentees_told", to_account=w.ben.membership.account)
    assert "Bring your lunch." in mail.body


def test_with_words_that_are_too_long_the_step_is_not_taken(w):
    look_at_all(w)
    assert "Keep this to 2000 characters" in post(w, "move/reviewed/", {"words": "x" * 2001})
    assert Round.objects.get().state == "draft"


def test_words_that_are_too_long_are_refused_and_nothing_is_lost_of_the_old_ones(w):
    post(w, "words/", {"words": "Bring your lunch."})
    assert "Keep this to 2000 characters" in post(w, "words/", {"words": "x" * 2001})
    assert Round.objects.get().words == "Bring your lunch."


def test_of_two_coordinators_the_second_is_told_who_changed_it(w):
    iris = cast.member("Iris Holm", w.programme.organisation, "coordinator")
    cast.takes_part(w.programme, iris, "coordinator", w.carys)
    look_at_all(w)
    post(w, "move/reviewed/", {"seen": 0}, actor=iris)
    assert "Iris Holm has changed this matching meanwhile" in post(w, "move/reviewed/", {"seen": 0})


def test_of_two_who_press_publish_one_does_and_the_other_is_told(w):
    as_far_as_locked(w)
    post(w, "publish/")
    assert "being published" in post(w, "publish/")
    jobs.run_pending()
    assert Relationship.objects.count() == 2


def test_what_was_published_is_taken_back_while_nobody_has_answered(w):
    as_far_as_locked(w)
    post(w, "publish/")
    jobs.run_pending()
    assert "2 proposed pairs are withdrawn" in get(w, "take-back/")
    assert "Taken back." in post(w, "take-back/")
    assert "Find the best pairs" in get(w, "")


def test_discarding_asks_first_and_tells_nobody(w):
    assert "Nobody was told of them, and nobody is told now." in get(w, "discard/")
    assert "This matching is discarded." in post(w, "discard/")
    assert Round.objects.get().state == "discarded"


def test_what_is_about_oneself_waits_for_another_coordinator(w):
    own = cast.takes_part(w.programme, w.carys, "mentor", w.carys)
    world.manages(own, w.ben)
    for pair in Proposal.objects.exclude(mentee=w.ben):
        browser_of(w.carys).post(url(w, f"looked/{pair.ref}/"))
    said = get(w)
    assert "Another coordinator looks first" in said
    assert "1 of these is about you or somebody whom you manage." in said


def test_where_mentees_choose_no_mentor_is_told_before_one_has(w):
    held = queries.policy_of(w.programme)
    actions.save_policy(w.programme, queries.said_by(held), way=Way.CHOICE, seen=held.revision, by=w.carys)
    said = get(w)
    assert "2 mentees choose from the few who fit best." in said
    assert "A mentor is asked once a mentee has chosen them." in said


def test_once_somebody_has_answered_the_way_back_is_not_offered(w):
    as_far_as_locked(w)
    post(w, "publish/")
    jobs.run_pending()
    assert "Take the publishing back" in get(w, "")
    party = Party.objects.filter(participation=w.ben).get()
    ben = world.actor(w.ben)
    relationships.accept(pairs.pair(ben, party.relationship.ref), by=ben)
    assert "Take the publishing back" not in get(w, "")
    assert "Somebody has answered already." in post(w, "take-back/")
