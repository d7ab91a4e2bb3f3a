"""Sets: what the database knows of its own tables."""

import pytest
from django.db import connection

from alongside.foundation import sets
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.models import Membership
from tests import cast

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself")


def test_a_few_among_many_are_found_by_their_refs_once_the_sizes_are_known(db):
    northgate = cast.organisation()
    many = [Membership(organisation=northgate, ref=new_ref(), name=f"Person {number}") for number in range(2000)]
    Membership.objects.bulk_create(many)
    few = Membership.objects.filter(organisation=northgate, ref__in=[held.ref for held in many[:3]]).order_by("name")
    assert "membership_list" in few.explain()
    sets.know_sizes()
    assert "ref=?" in few.explain()
