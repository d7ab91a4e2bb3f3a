"""Who may see what of people, and who may bring them in. Predicates take plain facts, read beforehand."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, any_role, declare
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.people.terms import NeedsKind, NeedsSharing

MANAGING = (OrganisationRoleName.COORDINATOR, OrganisationRoleName.ADMINISTRATOR)


@dataclass(frozen=True)
class Entry:
    """Somebody in the directory: how they stand to the actor, and whether they show the detail in question."""

    membership: Membership
    fellow: bool = False  # a member of one of the actor's programmes
    partner: bool = False  # proposed to the actor, or a pair with them
    shown: bool = False


@dataclass(frozen=True)
class NeedsSubject:
    """One kind of somebody's preferences and needs: whom they let read it, and how they stand to the actor."""

    owner_id: int
    kind: str
    shared: str
    matched: bool = False  # a pair of the two, to which both have said yes
    coordinated: bool = False  # by the actor, from outside


def is_oneself(actor: Actor, membership: Membership) -> bool:
    """One's own entry."""
    return membership.pk == actor.membership.pk


def manages_people(actor: Actor, membership: Membership | None) -> bool:
    """Coordinators and administrators of the same organisation."""
    same = membership is None or membership.organisation_id == actor.organisation.pk
    return same and actor.has(*MANAGING)


def is_own(actor: Actor, entry: Entry) -> bool:
    """One's own entry in the directory."""
    return is_oneself(actor, entry.membership)


def manages(actor: Actor, entry: Entry) -> bool:
    """Whoever may list the people of the organisation."""
    return manages_people(actor, entry.membership)


def is_fellow(actor: Actor, entry: Entry) -> bool:
    """The members of one's own programmes."""
    return entry.fellow


def is_partner(actor: Actor, entry: Entry) -> bool:
    """Whoever is proposed to somebody, or is a pair with them: both decide on what they read."""
    return entry.partner


def is_shown(actor: Actor, entry: Entry) -> bool:
    """The members of one's own programmes, where somebody shows it to them."""
    return entry.fellow and entry.shown


def owns(actor: Actor, subject: NeedsSubject) -> bool:
    """Whoever it is about."""
    return subject.owner_id == actor.membership.pk


def is_let_in(actor: Actor, subject: NeedsSubject) -> bool:
    """The other one of a pair, where the owner shares it."""
    return subject.matched and subject.shared in (NeedsSharing.PARTNER, NeedsSharing.COORDINATOR)


def arranges(actor: Actor, subject: NeedsSubject) -> bool:
    """The coordinator, for what has to be arranged, where the owner shares it."""
    asked = subject.kind == NeedsKind.ARRANGING and subject.shared == NeedsSharing.COORDINATOR
    return subject.coordinated and asked


_coordinator = Reader(Column.COORDINATOR, manages, label=_("the coordinators"))
_administrator = Reader(Column.ADMINISTRATOR, manages, label=_("the administrators"))
_EITHER = (Column.MENTEE, Column.MENTOR)
_fellow_words = _("members of your programmes if you show it")
declare(
    Row(
        "people.directory",
        _("Directory: name"),
        (
            *(Reader(column, is_own, _("own"), _("you")) for column in _EITHER),
            *(Reader(column, is_fellow, _("members of own programmes"), _("members of your programmes"))
              for column in _EITHER),
            _coordinator,
            _administrator,
        ),
    )
)  # fmt: skip
declare(
    Row(
        "people.details",
        _("Directory: headline, interests, skills, work details, pronouns, usual times and ways to meet"),
        (
            *(Reader(column, is_own, _("own"), _("you")) for column in _EITHER),
            *(Reader(column, is_partner, _("own pair"), _("whoever is proposed to you")) for column in _EITHER),
            *(Reader(column, is_shown, _("members of own programmes, as each chose"), _fellow_words)
              for column in _EITHER),
            _coordinator,
            _administrator,
        ),
        note=_("Until somebody has joined, members of their programmes see the name alone."),
    )
)  # fmt: skip
declare(
    Row(
        "people.read_own_fields",
        _("What the organisation’s own fields say of somebody"),
        (*(Reader(column, is_own, _("own"), _("you")) for column in _EITHER), _coordinator, _administrator),
        note=_(
            "Where a programme weighs a field, its coordinators read it as a reason on the board. No column that looks "
            "like health, religion or another protected fact can be kept as one."
        ),
    )
)
declare(
    Row(
        "people.room",
        _("How many mentees a mentor takes altogether, and pauses"),
        (Reader(Column.MENTOR, is_own, _("own"), _("you")), _coordinator, _administrator),
    )
)
declare(
    Row(
        "people.read_pause_words",
        _("Why a mentor pauses"),
        (Reader(Column.MENTOR, is_own, _("own"), _("you")),),
        note=_("Nobody need give a reason."),
    )
)
_own_needs = tuple(Reader(column, owns, _("own"), _("you")) for column in _EITHER)
_partner_needs = tuple(
    Reader(column, is_let_in, _("matched partner, if the owner shares"), _("your mentor or mentee if you share it"))
    for column in _EITHER
)
declare(
    Row(
        "people.read_needs_together",
        _("Preferences and needs: how two people work together"),
        (*_own_needs, *_partner_needs),
        note=_("Asked of everyone, each optional. Nobody is matched by them."),
    )
)
declare(
    Row(
        "people.read_needs_arranging",
        _("Preferences and needs: what has to be arranged"),
        (
            *_own_needs,
            *_partner_needs,
            Reader(Column.COORDINATOR, arranges, _("if the owner shares"), _("the coordinator if you share it")),
        ),
    )
)
NEEDS_ROWS = {
    NeedsKind.TOGETHER: "people.read_needs_together",
    NeedsKind.ARRANGING: "people.read_needs_arranging",
}
declare(
    Row(
        "people.edit_own",
        _("Changing one’s own profile"),
        tuple(Reader(column, is_own, _("own")) for column in _EITHER),
        listed=False,
    )
)
_managing = tuple(Reader(column, any_role(*MANAGING)) for column in (Column.COORDINATOR, Column.ADMINISTRATOR))
declare(Row("people.manage", _("Listing, adding, inviting and importing people"), _managing, listed=False, page=True))
declare(
    Row(
        "people.curate_skills",
        _("Looking after the organisation’s words for skills"),
        _managing,
        listed=False,
        page=True,
    )
)
