"""The same thing many times in one moment, and two things that exclude each other: one effect, and a plain word."""

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.events.refs import new_ref
from alongside.records.actions import complaining, handling
from alongside.records.actions.complaining import Complained
from alongside.records.models import Complaint, ComplaintMessage
from alongside.records.terms import ComplaintKind
from tests.meetings import days
from tests.races import at_once
from tests.records.complaints.conftest import SECRET, world_of


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_at_once_it_is_sent_once_acknowledged_once_and_either_answered_or_taken_back():
    with days.at():
        w, ref = world_of(), new_ref()
        written = Complained(ComplaintKind.COMPLAINT, SECRET)
        sent = [lambda: complaining.send(written, [], "panel", ref=ref, by=w.cast.ben) for _ in range(4)]
        assert at_once(*sent) == []
        complaint = Complaint.objects.get()
        both = (w.viktor, w.aisha)
        said = at_once(*(lambda by=by: handling.acknowledge(complaint, "Thank you.", by=by) for by in both * 2))
        assert said == ["Somebody has acknowledged this already. Look at it again."] * 3
        seen = ComplaintMessage.objects.get().ref
        refused = at_once(
            *(lambda by=by: handling.answer(complaint, "No.", "not_upheld", seen=seen, by=by) for by in both),
            lambda: complaining.take_back(complaint, by=w.cast.ben),
        )
        assert len(refused) == 2
        ends = AuditEntry.objects.filter(name__in=["complaint.answered", "complaint.taken_back"])
        assert (ends.count(), Complaint.objects.get().state in ("answered", "taken_back")) == (1, True)
