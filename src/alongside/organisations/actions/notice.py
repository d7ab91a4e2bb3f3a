"""Every change of an organisation's privacy notice."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor, System
from alongside.foundation.identity.models import Membership, Organisation
from alongside.organisations import notice
from alongside.organisations.models import NoticeDraft, NoticeShown, PrivacyNotice
from alongside.organisations.queries.notice import current
from alongside.organisations.terms import ShownWhen


def ensure_notice(organisation: Organisation) -> PrivacyNotice:
    """The notice in force; where there is none, the one in our words becomes the first."""
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        return current(organisation) or _publish(organisation, default_sections(organisation), 1)


def default_sections(organisation: Organisation) -> list[notice.Section]:
    """The notice in our own words, in the organisation's language, with its gaps filled."""
    with translation.override(organisation.language):
        return notice.default(
            notice.Facts(
                organisation=organisation.name,
                contact=organisation.privacy_contact or settings.SITE_URL,
                table=settings.SITE_URL + reverse("who_may_read_what"),
                language=organisation.language,
            )
        )


def _publish(
    organisation: Organisation, sections: list[notice.Section], version: int, by: Membership | None = None
) -> PrivacyNotice:
    made = PrivacyNotice(
        organisation=organisation,
        version=version,
        language=organisation.language,
        sections=[list(section) for section in sections],
        contact=organisation.privacy_contact,
        sha256=notice.digest(sections),
        by=by,
        published_at=clock.now(),
    )
    made.save()
    return made


def draft_notice(sections: Iterable[notice.Section], *, by: Actor) -> NoticeDraft:
    """Keep what the next version says so far; nobody is shown it."""
    with event("notice.drafted", by=by, about=by.organisation):
        kept = [list(section) for section in sections]
        facts = {"sections": kept, "changed_at": clock.now(), "by": by.membership}
        draft, _made = NoticeDraft.objects.update_or_create(organisation=by.organisation, defaults=facts)
    return draft


def discard_draft(*, by: Actor) -> None:
    """Throw away what was written of the next version."""
    with event("notice.discarded", by=by, about=by.organisation):
        NoticeDraft.objects.filter(organisation=by.organisation).delete()


def publish_notice(*, seen: str, by: Actor) -> PrivacyNotice:
    """Put what is written into force: everybody is asked to read it. `seen` is the digest of what stood on the page.

    Raises NotPossible where nothing has changed, a part is empty, or somebody has written on since.
    """
    with event("notice.published", by=by, about=by.organisation) as happened:
        Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)
        draft, held = NoticeDraft.objects.filter(organisation=by.organisation).first(), current(by.organisation)
        if draft is None:
            raise NotPossible(_("There is nothing to publish any more. Somebody may have been faster."))
        if notice.digest(draft.parts) != seen:
            raise NotPossible(_("Somebody has changed it a moment ago. Read it again before you publish it."))
        if held and not notice.changed(held.parts, draft.parts) and held.contact == by.organisation.privacy_contact:
            raise NotPossible(_("It says the same as the one in force. Change something first."))
        made = _publish(by.organisation, draft.parts, held.version + 1 if held else 1, by.membership)
        draft.delete()
        _note(by.membership, made, ShownWhen.LATER)
        happened.codes["version"] = made.version
    return made


def _note(membership: Membership, held: PrivacyNotice, when: ShownWhen) -> bool:
    shown = NoticeShown(membership=membership, notice=held, when=when, at=clock.now())
    before = NoticeShown.objects.filter(membership=membership, notice=held).exists()
    if not before:
        NoticeShown.objects.bulk_create([shown], ignore_conflicts=True)
    return not before


def note_shown(
    membership: Membership, held: PrivacyNotice, *, by: Actor | System, when: ShownWhen = ShownWhen.LATER
) -> None:
    """Remember that somebody was shown a version and has said so; once for each version."""
    if held.organisation_id != membership.organisation_id:
        raise NotPossible(_("That is the notice of another organisation."))
    with event("notice.shown", by=by, about=membership, version=held.version, when=when.value):
        _note(membership, held, when)
