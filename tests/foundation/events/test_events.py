"""An event is one transaction with one audit entry; its log shows any change."""

import pytest
from django.db import connection

from alongside.foundation.events import UndeclaredEvent, anchor, at_the_end, event, keys, log, on
from alongside.foundation.events.happening import _closings, _reactions
from alongside.foundation.events.models import AuditEntry, AuditHead
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Organisation
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def northgate() -> Organisation:
    return cast.organisation()


@pytest.fixture
def reaction():
    """Registers reactions for one test only."""
    before = {name: list(held) for name, held in _reactions.items()}
    yield on
    _reactions.clear()
    _reactions.update(before)


@pytest.fixture
def closings():
    """What is told at the end, by the names of what happened, for one test only."""
    told = []
    at_the_end(lambda happened: told.append([one.name for one in happened]))
    yield told
    _closings.pop()


def names() -> list[str]:
    return list(AuditEntry.objects.values_list("name", flat=True))


def test_setting_up_an_organisation_leaves_one_entry_for_each_thing_that_happened(northgate):
    assert names() == ["organisation.set_up", "role.granted", "role.granted"]


def test_an_event_without_wording_is_refused_before_anything_happens(northgate):
    before = names()
    with pytest.raises(UndeclaredEvent), event("organisation.painted", by=SYSTEM, about=northgate):
        Organisation.objects.update(name="Painted")
    assert Organisation.objects.get().name == "Northgate Health"
    assert names() == before


def test_what_fails_leaves_neither_change_nor_entry(northgate):
    before = names()
    with pytest.raises(ZeroDivisionError), event("organisation.changed", by=SYSTEM, about=northgate):
        Organisation.objects.update(name="Half written")
        raise ZeroDivisionError
    assert Organisation.objects.get().name == "Northgate Health"
    assert names() == before


def test_a_nested_failure_that_the_outer_event_survives_leaves_no_entry(northgate):
    before = names()
    with event("organisation.changed", by=SYSTEM, about=northgate):
        with pytest.raises(ZeroDivisionError), event("role.granted", by=SYSTEM, about=northgate):
            raise ZeroDivisionError
    assert names() == [*before, "organisation.changed"]


def test_a_reaction_runs_in_the_same_transaction(northgate, reaction):
    @reaction("organisation.changed")
    def refuse(happened):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        identity.change_organisation(northgate, by=SYSTEM, name="Northgate Trust")
    assert Organisation.objects.get().name == "Northgate Health"


def test_a_reaction_sees_what_the_event_is_about_and_its_codes(northgate, reaction):
    seen = []
    reaction("organisation.changed")(lambda happened: seen.append((happened.about_ref, happened.codes)))
    identity.change_organisation(northgate, by=SYSTEM, name="Northgate Trust")
    assert seen == [(northgate.ref, {"fields": "name"})]


def test_an_untouched_log_is_whole(northgate, anchored):
    assert log.first_fault() is None


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE audit_entry SET name = 'role.ended' WHERE position = 2", "Entry 2 (role.ended) was changed or added."),
        ("UPDATE audit_entry SET codes = '{}' WHERE position = 2", "Entry 2 (role.granted) was changed or added."),
        ("DELETE FROM audit_entry WHERE position = 2", "Entry 2 is missing."),
        ("DELETE FROM audit_entry WHERE position = 3", "Entries 3 to 3 were cut off: the anchor knows them."),
        ("DELETE FROM audit_entry", "Entries 1 to 3 were cut off: the anchor knows them."),
        ("UPDATE audit_head SET count = 2", "The log ends at entry 3, but its head says 2."),
    ],
)
def test_the_log_names_the_first_thing_that_was_changed(northgate, anchored, sql, fault):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert log.first_fault() == fault


def test_a_tail_cut_off_with_its_head_is_noticed_by_the_anchor(northgate, anchored):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE position = 3")
        cursor.execute("UPDATE audit_head SET count = 2, hash = (SELECT hash FROM audit_entry WHERE position = 2)")
    assert log.first_fault() == "Entries 3 to 3 were cut off: the anchor knows them."


def _forge(position: int, kind: str) -> str:
    """By SQL, an entry that makes somebody coordinator, with a hash that could be right; the hash."""
    before = AuditEntry.objects.get(position=position - 1)
    forged = AuditEntry.objects.get(position=position - 1)
    forged.position, forged.name, forged.codes = position, "role.granted", {"role": "coordinator"}
    forged.hash = {
        "an older one": lambda: before.hash,
        "of the right key": lambda: log.chained(before.hash, forged, keys.stored()),
        "of another key": lambda: log.chained(before.hash, forged, keys.LogKey("forged", b"a forger's")),
        "made up": lambda: "0" * 64,
    }[kind]()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO audit_entry (position, at, name, "by", organisation, about_kind, about_ref, codes, hash)
            SELECT %s, at, 'role.granted', "by", organisation, about_kind, about_ref, '{"role":"coordinator"}', %s
            FROM audit_entry WHERE position = %s
            """,
            [position, forged.hash, position - 1],
        )
    return forged.hash


PLAUSIBLE = pytest.mark.parametrize("kind", ["an older one", "of another key", "made up"])


@pytest.mark.both
@PLAUSIBLE
def test_an_entry_forged_at_the_end_is_named_though_the_head_was_mended(northgate, anchored, kind):
    _mend_head(_forge(4, kind))
    assert log.first_fault() == "Entry 4 (role.granted) was changed or added."


@pytest.mark.both
def test_a_forger_lacks_nothing_but_the_key(northgate, anchored):
    """Whoever has the database has the program as well; the entries above are named for their hash and nothing else."""
    _mend_head(_forge(4, "of the right key"))
    assert log.first_fault() is None


def _mend_head(forged):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_head SET count = 4, hash = %s", [forged])


@pytest.mark.both
@PLAUSIBLE
def test_an_entry_forged_in_the_middle_is_named_though_the_others_made_room(northgate, anchored, kind):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET position = position + 10 WHERE position >= 2")
        cursor.execute("UPDATE audit_entry SET position = position - 9 WHERE position >= 12")
        cursor.execute("UPDATE audit_head SET count = 4")
    _forge(2, kind)
    assert log.first_fault() == "Entry 2 (role.granted) was changed or added."


def test_an_anchor_that_somebody_else_signed_counts_as_missing(northgate, anchored):
    anchored.write_text("forged:signature")
    assert log.first_fault() == "The anchor in the data directory is missing or not signed by this installation."


def test_the_anchor_never_moves_back(northgate, anchored):
    anchor.renew(1, "older", keys.stored())
    assert anchor.read(keys.stored()).count == 3


def test_a_cut_tail_is_still_noticed_after_the_log_has_grown_past_it(northgate, anchored):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE position = 3")
        cursor.execute("UPDATE audit_head SET count = 2, hash = (SELECT hash FROM audit_entry WHERE position = 2)")
    for name in ("Northgate Trust", "Northgate"):
        identity.change_organisation(northgate, by=SYSTEM, name=name)
        head = AuditHead.objects.get()
        anchor.renew(head.count, head.hash, keys.stored())
    assert head.count == 4
    assert log.first_fault() == "Entry 3 is not the one that was anchored."


def test_a_log_that_is_written_to_while_it_is_read_is_whole(northgate, anchored, monkeypatch):
    def written_meanwhile(key):
        identity.change_organisation(northgate, by=SYSTEM, name="Northgate Trust")
        return None if AuditEntry.objects.count() < 4 else anchor.Anchor(1, AuditEntry.objects.get(position=1).hash)

    monkeypatch.setattr(log.anchor, "read", written_meanwhile)
    assert log.first_fault() is None
    assert AuditEntry.objects.count() == 4


def test_at_the_end_everything_that_happened_is_told_once(northgate, closings):
    with event("organisation.changed", by=SYSTEM, about=northgate):
        for _twice in range(2):
            with event("role.granted", by=SYSTEM, about=northgate):
                pass
        with pytest.raises(ZeroDivisionError), event("role.ended", by=SYSTEM, about=northgate):
            raise ZeroDivisionError
        assert closings == []
    assert closings == [["organisation.changed", "role.granted", "role.granted"]]


def test_what_fails_as_a_whole_has_no_end(northgate, closings):
    with pytest.raises(ZeroDivisionError), event("organisation.changed", by=SYSTEM, about=northgate):
        raise ZeroDivisionError
    assert closings == []
