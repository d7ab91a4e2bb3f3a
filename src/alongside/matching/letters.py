"""What the mails of a published round say to whom, put together once for all its receivers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import hooks
from alongside.foundation.events import Event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Link
from alongside.foundation.notifications.letters import Value
from alongside.matching import shared
from alongside.matching.answers import again_address
from alongside.matching.models import Left, Offer, Round
from alongside.matching.queries import telling
from alongside.matching.queries.telling import ToldPair
from alongside.matching.terms import Lack
from alongside.programmes.queries import coordinators
from alongside.relationships.addresses import NO_WORDS, YES_WORDS, no_address, yes_address

Places = dict[str, Value]


@dataclass(frozen=True)
class Told:
    """Everything that the mails of a round are made of: by membership where it is about one person."""

    words: list[str] = field(default_factory=list)
    by: str = ""
    names: str = ""
    as_mentee: dict[int, ToldPair] = field(default_factory=dict)
    as_mentor: dict[int, list[ToldPair]] = field(default_factory=dict)
    left: dict[int, Left] = field(default_factory=dict)
    offers: dict[int, Offer] = field(default_factory=dict)


def of(happened: Event) -> Told:
    """What is told of the round that something happened to: read once within `hooks.assembling`."""
    return hooks.once(("matching.told", happened.about_ref), lambda: _read(_round(happened)))


def _round(happened: Event) -> Round:
    return cast("Round", happened.about)


def _read(round_: Round) -> Told:
    pairs = telling.told_pairs(round_)
    as_mentor: dict[int, list[ToldPair]] = {}
    for pair in pairs:
        as_mentor.setdefault(pair.mentor.membership_id, []).append(pair)
    return Told(
        [line.strip() for line in round_.words.splitlines() if line.strip()],
        round_.published_by.name if round_.published_by else "",
        ", ".join(member.name for member in coordinators(round_.programme)),
        {pair.mentee.membership_id: pair for pair in pairs},
        as_mentor,
        {held.mentee.membership_id: held for held in telling.told_left(round_)},
        {held.mentee.membership_id: held for held in telling.told_offers(round_)},
    )


def _written(told: Told) -> list[str]:
    """What the coordinator writes to everybody, each paragraph for itself; nothing where they wrote nothing."""
    return [_("%(name)s writes:") % {"name": told.by}, *told.words] if told.words else []


# --- whom


def mentees(happened: Event) -> list[Membership]:
    """The mentees to whom somebody is proposed."""
    return [pair.mentee.membership for pair in of(happened).as_mentee.values()]


def mentors(happened: Event) -> list[Membership]:
    """The mentors to whom somebody is proposed."""
    return [held[0].mentor.membership for held in of(happened).as_mentor.values()]


def left(happened: Event) -> list[Membership]:
    """The mentees who were not placed."""
    return [held.mentee.membership for held in of(happened).left.values()]


def offered(happened: Event) -> list[Membership]:
    """The mentees who choose from a few."""
    return [held.mentee.membership for held in of(happened).offers.values()]


def taken_back(happened: Event) -> list[Membership]:
    """Everybody to whom somebody was proposed or offered, each once."""
    people = [*mentees(happened), *mentors(happened), *offered(happened)]
    return list({member.pk: member for member in people}.values())


# --- what


def to_mentee(happened: Event, receiver: Membership) -> Places:
    """The places of the mail to a mentee."""
    told = of(happened)
    pair = told.as_mentee[receiver.pk]
    two = shared.Two(pair.mentee.membership.short_name, pair.mentor.membership.short_name, "mentee")
    return {
        "partner": pair.mentor.membership.name,
        "who": shared.who(pair.mentor.membership.name, pair.mentor_said),
        "why": shared.sentence(pair.shared, two),
        "programme": _round(happened).programme.name,
        "words": _written(told),
        **_answers(receiver, pair),
    }


def _answers(receiver: Membership, pair: ToldPair) -> Places:
    ways = {"yes": (YES_WORDS, yes_address(receiver, pair.ref)), "no": (NO_WORDS, no_address(receiver, pair.ref))}
    return {name: Link(words, address) if address else "" for name, (words, address) in ways.items()}


def to_mentor(happened: Event, receiver: Membership) -> Places:
    """The places of the mail to a mentor: one mail, whatever the number of mentees. With one it can be answered."""
    told = of(happened)
    held = told.as_mentor[receiver.pk]
    title = ngettext(
        "Are you the right mentor for %(name)s?", "%(count)s people are proposed to you as mentor", len(held)
    )
    return {
        "title": title % {"name": held[0].mentee.membership.name, "count": len(held)},
        "mentees": [_of_mentee(pair) for pair in held],
        "programme": _round(happened).programme.name,
        "words": _written(told),
        **(_answers(receiver, held[0]) if len(held) == 1 else {}),
    }


def _of_mentee(pair: ToldPair) -> str:
    two = shared.Two(pair.mentee.membership.short_name, pair.mentor.membership.short_name, "mentor")
    who = shared.who(pair.mentee.membership.name, pair.mentee_said)
    return " ".join(filter(None, (who, shared.sentence(pair.shared, two))))


def to_left(happened: Event, receiver: Membership) -> Places:
    """The places of the mail to a mentee who was not placed."""
    told = of(happened)
    held = told.left[receiver.pk]
    address = again_address(receiver, held.ref)
    return {
        "programme": _round(happened).programme.name,
        "why": why_left(held.lack),
        "names": told.names,
        "words": _written(told),
        "again": Link(_("Ask a person to look again, without signing in"), address) if address else "",
    }


def why_left(lack: str) -> str:
    """Why somebody was not placed, in words to them."""
    return {
        Lack.NOT_READY: _(
            "You have not yet done all that the programme asks beforehand. Once you have, you are looked at again."
        ),
        Lack.NOBODY_ALLOWED: _("Of the mentors who take part, nobody fits under the programme’s rules yet."),
    }.get(Lack(lack), _("There are fewer places with mentors at the moment than people who look for one."))


def to_choosing(happened: Event, receiver: Membership) -> Places:
    """The places of the mail to a mentee who chooses from a few."""
    told = of(happened)
    offer = told.offers[receiver.pk]
    rows = sorted(offer.mentors.all(), key=lambda row: row.place)
    return {
        "programme": _round(happened).programme.name,
        "mentors": ", ".join(row.mentor.membership.name for row in rows),
        "kept": shared.kept_words(rows[0].mentor.membership.name, offer.until, offer.made_at),
        "words": _written(told),
    }


def to_taken_back(happened: Event, receiver: Membership) -> Places:
    """The places of the mail that says that a round was taken back."""
    told = of(happened)
    return {"programme": _round(happened).programme.name, "names": told.names}


# --- between whom


def between_mentee(happened: Event, receiver: Membership) -> str:
    """The pair of which a mentee is told: put on hold, it stops the mail."""
    return of(happened).as_mentee[receiver.pk].ref


def between_mentor(happened: Event, receiver: Membership) -> str:
    """The same for a mentor with one mentee; a mail about several goes between nobody in particular."""
    held = of(happened).as_mentor[receiver.pk]
    return held[0].ref if len(held) == 1 else ""


# --- where to


def page_of_mentee(happened: Event, receiver: Membership) -> str:
    """The pair that is proposed."""
    return reverse("relationships:pair", args=[of(happened).as_mentee[receiver.pk].ref])


def page_of_mentor(happened: Event, receiver: Membership) -> str:
    """The pair that is proposed, or the list where there are several."""
    held: Sequence[ToldPair] = of(happened).as_mentor[receiver.pk]
    return reverse("relationships:pair", args=[held[0].ref]) if len(held) == 1 else reverse("relationships:own")
