"""Reads of an organisation's privacy notice."""

from django.db.models import Exists, OuterRef, QuerySet

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.organisations.models import NoticeDraft, NoticeShown, PrivacyNotice


def visible_to(actor: Actor) -> QuerySet[PrivacyNotice]:
    """Every version of the notice of one's organisation: whoever belongs to it may read all of them."""
    return PrivacyNotice.objects.filter(organisation=actor.organisation)


def current(organisation: Organisation) -> PrivacyNotice | None:
    """The version in force."""
    return PrivacyNotice.objects.filter(organisation=organisation).order_by("-version").first()


def draft_of(actor: Actor) -> NoticeDraft | None:
    """The next version as it is being written, for whoever writes it."""
    if not access.may(actor, "organisations.notice"):
        return None
    return NoticeDraft.objects.filter(organisation=actor.organisation).select_related("by").first()


def current_for(actor: Actor) -> tuple[PrivacyNotice | None, bool]:
    """The version in force, and whether the actor has said that they were shown it: one query."""
    shown = NoticeShown.objects.filter(membership=actor.membership, notice=OuterRef("pk"))
    held = visible_to(actor).annotate(seen=Exists(shown)).order_by("-version").first()
    return held, bool(held and held.seen)


def last_shown(membership: Membership) -> NoticeShown | None:
    """The newest version that somebody was shown."""
    held = NoticeShown.objects.filter(membership=membership).select_related("notice")
    return held.order_by("-notice__version").first()


def reach(held: PrivacyNotice) -> tuple[int, int]:
    """How many of those who have joined were shown a version, and how many there are."""
    joined = Membership.objects.filter(organisation=held.organisation_id, state=MembershipState.ACTIVE)
    shown = NoticeShown.objects.filter(notice=held, membership=OuterRef("pk"))
    return joined.filter(Exists(shown)).count(), joined.count()


def only_organisation() -> Organisation | None:
    """The organisation of this installation, if there is just one."""
    found = list(Organisation.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None
