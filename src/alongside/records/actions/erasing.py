"""Erasing somebody from one organisation, in steps that may each be done again.

The key goes first: from then on their private text is unreadable, in backups too. The name goes last: until then a
killed erasure finds again whom it is about.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _now

from alongside.foundation import clock, files, search, sets, vault
from alongside.foundation.events import Who, event
from alongside.foundation.files.models import Upload
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.privacy import Declaration, Person, declarations
from alongside.foundation.privacy.paths import leaning_first, rows_about, rows_of
from alongside.foundation.privacy.people import erasure_steps
from alongside.records import exports, queries, rules
from alongside.records.actions import scrubbing
from alongside.records.models import Erasure

Step = Callable[[Person, Erasure], None]


def erase(membership: Membership, *, by: Who, whole: bool = True) -> Erasure:
    """Leave of somebody what law asks for, and a ref without a name. Done twice, or gone on with, it is done once.

    `whole=False`: they left long ago, and what they wrote with others has days of its own. Raises NotPossible under a
    hold, and for the last administrator.
    """
    erasure = _begin(membership, whole, by)
    if erasure.finished_at is None:
        person = queries.person_of(membership)
        for step in (_destroy_key, _forget_files, _ask_packages, _let_rows_go, _take_names_out, _note_what_names):
            step(person, erasure)
        _finish(person, erasure, by)
    overwrite()
    return erasure


def go_on() -> int:
    """End the erasures that were begun and stopped; how many."""
    waiting = list(queries.unfinished())
    for held in waiting:
        erase(held.membership, by=System(held.membership.organisation), whole=held.whole)
    return len(waiting)


def erase_again(refs: Iterable[str]) -> int:
    """After a restore: erase the memberships of these refs that a backup has brought back; how many."""
    back = Membership.objects.filter(ref__in=list(refs)).exclude(state=MembershipState.ERASED)
    found = list(back.select_related("organisation", "account"))
    for membership in found:
        Erasure.objects.filter(membership=membership, finished_at__isnull=False).delete()
        erase(membership, by=System(membership.organisation))
    return len(found)


def _begin(membership: Membership, whole: bool, by: Who) -> Erasure:
    with transaction.atomic():
        held = Membership.objects.select_for_update().select_related("organisation").get(pk=membership.pk)
        if reason := queries.why_not(held):
            raise NotPossible(reason)
        begun = Erasure.objects.filter(membership=held).first()
        if begun and (begun.finished_at is None or begun.whole or not whole):
            return begun
        Erasure.objects.filter(membership=held).delete()  # the name went earlier; now the rest
        with event("person.erasure_begun", by=by, about=held, whole=whole):
            if held.state not in (MembershipState.LEFT, MembershipState.ERASED):
                identity.leave(held, by=by)  # packages end what they were part of; from here on they can do nothing
            return Erasure.objects.create(membership=held, whole=whole, by_ref=by.ref, begun_at=clock.now())


def _count(erasure: Erasure, gone: Mapping[str, int]) -> None:
    """Remember how many rows went, in the transaction in which they went."""
    held = Erasure.objects.select_for_update().get(pk=erasure.pk)
    for table, rows in gone.items():
        if rows:
            held.gone[table] = held.gone.get(table, 0) + rows
    held.save(update_fields=["gone"])
    erasure.gone = held.gone


def _destroy_key(person: Person, erasure: Erasure) -> None:
    if erasure.whole:
        vault.destroy(person.membership.key_owner)  # also lists whoever had none: a restore erases them again


def _forget_files(person: Person, erasure: Erasure) -> None:
    exports.forget(person.membership)
    for upload in Upload.objects.filter(by_ref=person.membership.ref):
        with transaction.atomic():
            files.forget(upload)
            _count(erasure, {"files.upload": 1})


def _ask_packages(person: Person, erasure: Erasure) -> None:
    for step in erasure_steps():
        with transaction.atomic():
            _count(erasure, step(person))


def _let_rows_go(person: Person, erasure: Erasure) -> None:
    with transaction.atomic():
        gone: dict[str, int] = {}
        for held in leaning_first(declarations()):
            if not held.is_a_person and (erasure.whole or held.keep in rules.NAME_CLASSES):
                gone[held.label] = _let_go(held, person)
        _count(erasure, gone)


def _let_go(held: Declaration, person: Person) -> int:
    rows = rows_of(held, person)
    count = _empty(held, rows, person) if held.stays else sets.delete_from(rows)
    return count + (sets.delete_from(rows_about(held, person)) if held.keep == queries.PRIVATE else 0)


def _empty(held: Declaration, rows: QuerySet[Any], person: Person) -> int:
    if not held.emptied:
        return 0
    people = [name for name in held.emptied if held.model._meta.get_field(name).related_model is Membership]
    rest = {name: value for name, value in held.emptied.items() if name not in people}
    count = rows.update(**rest) if rest else rows.count()  # first: without its people no row is found any more
    for name in people:  # what somebody else did in the same row stays theirs
        rows.filter(**{name: person.membership.pk}).update(**{name: held.emptied[name]})
    return count


def _take_names_out(person: Person, erasure: Erasure) -> None:
    for table, change in scrubbing.steps(person, closely=erasure.whole):
        with transaction.atomic():
            _count(erasure, {table: change()})


def _note_what_names(person: Person, erasure: Erasure) -> None:
    """What a command verifies or people were told word for word may name them still: the operator reads where."""
    erasure.named = scrubbing.naming_for_good(person)
    Erasure.objects.filter(pk=erasure.pk).update(named=erasure.named)


def _finish(person: Person, erasure: Erasure, by: Who) -> None:
    name = "person.erased" if erasure.whole else "person.name_taken_out"
    membership = person.membership
    with event(name, by=by, about=membership, notify=False) as happened, translation.override(_language(person)):
        account = identity.make_nameless(membership, called=_now("Former member"))
        search.forget_ref(membership.ref)
        _count(erasure, {"identity.membership": 1, "identity.account": int(account)})
        erasure.finished_at = clock.now()
        Erasure.objects.filter(pk=erasure.pk).update(finished_at=erasure.finished_at)
        happened.codes["rows"] = sum(erasure.gone.values())


def _language(person: Person) -> str:
    return str(person.organisation.language)


def overwrite() -> None:
    """Have SQLite put what was deleted out of its files, its log of writes too; PostgreSQL clears behind itself."""
    for connection in connections.all():
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
