"""The wording of events of pairs, and who is told."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Link, Place, Urgency, declare_kind, declare_letter, notify
from alongside.programmes.queries import coordinators
from alongside.relationships import answers  # noqa: F401 -- what the links in these mails do
from alongside.relationships.addresses import NO_WORDS, YES_WORDS, no_address, yes_address
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries import holds
from alongside.relationships.running_pairs.letters import BROUGHT_ALONG, PARTNERS_SAMPLE
from alongside.relationships.terms import Answer, Ending

declare_event("relationship.proposed", _("A pair was proposed"))
declare_event("relationship.answered", _("Somebody answered a proposed pair"))
declare_event("relationship.reminded", _("Whoever had not answered a proposed pair was reminded"))
declare_event("relationship.silent", _("A proposed pair had no answer for a fortnight"))
declare_event("relationship.accepted", _("Both accepted, and the pair began"))
declare_event("relationship.withdrawn", _("A proposed pair was withdrawn"))
declare_event("relationship.left", _("One of the two ended the pair"))
declare_event("relationship.learned_taken_back", _("Somebody took back what may be used to find them somebody new"))
declare_event("relationship.moved", _("A pair moved along its path"))
declare_event("relationship.ended", _("A pair ended"))
declare_event("relationship.held", _("Contact of a pair was put on hold"))
declare_event("relationship.released", _("Contact of a pair could go on"))
declare_event("relationship.resumed", _("A pair went on after it had ended by mistake"))
declare_event("duty.ticked", _("Somebody ticked a duty of theirs as done"))
declare_event("duty.unticked", _("Somebody took a tick at a duty of theirs back"))
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
declare_kind("relationship.reminder", _("Somebody still waits for your answer"), required=True)
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


def _resumed_to(happened: Event) -> list[Membership]:
    two = _two(happened)
    return [*two, *(person for person in coordinators(_relationship(happened).programme) if person not in two)]


def _two_and_who_writes(happened: Event) -> list[Membership]:
    """Of a pair that was brought in and not told, nobody who does not know that it is here."""
    two = _two(happened)
    told = [] if _is_untold(happened, two) else two
    return [*told, *holds.who_writes(_relationship(happened))]


def _who_writes(happened: Event, receiver: Membership) -> dict[str, str]:
    names = _names(happened, receiver)
    writers = holds.who_writes(_relationship(happened))
    said = _now("%(name)s or a colleague will write to you.") % {"name": writers[0].name} if writers else ""
    return {**names, "coordinator": said or _now("Somebody from the programme will write to you.")}


def _held_letter(happened: Event, receiver: Membership) -> str:
    return f"{happened.name}." + ("two" if _is_party(happened, receiver) else "coordinators")


def _held_page(happened: Event, receiver: Membership) -> str:
    return reverse("relationships:pair", args=[happened.about_ref])


def _is_party(happened: Event, receiver: Membership) -> bool:
    return receiver.pk in {person.pk for person in _two(happened)}


def _ended_letter(happened: Event, receiver: Membership) -> str:
    if not _is_party(happened, receiver):
        return "relationship.ended.coordinators"
    endings = {Ending.COMPLETED.value: "completed", Ending.NO_FAULT.value: "no_fault"}
    return "relationship.ended." + endings.get(str(happened.codes["ending"]), "never_began")


def _resumed_letter(happened: Event, receiver: Membership) -> str:
    return "relationship.resumed." + ("two" if _is_party(happened, receiver) else "coordinators")


def _page(happened: Event, receiver: Membership) -> str:
    if not _is_party(happened, receiver):
        return reverse("programmes:programme", args=[_relationship(happened).programme.slug])
    return reverse("relationships:pair", args=[happened.about_ref])


def _proposed(happened: Event, receiver: Membership) -> dict[str, str | Link]:
    ways = {
        "yes": (YES_WORDS, yes_address(receiver, happened.about_ref)),
        "no": (NO_WORDS, no_address(receiver, happened.about_ref)),
    }
    links = {name: Link(words, address) if address else "" for name, (words, address) in ways.items()}
    return {**_names(happened, receiver), **links}


def _declined_by_mail(happened: Event) -> list[Membership]:
    """Whoever declined by a link: if it was somebody else who had the mail, they hear of it."""
    by_mail = happened.codes.get("by_mail") and happened.codes["answer"] == Answer.DECLINED
    return [person for person in _two(happened) if person.ref == happened.by.ref] if by_mail else []


_BOTH, _COORDINATORS = _("The mentor and the mentee"), _("The coordinators of the programme")
_PROGRAMME = Place("programme", _("the programme’s name"), _("Rising leaders"))
_PARTNER = Place("partner", _("the other of the two, by name"), "Amara Okafor", needed=True)
_FIRST = Place("first", _("the mentor, by name"), "Amara Okafor", needed=True)
_SECOND = Place("second", _("the mentee, by name"), "Ben Thomas", needed=True)
YES = Place(
    "yes",
    _("a link to say yes without signing in; it works for 30 days"),
    Link(YES_WORDS, "https://…/mail/answer/…/"),
    block=True,
)
NO = Place(
    "no",
    _("a link to decline without signing in; it works for 30 days"),
    Link(NO_WORDS, "https://…/mail/answer/…/"),
    block=True,
)
_OPEN_PAGE, _OPEN_PROGRAMME = _("Open your page"), _("Open the programme")
_RESUMED = _("The mail that it had ended was a mistake of the organisation’s list. Everything is as it was before.")
declare_letter(
    "relationship.proposed",
    when=_("When a pair is proposed"),
    whom=_BOTH,
    subject=_("Is {partner} right for you?"),
    lines=[
        _("In “{programme}”, {partner} and you are proposed to each other."),
        _("Look at who it is, then say yes or decline. It begins only when both of you have said yes."),
        "{link}",
        "{yes}",
        "{no}",
    ],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME, YES, NO],
    named=True,
)
declare_letter(
    "relationship.accepted",
    when=_("When both have said yes, and the pair begins"),
    whom=_("The one who said yes first"),
    subject=_("{partner} and you have both said yes"),
    lines=[_("Your page shows what comes first: getting to know each other, and agreeing how you work together.")],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
)
declare_letter(
    "relationship.answered",
    when=_("When somebody declines by the link in a mail"),
    whom=_("The one who declined"),
    subject=_("You have declined"),
    lines=[
        _("By the link in your mail you have declined to be paired with {partner} in “{programme}”."),
        _("If it was not you, tell your coordinator: they can propose you to each other again."),
    ],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
)
declare_letter(
    "relationship.ended.completed",
    kind="relationship.ended",
    when=_("When a pair has completed its mentoring"),
    whom=_BOTH,
    subject=_("You and {partner} have completed your mentoring"),
    lines=[_("Your page says what happens to your records from now on.")],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
)
declare_letter(
    "relationship.ended.no_fault",
    kind="relationship.ended",
    when=_("When one of a pair ends it"),
    whom=_("The other of the two"),
    subject=_("Your mentoring with {partner} has ended"),
    lines=[_("Nobody need give a reason. The coordinator offers you somebody new.")],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
)
declare_letter(
    "relationship.ended.never_began",
    kind="relationship.ended",
    when=_("When a proposed pair is declined or taken back, or one of the two leaves"),
    whom=_BOTH,
    subject=_("You and {partner}: it does not come about"),
    lines=[_("The coordinator looks for somebody else for you.")],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
)
declare_letter(
    "relationship.ended.coordinators",
    kind="relationship.ended",
    when=_("When a pair ends before its time"),
    whom=_COORDINATORS,
    subject=_("{first} and {second} are not paired any more"),
    lines=[_("Offer both somebody new when you can. Nobody need give a reason.")],
    button=_OPEN_PROGRAMME,
    places=[_FIRST, _SECOND, _PROGRAMME],
)
declare_letter(
    "relationship.resumed.two",
    kind="relationship.resumed",
    when=_("When a pair goes on that had ended only by a mistake of the roster"),
    whom=_BOTH,
    subject=_("You and {partner} go on"),
    lines=[_RESUMED],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
    named=True,
)
declare_letter(
    "relationship.resumed.coordinators",
    kind="relationship.resumed",
    when=_("When a pair goes on that had ended only by a mistake of the roster"),
    whom=_COORDINATORS,
    subject=_("{first} and {second} go on as a pair"),
    lines=[_RESUMED],
    button=_OPEN_PROGRAMME,
    places=[_FIRST, _SECOND, _PROGRAMME],
    named=True,
)
declare_letter(
    "relationship.held.two",
    kind="relationship.held",
    when=_("When contact of a pair is put on hold, whatever the cause"),
    whom=_BOTH,
    subject=_("Meetings are on hold for now"),
    lines=[
        _("In “{programme}” your meetings with {partner} are on hold for now. {coordinator}"),
        _("There is nothing you have to do until then. Leave phone calls and messages be as well, if you can."),
    ],
    button=_OPEN_PAGE,
    places=[
        _PARTNER,
        _PROGRAMME,
        Place(
            "coordinator",
            _("who will write to them, in a sentence"),
            _("Carys Llewellyn or a colleague will write to you."),
            needed=True,
        ),
    ],
)
declare_letter(
    "relationship.held.coordinators",
    kind="relationship.held",
    when=_("When contact of a pair is put on hold, whatever the cause"),
    whom=_COORDINATORS,
    subject=_("Meetings of {first} and {second} are on hold"),
    lines=[_("Both were told that you or a colleague will write to them. A kind word is enough; they know no reason.")],
    button=_("Open the pair"),
    places=[_FIRST, _SECOND, _PROGRAMME],
)
declare_letter(
    "relationship.released.two",
    kind="relationship.released",
    when=_("When contact of a pair can go on that was on hold"),
    whom=_BOTH,
    subject=_("You and {partner} can meet again"),
    lines=[_("Your meetings are no longer on hold. Everything is where you left it; plan a session when you like.")],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME],
)
declare_letter(
    "relationship.released.coordinators",
    kind="relationship.released",
    when=_("When contact of a pair can go on that was on hold"),
    whom=_COORDINATORS,
    subject=_("{first} and {second} can meet again"),
    lines=[_("Their meetings are no longer on hold. Both were told.")],
    button=_("Open the pair"),
    places=[_FIRST, _SECOND, _PROGRAMME],
)
declare_letter(
    "relationship.reminder",
    when=_("When a proposal has no answer after five days, after ten, and when a coordinator reminds"),
    whom=_("Whoever of the two has not answered"),
    subject=_("{partner} and you: is it a yes?"),
    lines=[
        _("In “{programme}”, {partner} and you were proposed to each other, and your answer is still to come."),
        _("A no is a good answer too: then both of you are offered somebody else. You need give no reason."),
        "{link}",
        "{yes}",
        "{no}",
    ],
    button=_OPEN_PAGE,
    places=[_PARTNER, _PROGRAMME, YES, NO],
    named=True,
)
declare_letter(
    "relationship.waiting",
    when=_("Every fortnight while a mentee has no mentor"),
    whom=_("The mentee"),
    subject=_("“{programme}”: we are still looking for a mentor for you"),
    lines=[
        _("In “{programme}” {names} still looks for the right person for you."),
        _("As soon as somebody is proposed to you, you get a mail. Until then there is nothing you have to do."),
        _("If you like, look at your profile again: what you want to develop decides who is proposed to you."),
    ],
    button=_("Look at your profile"),
    places=[_PROGRAMME, Place("names", _("the coordinators, by name"), "Carys Llewellyn")],
    named=True,
)
declare_letter(
    "pair.told",
    when=_("When the coordinator tells the people of pairs that were brought in"),
    whom=_("Mentors and mentees of these pairs who have joined"),
    subject="{title}",
    lines=["{partners}", *BROUGHT_ALONG],
    button=_OPEN_PAGE,
    places=[
        Place(
            "title",
            _("that their mentoring goes on, with the other’s name where it is one"),
            _("You and Amara Okafor: your mentoring goes on in Alongside"),
        ),
        Place("partners", _("who their mentor or mentee is, in a sentence"), PARTNERS_SAMPLE, needed=True, block=True),
    ],
    named=True,
)
notify(
    "relationship.proposed",
    to=_two,
    letter="relationship.proposed",
    places=_proposed,
    page=_page,
    words=_("Somebody is proposed to you"),
    required=True,
    urgency=Urgency.SOON,
)
notify(
    "relationship.answered",
    to=_declined_by_mail,
    letter="relationship.answered",
    places=_names,
    page=_page,
    words=_("You have declined by the link in a mail"),
    required=True,
    doer_too=True,
    urgency=Urgency.SOON,
)
notify(
    "relationship.accepted",
    to=_two,
    letter="relationship.accepted",
    places=_names,
    page=_page,
    words=_("Your pair begins"),
)
notify(
    "relationship.ended",
    to=_two_and_coordinators,
    letter=_ended_letter,
    places=_names,
    page=_page,
    words=_("A pair ends"),
    required=True,
    urgency=Urgency.SOON,
)
for _event, _said in (
    ("relationship.held", _("Meetings are put on hold")),
    ("relationship.released", _("Meetings can go on that were on hold")),
):
    notify(
        _event,
        to=_two_and_who_writes,
        letter=_held_letter,
        places=_who_writes,
        page=_held_page,
        words=_said,
        required=True,
        urgency=Urgency.AT_ONCE,
    )
notify(
    "relationship.resumed",
    to=_resumed_to,
    letter=_resumed_letter,
    places=_names,
    page=_page,
    words=_("A pair goes on"),
    required=True,
)
