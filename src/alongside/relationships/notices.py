"""The wording of events of pairs, and who is told."""

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import declare_kind, notify
from alongside.programmes.queries import coordinators
from alongside.relationships.models import Party, Relationship
from alongside.relationships.terms import Ending

declare_event("relationship.proposed", _("A pair was proposed"))
declare_event("relationship.answered", _("Somebody answered a proposed pair"))
declare_event("relationship.accepted", _("Both accepted, and the pair began"))
declare_event("relationship.withdrawn", _("A proposed pair was withdrawn"))
declare_event("relationship.left", _("One of the two ended the pair"))
declare_event("relationship.moved", _("A pair moved along its path"))
declare_event("relationship.ended", _("A pair ended"))
declare_event("relationship.resumed", _("A pair went on after it had ended by mistake"))
declare_event("pair.carried_over", _("A pair that met before Alongside was brought in"))
declare_event("pair.taken_out", _("A pair that was brought in was taken out again"))
declare_event("pairs.exported", _("A programme’s list of pairs was downloaded"))
declare_event("pairs_import.begun", _("A file of running pairs was handed in"))
declare_event("pairs_import.columns_chosen", _("The columns of a file of running pairs were looked through"))
declare_event("pairs_import.taken_in", _("A file of running pairs was taken in"))
declare_event("pairs_import.taken_out", _("The pairs of a file were taken out again"))
declare_event("pairs_import.discarded", _("A file of running pairs was discarded"))
declare_event("pairs_import.rows_deleted", _("The rows of an old file of running pairs were deleted"))
declare_event("pairs.told", _("People of pairs that were brought in were told"))
declare_kind("relationship.waiting", _("Every fortnight while you wait for a mentor"))
declare_kind("pair.told", _("Your pair goes on in Alongside"), required=True)


def _two(happened: Event) -> list[Membership]:
    parties = Party.objects.filter(relationship__ref=happened.about_ref).select_related("participation__membership")
    return [party.participation.membership for party in parties.order_by("id")]


def _two_and_coordinators(happened: Event) -> list[Membership]:
    two = _two(happened)
    if happened.codes["ending"] == Ending.COMPLETED:
        return two
    if _is_untold(happened, two):
        return coordinators(_relationship(happened).programme)
    return [*two, *(person for person in coordinators(_relationship(happened).programme) if person not in two)]


def _is_untold(happened: Event, two: list[Membership]) -> bool:
    """Was the pair brought in, and has nobody told the two? Then they hear of its end only if one of them ended it."""
    parties = Party.objects.filter(relationship__ref=happened.about_ref, relationship__carried_over__isnull=False)
    told = list(parties.values_list("told_at", flat=True))
    return bool(told) and not any(told) and happened.by.ref not in {person.ref for person in two}


def _relationship(happened: Event) -> Relationship:
    return Relationship.objects.select_related("programme__organisation").get(ref=happened.about_ref)


def _names(happened: Event, receiver: Membership) -> dict[str, str]:
    two = _two(happened)
    others = [person for person in two if person.pk != receiver.pk]
    programme = _relationship(happened).programme.name
    return {"partner": others[0].name, "first": two[0].name, "second": two[-1].name, "programme": programme}


def _page(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _t("Open your page"), reverse("relationships:pair", args=[happened.about_ref])


def _proposed_subject(happened: Event, receiver: Membership) -> str:
    return _t("Is %(partner)s right for you?") % _names(happened, receiver)


def _proposed_lines(happened: Event, receiver: Membership) -> list[str]:
    names = _names(happened, receiver)
    return [
        _t("In “%(programme)s”, %(partner)s and you are proposed to each other.") % names,
        _t("Look at who it is, then say yes or decline. It begins only when both of you have said yes."),
    ]


def _accepted_subject(happened: Event, receiver: Membership) -> str:
    return _t("%(partner)s and you have both said yes") % _names(happened, receiver)


def _accepted_lines(happened: Event, receiver: Membership) -> list[str]:
    return [_t("Your page shows what comes first: getting to know each other, and agreeing how you work together.")]


def _ended_subject(happened: Event, receiver: Membership) -> str:
    names = _names(happened, receiver)
    if not _is_party(happened, receiver):
        return _t("%(first)s and %(second)s are not paired any more") % names
    if happened.codes["ending"] == Ending.COMPLETED:
        return _t("You and %(partner)s have completed your mentoring") % names
    if happened.codes["ending"] == Ending.NO_FAULT:
        return _t("Your mentoring with %(partner)s has ended") % names
    return _t("You and %(partner)s: it does not come about") % names


def _ended_lines(happened: Event, receiver: Membership) -> list[str]:
    if not _is_party(happened, receiver):
        return [_t("Offer both somebody new when you can. Nobody need give a reason.")]
    if happened.codes["ending"] == Ending.COMPLETED:
        return [_t("Your page says what happens to your records from now on.")]
    if happened.codes["ending"] == Ending.NO_FAULT:
        return [_t("Nobody need give a reason. The coordinator offers you somebody new.")]
    return [_t("The coordinator looks for somebody else for you.")]


def _resumed_to(happened: Event) -> list[Membership]:
    two = _two(happened)
    return [*two, *(person for person in coordinators(_relationship(happened).programme) if person not in two)]


def _resumed_subject(happened: Event, receiver: Membership) -> str:
    names = _names(happened, receiver)
    if not _is_party(happened, receiver):
        return _t("%(first)s and %(second)s go on as a pair") % names
    return _t("You and %(partner)s go on") % names


def _resumed_lines(happened: Event, receiver: Membership) -> list[str]:
    return [_t("The mail that it had ended was a mistake of the organisation’s list. Everything is as it was before.")]


def _is_party(happened: Event, receiver: Membership) -> bool:
    return receiver.pk in {person.pk for person in _two(happened)}


def _ended_page(happened: Event, receiver: Membership) -> tuple[str, str] | None:
    if not _is_party(happened, receiver):
        slug = _relationship(happened).programme.slug
        return _t("Open the programme"), reverse("programmes:programme", args=[slug])
    return _page(happened, receiver)


notify(
    "relationship.proposed",
    to=_two,
    subject=_proposed_subject,
    lines=_proposed_lines,
    action=_page,
    words=_("Somebody is proposed to you"),
    required=True,
)
notify(
    "relationship.accepted",
    to=_two,
    subject=_accepted_subject,
    lines=_accepted_lines,
    action=_page,
    words=_("Your pair begins"),
)
notify(
    "relationship.ended",
    to=_two_and_coordinators,
    subject=_ended_subject,
    lines=_ended_lines,
    action=_ended_page,
    words=_("A pair ends"),
    required=True,
)
notify(
    "relationship.resumed",
    to=_resumed_to,
    subject=_resumed_subject,
    lines=_resumed_lines,
    action=_ended_page,
    words=_("A pair goes on"),
    required=True,
)
