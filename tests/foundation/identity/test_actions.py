"""Organisations, roles, invitations, joining."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions, queries
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Invitation, Membership
from alongside.foundation.identity.terms import MembershipState
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return cast.first_administrator()


@pytest.fixture
def ben(ada):
    return actions.add_membership(
        organisation=ada.organisation, name="Ben Thomas", work_address="ben@northgate.example", by=ada
    )


def account(email="ben@northgate.example"):
    return actions.create_account(email=email, password=None, timezone="Europe/London", language="en-gb")


def test_whoever_sets_up_an_organisation_is_its_administrator_and_coordinator(ada):
    assert ada.roles == {"administrator", "coordinator"}


def test_two_organisations_of_one_name_have_two_slugs(ada):
    second = cast.organisation()
    assert (ada.organisation.slug, second.slug) == ("northgate-health", "northgate-health-2")


def test_a_name_without_letters_of_the_latin_alphabet_still_gives_a_slug():
    assert cast.organisation(name="北门").slug.isalpha()


def test_the_last_administrator_stays(ada):
    with pytest.raises(NotPossible, match="needs an administrator"):
        actions.end_role(ada.membership, "administrator", by=ada)


@pytest.mark.parametrize("change", ["listed", "suspended", "left"])
def test_an_administrator_who_cannot_act_does_not_count_as_another(ada, change):
    dev = cast.member("Dev Patel", ada.organisation, "administrator")
    Membership.objects.filter(pk=dev.membership.pk).update(state=change)
    with pytest.raises(NotPossible, match="needs an administrator who has joined"):
        actions.end_role(ada.membership, "administrator", by=ada)


def test_ending_a_role_that_nobody_has_is_not_remembered(ada):
    dev = cast.member("Dev Patel", ada.organisation)
    for role in ("administrator", "supervisor"):
        actions.end_role(dev.membership, role, by=ada)
    assert not AuditEntry.objects.filter(name="role.ended").exists()


def test_an_administrator_goes_when_there_is_another(ada):
    second = cast.member("Dev Patel", ada.organisation, "administrator")
    actions.end_role(ada.membership, "administrator", by=second)
    assert queries.actor_of(ada.membership).roles == {"coordinator"}


def test_a_role_given_twice_is_held_once(ada):
    actions.grant_role(ada.membership, "supervisor", by=ada)
    actions.grant_role(ada.membership, "supervisor", by=ada)
    assert ada.membership.roles.filter(role="supervisor", until__isnull=True).count() == 1


def test_an_invitation_joins_an_account_once(ada, ben):
    token = actions.invite(ben, by=ada)
    invitation = actions.find_invitation(token)
    actions.join(invitation, account=account())
    ben.refresh_from_db()
    assert (ben.state, ben.account.email) == ("active", "ben@northgate.example")
    assert actions.find_invitation(token) is None
    with pytest.raises(NotPossible, match="has been used"):
        actions.join(invitation, account=account("other@northgate.example"))


def test_only_the_newest_invitation_works(ada, ben):
    old = actions.invite(ben, by=ada)
    with clock.set_to(clock.now() + timedelta(hours=2)):
        new = actions.invite(ben, by=ada)
    assert actions.find_invitation(old) is None
    assert actions.find_invitation(new) is not None


def test_a_second_invitation_within_the_hour_is_refused_and_the_first_stays(ada, ben):
    first = actions.invite(ben, by=ada)
    with pytest.raises(actions.TooSoon) as refused:
        actions.invite(ben, by=ada)
    assert refused.value.again == Invitation.objects.get().made_at + timedelta(hours=1)
    assert actions.find_invitation(first) is not None
    assert AuditEntry.objects.filter(name="membership.invited").count() == 1


def test_one_open_invitation_a_person_is_a_constraint(ada, ben):
    actions.invite(ben, by=ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(membership=ben, token_hash="x", expires_at=clock.now())


def test_an_invitation_ends_after_fourteen_days(ada, ben):
    token = actions.invite(ben, by=ada)
    with clock.set_to(clock.now() + timedelta(days=14, minutes=1)):
        assert actions.find_invitation(token) is None


def test_nobody_without_an_address_is_invited(ada):
    nobody = actions.add_membership(organisation=ada.organisation, name="Elin Berg", employee_number="N7", by=ada)
    with pytest.raises(NotPossible, match="Add an e-mail address first"):
        actions.invite(nobody, by=ada)


def test_one_account_is_never_two_people_of_one_organisation(ada, ben):
    token = actions.invite(ben, by=ada)
    with pytest.raises(NotPossible, match="belongs to somebody else"):
        actions.join(actions.find_invitation(token), account=ada.account)
    assert actions.find_invitation(token) is not None


@pytest.mark.parametrize("address", ["ben@northgate.example", "BEN@Northgate.example"])
def test_an_address_belongs_to_one_person_of_an_organisation(ada, ben, address):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=ada.organisation, name="Another", work_address=address)


def test_the_same_person_can_be_in_two_organisations(ada):
    second = cast.organisation(name="Harbour Trust")
    again = Membership.objects.create(
        organisation=second, name="Ada Winter", account=ada.account, state=MembershipState.ACTIVE
    )
    assert [held.pk for held in queries.signed_in(ada.account.pk).acts_with] == [ada.membership.pk, again.pk]


def test_a_suspended_person_is_no_actor(ada):
    dev = cast.member("Dev Patel", ada.organisation)
    actions.suspend(dev.membership, by=ada)
    assert queries.actor_of(dev.membership) is None
    actions.restore(dev.membership, by=ada)
    assert queries.actor_of(dev.membership) is not None


def test_nobody_is_active_without_an_account(ada, ben):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=ben.pk).update(state=MembershipState.ACTIVE)


def test_a_sign_in_address_is_kept_in_lower_case():
    assert account("Ben@Northgate.Example").email == "ben@northgate.example"


def test_who_holds_a_role_now(ada):
    actions.grant_role(ada.membership, "supervisor", by=SYSTEM)
    dev = cast.member("Dev Patel", ada.organisation, "supervisor")
    actions.end_role(ada.membership, "supervisor", by=SYSTEM)
    assert list(queries.holders(ada.organisation, "supervisor")) == [dev.membership]


def test_whoever_is_signed_in_is_known_by_one_query_however_many_memberships(ada, django_assert_num_queries):
    cast.organisation(name="Harbour Trust")
    with django_assert_num_queries(1):
        account = queries.signed_in(ada.account.pk)
        assert queries.actor_of(account.acts_with[0]).account is account


@pytest.mark.parametrize("change", [actions.suspend, actions.leave])
def test_whoever_is_suspended_or_gone_does_not_come_in_by_an_old_invitation(ada, ben, change):
    token = actions.invite(ben, by=ada)
    invitation = actions.find_invitation(token)
    change(ben, by=ada)
    assert actions.find_invitation(token) is None
    with pytest.raises(NotPossible, match="has been used"):
        actions.join(invitation, account=account())


def test_a_state_that_was_changed_behind_the_link_counts(ada, ben):
    token = actions.invite(ben, by=ada)
    invitation = actions.find_invitation(token)
    Membership.objects.filter(pk=ben.pk).update(state="suspended")
    with pytest.raises(NotPossible, match="has been used"):
        actions.join(invitation, account=account())
