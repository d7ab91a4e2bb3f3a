"""Reads of a programme's mails: what went out, what would have, and what its coordinators have read of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, Model, Q, QuerySet
from django.utils.translation import override

from alongside.foundation import notifications
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import letters, registry
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications.letters import Letter, Value, Wording
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.terms import MailState
from alongside.people.models import Link
from alongside.programmes.models import Participation, Programme, RehearsedLetter
from alongside.programmes.queries.programmes import coordinated_by
from alongside.programmes.terms import Part, ProgrammeState

Apart = Callable[[Actor, Programme], "QuerySet[Membership]"]
_apart: list[Apart] = []


# --- what belongs to which programme


@cache
def _way(model: type[Model]) -> str | None:
    """The shortest way from a kind of record to its programme along foreign keys; None where there is none."""
    seen, todo = {model}, [(model, "")]
    for held, way in todo:
        if held is Programme:
            return way + "pk"
        for field in held._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and target not in seen:
                seen.add(target)
                todo.append((target, f"{way}{field.name}__"))
    return None


def scope_of(about: Model) -> notifications.Scope | None:
    """The programme that something belongs to, and whether it is still being rehearsed."""
    way = _way(type(about))
    key = way and type(about)._base_manager.filter(pk=about.pk).values_list(way, flat=True).first()
    return _scope(key) if key else None


def _scope(key: int) -> notifications.Scope:
    held = Programme.objects.only("ref", "state").get(pk=key)
    if held.state == ProgrammeState.DRAFT:  # whoever launches it at this moment goes first, or waits
        held = Programme.objects.select_for_update(no_key=True, of=("self",)).only("ref", "state").get(pk=key)
    return notifications.Scope(held.ref, rehearses=held.state == ProgrammeState.DRAFT)


# --- whose mails a coordinator sees


def add_apart(find: Apart) -> None:
    """Let a later package name people of whose mails in a programme a coordinator sees nothing: of their own pairs."""
    if find not in _apart:
        _apart.append(find)


def _seen_by(actor: Actor, programme: Programme, mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """For coordinators alone; without mails of whom they manage, and of pairs that they do not see from outside."""
    mails = mails.filter(Exists(coordinated_by(actor).filter(pk=programme.pk)))
    managed = Link.objects.filter(source=actor.membership, until__isnull=True).values("target")
    hidden = [Membership.objects.filter(pk__in=managed), *(find(actor, programme) for find in _apart)]
    for people in hidden:
        accounts = people.filter(account__isnull=False).order_by().values("account")
        at_work = people.filter(account__isnull=True).exclude(work_address="").order_by().values("work_address")
        mails = mails.exclude(to_account__isnull=False, to_account__in=accounts)
        mails = mails.exclude(to_account__isnull=True, to_address__in=at_work)
    return mails


def mails_of(actor: Actor, programme: Programme) -> QuerySet[Mail]:
    """What went out in a programme or is on its way, newest first, unread; for its coordinators."""
    return _seen_by(actor, programme, outbox.of_scope(programme.ref))


def rehearsed_mails(actor: Actor, programme: Programme) -> QuerySet[Mail]:
    """What would have gone out before the launch, newest first. What other coordinators would get is theirs alone."""
    others = Participation.objects.filter(programme=programme, part=Part.COORDINATOR, until__isnull=True)
    accounts = others.exclude(membership=actor.membership).values("membership__account")
    found = outbox.rehearsed(programme.ref).exclude(
        to_account__isnull=False, to_account__in=accounts.filter(membership__account__isnull=False)
    )
    return _seen_by(actor, programme, found)


def narrowed(
    found: QuerySet[Mail], programme: Programme, *, q: str = "", state: str = "", kind: str = ""
) -> QuerySet[Mail]:
    """Mails by the receiver's name, state and kind: as far as the log shows both of the same mail."""
    shows_name = Q(kind__in=registry.named_kinds()) | Q(state=MailState.FAILED)
    shows_kind = Q(kind__in=registry.named_kinds()) | ~Q(state=MailState.FAILED)
    if q:
        found = found.filter(_is_called(q, programme), shows_name)
    if state:
        found = found.filter(state=state)
    return found.filter(shows_kind, kind=kind) if kind else found


def _is_called(q: str, programme: Programme) -> Q:
    people = Membership.objects.filter(organisation=programme.organisation_id).order_by()
    for word in q.split():
        people = people.filter(Q(name__icontains=word) | Q(known_as__icontains=word))
    at_work = people.filter(account__isnull=True).exclude(work_address="").values("work_address")
    accounts = people.filter(account__isnull=False).values("account")
    return Q(to_account__in=accounts) | Q(to_account__isnull=True, to_address__in=at_work)


@dataclass(frozen=True)
class Line:
    """One mail, as the log shows it: of what goes on in a pair either to whom or what about, never both."""

    mail: Mail
    name: str = ""
    kind: registry.Words = ""
    why: str = ""
    exact: bool = False  # may the hour be shown?


def lines(mails: Iterable[Mail], programme: Programme) -> list[Line]:
    """The mails of a page of the log, in its order: two queries, however many they are."""
    held = list(mails)
    names, named = outbox.names_of(held, programme.organisation), registry.named_kinds()
    return [_line(mail, names[mail.ref], mail.kind in named) for mail in held]


def _line(mail: Mail, name: str, is_named: bool) -> Line:
    why, kind = mail.get_trouble_display(), registry.about(mail.kind)
    if is_named:
        return Line(mail, name, kind, why, exact=True)
    if mail.state == MailState.FAILED:
        return Line(mail, name, "", why)
    return Line(mail, "", kind, why)


@dataclass(frozen=True)
class Held:
    """A mail that would have gone out, word for word."""

    mail: Mail
    name: str
    kind: registry.Words


def held_lines(mails: Iterable[Mail], programme: Programme) -> list[Held]:
    """The mails of a page of `rehearsed_mails`: two queries."""
    held = list(mails)
    names = outbox.names_of(held, programme.organisation)
    return [Held(mail, names[mail.ref], registry.about(mail.kind)) for mail in held]


# --- reading them all before the launch


@dataclass(frozen=True)
class Rehearsed:
    """One mail that the programme will send, and whether one of its coordinators has read just these words."""

    letter: Letter
    own: Wording | None
    read: bool
    by: str = ""


def rehearsal(programme: Programme) -> list[Rehearsed]:
    """Every mail that a programme can send, in the organisation's language: two queries."""
    language = programme.organisation.language
    own = outbox.kept_words(programme.organisation)
    held = RehearsedLetter.objects.filter(programme=programme).select_related("read_by")
    marks = {mark.letter: mark for mark in held}
    found = []
    with override(language):
        for letter in registry.letters():
            if letter.of_programme:
                in_force = own[letter.key, language].in_force if (letter.key, language) in own else None
                found.append(_rehearsed(letter, in_force.wording if in_force else None, marks.get(letter.key)))
    return found


@dataclass(frozen=True)
class Rehearsal:
    """How far the mails have been read, and how many are kept that would have gone: for the launch page."""

    read: int
    of: int
    held: int

    @property
    def is_whole(self) -> bool:
        """Has every mail been read as it is worded now?"""
        return self.read == self.of


def rehearsal_of(actor: Actor, programme: Programme) -> Rehearsal:
    """The numbers of a rehearsal."""
    found, held = rehearsal(programme), rehearsed_mails(actor, programme).count()
    return Rehearsal(sum(one.read for one in found), len(found), held)


def _rehearsed(letter: Letter, own: Wording | None, mark: RehearsedLetter | None) -> Rehearsed:
    if mark is None or mark.digest != letters.digest(own or letter.ours):
        return Rehearsed(letter, own, read=False)
    return Rehearsed(letter, own, read=True, by=mark.read_by.name)


def values_in(programme: Programme) -> Mapping[str, Value]:
    """What stands in the places of a rehearsed mail: this programme's own name and people, where there are any."""
    found = Participation.objects.filter(programme=programme, until__isnull=True).select_related("membership")
    people: dict[str, list[str]] = {}
    for held in found.order_by("id")[:200]:
        people.setdefault(held.part, []).append(held.membership.name)
    mentor, mentee = (people.get(part, [""])[0] for part in (Part.MENTOR, Part.MENTEE))
    values = {
        "programme": programme.name,
        "organisation": programme.organisation.name,
        "partner": mentor,
        "first": mentor,
        "second": mentee,
        "names": ", ".join(people.get(Part.COORDINATOR, [])),
    }
    return {name: value for name, value in values.items() if value}
