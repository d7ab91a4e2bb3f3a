"""Every change of a programme’s design: a section is saved as a whole, by whoever has seen what stands there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.programmes import advice, queries, rules
from alongside.programmes.actions.programmes import Place, add_participants, change, refuse
from alongside.programmes.models import (
    ApplicationQuestion,
    CalendarEntry,
    Design,
    ExpectedBarrier,
    NamedPerson,
    Objective,
    Programme,
    SavedSection,
    SectionDraft,
)
from alongside.programmes.rules.separation import fault_of_cover
from alongside.programmes.terms import Duty, Part, ProgrammeState, Section

LONGEST_DRAFT = 60_000
LINES: dict[str, type[Any]] = {
    Section.WHY: Objective,
    Section.WHOM: ApplicationQuestion,
    Section.BARRIERS: ExpectedBarrier,
    Section.CALENDAR: CalendarEntry,
}
OF_PROGRAMME = frozenset({"purpose", "starts_on", "ends_on", "model_key", "model_edition"})
FIELDS: dict[str, frozenset[str]] = {
    Section.WHY: frozenset({"purpose", "purposes", "benefit_mentee", "benefit_mentor", "benefit_organisation"}),
    Section.WHOM: frozenset({"audience", "eligibility", "open_to", "one_in_both", "mentee_places", "mentor_places"}),
    Section.HOW: frozenset({"style", "shape", "cadence_weeks", "session_minutes", "term_months"}),
    Section.MODEL: frozenset({"model_key", "model_edition", "model_reason", "fit_answers", "fit_table", "recommended"}),
    Section.WHO: frozenset({"privacy_contact"}),
    Section.BARRIERS: frozenset(),
    Section.TOOLS: frozenset({"goal_tools", "review_methods"}),
    Section.CALENDAR: frozenset({"starts_on", "ends_on"}),
    Section.PRIVACY: frozenset(
        {"basis", "basis_reason", "notice", "notice_version", "retention", "assessed_on", "assessment"}
    ),
}


class ChangedMeanwhile(NotPossible):
    """Somebody else saved the section while this was being written; nothing was overwritten."""

    def __init__(self, saved: SavedSection) -> None:
        self.saved = saved
        words = _("%(name)s has saved this section while you were writing. Look at both, then save again.")
        super().__init__(words % {"name": saved.saved_by.name})


@dataclass(frozen=True)
class Written:
    """What is written in a section: its fields, its lines (each with the `ref` of the one it was), who is named."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    lines: Sequence[Mapping[str, Any]] | None = None
    named: Mapping[str, Membership | None] = field(default_factory=dict)


def save(programme: Programme, section: str, written: Written, *, by: Actor, seen: int | None = None) -> None:
    """Save a section. `seen` is the revision that its writer has read.

    Raises ChangedMeanwhile when there is a newer one; NotPossible for what cannot be changed any more, and when a
    running programme would lose its separation of roles or its privacy.
    """
    if stray := set(written.facts) - FIELDS[section]:
        raise ValueError(f"{section} does not hold {', '.join(sorted(stray))}")
    with event("programme.designed", by=by, about=programme, section=str(section)) as happened:
        fresh = Programme.objects.select_for_update().select_related("organisation").get(pk=programme.pk)
        held = _seen(fresh, section, seen)
        open_before = _open(fresh)
        happened.codes["fields"] = ",".join(_keep(fresh, section, written, by))
        held.revision, held.saved_by, held.saved_at = held.revision + 1, by.membership, clock.now()
        held.save()
        SectionDraft.objects.filter(programme=fresh, author=by.membership, section=section).delete()
        refuse(next(iter(_open(fresh) - open_before), None))
        programme.refresh_from_db()


def _seen(programme: Programme, section: str, seen: int | None) -> SavedSection:
    found = SavedSection.objects.filter(programme=programme, section=section).select_related("saved_by").first()
    if found and seen is not None and found.revision != seen:
        raise ChangedMeanwhile(found)
    return found or SavedSection(programme=programme, section=section)


def _open(programme: Programme) -> set[str]:
    """What is open that a running programme needs; a draft may have as much of it as it likes."""
    if programme.state != ProgrammeState.RUNNING:
        return set()
    found = rules.design.gaps(queries.dossier(programme).paper, Section.WHO, Section.PRIVACY)
    return {str(gap.words) for gap in found if gap.refuses}


def _keep(programme: Programme, section: str, written: Written, by: Actor) -> list[str]:
    """Write what is written; returns the names of what has changed."""
    design = Design.objects.select_for_update().filter(programme=programme).first() or Design(programme=programme)
    own = {name: value for name, value in written.facts.items() if name not in OF_PROGRAMME}
    changed = {name: value for name, value in own.items() if getattr(design, name) != value}
    # What was left open at the launch can still be said.
    refuse(rules.design.fault_of_change(programme.state, [name for name in changed if getattr(design, name)]))
    for name, value in changed.items():
        setattr(design, name, value)
    design.save()
    moved = {
        name: value
        for name, value in written.facts.items()
        if name in OF_PROGRAMME and getattr(programme, name) != value
    }
    if moved:
        change(programme, by=by, **moved)
    if written.lines is not None:
        _keep_lines(programme, section, written.lines)
    for duty, membership in written.named.items():
        _name(programme, duty, membership, by)
    return sorted([*changed, *moved, *written.named])


def _keep_lines(programme: Programme, section: str, lines: Iterable[Mapping[str, Any]]) -> None:
    model = LINES[section]
    held = {row.ref: row for row in model.objects.filter(programme=programme)}
    wanted = [(held.pop(line.get("ref", ""), None) or model(programme=programme), line) for line in lines]
    model.objects.filter(pk__in=[row.pk for row in held.values()]).delete()
    for place, (row, line) in enumerate(wanted):
        for name, value in line.items():
            if name != "ref":
                setattr(row, name, value)
        row.place = place
        row.save()


def _name(programme: Programme, duty: str, membership: Membership | None, by: Actor) -> None:
    held = NamedPerson.objects.filter(programme=programme, duty=duty)
    if membership is None:
        held.delete()
        return
    if membership.organisation_id != programme.organisation_id:
        raise NotPossible(_("Only people of the same organisation can be named."))
    if duty == Duty.COVER:
        coordinators = tuple(map(queries.person, queries.coordinators(programme)))
        refuse(fault_of_cover(queries.person(membership), coordinators))
        # Whoever covers has to see what there is to do: a name alone would not let them in.
        add_participants(programme, [Place(membership, Part.COORDINATOR)], by=by)
    NamedPerson.objects.update_or_create(programme=programme, duty=duty, defaults={"membership": membership})


def choose_model(
    programme: Programme,
    *,
    key: str,
    reason: str,
    answers: Mapping[str, Any],
    by: Actor,
    seen: int | None = None,
) -> None:
    """Choose the lifecycle model, with one’s own reason. The recommendation is kept beside it; it never chooses.

    Raises NotPossible without a reason, and for another model after the launch.
    """
    if not reason.strip():
        raise NotPossible(_("Say why this model: the reason stands on the programme’s page."))
    facts: dict[str, Any] = {"model_reason": reason.strip(), **_answers(programme, answers)}
    if key != programme.model_key:
        facts |= {"model_key": key, "model_edition": advice.newest_edition(programme.organisation_id, key)}
    save(programme, Section.MODEL, Written(facts), by=by, seen=seen)


def _answers(programme: Programme, answers: Mapping[str, Any]) -> dict[str, Any]:
    table = advice.fit_table(advice.ours(programme.organisation_id)).fit
    found = advice.recommend(table, answers)
    kept = {"fit_answers": advice.sound(table, answers), "fit_table": table.address}
    return kept | {"recommended": list(found.best)}


def keep_draft(
    programme: Programme, section: str, words: Mapping[str, Any], *, by: Actor, seen: int | None = None
) -> SectionDraft:
    """Keep what somebody has begun to write in a section.

    No event: it happens every few seconds, and nobody else sees it. Raises NotPossible for what is too long, in a
    closed programme, and (`seen`: the revision that was read) for what arrives after its author has saved it.
    """
    refuse(rules.fault_of_state(programme.state))
    later = SavedSection.objects.filter(programme=programme, section=section, saved_by=by.membership)
    if seen is not None and later.filter(revision__gt=seen).exists():
        raise NotPossible(_("This section has been saved already."))
    if len(json.dumps(dict(words), ensure_ascii=False)) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten it to about twenty pages."))
    kept, _is_new = SectionDraft.objects.update_or_create(
        programme=programme,
        author=by.membership,
        section=section,
        defaults={"words": dict(words), "kept_at": clock.now()},
    )
    return kept


def drop_draft(programme: Programme, section: str, *, by: Actor) -> None:
    """Forget what somebody has begun to write in a section."""
    SectionDraft.objects.filter(programme=programme, author=by.membership, section=section).delete()
