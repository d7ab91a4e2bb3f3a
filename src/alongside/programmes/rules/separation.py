"""Who may be what at once in a programme.

Nobody looks after a pair that they belong to or whose members they manage, nobody handles concerns about a programme
that they run or sponsor, and questions about data go to somebody who does not run it. Where it is not so, another
person is named, or the launch is refused.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.programmes.rules.gaps import Gap, Sentence, some
from alongside.programmes.terms import Section


class Person(NamedTuple):
    """Somebody, as far as these rules need to know them."""

    key: int
    name: str


@dataclass(frozen=True)
class Roles:
    """Who has which role. `near` holds (who, whom): a mentor or mentee, and whoever is that person or manages them."""

    coordinators: tuple[Person, ...] = ()
    leads: tuple[Person, ...] = ()
    alternates: tuple[Person, ...] = ()
    sponsor: Person | None = None
    near: frozenset[tuple[Person, Person]] = frozenset()
    contact_of: tuple[Person, ...] = ()  # coordinators whose own address is the privacy contact

    @property
    def guardians(self) -> tuple[Person, ...]:
        """Whoever handles concerns: leads and alternates, each once."""
        return tuple(dict.fromkeys((*self.leads, *self.alternates)))


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and what is wrong where it does not."""

    words: Sentence
    gaps: tuple[Gap, ...]

    @property
    def holds(self) -> bool:
        """Is nothing wrong?"""
        return not self.gaps


def unattended(holders: tuple[Person, ...], near: frozenset[tuple[Person, Person]]) -> tuple[Person, ...]:
    """The mentors and mentees to whom every holder is near, so that nobody from outside is left for them."""
    if not holders:
        return ()
    takers = {whom for _who, whom in near}
    return tuple(sorted((taker for taker in takers if all((who, taker) in near for who in holders)), key=_by_name))


def _by_name(person: Person) -> tuple[str, int]:
    return person.name, person.key


def checks(roles: Roles) -> tuple[Check, ...]:
    """Everything that is looked at before a launch."""
    return (
        Check(_("Somebody handles concerns about safety"), _lead(roles)),
        Check(_("Whoever handles concerns neither coordinates nor sponsors the programme"), _clashes(roles)),
        Check(_("Everybody has a coordinator from outside their pair"), _coordinators(roles)),
        Check(_("Everybody can turn to somebody from outside their pair with a concern"), _guardians(roles)),
        Check(_("Questions about data do not go to whoever runs the programme"), _contact(roles)),
    )


def gaps(roles: Roles) -> list[Gap]:
    """What is wrong; each of these refuses the launch."""
    return [gap for check in checks(roles) for gap in check.gaps]


def _refuse(words: Sentence, why: Sentence) -> Gap:
    return Gap(Section.WHO, words, why, refuses=True)


def _lead(roles: Roles) -> tuple[Gap, ...]:
    if roles.leads:
        return ()
    why = _("Whoever is worried about somebody’s safety turns to them. Administrators give the role.")
    return (_refuse(_("Name a safeguarding lead for the organisation"), why),)


def _clashes(roles: Roles) -> tuple[Gap, ...]:
    found = []
    for person in roles.guardians:
        if person in roles.coordinators:
            words = _(
                "%(name)s coordinates the programme and handles concerns about safety: name somebody else for one"
            )
            why = _("A concern about the programme would come to whoever runs it.")
            found.append(_refuse(words % {"name": person.name}, why))
        if person == roles.sponsor:
            words = _("%(name)s sponsors the programme and handles concerns about safety: name somebody else for one")
            why = _("A concern about the programme would come to whoever answers for its success.")
            found.append(_refuse(words % {"name": person.name}, why))
    return tuple(found)


def _coordinators(roles: Roles) -> tuple[Gap, ...]:
    alone = unattended(roles.coordinators, roles.near)
    if not alone:
        return ()
    words = _("Name another coordinator for %(names)s") % {"names": some([person.name for person in alone])}
    return (_refuse(words, _("Nobody coordinates a pair that they belong to, or one of whose members they manage.")),)


def _guardians(roles: Roles) -> tuple[Gap, ...]:
    alone = unattended(roles.guardians, roles.near)
    if not alone:
        return ()
    words = _("Name another safeguarding lead or alternate for %(names)s")
    why = _("Nobody handles a concern about a pair that they belong to, or one of whose members they manage.")
    return (_refuse(words % {"names": some([person.name for person in alone])}, why),)


def _contact(roles: Roles) -> tuple[Gap, ...]:
    words = _("Give another privacy contact: this one is the own address of %(name)s, who coordinates")
    why = _("A question or complaint about data would come to whoever it may be about.")
    return tuple(_refuse(words % {"name": person.name}, why) for person in roles.contact_of)


def advice(roles: Roles, *, covered: bool) -> list[Gap]:
    """What would be better, and refuses nothing."""
    found = []
    if roles.leads and not set(roles.alternates) - set(roles.leads):
        why = _("Takes over when the lead is away, or when a concern is about the lead.")
        found.append(Gap(Section.WHO, _("Name a safeguarding alternate for the organisation"), why))
    if not covered:
        why = _("Nobody is left alone while the coordinator is away.")
        found.append(Gap(Section.WHO, _("Name somebody who covers for the coordinator"), why))
    if roles.sponsor is None:
        why = _("Somebody who can find time and money wants the programme, and reads what came of it.")
        found.append(Gap(Section.WHO, _("Name a sponsor"), why))
    elif roles.sponsor in roles.coordinators:
        why = _("The report would go to whoever wrote it.")
        found.append(Gap(Section.WHO, _("Name a sponsor who does not coordinate as well"), why))
    return found


def fault_of_taking_part(roles: Roles, taker: Person) -> Sentence | None:
    """What would no longer be apart if somebody took part, or None. `near` says already who is near to them."""
    of_them = replace(roles, near=frozenset(pair for pair in roles.near if pair[1] == taker))
    found = (*_coordinators(of_them), *_guardians(of_them))
    return found[0].words if found else None


def fault_of_cover(cover: Person | None, coordinators: tuple[Person, ...]) -> Sentence | None:
    """Why this person cannot cover for the coordinator, or None."""
    if cover is not None and set(coordinators) == {cover}:
        return _("Name somebody else: %(name)s is the only coordinator so far.") % {"name": cover.name}
    return None
