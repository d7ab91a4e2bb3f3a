"""Several people save an edition at the same moment."""

from copy import deepcopy

import pytest

from alongside.guidance import actions, adapting, queries
from alongside.guidance.models import OwnEdition
from tests import cast
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_of_editions_saved_at_once_one_counts_and_the_others_are_told():
    northgate = cast.organisation()
    writers = [cast.member(f"Coordinator {number}", northgate, "coordinator") for number in range(4)]
    content = queries.in_force(writers[0], "fit", "lifecycle")

    def save(by):
        part = deepcopy(adapting.part_of(content, "networks"))
        part["cells"]["starr"] = {"fit": 1, "why": f"As {by.membership.name} sees it"}
        actions.save_edition(adapting.with_part(content, part), note="So", seen=0, by=by)

    refused = at_once(*(lambda by=writer: save(by) for writer in writers))
    assert len(refused) == 3
    assert all("has saved an edition meanwhile" in words for words in refused)
    assert [(held.number, held.shipped) for held in OwnEdition.objects.all()] == [(1, 1)]
