"""Publishing: nobody hears anything before, then each person once, in one mail for each part."""

import re
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation import jobs
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.matching import actions
from alongside.matching.models import Published, Round
from alongside.people import actions as people
from alongside.programmes import actions as programmes
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Party, Relationship
from tests import cast
from tests.matching.world import actor, given, joins, lock, made, published, says
from tests.races import at_once

pytestmark = pytest.mark.django_db
TOLD = ("matching.mentees_told", "matching.mentors_told", "matching.left_told")


@pytest.fixture
def world():
    held = made()
    says(held.amara, offered="Negotiation", job_title="Head of nursing", site="Leeds", department="Surgery")
    says(held.ben, wanted="Negotiation", job_title="Staff nurse", site="Leeds")
    return held


def mails_to(taker, kind=None) -> list[Mail]:
    found = Mail.objects.filter(to_account=taker.membership.account).order_by("pk")
    return list(found.filter(kind=kind) if kind else found)


def told() -> list[tuple[str, str]]:
    """Who was told what by a matching, by kind and address."""
    return sorted(Mail.objects.filter(kind__startswith="matching.").values_list("kind", "to_address"))


def test_nobody_hears_of_a_round_and_no_pair_is_there_before_it_is_published(world):
    before = Mail.objects.count()
    lock(*given(world, (world.ben, world.amara), left=[world.elin]), world.carys, words="Take your time.")
    assert Mail.objects.count() == before
    assert Relationship.objects.count() == 0


def test_each_of_a_pair_gets_one_mail_that_says_who_and_why(world):
    published(world, (world.ben, world.amara), words="Take your time.\n\nAsk me when something is unclear.")
    (mail,) = mails_to(world.ben)
    assert (mail.kind, mail.subject) == ("matching.mentees_told", "Is Amara Okafor right for you?")
    assert "Amara Okafor, Head of nursing, Surgery, Leeds." in mail.body
    assert "Amara offers what you want to develop: Negotiation. You are both at the same site: Leeds." in mail.body
    assert "Carys Llewellyn writes:\n\nTake your time.\n\nAsk me when something is unclear." in mail.body
    assert mail.body.count("/mail/answer/") == 2
    (mail,) = mails_to(world.amara)
    assert (mail.kind, mail.subject) == ("matching.mentors_told", "Are you the right mentor for Ben Thomas?")
    assert "Ben Thomas, Staff nurse, Leeds. Ben wants to develop what you offer: Negotiation." in mail.body
    assert "writes:" in mail.body


def test_the_links_in_these_mails_say_yes_and_the_pair_begins(world, client):
    published(world, (world.ben, world.amara))
    for taker in (world.ben, world.amara):
        yes, _no = re.findall(r"http://localhost:8000(/mail/answer/\S+)", mails_to(taker)[0].body)
        client.post(yes)
    assert Relationship.objects.get().state == "accepted"


def test_a_mentor_with_three_mentees_gets_one_mail_that_names_them_all(world):
    programmes.change_capacity(world.amara, 3, by=world.carys)
    noor = joins(world, "Noor Aziz", "mentee")
    world.amara.refresh_from_db()
    published(world, *((mentee, world.amara) for mentee in (world.ben, world.elin, noor)))
    (mail,) = mails_to(world.amara)
    assert mail.subject == "3 people are proposed to you as mentor"
    for name in ("Ben Thomas", "Elin Berg", "Noor Aziz"):
        assert f"{name}" in mail.body
    assert "/mail/answer/" not in mail.body
    assert "http://localhost:8000/pairs/\n" in mail.body


def test_somebody_who_is_mentor_and_mentee_gets_one_mail_as_each(world):
    both = cast.takes_part(world.programme, actor(world.amara), "mentee", world.carys)
    published(world, (world.ben, world.amara), (both, world.kwame))
    assert sorted(mail.kind for mail in mails_to(world.amara)) == ["matching.mentees_told", "matching.mentors_told"]


def test_whoever_was_not_placed_gets_a_kind_mail_with_what_happens_next(world):
    published(world, (world.ben, world.amara), left=[world.elin])
    (mail,) = mails_to(world.elin)
    assert (mail.kind, mail.subject) == (
        "matching.left_told",
        "“Rising leaders”: we have not found a mentor for you yet",
    )
    assert "There are fewer places with mentors at the moment" in mail.body
    assert "You can always ask Carys Llewellyn." in mail.body
    assert "Ask a person to look again, without signing in" in mail.body


def test_a_pair_that_is_put_on_hold_before_the_mail_went_stops_it(world):
    published(world, (world.ben, world.amara), left=[world.elin])
    pair = Relationship.objects.get()
    assert {mail.between_ref for mail in [*mails_to(world.ben), *mails_to(world.amara)]} == {pair.ref}
    assert mails_to(world.elin)[0].between_ref == ""


def test_what_the_two_share_is_kept_with_the_pair(world):
    published(world, (world.ben, world.amara))
    assert Published.objects.get().shared == [["skills", ["Negotiation"]], ["site", "Leeds"]]


def test_a_pair_that_cannot_be_any_more_stops_the_whole_with_names(world):
    round_ = lock(*given(world, (world.ben, world.amara), (world.elin, world.kwame)), world.carys)
    people.set_manager(world.elin.membership, world.kwame.membership, by=world.carys)
    words = "Elin Berg and Kwame Mensah cannot be paired any more: Nobody can be mentor and line manager of the same"
    with pytest.raises(NotPossible, match=words):
        actions.publish(round_, by=world.carys)
    round_.refresh_from_db()
    assert (round_.state, Relationship.objects.count(), Published.objects.count(), told()) == ("locked", 0, 0, [])


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (lambda w: relationships.propose(w.amara, w.elin, by=w.carys), "Amara Okafor has no free place"),
        (lambda w: programmes.end_participation(w.ben, by=w.carys), "One of the two no longer takes part"),
        (lambda w: people.say_room(by=actor(w.amara), most=0, pause=None), "Amara Okafor takes no more"),
    ],
)
def test_what_happened_since_is_said_and_nothing_is_published(world, meanwhile, words):
    round_ = lock(*given(world, (world.ben, world.amara)), world.carys)
    meanwhile(world)
    with pytest.raises(NotPossible, match=words):
        actions.publish(round_, by=world.carys)
    assert told() == []


def test_many_pairs_cost_as_many_queries_as_few_but_for_the_log_of_each(world):
    def publishing(count: int) -> int:
        new = made()
        couples = [(joins(new, f"Mentee {n}", "mentee"), joins(new, f"Mentor {n}", "mentor")) for n in range(count)]
        round_ = lock(*given(new, *couples), new.carys)
        with CaptureQueriesContext(connection) as asked:
            actions.publish(round_, by=new.carys)
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    few, many = publishing(2), publishing(12)
    assert many - few == 10, "one for each pair: whoever chose out of a few chooses no more"


# --- taking back


def test_a_round_is_taken_back_while_nobody_has_answered_and_each_is_told_once(world):
    programmes.change_capacity(world.amara, 2, by=world.carys)
    world.amara.refresh_from_db()
    round_ = published(world, (world.ben, world.amara), (world.elin, world.amara))
    actions.take_back(round_, by=world.carys)
    assert set(Relationship.objects.values_list("state", "ending")) == {("ended", "withdrawn")}
    back = Mail.objects.filter(kind="matching.back_told")
    assert sorted(back.values_list("to_address", flat=True)) == sorted(
        taker.membership.account.email for taker in (world.ben, world.elin, world.amara)
    )
    assert not Mail.objects.filter(kind="relationship.ended").exists()


def test_after_taking_back_the_same_two_can_be_found_and_published_again(world):
    actions.take_back(published(world, (world.ben, world.amara)), by=world.carys)
    _round, run = given(world, (world.ben, world.amara))
    assert run.apart == {}
    actions.publish(lock(_round, run, world.carys), by=world.carys)
    assert Relationship.objects.filter(state="proposed").count() == 1


def test_nothing_is_taken_back_once_somebody_has_answered(world):
    round_ = published(world, (world.ben, world.amara))
    ben = actor(world.ben)
    relationships.accept(pairs.own_pair(ben, Relationship.objects.get().ref), by=ben)
    with pytest.raises(NotPossible, match="Somebody has answered already"):
        actions.take_back(round_, by=world.carys)
    assert Relationship.objects.get().state == "proposed"


# --- two at once


def also_coordinates(world):
    iris = cast.member("Iris Novak", world.programme.organisation, "coordinator")
    cast.takes_part(world.programme, iris, "coordinator", world.carys, capacity=1)
    return iris


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_at_once_one_publishes_and_the_other_is_told(world, rounds):
    iris = also_coordinates(world)
    round_ = lock(*given(world, (world.ben, world.amara), left=[world.elin]), world.carys)
    refused = at_once(*(partial(actions.hand_over, round_, by=by, seen=round_.revision) for by in (world.carys, iris)))
    assert refused in (
        ["Carys Llewellyn is publishing this matching at this moment. Look again in a minute."],
        ["Iris Novak is publishing this matching at this moment. Look again in a minute."],
    )
    jobs.run_pending()
    assert Round.objects.get().state == "published"
    assert [kind for kind, _to in told()] == sorted(TOLD)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_published_twice_at_the_same_moment_everybody_is_told_once(world, rounds):
    iris = also_coordinates(world)
    round_ = lock(*given(world, (world.ben, world.amara), left=[world.elin]), world.carys)
    refused = at_once(*(partial(actions.publish, round_, by=by) for by in (world.carys, iris)))
    assert len(refused) == 1
    assert "has published this matching already. Everybody has been told." in refused[0]
    assert (Relationship.objects.count(), Party.objects.count()) == (1, 2)
    assert [kind for kind, _to in told()] == sorted(TOLD)


def test_who_coordinates_and_is_in_a_pair_publishes_only_once_another_has_looked(world):
    carys = cast.takes_part(world.programme, world.carys, "mentee", world.carys)
    round_ = lock(*given(world, (carys, world.amara)), world.carys)
    with pytest.raises(NotPossible, match="Another coordinator looks at them first"):
        actions.publish(round_, by=world.carys)
