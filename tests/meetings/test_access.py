"""Who may read and do what with sessions, over everybody around a pair."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation import access
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.meetings import actions, hooks, queries
from alongside.meetings.actions import NewAction
from alongside.meetings.models import ActionItem, Attendance, LogDraft, Preparation, PrivateNote, Session, Summary
from alongside.meetings.policy import OfSession
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes.actions import end_participation
from alongside.programmes.terms import Part
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from alongside.relationships.policy import Standing
from alongside.relationships.queries import visible_to
from tests import cast as people
from tests.meetings import days

PLANTED = {
    "place": "Planted place 1", "agenda": "Planted agenda 2", "summary": "Planted summary 3",
    "action": "Planted action 4", "hers": "Planted note of Amara 5", "his": "Planted note of Ben 6",
    "draft": "Planted draft of Amara 7",
}  # fmt: skip


@pytest.fixture
def world(cast) -> dict[str, Actor]:
    """The pair with everything written, and everybody who might look at it."""
    days.plan(cast, cast.ben, place=PLANTED["place"], agenda=PLANTED["agenda"])
    todo = NewAction(PLANTED["action"], cast.ben.membership)
    session = days.held(cast, cast.amara, summary=PLANTED["summary"], note=PLANTED["hers"], actions=[todo])
    actions.change_note(session, words=PLANTED["his"], by=cast.ben)
    actions.keep_draft(cast.pair(cast.amara), None, {"summary": PLANTED["draft"]}, by=cast.amara)
    home = cast.ben.organisation
    rosa, sven = people.member("Rosa Diaz", home), people.member("Sven Holm", home)
    mentor = people.takes_part(cast.programme, rosa, Part.MENTOR, cast.carys)
    mentee = people.takes_part(cast.programme, sven, Part.MENTEE, cast.carys)
    other = relationships.propose(mentor, mentee, by=cast.carys)
    for actor in (rosa, sven):
        relationships.accept(people.queries.pair(actor, other.ref), by=actor)
    pair = people.queries.pair(rosa, other.ref)
    actions.write_down(pair, None, days.record(summary="Theirs", note="Rosa's"), by=rosa)
    priya = people.member("Priya Raman", home)
    people.takes_part(cast.programme, priya, Part.COORDINATOR, cast.carys)
    Link.objects.create(source=priya.membership, target=cast.ben.membership, kind=LinkKind.MANAGES)
    elsewhere = people.pair(people.organisation("Harbour Trust"))
    days.held(elsewhere, elsewhere.amara)
    roles = ("administrator", "privacy_officer", "safeguarding_lead", "supervisor", "coordinator")
    return {
        "mentee": cast.ben,
        "mentor": cast.amara,
        "coordinator": cast.carys,
        "coordinator who manages the mentee": priya,
        "mentor of another pair": rosa,
        "mentee of another pair": sven,
        "takes part in nothing": cast.elin,
        "every role of the organisation": people.member("Nadia Frost", home, *roles),
        "mentor elsewhere": elsewhere.amara,
    }


def standing(actor: Actor, relationship: Relationship) -> Standing:
    if not visible_to(actor).filter(pk=relationship.pk).exists():
        return Standing()
    return people.queries.pair(actor, relationship.ref).standing


TABLES = [
    (Session, queries.visible_to, "meetings.read_dates", lambda row: row.relationship),
    (Attendance, queries.attendance_visible_to, "meetings.read_dates", lambda row: row.session.relationship),
    (Preparation, queries.preparations_visible_to, "meetings.read_shared", lambda row: row.session.relationship),
    (Summary, queries.summaries_visible_to, "meetings.read_shared", lambda row: row.session.relationship),
    (ActionItem, queries.actions_visible_to, "meetings.read_shared", lambda row: row.session.relationship),
    (PrivateNote, queries.notes_visible_to, "meetings.read_note", lambda row: row.session.relationship),
    (LogDraft, queries.drafts_visible_to, "meetings.read_note", lambda row: row.relationship),
]


@pytest.mark.parametrize(("table", "shown", "permission", "pair_of"), TABLES, ids=[t[0].__name__ for t in TABLES])
@pytest.mark.parametrize("ended", [False, True])
def test_what_is_shown_is_what_the_policy_says(world, cast, table, shown, permission, pair_of, ended):
    """Over everybody and every row, of open and ended pairs: query and predicates say the same."""
    if ended:
        relationships.end(cast.pair(cast.ben), by=cast.ben)
    rows, seen = list(table.objects.all()), 0
    for who, actor in world.items():
        allowed = {
            row.pk
            for row in rows
            if access.may(actor, permission, OfSession(standing(actor, pair_of(row)), getattr(row, "author_id", 0)))
        }
        assert set(shown(actor).values_list("pk", flat=True)) == allowed, who
        seen += len(allowed)
    assert seen  # somebody reads something, so that the rule is tried both ways


def test_own_sessions_are_those_whose_texts_the_policy_shows(world):
    for who, actor in world.items():
        allowed = {
            row.pk
            for row in Session.objects.all()
            if access.may(actor, "meetings.read_shared", OfSession(standing(actor, row.relationship)))
        }
        assert set(queries.own(actor).values_list("pk", flat=True)) == allowed, who


def pages(cast) -> list[str]:
    ref, addresses = cast.relationship.ref, []
    for session in Session.objects.filter(relationship=cast.relationship):
        addresses += [reverse(f"meetings:{name}", args=[ref, session.ref]) for name in (
            "session", "change", "cancel", "write_down_planned", "edit",
        )]  # fmt: skip
    addresses += [reverse(f"meetings:{name}", args=[ref]) for name in ("sessions", "plan", "write_down")]
    return [*addresses, reverse("relationships:pair", args=[ref]), reverse("home:first_page")]


def planted_on_pages(cast, client) -> set[str]:
    text = "".join(client.get(address, follow=True).content.decode() for address in pages(cast))
    return {name for name, words in PLANTED.items() if words in text}


SHARED = {"place", "agenda", "summary", "action"}


def test_no_planted_sentence_stands_on_a_page_of_anybody_who_may_not_read_it(world, cast, sign_in):
    read = {who: planted_on_pages(cast, sign_in(actor)) for who, actor in world.items()}
    nothing = {who: set() for who in world}
    assert read == nothing | {"mentee": {*SHARED, "his"}, "mentor": {*SHARED, "hers", "draft"}}


def test_after_the_end_the_two_still_read_theirs_and_never_the_others_note(world, cast, sign_in):
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    read = {who: planted_on_pages(cast, sign_in(actor)) for who, actor in world.items()}
    nothing = {who: set() for who in world}
    assert read == nothing | {"mentee": {*SHARED, "his"}, "mentor": {*SHARED, "hers"}}


def codes(world, sign_in, address: str, method: str = "get") -> dict[str, int]:
    return {who: getattr(sign_in(actor), method)(address).status_code for who, actor in world.items()}


def test_strangers_are_answered_as_if_there_were_nothing(world, cast, sign_in):
    ref = cast.relationship.ref
    held, planned = (Session.objects.get(relationship=cast.relationship, state=state) for state in ("held", "planned"))
    item = ActionItem.objects.get()
    absent = dict.fromkeys(world, 404)
    two = absent | {"mentee": 200, "mentor": 200}
    assert codes(world, sign_in, reverse("meetings:sessions", args=[ref])) == two | {"coordinator": 200}
    for name in ("plan", "write_down"):
        assert codes(world, sign_in, reverse(f"meetings:{name}", args=[ref])) == two, name
    for name in ("session", "change", "cancel"):
        assert codes(world, sign_in, reverse(f"meetings:{name}", args=[ref, planned.ref])) == two, name
    assert codes(world, sign_in, reverse("meetings:edit", args=[ref, held.ref])) == two
    for address in (
        reverse("meetings:keep", args=[ref]),
        reverse("meetings:keep_planned", args=[ref, planned.ref]),
        reverse("meetings:prepare", args=[ref, planned.ref]),
        reverse("meetings:add_action", args=[ref, held.ref]),
    ):
        assert codes(world, sign_in, address, "post") == two, address
    tick = reverse("meetings:tick", args=[ref, held.ref, item.ref])
    assert codes(world, sign_in, tick, "post") == absent | {"mentee": 302, "mentor": 302}


def test_a_session_is_not_found_under_another_pairs_address(world, cast, sign_in):
    held = Session.objects.get(relationship=cast.relationship, state="held")
    other = Relationship.objects.exclude(pk=cast.relationship.pk).first()
    assert sign_in(cast.ben).get(reverse("meetings:session", args=[other.ref, held.ref])).status_code == 404


def test_a_coordinator_sees_dates_attendance_and_length(world, cast, sign_in):
    page = sign_in(cast.carys).get(reverse("meetings:sessions", args=[cast.relationship.ref])).content.decode()
    assert "Tue 17 Nov 2026" in page
    assert "60 minutes." in page
    assert "By video" not in page
    assert "What they wrote is theirs" in page
    assert "write-down" not in page
    panel = hooks._sessions_panel(cast.carys, cast.pair(cast.carys))
    assert [(line.headline, line.actions) for line in panel["lines"]] == [("", 0)]


def test_whoever_lost_their_part_or_was_suspended_reads_nothing(world, cast):
    assert queries.own(cast.amara).count() == 2
    identity.suspend(cast.ben.membership, by=cast.carys)
    assert actor_of(Membership.objects.get(pk=cast.ben.membership.pk)) is None
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    end_participation(cast.pair(cast.amara).mentor_party.participation, by=cast.carys)
    for shown in (table[1] for table in TABLES):
        assert not shown(cast.amara).exists()


def test_what_is_sent_after_the_end_is_refused_and_stays_in_the_field(world, cast, sign_in):
    ben, ref = sign_in(cast.ben), cast.relationship.ref
    held = Session.objects.get(relationship=cast.relationship, state="held")
    planned = Session.objects.get(relationship=cast.relationship, state="planned")
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    typed = {
        "day": "2026-11-23", "at": "12:30", "minutes": "60", "mode": "video", "key": days.key(), "seen": "1",
        "agenda": "Typed words", "summary": "Typed words", "place": "Typed words", "action-TOTAL_FORMS": "0",
        "action-INITIAL_FORMS": "0",
    }  # fmt: skip
    for name, refs in (
        ("plan", ()), ("write_down", ()), ("change", (planned.ref,)), ("edit", (held.ref,)),
        ("prepare", (planned.ref,)),
    ):  # fmt: skip
        page = ben.post(reverse(f"meetings:{name}", args=[ref, *refs]), typed).content.decode()
        assert "Your time together has ended, so nothing more can be written." in page, name
        assert "Typed words" in page, name
    later = ben.post(reverse("meetings:write_down", args=[ref]), typed | {"then": "keep"}).content.decode()
    assert "Your time together has ended" in later
    kept = ben.post(reverse("meetings:keep", args=[ref]), {"summary": "x"}).content.decode()
    assert "Your time together has ended" in kept
    assert ben.get(reverse("meetings:plan", args=[ref])).status_code == 302
    for name, refs in (("cancel", (planned.ref,)), ("tick", (held.ref, ActionItem.objects.get().ref))):
        page = ben.post(reverse(f"meetings:{name}", args=[ref, *refs]), {"done": "yes"}, follow=True).content.decode()
        assert "Your time together has ended" in page, name


def test_an_administrator_in_the_pair_is_only_one_of_the_two(cast):
    identity.grant_role(cast.ben.membership, "administrator", by=cast.carys)
    people.takes_part(cast.programme, cast.ben, Part.COORDINATOR, cast.carys)
    session = days.held(cast, cast.amara, days.LAST_TUESDAY - timedelta(days=7), note="Hers")
    ben = actor_of(Membership.objects.get(pk=cast.ben.membership.pk))
    assert queries.opened(ben, cast.pair(ben), queries.whole(ben).get(pk=session.pk)).note == ""
    assert not queries.notes_visible_to(ben).exists()
