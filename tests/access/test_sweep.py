"""Every address for everybody: no fault, nothing that is not theirs, no sentence where it may not be read."""

from functools import cache

import pytest

from alongside.config import sign_in
from alongside.foundation import jobs
from tests.access import sweep as sweeping
from tests.access.sweep import ALSO, ONE_OF_EACH_ROLE, SIGN_INS, Walked
from tests.told import Told

ROLES = (*ONE_OF_EACH_ROLE, "mateo2", None)
OTHER_POINTS = ("iris", "joanna")  # their pairs stand elsewhere on the way
USUAL = (*dict.fromkeys((*ONE_OF_EACH_ROLE, *ALSO)), None)
REST = tuple(key for key in SIGN_INS if key not in USUAL)
# Pages that nobody meets with a GET in this demo, and why.
SHOWN_TO_NOBODY = {"place of the session on day 14": "where a session was is kept, and not shown once it has been"}
_NO_PROVIDER = "no organisation of the demo has a sign-in of its own: test_single_sign_on"
_NO_MATCHING = "no programme of the demo has published a matching: tests/matching"
_NO_FIELD = "no roster of the demo brings a field of its own: tests/people/test_own_fields_pages"
NEVER_SHOWN = {
    "account_confirm_login_code": "nobody in the demo has just asked for a code",
    "mfa_activate_totp": "whoever has not just said who they are is asked for it first",
    "matching:choose": _NO_MATCHING,
    "matching:choose_nobody": _NO_MATCHING,
    "matching:look": _NO_MATCHING,
    "matching:not_placed": _NO_MATCHING,
    "matching:wish": "in no programme of the demo do both sides say whom they would like",
    "matching:progress": "no run is under way in the demo, and only a board in a browser asks for it",
    "matching:take_back": "nothing is published in the demo",
    "matching:take_offer_back": _NO_MATCHING,
    "meetings:add_action": "its form stands on the session’s page",
    "meetings:prepare": "its form stands on the session’s page",
    "notifications:mail": "mails are shown only where no mail server is set, in a demo or on this machine",
    "notifications:mails": "mails are shown only where no mail server is set, in a demo or on this machine",
    "organisations:confirm_address": "nobody in the demo is changing the address they sign in with",
    "organisations:connect_provider": _NO_PROVIDER,
    "organisations:own_way_in": _NO_PROVIDER,
    "organisations:provider_back": _NO_PROVIDER,
    "organisations:provider_code": _NO_PROVIDER,
    "organisations:provider_entrance": _NO_PROVIDER,
    "organisations:provider_go": _NO_PROVIDER,
    "organisations:provider_tried": _NO_PROVIDER,
    "organisations:remove_provider": _NO_PROVIDER,
    "organisations:second_step": "no organisation of the demo asks for a second step",
    "organisations:set_up": "this copy is set up",
    "organisations:try_provider": _NO_PROVIDER,
    "people:field": _NO_FIELD,
    "people:join_by_letter": "nobody in the demo has just typed the code of a letter",
    "people:leave": "the demo’s roster is not taken in, so nobody is missing in it",
    "people:leavers": "the demo’s roster is not taken in, so nobody is missing in it",
    "people:new_password": "nobody in the demo has just typed the code of a letter",
    "people:remove_field": _NO_FIELD,
    "people:undo": "the demo’s roster is not taken in, so nothing can be taken back",
    "programmes:archive": "no programme is closed",
    "programmes:ask": "whom it is about stands in the query: the ticks of the list lead there",
    "programmes:decide": "whom it is about stands in the query: the ticks of the list lead there",
}


@pytest.fixture(autouse=True)
def work(told):
    """A job of Carys, so that there is one to look for."""
    carys = told.actor("carys")
    return jobs.enqueue("people.delete_old_rows", organisation=carys.organisation_ref, by=carys.ref)


@pytest.fixture(scope="module")
def walked():
    """One walk for each person and module: GET requests write nothing, so a second walk would find the same."""

    @cache
    def walk(told: Told, key: str | None) -> Walked:
        return sweeping.sweep(told, key)

    return walk


def count(figure, found: Walked) -> None:
    """Add a walk to the figures of the run."""
    figure("answers swept", found.answers)
    figure("searches of an answer for a planted sentence", found.answers * found.searched)
    figure("sentences found where they may not be read", len(found.leaks))
    figure("answers that let in, or were faults", len(found.faults))


@pytest.mark.parametrize("key", [*ROLES, *(pytest.param(key, marks=pytest.mark.prove) for key in OTHER_POINTS)])
def test_nobody_finds_a_fault_or_what_is_not_theirs(told, walked, key, figure):
    before = sweeping.heads()
    found = walked(told, key)
    count(figure, found)
    assert list(found.faults) == []
    assert list(found.leaks) == []
    assert sweeping.heads() == before


@pytest.mark.prove
def test_each_planted_sentence_is_read_by_somebody(told, walked):
    """So that the sweep can fail: what is never shown to anybody would never leak either."""
    walks = [key for key in USUAL if key and key != sweeping.SUSPENDED]
    seen = frozenset().union(*(walked(told, key).seen for key in walks))
    for number, planted in enumerate(told.planted):
        readers = [key for key in SIGN_INS if key not in walks and told.email(key) in planted["may"]]
        if number not in seen and readers:
            walks += readers
            seen = seen.union(*(walked(told, key).seen for key in readers))
    missing = {planted["what"] for number, planted in enumerate(told.planted) if number not in seen}
    assert missing == SHOWN_TO_NOBODY.keys()


def test_each_address_is_reached_by_somebody(told, walked):
    """Of our own; allauth's pages have tests of their own."""
    walks = [walked(told, key) for key in ROLES]
    ours = {name for name, pattern in sweeping.patterns() if hasattr(pattern.callback, "permission")} - sign_in.CLOSED
    for_posts = frozenset().union(*(walk.for_posts for walk in walks))
    reached = frozenset().union(*(walk.reached for walk in walks))
    left = ours - for_posts - reached - NEVER_SHOWN.keys()
    reached = reached.union(*(sweeping.sweep(told, key, only=left).reached for key in OTHER_POINTS))
    assert ours - for_posts - reached == NEVER_SHOWN.keys()


POSTING = ("elin", "ada", "ben", "mateo2", "marek", None)


@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=() if key == "elin" else pytest.mark.prove) for key in POSTING]
)
def test_posting_where_one_has_no_right_changes_nothing(told, key):
    assert sweeping.post(told, key) == []


def test_an_account_in_two_organisations_reads_each_apart(told, walked):
    """Mateo acts for one organisation at a time; what he wrote in the other does not come along."""
    here, there = walked(told, "mateo").seen, walked(told, "mateo2").seen
    assert here
    assert there
    assert {told.planted[number]["what"] for number in here & there} == set()


@pytest.mark.prove
@pytest.mark.parametrize("key", [*REST, *USUAL])
def test_nobody_finds_a_fault_with_everything_within_everything(told, key, figure):
    found = sweeping.sweep(told, key, crossed=True)
    count(figure, found)
    assert (list(found.faults), list(found.leaks)) == ([], [])


@pytest.mark.prove
@pytest.mark.parametrize("key", POSTING)
def test_posting_everything_within_everything_changes_nothing(told, key):
    assert sweeping.post(told, key, crossed=True) == []
