"""What somebody does about their own part: applying, taking back, staying on the list, leaving, coming back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications, reads, vault
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import GONE
from alongside.programmes import queries, rules
from alongside.programmes.actions import moving
from alongside.programmes.actions.programmes import change_capacity, end_participation, refuse
from alongside.programmes.models import Answer, ApplicationQuestion, Joining, Participation, Programme
from alongside.programmes.queries import joining as found
from alongside.programmes.queries.asking import other_parts
from alongside.programmes.terms import JoiningState, Part, ProgrammeState, Step

LONGEST_ANSWER = 4000


@dataclass(frozen=True)
class Said:
    """What is written in an application: answers by the ref of their question, and whether it fits."""

    answers: Mapping[str, str] = field(default_factory=dict)
    fits: bool | None = None


def begin(programme: Programme, part: str, *, by: Actor) -> Joining:
    """Begin an application; one that is begun or open already is given as it is.

    Raises NotPossible while enrolment is not open for the part, and for a second part where the programme wants one.
    """
    with transaction.atomic():
        fresh = Programme.objects.select_for_update().select_related("organisation").get(pk=programme.pk)
        if fresh.organisation_id != by.organisation.pk:
            raise NotPossible(_("Only people of the same organisation can take part."))
        joining = moving.road(fresh, by.membership, part)
        playing = Participation.objects.filter(
            programme=fresh, membership=by.membership, part=part, until__isnull=True
        ).exists()
        refuse(_("You take part already.") if playing else None)
        if joining.state in {JoiningState.BEGUN, *rules.joining.OPEN}:
            return joining
        _refuse_closed(fresh, part, by)
        with moving.step(joining, Step.BEGIN, by=by):
            pass
    return joining


def _refuse_closed(programme: Programme, part: str, by: Actor) -> None:
    design, entries = queries.on_page(programme)
    if part not in rules.joining.open_parts(design.open_to):
        raise NotPossible(_("People cannot apply for this part by themselves."))
    today = clock.today(by.organisation.timezone)
    refuse(
        rules.joining.fault_of_enrolment(programme.state, found.last_day(entries), programme.ends_on, today)
        or rules.joining.fault_of_second(part, other_parts(programme, part, by), one_in_both=design.one_in_both)
    )


def keep(joining: Joining, said: Said, *, by: Actor) -> None:
    """Keep what somebody has begun to write, until they send it. No event: nobody else sees it.

    Raises NotPossible once it is sent.
    """
    with transaction.atomic():
        fresh = Joining.objects.select_for_update().select_related("membership", "programme").get(pk=joining.pk)
        refuse(rules.joining.fault_of_mover("self", is_own=by.ref == fresh.membership.ref, coordinates=False))
        refuse(None if fresh.state == JoiningState.BEGUN else _("This application has been sent already."))
        _keep_answers(fresh, said)
        fresh.fits = said.fits
        fresh.save(update_fields=["fits"])


def send(joining: Joining, said: Said, *, by: Actor) -> None:
    """Send an application, or change one that nobody has looked at. Raises NotPossible for what is not answered."""
    what = Step.SEND if joining.state in (JoiningState.NEW, JoiningState.BEGUN) else Step.CHANGE
    with moving.step(joining, what, by=by) as fresh:
        if what == Step.SEND:
            _refuse_closed(fresh.programme, fresh.part, by)
            fresh.applied_at, fresh.news_by = clock.now(), _first_news(fresh.programme, by)
        elif reads.was_read(fresh):
            raise NotPossible(_("A coordinator has read it by now. Write to them if something has changed."))
        _refuse_unanswered(found.questions_for(fresh.programme, fresh.part), said)
        _keep_answers(fresh, said)
        fresh.fits, fresh.revision = said.fits, fresh.revision + 1
    if what == Step.SEND:
        _tell_of(joining)


def _first_news(programme: Programme, by: Actor) -> date:
    return rules.joining.first_news(clock.today(by.organisation.timezone), found.pairs_on(programme))


def _refuse_unanswered(questions: Sequence[ApplicationQuestion], said: Said) -> None:
    for question in questions:
        if question.needed and not said.answers.get(question.ref, "").strip():
            raise NotPossible(_("Answer “%(question)s”.") % {"question": question.words})


def _keep_answers(joining: Joining, said: Said) -> None:
    """Answers to the questions of now; those to questions that were taken away stay as they were given."""
    held = {row.question_ref: row for row in Answer.objects.filter(joining=joining)}
    for question in found.questions_for(joining.programme, joining.part):
        words = said.answers.get(question.ref, "").strip()[:LONGEST_ANSWER]
        row = held.get(question.ref) or Answer(joining=joining, question_ref=question.ref)
        if words:
            row.question, row.place = question.words, question.place
            row.words = vault.seal(words, owner=joining.membership.key_owner, place=vault.place(row, "words"))
            row.save()
        elif row.pk:
            row.delete()


def _tell_of(joining: Joining) -> None:
    """A receipt to whoever applied; to the coordinators one mail a day, however many apply."""
    programme, name = joining.programme, {"programme": joining.programme.name}
    notifications.tell(
        "application.received",
        to=[found.receiver(joining)],
        letter="application.received",
        places=name,
        page=reverse("programmes:join", args=[programme.slug]),
        organisation=programme.organisation,
        within=programme,
    )
    today = clock.today(programme.organisation.timezone)
    notifications.tell(
        "application.to_see",
        to=[person for person in queries.coordinators(programme) if person.pk != joining.membership_id],
        letter="application.to_see",
        places=name,
        page=reverse("programmes:applications", args=[programme.slug]),
        organisation=programme.organisation,
        within=programme,
        dedupe=f"application.to_see:{programme.ref}:{today.isoformat()}",
    )


def take_back(joining: Joining, *, by: Actor) -> None:
    """Take an application back, or say no to staying on the list; coordinators read its answers no more."""
    with moving.step(joining, Step.TAKE_BACK, by=by) as fresh:
        fresh.place = fresh.news_by = None


def stay(joining: Joining, *, by: Actor) -> None:
    """Stay on the waiting list for this round; what was answered for the round before comes along."""
    with moving.step(joining, Step.STAY, by=by) as fresh:
        fresh.news_by = fresh.news_by or _first_news(fresh.programme, by)
        fresh.applied_at = fresh.applied_at or clock.now()
        if fresh.carried_from:
            fresh.fits = fresh.carried_from.fits
            _keep_answers(fresh, _carried(fresh))


def _carried(joining: Joining) -> Said:
    """What was answered then, to the questions that are asked again in the same words."""
    rows = list(Answer.objects.filter(joining=joining.carried_from_id))
    texts = vault.unseal([(row.words, vault.place(row, "words")) for row in rows])
    by_words = {row.question: text or "" for row, text in zip(rows, texts, strict=True)}
    asked = found.questions_for(joining.programme, joining.part)
    return Said({question.ref: by_words.get(question.words, "") for question in asked})


def leave(participation: Participation, *, by: Actor) -> None:
    """Leave a programme, at any time and without a reason; pairs in this part end without fault."""
    if participation.part == Part.COORDINATOR:
        raise NotPossible(_("Coordinators are taken out on the page of the programme’s people."))
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=participation.programme_id)
        with moving.step(moving.road_of(participation), Step.LEAVE, by=by):
            end_participation(participation, by=by, step=None)


def come_back(joining: Joining, *, by: Actor) -> None:
    """Ask to take part again: it is looked at as an application is."""
    with moving.step(joining, Step.COME_BACK, by=by) as fresh:
        if fresh.programme.state != ProgrammeState.RUNNING:
            raise NotPossible(_("This round is over."))
        refuse(_("Your membership has ended.") if fresh.membership.state in GONE else None)
        fresh.applied_at, fresh.news_by = clock.now(), _first_news(fresh.programme, by)
        fresh.participation, fresh.place, fresh.revision = None, None, fresh.revision + 1
    _tell_of(joining)


def say_room(participation: Participation, capacity: int, *, by: Actor) -> None:
    """A mentor says how many mentees they have room for in this programme."""
    if participation.membership_id != by.membership.pk or not participation.in_force:
        raise NotPossible(_("Only the mentor says this."))
    change_capacity(participation, capacity, by=by)


__all__ = ["Said", "begin", "come_back", "keep", "leave", "say_room", "send", "stay", "take_back"]
