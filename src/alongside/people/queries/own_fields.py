"""Reads of the organisation's own fields, and of what they say of people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from alongside.foundation import sets
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.people import policy
from alongside.people.models import OwnField, OwnValue
from alongside.people.roster import own_columns
from alongside.people.roster.own_columns import YES
from alongside.people.terms import FieldKind


def visible_to(actor: Actor) -> QuerySet[OwnField]:
    """The fields of the organisation, for whoever may bring people in."""
    if not policy.manages_people(actor, None):
        return OwnField.objects.none()
    return OwnField.objects.filter(organisation=actor.organisation)


def values_visible_to(actor: Actor) -> QuerySet[OwnValue]:
    """What fields say of people: to whoever manages the list of everybody, to others of themselves."""
    here = OwnValue.objects.filter(field__organisation=actor.organisation)
    if policy.manages_people(actor, None):
        return here
    return here.filter(profile__membership=actor.membership)


def counted(fields: QuerySet[OwnField]) -> list[tuple[OwnField, list[tuple[str, int]]]]:
    """Each field with its choices in words, and of how many people it says each: three queries."""
    said = OwnValue.objects.filter(field__in=fields).order_by().values_list("choice").annotate(count=Count("pk"))
    counts = dict(said)
    return [
        (one, [(words_of(one.kind, choice.name), counts.get(choice.pk, 0)) for choice in one.choices.all()])
        for one in fields.prefetch_related("choices")
    ]


def in_rosters(organisation: Organisation) -> tuple[own_columns.OwnField, ...]:
    """The fields of an organisation as a roster meets them: two queries."""
    return tuple(
        own_columns.OwnField(one.heading, one.folded, one.kind, {held.folded: held.name for held in one.choices.all()})
        for one in OwnField.objects.filter(organisation=organisation).prefetch_related("choices")
    )


def words_of(kind: str, choice: str) -> str:
    """A choice as people read it."""
    if kind != FieldKind.YES_NO:
        return choice
    return _("Yes") if choice == YES else _("No")


def said_of(actor: Actor, membership: Membership) -> list[tuple[str, str]]:
    """What the fields say of somebody, as far as the actor may read it: each field's name and what it says."""
    held = values_visible_to(actor).filter(profile__membership=membership).order_by("field__name", "field_id")
    return [
        (name, words_of(kind, choice))
        for name, kind, choice in held.values_list("field__name", "field__kind", "choice__name")
    ]


@dataclass(frozen=True)
class Said:
    """What one field says of one person: the field's ref, the choice as it is kept, and as people read it."""

    member: int
    field: str
    choice: str
    words: str


def said_of_all(members: Iterable[int]) -> Iterator[Said]:
    """What the fields say of some people, by the keys of their memberships: one query for every 500."""
    for handful in sets.handfuls(members):
        held = OwnValue.objects.filter(profile__membership__in=handful).order_by("field_id")
        rows = held.values_list("profile__membership_id", "field__ref", "field__kind", "choice__name")
        for member, ref, kind, name in rows:
            yield Said(member, ref, name, words_of(kind, name))
