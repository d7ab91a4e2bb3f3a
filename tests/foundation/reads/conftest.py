import pytest

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.identity.terms import MembershipState


@pytest.fixture
def northgate(db):
    account = identity.create_account(
        email="ada@northgate.example", password=None, timezone="Europe/London", language="en-gb"
    )
    return identity.set_up_organisation(
        name="Northgate Health",
        timezone="Europe/London",
        language="en-gb",
        privacy_contact="privacy@northgate.example",
        account=account,
        person="Ada Winter",
    ).organisation


@pytest.fixture
def member(northgate):
    def join(name, organisation=None):
        address = f"{name.split()[0].lower()}@northgate.example"
        account = identity.create_account(email=address, password=None, timezone="Europe/London", language="en-gb")
        held = identity.add_membership(
            organisation=organisation or northgate, name=name, work_address=address, by=SYSTEM
        )
        Membership.objects.filter(pk=held.pk).update(account=account, state=MembershipState.ACTIVE)
        return actor_of(Membership.objects.get(pk=held.pk))

    return join


@pytest.fixture
def carys(member):
    return member("Carys Llewellyn")
