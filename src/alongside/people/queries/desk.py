"""Reads of what whoever manages the list of people has to see to."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation, OrganisationRole
from alongside.people.models import ProfileSkill, Skill
from alongside.people.queries.leavers import waiting_rosters
from alongside.people.terms import SkillState


class ToSeeTo(NamedTuple):
    """What whoever manages the list of people has to see to."""

    roster: int | None  # the primary key of one's own that waits
    anybody: bool  # is anybody listed besides those named for an office: they alone are not the people yet
    proposed: int  # words for skills


def to_see_to(actor: Actor) -> ToSeeTo:
    """All of it in one query."""
    office = OrganisationRole.objects.filter(membership=OuterRef("pk"), until__isnull=True)
    others = Membership.objects.filter(organisation=OuterRef("pk")).exclude(pk=actor.membership.pk)
    held = ProfileSkill.objects.filter(skill=OuterRef("pk"))
    words = Skill.objects.filter(Exists(held), organisation=OuterRef("pk"), state=SkillState.PROPOSED).order_by()
    count = Coalesce(Subquery(words.values("organisation").annotate(count=Count("pk")).values("count")), 0)
    here = Organisation.objects.filter(pk=actor.organisation.pk)
    roster = Subquery(waiting_rosters(actor).values("pk")[:1])
    return ToSeeTo(*here.values_list(roster, Exists(others.exclude(Exists(office))), count).get())
