"""Preferences and needs: sealed, the owner's to share, gone when the pair ends, and of no weight in matching."""

from itertools import product

import pytest
from django.db import connections
from django.urls import reverse

from alongside.foundation import access, reads, vault
from alongside.foundation.reads.models import Read
from alongside.people import actions
from alongside.people import queries as people
from alongside.people.actions import NeedsSaid
from alongside.people.models import Needs, NeedsPart
from alongside.people.policy import NEEDS_ROWS, NeedsSubject
from alongside.people.queries import needs, ties
from alongside.people.terms import NeedsKind, NeedsSharing
from alongside.programmes import actions as programmes
from alongside.relationships import actions as relationships
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
TOGETHER, ARRANGING = "Names first, titles never", "The lift at Eastgate is broken"
SAID = {
    NeedsKind.TOGETHER: NeedsSaid(("one_question", "agenda_ahead"), TOGETHER),
    NeedsKind.ARRANGING: NeedsSaid(("step_free",), ARRANGING),
}


@pytest.fixture
def c():
    return cast.pair()


def say(actor, shared, said=SAID):
    actions.say_needs(said, by=actor, shared=shared)


def read(actor, owner) -> list[str]:
    return [str(one.kind) for one in needs.read(actor, owner.membership)]


def test_nobody_reads_them_until_their_owner_shares_them(c):
    say(c.ben, NeedsSharing.NOBODY)
    assert [read(actor, c.ben) for actor in (c.ben, c.amara, c.carys, c.elin)] == [
        ["together", "arranging"], [], [], [],
    ]  # fmt: skip


def test_shared_with_the_partner_they_stand_on_the_pairs_page_and_nowhere_else(c):
    say(c.ben, NeedsSharing.PARTNER)
    pair = f"/pairs/{c.relationship.ref}/"
    page = words_of(browser_of(c.amara).get(pair))
    assert TOGETHER in page
    assert ARRANGING in page
    assert "One question at a time" in page
    for actor, url in (
        (c.carys, pair), (c.carys, reverse("people:person", args=[c.ben.membership.ref])),
        (c.carys, f"/programmes/{c.programme.slug}/pairs/by-hand/"),
    ):  # fmt: skip
        page = words_of(browser_of(actor).get(url))
        assert TOGETHER not in page
        assert ARRANGING not in page
        assert "step-free" not in page


def test_shared_for_what_has_to_be_arranged_the_coordinator_reads_that_alone_and_it_is_noted(c):
    say(c.ben, NeedsSharing.COORDINATOR)
    page = words_of(browser_of(c.carys).get(reverse("people:person", args=[c.ben.membership.ref])))
    assert ARRANGING in page
    assert "A step-free place" in page
    assert TOGETHER not in page
    assert "One question at a time" not in page
    (seen,) = reads.about(c.ben.membership)
    assert (seen.reader, seen.kind) == ("Carys Llewellyn", "people.needspart")
    assert "Carys Llewellyn" in words_of(browser_of(c.ben).get(reverse("people:own_part", args=["needs"])))


def test_reading_by_the_two_themselves_is_not_noted(c):
    say(c.ben, NeedsSharing.COORDINATOR)
    for actor in (c.ben, c.amara):
        browser_of(actor).get(reverse("people:person", args=[c.ben.membership.ref]))
        browser_of(actor).get(f"/pairs/{c.relationship.ref}/")
    assert not Read.objects.exists()


def test_a_partner_reads_nothing_before_both_have_said_yes():
    c = cast.pair(answered=False)
    say(c.ben, NeedsSharing.COORDINATOR)
    assert read(c.amara, c.ben) == []
    assert TOGETHER not in words_of(browser_of(c.amara).get(f"/pairs/{c.relationship.ref}/"))
    relationships.accept(c.pair(c.ben), by=c.ben)
    assert read(c.amara, c.ben) == []
    relationships.accept(c.pair(c.amara), by=c.amara)
    assert read(c.amara, c.ben) == ["together", "arranging"]


def test_when_the_pair_ends_the_other_one_reads_them_no_more(c):
    say(c.ben, NeedsSharing.PARTNER)
    relationships.end(c.pair(c.ben), by=c.ben)
    assert read(c.amara, c.ben) == []
    assert TOGETHER not in words_of(browser_of(c.amara).get(f"/pairs/{c.relationship.ref}/"))


def test_taking_the_sharing_back_holds_at_once(c):
    say(c.ben, NeedsSharing.COORDINATOR)
    say(c.ben, NeedsSharing.NOBODY)
    assert (read(c.amara, c.ben), read(c.carys, c.ben)) == ([], [])


def test_a_coordinator_who_manages_somebody_or_their_partner_or_is_the_partner_arranges_nothing(c):
    say(c.ben, NeedsSharing.COORDINATOR)
    iris = cast.member("Iris Holm", c.carys.organisation, "coordinator")
    cast.takes_part(c.programme, iris, "coordinator", c.carys)
    assert read(iris, c.ben) == ["arranging"]
    actions.set_manager(c.ben.membership, iris.membership, by=c.carys)
    assert read(iris, c.ben) == []
    say(c.amara, NeedsSharing.COORDINATOR)
    assert read(iris, c.amara) == []
    programmes.add_participants(
        c.programme, [programmes.Place(c.amara.membership, "coordinator")], by=c.carys
    )  # fmt: skip
    assert read(c.amara, c.ben) == ["together", "arranging"]


def test_a_coordinator_of_another_programme_or_organisation_reads_nothing(c):
    say(c.ben, NeedsSharing.COORDINATOR)
    iris = cast.member("Iris Holm", c.carys.organisation, "coordinator")
    cast.programme(iris, "Ward sisters", launched=True)
    bronagh = cast.member("Bronagh Kelly", cast.organisation("Harbour Trust"), "coordinator")
    administrator = cast.member("Ines Admin", c.carys.organisation, "administrator")
    assert [read(actor, c.ben) for actor in (iris, bronagh, administrator, c.elin)] == [[], [], [], []]


def test_who_sees_them_is_what_the_policy_says_for_every_choice_and_everybody(c):
    iris = cast.member("Iris Holm", c.carys.organisation, "coordinator")
    cast.takes_part(c.programme, iris, "coordinator", c.carys)
    actions.set_manager(c.ben.membership, iris.membership, by=c.carys)
    everybody = (c.ben, c.amara, c.carys, iris, c.elin)
    for shared, owner in product(NeedsSharing, (c.ben, c.amara)):
        say(owner, shared)
        for actor in everybody:
            seen = set(
                needs.visible_to(actor).filter(needs__membership=owner.membership).values_list("kind", flat=True)
            )
            said = {kind for kind in NeedsKind if access.may(actor, NEEDS_ROWS[kind], _subject(actor, owner, kind))}
            assert seen == said, (actor.membership.name, owner.membership.name, shared)


def _subject(actor, owner, kind) -> NeedsSubject:
    """From the plain tables: who is paired with whom, and coordinates from outside."""
    two = {"Ben Thomas", "Amara Okafor"}
    return NeedsSubject(
        owner_id=owner.membership.pk,
        kind=kind,
        shared=Needs.objects.get(membership=owner.membership).shared,
        matched={actor.membership.name, owner.membership.name} == two,
        coordinated=actor.membership.name == "Carys Llewellyn",  # Iris manages one of the two
    )


def test_they_are_sealed_whole_and_go_with_their_owners_key(c):
    say(c.ben, NeedsSharing.PARTNER)
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {NeedsPart._meta.db_table}")
        stored = str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
    assert "step_free" not in stored
    assert "Eastgate" not in stored
    vault.destroy(c.ben.membership.key_owner)
    said = needs.read(c.amara, c.ben.membership)
    assert [(one.labels, one.words) for one in said] == []


def test_somebody_who_erased_everything_shares_nothing(c):
    say(c.ben, NeedsSharing.PARTNER)
    say(c.ben, NeedsSharing.PARTNER, {kind: NeedsSaid() for kind in NeedsKind})
    assert read(c.amara, c.ben) == []
    assert "What helps Ben" not in words_of(browser_of(c.amara).get(f"/pairs/{c.relationship.ref}/"))


def test_no_partner_is_found_or_sorted_by_them(c):
    """Nothing of them is in the words by which people are found, nor in what pairing by hand compares."""
    url = f"/programmes/{c.programme.slug}/pairs/by-hand/"
    before = words_of(browser_of(c.carys).get(url))
    say(c.ben, NeedsSharing.COORDINATOR)
    assert [list(people.search_people(c.carys, q=word)) for word in ("eastgate", "step", "titles")] == [[], [], []]
    assert _without_token(words_of(browser_of(c.carys).get(url))) == _without_token(before)


def _without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line.lower()]


def test_the_page_asks_everybody_the_same_and_keeps_what_is_ticked(c):
    client = browser_of(c.ben)
    url = reverse("people:own_part", args=["needs"])
    page = " ".join(words_of(client.get(url)).split())
    assert "Everybody is asked this, and every line is optional." in page
    assert "You and your mentor or mentee if you share it can read this" in page
    assert "You, your mentor or mentee if you share it and the coordinator if you share it can read this" in page
    sent = {"shared": "partner", "together": ["plain_words"], "arranging": ["captions"], "arranging_words": ARRANGING}
    client.post(url, sent)
    assert needs.own(c.ben.membership)[0] == NeedsSharing.PARTNER
    page = words_of(client.get(url))
    assert ARRANGING in page
    assert page.count(" checked") == 3
    assert "has-error" in words_of(client.post(url, {"together": ["visual_learner"], "shared": "everybody"}))


def test_people_knows_of_pairs_only_what_later_packages_tell_it(c):
    assert set(ties.of(c.amara, ties.Tie.MATCHED)) == {c.ben.membership}
    assert set(ties.of(c.carys, ties.Tie.COORDINATED)) == {c.ben.membership, c.amara.membership}
    assert not ties.of(c.elin, ties.Tie.PARTNER).exists()
