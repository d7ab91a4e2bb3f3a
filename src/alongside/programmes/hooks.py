"""Where coordinators are led, what they could do next, and the first steps of the funnel."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import access, events, hooks, notifications
from alongside.foundation.events import Who
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState, OrganisationRoleName
from alongside.people import queries as people
from alongside.people.models import Profile, RosterImport
from alongside.programmes import actions, queries, rules
from alongside.programmes.models import Participation, Programme
from alongside.programmes.policy import Standing
from alongside.programmes.queries import changes, joining, mails
from alongside.programmes.rules.said import days
from alongside.programmes.terms import JoiningState, Part, Section
from alongside.programmes.views import standing
from alongside.programmes.views.digest import rhythm_items

SHOWN, AT_HOME = 20, 12


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """Programmes, for whoever may start one or coordinates one."""
    if access.may(actor, "programmes.create") or queries.coordinates_any(actor):
        yield hooks.NavigationItem(40, _("Programmes"), reverse("programmes:programmes"))


@hooks.next_steps.leading_to("programme")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Starting a programme, filling it, launching it, inviting its people."""
    found = queries.desk(actor)
    if not found and access.may(actor, "programmes.create"):
        words, why = _("Start your first programme"), _("What it is for, when it runs, and who takes part.")
        yield hooks.NextStep(60, words, reverse("programmes:create"), _("Start it"), why)
    for programme in found:
        if count := queries.waits(actor, "uninvited").get(programme.pk):
            yield _invite(programme, count)
    for programme in queries.in_preparation(actor):
        yield _prepare(programme)
        if programme.begun < len(Section):
            yield _write(programme)


@hooks.next_steps.leading_to("programme")
def name_coordinators(actor: Actor) -> Iterable[hooks.NextStep]:
    """For administrators: programmes whose coordinators have all left."""
    if not access.may(actor, "programmes.name_coordinator"):
        return
    if found := list(queries.without_coordinator(actor.organisation)[:2]):
        words = _("Name a coordinator for “%(name)s”") if len(found) == 1 else _("Name coordinators for programmes")
        why = _("Whoever coordinated has left, or cannot sign in. Nobody answers its mentors and mentees.")
        link = reverse("programmes:without_coordinator")
        yield hooks.NextStep(30, words % {"name": found[0].name}, link, _("Name somebody"), why)


def _prepare(programme: Any) -> hooks.NextStep:
    name = {"name": programme.name}
    can_apply = rules.joining.open_parts(programme.open_to or "")
    if not rules.why_not_launch(programme.has_mentors, programme.has_mentees, can_apply):
        link = reverse("programmes:launch", args=[programme.slug])
        why = (
            ngettext(
                "Nobody is told anything before. One person is asked then.",
                "Nobody is told anything before. %(count)s people are asked then.",
                programme.asks,
            )
            % {"count": programme.asks}
            if programme.asks
            else _("Nobody is told anything before.")
        )
        return hooks.NextStep(50, _("Launch “%(name)s”") % name, link, _("Look and launch"), why)
    link = reverse("programmes:add_people", args=[programme.slug])
    why = _("Mentors and mentees, as the roster names them or as you choose.")
    return hooks.NextStep(50, _("Add people to “%(name)s”") % name, link, _("Add people"), why)


def _write(programme: Any) -> hooks.NextStep:
    """Before anything else while nothing is written; beside the people afterwards."""
    link = reverse("programmes:design", args=[programme.slug])
    name, why = {"name": programme.name}, _("Why, for whom, how, who, when: a page for each, in any order.")
    if programme.begun:
        return hooks.NextStep(51, _("Go on writing “%(name)s”") % name, link, _("Go on"), why)
    return hooks.NextStep(49, _("Put “%(name)s” on paper") % name, link, _("Begin"), why)


def _invite(programme: Programme, count: int) -> hooks.NextStep:
    words = ngettext("Invite one person to “%(name)s”", "Invite %(count)s people to “%(name)s”", count)
    link = reverse("programmes:people", args=[programme.slug]) + f"?state={MembershipState.LISTED}"
    why = _("They take part and have not been invited yet; without an invitation nobody can sign in.")
    said = words % {"name": programme.name, "count": count}
    return hooks.NextStep(46, said, link, _("See who"), why)


@hooks.next_steps.leading_to("programme")
def applications(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators: applications that wait, and people who should have heard by now."""
    for programme, applied, overdue, oldest in queries.waiting_applications(actor):
        link, name = reverse("programmes:applications", args=[programme.slug]), programme.name
        if overdue:
            words = ngettext(
                "Tell one person in “%(name)s” how it stands",
                "Tell %(count)s people in “%(name)s” how it stands",
                overdue,
            )
            why = _("They were promised news by then.")
            said = words % {"count": overdue, "name": name}
            yield hooks.NextStep(41, said, link, _("See who"), why, oldest, overdue=True)
        elif applied:
            words = ngettext(
                "Look at one application to “%(name)s”", "Look at %(count)s applications to “%(name)s”", applied
            )
            why = _("Each of them has read by when they hear.")
            said = words % {"count": applied, "name": name}
            yield hooks.NextStep(42, said, f"{link}?state={JoiningState.APPLIED}", _("Look at them"), why)


@hooks.next_steps.leading_to("join")
def own_applications(actor: Actor) -> Iterable[hooks.NextStep]:
    """An application that is begun, and the questions whether one takes part, or stays on a list."""
    for held in joining.at_home(actor).own:
        link, name = reverse("programmes:join", args=[held.programme.slug]), {"name": held.programme.name}
        if held.state == JoiningState.BEGUN:
            form = reverse("programmes:apply", args=[held.programme.slug, held.part])
            why = _("What you have written is kept.")
            yield hooks.NextStep(34, _("Finish your application to “%(name)s”") % name, form, _("Go on"), why)
        elif held.state == JoiningState.INVITED:
            words = _("Say whether you take part in “%(name)s”") % name
            answer = reverse("programmes:answer", args=[held.programme.slug, held.part])
            why = _("You are asked as %(part)s. Read what it is; a no needs no reason.")
            yield hooks.NextStep(11, words, answer, _("Read and answer"), why % {"part": Part(held.part).label.lower()})
        elif held.state == JoiningState.ASKED:
            words = _("Say whether you stay on the list for “%(name)s”") % name
            yield hooks.NextStep(12, words, link, _("Answer"), _("You have kept your place in the order."))


def _joining_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """One's own applications, and the programmes that one can join and is not in."""
    found = joining.at_home(actor)
    return {"own": standing.lines(found.own, actor), "open": found.open} if found.own or found.open else None


def _home_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """Each programme with its state and the first thing to do in it."""
    steps = hooks.next_steps.of(actor)
    first = steps[0] if steps and steps[0].yours else None
    rows, found = [], queries.desk(actor)
    for programme in found[:AT_HOME]:
        page = reverse("programmes:programme", args=[programme.slug])
        rows.append((programme, [step for step in steps if step is not first and step.link.startswith(page)]))
    links = [step.link for _row, held in rows for step in held]
    return {"rows": rows, "links": links, "more": len(found) > AT_HOME} if rows else None


def _end_role_panel(actor: Actor, subject: tuple[Membership, str]) -> dict[str, Any] | None:
    """A coordinator whose role across the organisation ends stays named for programmes: which ones."""
    person, role = subject
    outside = Standing(coordinates=False, takes_part=False)
    if role != OrganisationRoleName.COORDINATOR or not access.may(actor, "programmes.named_for", outside):
        return None
    named = list(queries.named_for(person))
    return {"programmes": named[:SHOWN], "more": len(named[SHOWN:])} if named else None


def _design_panel(actor: Actor, subject: tuple[Programme, Standing]) -> dict[str, Any]:
    """What everybody in a programme reads of its design."""
    programme, _how = subject
    design, entries = queries.on_page(programme)
    return {
        "design": design,
        "rhythm": [item for item in rhythm_items(design) if item["words"]],
        "days": days(programme, entries) if entries else [],
        "contact": queries.contact_of(programme, design),
        "notice_is_address": rules.design.is_address(design.notice),
    }


hooks.panels.register(hooks.Panel("home", 6, "programmes/_joining_panel.html", _joining_panel))
hooks.panels.register(hooks.Panel("programme", 60, "programmes/_design_panel.html", _design_panel))
hooks.panels.register(hooks.Panel("home", 40, "programmes/_home_panel.html", _home_panel))
hooks.panels.register(hooks.Panel("end_role", 40, "programmes/_end_role_panel.html", _end_role_panel))


hooks.desk_counts.register(
    hooks.DeskCount("uninvited", queries.uninvited, {**changes.HOW_THEY_STAND, **changes.WHAT_ROSTERS_SAY})
)
for _step in (
    hooks.FunnelStep("taking-part", 10, _("taking part"), queries.takers, changes.WHO_TAKES_PART),
    hooks.FunnelStep("invited", 20, _("invited"), queries.invited, changes.HOW_THEY_STAND),
    hooks.FunnelStep("joined", 30, _("joined"), queries.joined, changes.HOW_THEY_STAND),
):
    hooks.funnel_steps.register(_step)


@events.at_the_end
def count_anew(happened: list[events.Event]) -> None:
    """Whatever changed a number that is kept has it counted again."""
    actions.ask_for_counts(hooks.counts_changed_by(happened))


@events.on("membership.left")
def end_their_parts(happened: events.Event) -> None:
    """Whoever leaves the organisation takes part in nothing any more; a last coordinator stays named."""
    for held in Participation.objects.filter(membership__ref=happened.about_ref, until__isnull=True):
        if held.part != "coordinator":
            actions.end_participation(held, by=SYSTEM, at=happened.at)
    for member in Membership.objects.filter(ref=happened.about_ref):
        actions.moving.end_with_membership(member, by=SYSTEM)


@events.on("programme.launched")
def ask_whoever_waits_for_the_launch(happened: events.Event) -> None:
    """Nothing leaves before the launch: now whoever a coordinator chose is asked, or was on the list before."""
    for programme in Programme.objects.filter(ref=happened.about_ref).select_related("organisation"):
        actions.tell_asked(programme)
        actions.tell_invited(programme)


def _fill(roster: RosterImport, by: Who) -> None:
    """Add whoever a roster names as mentor or mentee to the programme that it is for."""
    if roster.programme:
        programme = Programme.objects.get(organisation=roster.organisation_id, slug=roster.programme)
        members = people.people_of(roster).values("membership")
        named = Profile.objects.filter(membership__in=members).exclude(roster_role="").select_related("membership")
        actions.add_participants(programme, actions.roster_places(named), by=by, since=roster.committed_at)


def _acted(roster: RosterImport) -> list[int]:
    return list(queries.gone_on_since(roster).values_list("membership", flat=True).distinct())


def _undo(roster: RosterImport, memberships: Any, by: Who) -> None:
    """Take out again whoever the import has added, where nothing came of it."""
    if roster.programme:
        programme = Programme.objects.get(organisation=roster.organisation_id, slug=roster.programme)
        parts = queries.made_by_import(roster).filter(membership__in=memberships)
        untouched = parts.exclude(pk__in=queries.gone_on_since(roster).values("pk"))
        actions.take_back_participants(programme, untouched, by=by)


def _why_not_into(organisation: Organisation, slug: str) -> str | Promise | None:
    """Why a roster cannot fill the programme called `slug`, or None."""
    programme = Programme.objects.filter(organisation=organisation, slug=slug).first()
    if programme is None:
        return _("The organisation has no programme called %(slug)s.") % {"slug": slug}
    return rules.fault_of_state(programme.state)


hooks.import_steps.register(hooks.ImportStep("programmes", _fill, _why_not_into, queries.made_by_import, _acted, _undo))
people.add_sight(queries.fellows)
notifications.add_scope(mails.scope_of)


def _part_of(actor: Actor, memberships: Collection[Membership]) -> hooks.Effects:
    """Parts in programmes: by name for their coordinators; others learn that there is one, and no more."""
    mine = queries.coordinated_pks(actor)
    found: dict[int, dict[str, hooks.Effect]] = {}
    for held in queries.parts_of_people(memberships):
        effect = _of_part(held) if held.programme_id in mine else _of_part_elsewhere(held)
        found.setdefault(held.membership_id, {})[str(effect.words)] = effect
    return {member: list(effects.values()) for member, effects in found.items()}


def _of_part(held: Any) -> hooks.Effect:
    name = {"part": held.get_part_display(), "programme": held.programme.name}
    link = reverse("programmes:people", args=[held.programme.slug])
    if held.alone:
        words = _("The only coordinator of “%(programme)s”: name another one first")
        return hooks.Effect(words % name, link, _("Look who is in it"))
    return hooks.Effect(_("%(part)s in “%(programme)s”") % name, link, _("Look who is in it"))


def _of_part_elsewhere(held: Any) -> hooks.Effect:
    if held.alone:
        return hooks.Effect(_("The only coordinator of a programme: somebody else has to be named for it"))
    return hooks.Effect(_("Takes part in a programme that you do not coordinate"))


def _came_of(actor: Actor, left: Mapping[int, datetime]) -> hooks.Effects:
    """The programmes that somebody left, and those for which they are still named."""
    mine = queries.coordinated_pks(actor)
    found: dict[int, list[hooks.Effect]] = {}
    still = queries.parts_of_people(Membership.objects.filter(pk__in=left))
    for held in [*queries.parts_ended_at(left), *still]:
        if held.programme_id in mine:
            words = _("Was a part of “%(programme)s”") if held.until else _("Is still named for “%(programme)s”")
            link = reverse("programmes:people", args=[held.programme.slug])
            found.setdefault(held.membership_id, []).append(
                hooks.Effect(words % {"programme": held.programme.name}, link, _("Look who is in it"))
            )
    return found


def _take_back(left: Mapping[int, datetime], by: Who) -> None:
    for held in queries.parts_ended_at(left):
        actions.resume_participation(held, by=by)


hooks.leaver_effects.register(hooks.LeaverEffects("programmes", _part_of, _came_of, _take_back))
