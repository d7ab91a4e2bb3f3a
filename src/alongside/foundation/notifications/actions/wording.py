"""Every change of an organisation's own words, and sending a mail to oneself to look at it."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Account, Organisation
from alongside.foundation.notifications import letters, queries, rendering, rules
from alongside.foundation.notifications.actions import carry, new_mail
from alongside.foundation.notifications.letters import Letter, Wording
from alongside.foundation.notifications.models import Mail, OwnWords


def draft_words(letter: Letter, language: str, wording: Wording, *, by: Actor) -> OwnWords:
    """Keep what somebody writes for a mail; it is not used yet. Raises NotPossible with what is wrong with it."""
    _refuse_faults(letter, wording)
    with event("own_words.drafted", by=by, about=by.organisation, letter=letter.key, language=language):
        facts = {"subject": wording.subject, "text": wording.text, "button": wording.button}
        draft, _made = OwnWords.objects.update_or_create(
            organisation=by.organisation,
            letter=letter.key,
            language=language,
            version=None,
            defaults={**facts, "by": by.membership, "at": clock.now()},
        )
    return draft


def _refuse_faults(letter: Letter, wording: Wording) -> None:
    for said in letters.faults(letter, wording).values():
        raise NotPossible(said[0])


def discard_words(letter: Letter, language: str, *, by: Actor) -> None:
    """Throw away what was written for a mail. What is in force stays."""
    with event("own_words.discarded", by=by, about=by.organisation, letter=letter.key, language=language):
        _drafts(letter, language, by.organisation).delete()


def use_words(letter: Letter, language: str, *, seen: str, by: Actor) -> OwnWords:
    """From now on the mail says what was written. `seen` is the digest of what stood on the page.

    Raises NotPossible where nothing is left to use, or somebody has written on since.
    """
    with event("own_words.used", by=by, about=by.organisation, letter=letter.key, language=language) as happened:
        number = _next_version(letter, language, by.organisation)
        draft = _drafts(letter, language, by.organisation).first()
        if draft is None:
            raise NotPossible(_("There is nothing to use any more. Somebody may have been faster."))
        if letters.digest(draft.wording) != seen:
            raise NotPossible(_("Somebody has changed it a moment ago. Read it again before you use it."))
        _refuse_faults(letter, draft.wording)
        draft.version, draft.by, draft.at = number, by.membership, clock.now()
        draft.save(update_fields=["version", "by", "at"])
        happened.codes["version"] = number
    return draft


def end_words(letter: Letter, language: str, *, by: Actor) -> None:
    """From now on the mail says again what Alongside says; what was written before is kept among the versions."""
    with event("own_words.ended", by=by, about=by.organisation, letter=letter.key, language=language) as happened:
        number = _next_version(letter, language, by.organisation)
        if queries.kept(by.organisation, letter, language).in_force is None:
            raise NotPossible(_("It says what Alongside says already."))
        OwnWords.objects.create(
            organisation=by.organisation,
            letter=letter.key,
            language=language,
            version=number,
            is_ours=True,
            by=by.membership,
            at=clock.now(),
        )
        happened.codes["version"] = number


def _drafts(letter: Letter, language: str, organisation: Organisation) -> QuerySet[OwnWords]:
    return OwnWords.objects.filter(
        organisation=organisation, letter=letter.key, language=language, version__isnull=True
    )


def _next_version(letter: Letter, language: str, organisation: Organisation) -> int:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # whoever else changes words waits
    held = queries.own_words(organisation).filter(letter=letter.key, language=language, version__isnull=False)
    newest = held.order_by("-version").first()
    return (newest.version or 0) + 1 if newest else 1


def try_out(letter: Letter, language: str, wording: Wording | None, *, by: Actor) -> Mail:
    """Send somebody a mail as it would be read, with invented values, to their own address only.

    Raises NotPossible where no mail goes out here, or they have sent themselves many within the hour.
    """
    if not rules.can_deliver():
        raise NotPossible(_("No mail server is set yet, so nothing can be sent."))
    address = by.account.email
    if not address:
        raise NotPossible(_("You have no e-mail address here, so nothing can be sent to you."))
    with event("mail.tried_out", by=by, about=by.membership, letter=letter.key, language=language):
        account = Account.objects.select_for_update(no_key=True).get(pk=by.account.pk)  # a double click waits here
        if queries.trials_since(account, clock.now() - rules.TRIALS_WITHIN) >= rules.MOST_TRIALS:
            raise NotPossible(_("You have sent yourself many of these within the hour. Try it again later."))
        mail = new_mail(queries.TRIAL, account, address, by.organisation)
        with translation.override(language):
            shown = rendering.preview(letter, wording, by.organisation, {}, mark=_now("Trial:") + " ")
        mail.subject, mail.body, mail.html = shown.subject, shown.body, shown.html
        mail.save()
        carry([mail])
    return mail
