"""The wording of the events and kinds of mail of notifications."""

from datetime import timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event
from alongside.foundation.identity.models import Account
from alongside.foundation.notifications import actions, answers, queries, registry
from alongside.foundation.notifications.registry import declare_kind
from alongside.foundation.notifications.terms import DIGEST, Urgency

declare_event("account.mail_chosen", _("The kinds of mail a person gets were changed"))
declare_event("mail.tried_again", _("A mail that was not sent was tried again"))
declare_event("own_words.drafted", _("Own words for a mail were written, and not used yet"))
declare_event("own_words.discarded", _("What was written for a mail was thrown away"))
declare_event("own_words.used", _("A mail says what the organisation wrote from now on"))
declare_event("own_words.ended", _("A mail says again what Alongside says"))
declare_event("mail.tried_out", _("Somebody had a mail sent to themselves to look at it"))
declare_event("account.mail_timed", _("When a person gets their mail was changed"))
_AT_ONCE = Urgency.AT_ONCE
declare_kind("account.sign_in", _("Codes and links to sign in with"), required=True, urgency=_AT_ONCE)
declare_kind("account.safety", _("Changes to how you sign in"), required=True, urgency=_AT_ONCE)
declare_kind("mail.trial", _("Mails that you send to yourself to look at them"), required=True, urgency=_AT_ONCE)


def _stop(account_ref: str, *names: str) -> answers.Asked | None:
    """No more mails of some kinds, by the link at the foot of a mail."""
    account = Account.objects.filter(ref=account_ref).first()
    try:
        kinds = [registry.kind(name) for name in names]
    except registry.UndeclaredKind:
        return None
    if account is None or not kinds:
        return None
    said, address = ", ".join(str(kind.words) for kind in kinds), account.email or ""
    stopped = _t(
        "You get no more mails about: %(words)s. You can turn them on again under “Your mail” when you are signed in."
    ) % {"words": said}
    is_stopped = all(kind.required or kind.name in queries.refused_by(account) for kind in kinds)
    return answers.Asked(
        heading=_t("These mails are stopped") if is_stopped else _t("No more mails of this kind"),
        words=[_t("This stops mails to %(address)s about: %(words)s.") % {"address": address, "words": said}],
        button=_t("Stop these mails"),
        do=lambda: actions.stop_kinds(account, [kind.name for kind in kinds]),
        thanks=stopped,
        ended=stopped if is_stopped else "",
    )


answers.declare_answer("mail.stop", _stop, lasts=timedelta(days=2 * 366))
declare_kind(DIGEST, _("Several mails in one, where you want that or there were many"), required=True)
declare_event("kept.read", _("Somebody without e-mail read what was kept for them"))
declare_kind(
    "person.waits",
    _("That something waits for somebody without e-mail, whom you tell"),
    required=True,
    urgency=Urgency.SOON,
)
