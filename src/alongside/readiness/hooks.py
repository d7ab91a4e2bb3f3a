"""What is left to do before one begins, on first pages and programme pages; the funnel's "ready"."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import access, events, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.people.queries import managed_by
from alongside.programmes import queries as programmes
from alongside.programmes.models import Joining, Programme
from alongside.programmes.policy import Standing as ProgrammeStanding
from alongside.programmes.queries import changes
from alongside.programmes.terms import ProgrammeState
from alongside.readiness import queries
from alongside.readiness.actions.asking import copy_rule
from alongside.readiness.models import Conflict, EthicsCode, Module
from alongside.readiness.policy import OfPerson
from alongside.readiness.queries import conflicts
from alongside.readiness.queries.assurance import shown
from alongside.readiness.terms import Asked


@hooks.next_steps.leading_to("readiness")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """What one's programmes still ask: a step for each thing, whichever programme asks it first."""
    left: dict[Asked, Programme] = {}
    for held in queries.own(actor):
        for asked in held.to_do:
            left.setdefault(asked, held.participation.programme)
    if Asked.CODE in left:
        why = _("What you may expect of each other, and what is expected of you. Reading it takes a few minutes.")
        link = reverse("readiness:code")
        yield hooks.NextStep(13, _("Read and accept the code of ethics"), link, _("Read it"), why)
    if Asked.CONFLICTS in left:
        link = reverse("readiness:own_conflicts", args=[left[Asked.CONFLICTS].slug])
        why = _(
            "Whether anything stands between you and somebody here. Often there is nothing; that is an answer, too."
        )
        yield hooks.NextStep(15, _("Say whether you have a conflict of interest"), link, _("Answer"), why)
    if Asked.TRAINING in left:
        why = _("In short parts, each on its own. You can stop after any of them and come back.")
        link = reverse("readiness:training")
        yield hooks.NextStep(14, _("Do the training before you begin"), link, _("See what there is"), why)
    if Asked.COMPETENCES in left:
        why = _("Where you stand in what a mentor brings. Only you read what you say; leave out what you like.")
        link = reverse("readiness:rate")
        yield hooks.NextStep(16, _("Say where you stand as a mentor"), link, _("Rate yourself"), why)


@hooks.assurance.register
def assurance(organisation: Organisation) -> Iterable[hooks.Assured]:
    """The code of ethics, training, conflicts and vetting, in numbers."""
    return shown(organisation)


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """Everybody's vetting, for the safeguarding lead."""
    if access.may(actor, "readiness.vetting_list"):
        yield hooks.NavigationItem(70, _("Vetting"), reverse("readiness:vetting_list"))


@hooks.next_steps.leading_to("programme")
def undecided(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators: declared conflicts that wait for a decision."""
    for programme, count in queries.undecided(actor):
        words = ngettext(
            "Decide about a conflict of interest in “%(name)s”",
            "Decide about %(count)s conflicts of interest in “%(name)s”",
            count,
        ) % {"count": count, "name": programme.name}
        link = reverse("readiness:conflicts", args=[programme.slug])
        yield hooks.NextStep(40, words, link, _("Look at it"), _("Whoever declared it is not ready before."))


def _programme_panel(actor: Actor, subject: tuple[Programme, ProgrammeStanding]) -> dict[str, Any] | None:
    """For coordinators: what is asked of whom, and where to see who is ready. For the others, the way to their own."""
    programme, standing = subject
    if not access.may(actor, "readiness.rule", OfPerson(own=False, coordinates=standing.coordinates)):
        is_told = standing.takes_part and programme.state == ProgrammeState.RUNNING
        return {"programme": programme} if is_told else None
    return {"programme": programme, "asking": queries.asking_of(programme)}


hooks.panels.register(hooks.Panel("programme", 20, "readiness/_programme_panel.html", _programme_panel))


def _join_panel(actor: Actor, subject: Programme) -> dict[str, Any] | None:
    """For whoever applies: declaring a conflict of interest already now."""
    return {"programme": subject} if queries.own_programmes(actor).filter(pk=subject.pk).exists() else None


def _application_panel(actor: Actor, subject: Joining) -> dict[str, Any] | None:
    """For coordinators: what an applicant has declared; their line manager is not to know."""
    if managed_by(actor.membership).filter(pk=subject.membership_id).exists():
        return None
    found = conflicts.to_decide(actor, subject.programme).filter(membership=subject.membership_id)
    return {"programme": subject.programme, "declared": list(found)}


hooks.panels.register(hooks.Panel("join", 20, "readiness/_join_panel.html", _join_panel))
hooks.panels.register(hooks.Panel("application", 20, "readiness/_application_panel.html", _application_panel))


def _running(organisations: Iterable[int]) -> Iterable[int]:
    found = Programme.objects.filter(organisation__in=set(organisations), state=ProgrammeState.RUNNING)
    return found.values_list("pk", flat=True)


def _of_something(things: Sequence[EthicsCode | Module]) -> Iterable[int]:
    return _running(thing.organisation_id for thing in things)


def _of_organisation(organisations: Sequence[Organisation]) -> Iterable[int]:
    return _running(organisation.pk for organisation in organisations)


def _of_conflicts(declared: Sequence[Conflict]) -> Iterable[int]:
    return [conflict.programme_id for conflict in declared]


def _themselves(programmes_: Sequence[Programme]) -> Iterable[int]:
    return [programme.pk for programme in programmes_]


hooks.desk_counts.register(
    hooks.DeskCount(
        "conflicts",
        queries.undecided_in,
        {"conflict.declared": _of_conflicts, "conflict.decided": programmes.programmes_of},
    )
)
hooks.funnel_steps.register(
    hooks.FunnelStep(
        "ready",
        35,
        _("ready"),
        queries.ready,
        {
            **changes.HOW_THEY_STAND,
            "code.stated": _of_something,
            "code.accepted": programmes.programmes_of,
            "training.adopted": _of_organisation,
            "module.added": _of_something,
            "module.changed": _of_something,
            "module.retired": _of_something,
            "training.completed": programmes.programmes_of,
            "competences.rated": programmes.programmes_of,
            "conflict.declared": _of_conflicts,
            "vetting.recorded": programmes.programmes_of,
            "conflict.stated": programmes.programmes_of,
            "conflict.decided": programmes.programmes_of,
            "readiness.ruled": _themselves,
        },
    )
)


@events.on("programme.duplicated")
def ask_the_same(happened: events.Event) -> None:
    """The next round asks what the one before it asked."""
    earlier = Programme.objects.filter(ref=happened.about_ref).first()
    later = Programme.objects.filter(ref=happened.codes.get("made")).first()
    if earlier and later:
        copy_rule(earlier, later, by=happened.by)
