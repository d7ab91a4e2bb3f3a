"""Declaring conflicts of interest, and deciding about them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people.queries import managed_by
from alongside.programmes.models import Programme
from alongside.readiness import rules
from alongside.readiness.models import Conflict, ConflictStatement
from alongside.readiness.queries.people import own_programmes


def declare_conflict(programme: Programme, *, kind: str, words: str, by: Actor, ref: str = "") -> Conflict:
    """Declare a conflict in a programme that one takes part in or applies to. It counts as a statement, too.

    `ref` names the form that was sent: the same one sent again gives the conflict that it made.
    """
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True).get(pk=by.membership.pk)
        _refuse_outsiders(programme, by)
        if ref and (earlier := Conflict.objects.filter(ref=ref).first()):
            if (earlier.membership_id, earlier.programme_id) == (by.membership.pk, programme.pk):
                return earlier
            raise NotPossible(_("This form was sent for another programme. Write it anew."))
        made = Conflict(programme=programme, membership=by.membership, kind=kind, declared_at=clock.now())
        made.ref = ref or made.ref
        made.words = _sealed(made, "words", words)
        made.answer = _sealed(made, "answer", "")
        with event("conflict.declared", by=by, about=made):
            made.save()
            _state(programme, by)
    return made


def state_no_more(programme: Programme, *, by: Actor) -> None:
    """Say that every conflict is declared, or that there is none; it holds for a year."""
    with transaction.atomic():
        _refuse_outsiders(programme, by)
        with event("conflict.stated", by=by, about=by.membership, programme=programme.ref):
            _state(programme, by)


def decide(conflict: Conflict, *, decision: str, answer: str, by: Actor) -> Conflict:
    """Decide about a declared conflict, with words to whoever declared it. Raises NotPossible where it is decided."""
    with transaction.atomic():
        held = Conflict.objects.select_for_update(of=("self",)).select_related("membership").get(pk=conflict.pk)
        if reason := rules.why_not_decide(bool(held.decision), _is_near(held, by)):
            raise NotPossible(reason)
        with event("conflict.decided", by=by, about=held.membership, conflict=held.ref, decision=decision):
            held.decision, held.decided_by, held.decided_at = decision, by.membership, clock.now()
            held.answer = _sealed(held, "answer", answer)
            held.save(update_fields=["decision", "decided_by", "decided_at", "answer"])
    return held


def _is_near(conflict: Conflict, by: Actor) -> bool:
    """Is it the actor's own, or of somebody whom they manage?"""
    is_own = conflict.membership_id == by.membership.pk
    return is_own or managed_by(by.membership).filter(pk=conflict.membership_id).exists()


def _refuse_outsiders(programme: Programme, by: Actor) -> None:
    if not own_programmes(by).filter(pk=programme.pk).exists():
        raise NotPossible(_("You are not mentor or mentee in this programme any more, and do not apply to it."))


def _state(programme: Programme, by: Actor) -> None:
    day = clock.today(programme.organisation.timezone)
    ConflictStatement.objects.update_or_create(
        programme=programme, membership=by.membership, defaults={"stated_on": day}
    )


def _sealed(conflict: Conflict, column: str, words: str) -> bytes:
    return vault.seal(words.strip(), owner=conflict.membership.key_owner, place=vault.place(conflict, column))
