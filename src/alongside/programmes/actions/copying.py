"""A programme once more, and a closed one off the lists and back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.programmes import advice, queries
from alongside.programmes.actions.design import LINES
from alongside.programmes.actions.programmes import create, refuse
from alongside.programmes.models import Design, Programme, SavedSection
from alongside.programmes.rules.days import shifted
from alongside.programmes.terms import ProgrammeState, Section

# What was agreed or done once, for one round: it is asked anew.
_ONCE = {"retention": "", "assessed_on": None}
_OWN = {"id", "ref", "programme"}


def duplicate(programme: Programme, *, name: str, starts_on: date, by: Actor, ref: str = "") -> Programme:
    """A new programme in preparation with the whole design, its dates moved, and nobody in it but whoever asks.

    `ref` names the form that was sent: the same one sent again gives the programme that it made.
    """
    by_days = starts_on - programme.starts_on
    with event("programme.duplicated", by=by, about=programme) as happened:
        made = create(
            name=name,
            purpose=programme.purpose,
            starts_on=starts_on,
            ends_on=programme.ends_on + by_days,
            model_key=programme.model_key,
            model_edition=advice.newest_edition(programme.organisation_id, programme.model_key),
            by=by,
            ref=ref,
        )
        happened.codes["made"] = made.ref
        if not Design.objects.filter(programme=made).exists():  # not the same form sent twice
            Programme.objects.filter(pk=made.pk).update(follows=programme)
            made.follows = programme
            _copy_design(programme, made, by)
            for section, model in LINES.items():
                _copy_lines(programme, made, model, by_days if section == Section.CALENDAR else None)
    return made


def _copy_design(programme: Programme, made: Programme, by: Actor) -> None:
    held = queries.design_of(programme)
    if held.pk:
        Design.objects.create(programme=made, **(_values(held) | _ONCE))
    sections = SavedSection.objects.filter(programme=programme).exclude(section=Section.WHO)
    SavedSection.objects.bulk_create(
        SavedSection(programme=made, section=one.section, revision=1, saved_by=by.membership, saved_at=clock.now())
        for one in sections
    )


def _copy_lines(programme: Programme, made: Programme, model: type[Any], by_days: Any) -> None:
    rows = []
    for held in model.objects.filter(programme=programme):
        values = _values(held)
        if by_days is not None:
            values["day"] = shifted(held.day, by_days)
        rows.append(model(programme=made, **values))
    model.objects.bulk_create(rows)


def _values(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in _OWN}


def archive(programme: Programme, *, by: Who) -> None:
    """Take a closed programme off the lists; it stays readable."""
    if programme.state != ProgrammeState.CLOSED:
        raise NotPossible(_("Close the programme before you archive it."))
    with event("programme.archived", by=by, about=programme):
        moved = Programme.objects.filter(pk=programme.pk, archived_at__isnull=True).update(archived_at=clock.now())
        refuse(None if moved else _("This programme is archived already."))
        programme.refresh_from_db()


def restore(programme: Programme, *, by: Who) -> None:
    """Put an archived programme back on the lists."""
    with event("programme.restored", by=by, about=programme):
        moved = Programme.objects.filter(pk=programme.pk, archived_at__isnull=False).update(archived_at=None)
        refuse(None if moved else _("This programme is on the lists already."))
        programme.refresh_from_db()
