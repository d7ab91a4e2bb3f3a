"""The wording of events of matching, and who is told."""

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Link, Place, Urgency, declare_kind, declare_letter, notify
from alongside.foundation.notifications.letters import Value
from alongside.matching import letters
from alongside.matching.models import LookAgain, Round
from alongside.matching.queries import after
from alongside.programmes.queries import coordinators
from alongside.relationships.notices import NO, YES

declare_event("matching.policy_changed", _("The rules of matching were changed"))
declare_event("matching.exported", _("The list of people to look at before a matching was downloaded"))
declare_event("matching.begun", _("Matching was begun"))
declare_event("matching.run_begun", _("Pairs began to be worked out"))
declare_event("matching.worked_out", _("Pairs were worked out"))
declare_event("matching.marked", _("Two people were locked together or kept apart in a matching"))
declare_event("matching.looked", _("A coordinator looked at somebody in a matching"))
declare_event("matching.words_written", _("Words were written that go out with a matching"))
declare_event("matching.moved", _("A matching came a step on, or went back"))
declare_event("matching.asked", _("It was asked why two people are not paired"))
declare_event("matching.handed_over", _("A matching was handed over to be published"))
declare_event("matching.published", _("A matching was published"))
declare_event("matching.mentees_told", _("Mentees were told of their proposed mentor"))
declare_event("matching.mentors_told", _("Mentors were told of their proposed mentees"))
declare_event("matching.left_told", _("Mentees who were not placed were told"))
declare_event("matching.taken_back", _("A published matching was taken back"))
declare_event("matching.back_told", _("Everybody was told that a published matching was taken back"))
declare_event("matching.exported", _("A list of proposed pairs was downloaded"))
declare_event("matching.nightly_changed", _("It was said whether pairs are looked for every night"))
declare_event("matching.offered", _("Mentees were offered a few mentors to choose from"))
declare_event("matching.chosen", _("A mentee chose a mentor"))
declare_event("matching.chose_nobody", _("A mentee chose nobody of those who were offered"))
declare_event("matching.offer_taken_back", _("What a mentee had not chosen from was taken back"))
declare_event("matching.offered_anew", _("A mentee was offered the next best, as a place was taken"))
declare_event("matching.look_again_asked", _("Somebody asked that a person looks again"))
declare_event("matching.look_again_answered", _("A coordinator said what came of looking again"))
declare_event("matching.wished", _("Somebody said whom they would like to be paired with"))
declare_kind("matching.choose_reminder", _("You can still choose a mentor"))

_MENTEE, _COORDINATORS = _("The mentee"), _("The coordinators of the programme")
_OPEN_PAGE = _("Open your page")
_PROGRAMME = Place("programme", _("the programme’s name"), _("Rising leaders"))
_PARTNER = Place("partner", _("the proposed mentor, by name"), "Amara Okafor", needed=True)
_NAMES = Place("names", _("the coordinators, by name"), "Carys Llewellyn")
_WORDS = Place(
    "words",
    _("what the coordinator writes to everybody in this round, if anything"),
    [_("Carys Llewellyn writes:"), _("Take your time, and ask me when something is unclear.")],
    block=True,
)
_WHY = Place(
    "why",
    _("why these two, in a sentence or two"),
    _("Amara offers what you want to develop: negotiation. You are both at the same site: Leeds."),
    block=True,
)

declare_letter(
    "matching.mentees_told",
    when=_("When a matching is published"),
    whom=_("Mentees to whom a mentor is proposed"),
    subject=_("Is {partner} right for you?"),
    lines=[
        _("In “{programme}”, {partner} is proposed to you as your mentor."),
        "{who}",
        "{why}",
        "{words}",
        _("Look at who it is, then say yes or decline. It begins only when both of you have said yes."),
        "{link}",
        "{yes}",
        "{no}",
    ],
    button=_OPEN_PAGE,
    places=[
        _PARTNER,
        _PROGRAMME,
        Place("who", _("who the mentor is"), _("Amara Okafor, Head of nursing, Surgery, Leeds."), block=True),
        _WHY,
        _WORDS,
        YES,
        NO,
    ],
    named=True,
)
declare_letter(
    "matching.mentors_told",
    when=_("When a matching is published: one mail, whatever the number of mentees"),
    whom=_("Mentors to whom mentees are proposed"),
    subject="{title}",
    lines=[
        _("In “{programme}” you are proposed as mentor to:"),
        "{mentees}",
        "{words}",
        _("Look at who it is, then say yes or decline, for each of them. It begins only when both have said yes."),
        "{link}",
        "{yes}",
        "{no}",
    ],
    button=_OPEN_PAGE,
    places=[
        Place(
            "title",
            _("whether the mentee is right, or how many are proposed"),
            _("Are you the right mentor for Ben Thomas?"),
            needed=True,
        ),
        Place(
            "mentees",
            _("each proposed mentee, and why"),
            [_("Ben Thomas, Staff nurse, Leeds. Ben wants to develop what you offer: negotiation.")],
            needed=True,
            block=True,
        ),
        _PROGRAMME,
        _WORDS,
        YES,
        NO,
    ],
    named=True,
)
declare_letter(
    "matching.left_told",
    when=_("When a matching is published"),
    whom=_("Mentees for whom nobody was found yet"),
    subject=_("“{programme}”: we have not found a mentor for you yet"),
    lines=[
        _("In “{programme}” people have been brought together, and we have not found the right person for you yet."),
        "{why}",
        "{words}",
        _("You stay on the list and hear again within two weeks, whatever comes of it. You can always ask {names}."),
        _(
            "Who fits whom was worked out by a program under the programme’s rules, and a person looked at it before "
            "it went out. If you like, a person looks at yours once more and writes to you."
        ),
        "{again}",
        "{link}",
    ],
    button=_("See what happens next"),
    places=[
        _PROGRAMME,
        Place(
            "why",
            _("why there is nobody yet"),
            _("There are fewer places with mentors at the moment than people who look for one."),
            block=True,
        ),
        _NAMES,
        _WORDS,
        Place(
            "again",
            _("a link to ask that a person looks again, without signing in; it works for 30 days"),
            Link(_("Ask a person to look again, without signing in"), "https://…/mail/answer/…/"),
            block=True,
        ),
    ],
    named=True,
)
declare_letter(
    "matching.offered",
    when=_("When a matching is published in a programme in which mentees choose"),
    whom=_("Mentees who choose from a few"),
    subject=_("“{programme}”: choose your mentor"),
    lines=[
        _("In “{programme}” you choose your mentor. Who would fit you: {mentors}."),
        "{kept}",
        "{words}",
        _("Look at who they are, then choose. Whoever you choose says yes or no; nothing begins before that."),
    ],
    button=_("Look and choose"),
    places=[
        _PROGRAMME,
        Place("mentors", _("the mentors, by name"), "Amara Okafor, Kwame Mensah", needed=True),
        Place(
            "kept",
            _("whose place is kept, and until when"),
            _("The place with Amara Okafor is kept for you until Thursday 3 December."),
            block=True,
        ),
        _WORDS,
    ],
    named=True,
)
declare_letter(
    "matching.choose_reminder",
    when=_("When a mentee has not chosen after five days, and once more after ten"),
    whom=_MENTEE,
    subject=_("“{programme}”: you can still choose your mentor"),
    lines=[
        _("In “{programme}” some mentors wait for you to choose. {kept}"),
        _("If nobody of them is right for you, say so on the same page: then somebody else is looked for."),
    ],
    button=_("Look and choose"),
    places=[
        _PROGRAMME,
        Place(
            "kept",
            _("whose place is kept, and until when; or that none is kept any more"),
            _("The place with Amara Okafor is kept for you until Thursday 3 December."),
        ),
    ],
    named=True,
)
declare_letter(
    "matching.back_told",
    when=_("When a published matching is taken back before anybody has answered"),
    whom=_("Everybody to whom somebody was proposed"),
    subject=_("“{programme}”: what was proposed to you is taken back"),
    lines=[
        _("In “{programme}” the proposals of this round have been taken back, all of them. It is nothing about you."),
        _("The coordinators look again, and you get a mail; until then there is nothing you have to do. Ask: {names}."),
    ],
    button=_("See what happens next"),
    places=[_PROGRAMME, _NAMES],
    named=True,
)
declare_letter(
    "matching.look_again_asked",
    when=_("When somebody who was not placed asks that a person looks again"),
    whom=_COORDINATORS,
    subject=_("{mentee} asks a person to look again"),
    lines=[
        _("In “{programme}” nobody has been found for {mentee} yet, and {mentee} asks that a person looks again."),
        _("Look at what they want and who has room, then write to them what came of it."),
    ],
    button=_("Look and answer"),
    places=[_PROGRAMME, Place("mentee", _("the mentee, by name"), "Ben Thomas", needed=True)],
    named=True,
)
declare_letter(
    "matching.look_again_answered",
    when=_("When a coordinator says what came of looking again"),
    whom=_MENTEE,
    subject=_("{name} has looked again"),
    lines=[_("In “{programme}” you asked that a person looks again. {name} writes:"), "{answer}"],
    button=_("See what happens next"),
    places=[
        _PROGRAMME,
        Place("name", _("the coordinator, by name"), "Carys Llewellyn", needed=True),
        Place(
            "answer",
            _("what the coordinator writes"),
            [_("Two new mentors begin in January, and one of them offers what you want. I write to you then.")],
            needed=True,
            block=True,
        ),
    ],
    named=True,
)
declare_letter(
    "matching.worked_out",
    when=_("When pairs were found overnight for people who came since"),
    whom=_COORDINATORS,
    subject=_("“{programme}”: pairs are ready to look at"),
    lines=[
        _("Overnight, pairs were found in “{programme}” for people who wait: {count}. Nobody has been told."),
        _("Look at them, change what you like, and publish when it is right."),
    ],
    button=_("Look at the pairs"),
    places=[_PROGRAMME, Place("count", _("how many pairs"), "3", needed=True)],
    named=True,
)


def _own(happened: Event, receiver: Membership) -> str:
    return reverse("relationships:own")


def _of_left(happened: Event, receiver: Membership) -> str:
    return reverse("matching:not_placed", args=[cast("Round", happened.about).programme.slug])


def _of_choice(happened: Event, receiver: Membership) -> str:
    return reverse("matching:choose", args=[cast("Round", happened.about).programme.slug])


for _event, _said, _to, _places, _page, _between in (
    (
        "matching.mentees_told",
        _("A mentor is proposed to you"),
        letters.mentees,
        letters.to_mentee,
        letters.page_of_mentee,
        letters.between_mentee,
    ),
    (
        "matching.mentors_told",
        _("Mentees are proposed to you"),
        letters.mentors,
        letters.to_mentor,
        letters.page_of_mentor,
        letters.between_mentor,
    ),
    ("matching.left_told", _("Nobody has been found for you yet"), letters.left, letters.to_left, _of_left, None),
    ("matching.offered", _("You can choose your mentor"), letters.offered, letters.to_choosing, _of_choice, None),
    ("matching.back_told", _("Proposals are taken back"), letters.taken_back, letters.to_taken_back, _own, None),
):
    notify(
        _event,
        to=_to,
        letter=_event,
        places=_places,
        page=_page,
        words=_said,
        required=True,
        doer_too=True,
        urgency=Urgency.SOON,
        between=_between,
    )


# --- looking again


def _look(happened: Event) -> LookAgain:
    related = LookAgain.objects.select_related("mentee__membership", "round__programme", "answered_by")
    return related.get(ref=happened.about_ref)


def _who_look(happened: Event) -> list[Membership]:
    """The coordinators from outside: nobody whom it is about, and nobody who manages them."""
    return after.who_looks(_look(happened))


def _asked(happened: Event, receiver: Membership) -> dict[str, Value]:
    look = _look(happened)
    return {"programme": look.round.programme.name, "mentee": look.mentee.membership.name}


def _asked_page(happened: Event, receiver: Membership) -> str:
    return reverse("matching:look", args=[_look(happened).round.programme.slug, happened.about_ref])


def _answered(happened: Event, receiver: Membership) -> dict[str, Value]:
    look = _look(happened)
    by = look.answered_by.name if look.answered_by else ""
    answer = [line.strip() for line in look.words.splitlines() if line.strip()]
    return {"programme": look.round.programme.name, "name": by, "answer": answer}


def _answered_page(happened: Event, receiver: Membership) -> str:
    return reverse("matching:not_placed", args=[_look(happened).round.programme.slug])


notify(
    "matching.look_again_asked",
    to=_who_look,
    letter="matching.look_again_asked",
    places=_asked,
    page=_asked_page,
    words=_("Somebody asks that a person looks again"),
    required=True,
)
notify(
    "matching.look_again_answered",
    to=lambda happened: [_look(happened).mentee.membership],
    letter="matching.look_again_answered",
    places=_answered,
    page=_answered_page,
    words=_("A coordinator has looked again"),
    required=True,
)


# --- overnight


def _overnight(happened: Event) -> list[Membership]:
    """Nobody waits for what a coordinator began: it stands on the page that they look at."""
    round_ = cast("Round", happened.about)
    return coordinators(round_.programme) if round_.begun_by_id is None and happened.codes["matched"] else []


def _found(happened: Event, receiver: Membership) -> dict[str, Value]:
    return {"programme": cast("Round", happened.about).programme.name, "count": str(happened.codes["matched"])}


def _board(happened: Event, receiver: Membership) -> str:
    return reverse("matching:board", args=[cast("Round", happened.about).programme.slug])


notify(
    "matching.worked_out",
    to=_overnight,
    letter="matching.worked_out",
    places=_found,
    page=_board,
    words=_("Pairs were found overnight"),
)
