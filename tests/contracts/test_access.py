"""Who may read which part; and the page, the policy and the query never disagree."""

import pytest
from django.http import Http404
from django.test import Client

from alongside.contracts import queries
from alongside.contracts.models import Contract, LayerText, Version
from alongside.foundation import access
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.relationships import actions as relationships
from alongside.relationships.queries import pair
from tests import cast as people
from tests.contracts import acts

pytestmark = pytest.mark.django_db

PRIVATE, SHARED = "We meet every Tuesday", "They look back together each quarter"
PLANTED = "We laugh in the orangery"


@pytest.fixture
def cast():
    """An agreement that both signed, and a second version that waits."""
    cast = people.pair()
    acts.draft(cast)
    acts.write(cast, how_often="every Tuesday", reviews="each quarter", own_words=PLANTED)
    version = acts.propose(cast)
    acts.sign(cast, cast.ben, version)
    acts.sign(cast, cast.amara, version)
    acts.change(cast, reviews="by moonlight")
    acts.propose(cast)
    return cast


def manages(manager, person):
    Link.objects.create(kind=LinkKind.MANAGES, source=manager.membership, target=person.membership)


def everybody(cast):
    """The people of this case by what they are to the pair."""
    home = cast.carys.organisation
    boss = people.member("Priya Raman", home, "coordinator")
    people.takes_part(cast.programme, boss, "coordinator", cast.carys)
    manages(boss, cast.ben)
    second = people.member("Dev Patel", home, "coordinator")
    people.takes_part(cast.programme, second, "coordinator", cast.carys)
    other = people.pair(home)
    stranger = people.pair()
    return {
        "mentor": cast.amara,
        "mentee": cast.ben,
        "coordinator": cast.carys,
        "another coordinator": second,
        "a coordinator who manages the mentee": boss,
        "an administrator": people.member("Ada Winter", home, "administrator", "privacy_officer", "supervisor"),
        "somebody without a part": cast.elin,
        "another pair’s mentor": other.amara,
        "another programme’s coordinator": other.carys,
        "another organisation’s coordinator": stranger.carys,
        "another organisation’s mentee": stranger.ben,
    }


READ = {
    "mentor": {"private", "shared", "proposed"},
    "mentee": {"private", "shared", "proposed"},
    "coordinator": {"shared"},
    "another coordinator": {"shared"},
}


def open_page(actor, address):
    client = Client()
    client.force_login(actor.account)
    return client.get(address)


def test_each_reads_their_part_and_nothing_more(cast):
    first, second = Version.objects.order_by("number")
    root = f"/pairs/{cast.relationship.ref}/agreement/"
    for who, actor in everybody(cast).items():
        expected = READ.get(who, set())
        for address in (root, f"{root}versions/{first.ref}/", f"{root}versions/{second.ref}/"):
            assert open_page(actor, address).status_code == (200 if expected else 404), (who, address)
        if not expected:
            continue
        old, new = (open_page(actor, f"{root}versions/{one.ref}/").content.decode() for one in (first, second))
        assert (PRIVATE in old, PLANTED in old, SHARED in old) == (
            "private" in expected, "private" in expected, "shared" in expected,
        ), who  # fmt: skip
        assert ("moonlight" in new) == ("proposed" in expected), who
        assert (PLANTED in new) == ("proposed" in expected), who


@pytest.mark.parametrize("end", ["write/", "look/", "drop/"])
def test_only_the_two_see_the_pages_of_writing(cast, end):
    acts.change(cast)
    for who, actor in everybody(cast).items():
        expected = 200 if who in ("mentor", "mentee") else 404
        assert open_page(actor, f"/pairs/{cast.relationship.ref}/agreement/{end}").status_code == expected, who


@pytest.mark.parametrize("end", ["begin/", "show/", "change/", "drop/", "write/", "versions/{version}/sign/"])
def test_only_the_two_can_write(cast, end):
    version = Version.objects.get(number=2)
    address = f"/pairs/{cast.relationship.ref}/agreement/{end.format(version=version.ref)}"
    for who, actor in everybody(cast).items():
        client = Client()
        client.force_login(actor.account)
        expected = {200, 302} if who in ("mentor", "mentee") else {404}
        assert client.post(address).status_code in expected, who


@pytest.mark.parametrize("end", ["begin/", "show/", "change/", "versions/x/sign/"])
def test_what_changes_something_takes_no_get(cast, end):
    assert open_page(cast.ben, f"/pairs/{cast.relationship.ref}/agreement/{end}").status_code == 405


def test_signed_out_nobody_reads_anything(cast):
    answer = Client().get(f"/pairs/{cast.relationship.ref}/agreement/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


def test_a_version_of_another_pair_does_not_open_here(cast):
    other = people.pair()
    foreign = acts.sign_both(other)
    assert open_page(cast.ben, f"/pairs/{cast.relationship.ref}/agreement/versions/{foreign.ref}/").status_code == 404


def test_a_draft_has_no_page_of_its_own(cast):
    draft = acts.change(cast)
    address = f"/pairs/{cast.relationship.ref}/agreement/versions/{draft.ref}/"
    assert open_page(cast.ben, address).status_code == 404


def test_a_coordinator_of_a_draft_sees_only_that_it_is_written(cast):
    made = people.pair()
    acts.draft(made)
    acts.write(made, own_words=PLANTED)
    html = open_page(made.carys, f"/pairs/{made.relationship.ref}/agreement/").content.decode()
    assert "The agreement is being written" in html
    assert PLANTED not in html


def test_the_panel_tells_a_coordinator_whether_it_is_signed(cast):
    html = open_page(cast.carys, f"/pairs/{cast.relationship.ref}/").content.decode()
    assert "Signed by both on" in html
    assert PLANTED not in html
    assert "each quarter" not in html


def test_a_suspended_person_reads_nothing(cast):
    identity.suspend(cast.ben.membership, by=SYSTEM)
    assert open_page(cast.ben, f"/pairs/{cast.relationship.ref}/agreement/").status_code == 302


def test_after_the_end_the_two_still_read(cast):
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    for actor in (cast.ben, cast.amara):
        assert PLANTED in open_page(actor, f"/pairs/{cast.relationship.ref}/agreement/").content.decode()


def test_what_the_query_shows_is_what_the_policy_allows(cast):
    """For everybody and every layer of every version, of three pairs: visible_to equals the predicates."""
    found = everybody(cast)
    acts.sign_both(people.pair(cast.carys.organisation))
    permission = {"private": "contracts.read_private", "shared": "contracts.read_shared"}
    texts = list(LayerText.objects.select_related("version__contract__relationship"))
    assert len(texts) == 6
    for who, actor in found.items():
        shown = set(queries.texts_visible_to(actor))
        for text in texts:
            try:
                seen = pair(actor, text.version.contract.relationship.ref)
            except Http404:
                allowed = False
            else:
                allowed = access.may(actor, permission[text.layer], queries.subject_of(seen, text.version))
            assert (text in shown) == allowed, (who, text.layer, text.version.state)
        known = Contract.objects.filter(relationship=cast.relationship) if who in READ else Contract.objects.none()
        assert list(queries.visible_to(actor)) == list(known), who


def test_the_table_of_readers_says_the_same():
    cells = {
        permission: {str(reader.column): str(reader.cell) for reader in access.row(permission).who}
        for permission in ("contracts.read_private", "contracts.read_shared")
    }
    assert cells == {
        "contracts.read_private": {"mentee": "", "mentor": ""},
        "contracts.read_shared": {"mentee": "", "mentor": "", "coordinator": "once both have signed"},
    }
