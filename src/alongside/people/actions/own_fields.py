"""Every change of the organisation's own fields: by a roster that is taken in or taken back, or by a person."""

import json
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import sets
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Organisation
from alongside.people.models import (
    OwnChoice,
    OwnField,
    OwnValue,
    Profile,
    RememberedColumns,
    RosterImport,
    RosterRow,
)
from alongside.people.queries import own_fields
from alongside.people.roster import own_columns
from alongside.people.roster.columns import Mapping
from alongside.people.roster.headers import fold
from alongside.people.roster.own_columns import NO, OWN, YES, OwnColumn
from alongside.people.terms import MOST_CHOICES, OWN_KINDS, FieldKind, ImportState, Meaning

CHANGED_SINCE = _("The fields of your own have changed since the check. Check the roster again.")
_TABLES = {
    "rows": RosterRow._meta.db_table,
    "profiles": Profile._meta.db_table,
    "values": OwnValue._meta.db_table,
    "choices": OwnChoice._meta.db_table,
}
# Django's queries cannot take a document apart. Places in braces are filled with names and parts of our own.
_OF = {
    "sqlite": {
        "each": "json_each(r.data, '$.own')",
        "held": "json_each(r.before, '$.own')",
        "known": "SELECT value ->> '$[0]', value ->> '$[1]', value ->> '$[2]', value ->> '$[3]' "
        "FROM json_each(%(known)s)",
        "keep": "json_set(before, '$.own', json((SELECT json_group_array(v.choice_id) {of})))",
    },
    "postgresql": {
        "each": "jsonb_each_text(r.data -> 'own')",
        "held": "jsonb_array_elements_text(r.before -> 'own')",
        "known": "SELECT value ->> 0, value ->> 1, CAST(value ->> 2 AS bigint), CAST(value ->> 3 AS bigint) "
        "FROM jsonb_array_elements(CAST(%(known)s AS jsonb))",
        "keep": "jsonb_set(before, '{{own}}', COALESCE((SELECT jsonb_agg(v.choice_id) {of}), '[]'))",
    },
}
_CHANGED = "r.outcome = 'changed' AND CAST(r.changes AS text) LIKE %(differs)s"
_FROM = """FROM {rows} AS r JOIN {profiles} AS p ON p.membership_id = r.membership_id CROSS JOIN {each} AS said"""
_WHERE = f"WHERE r.roster_import_id = %(roster)s AND (r.outcome = 'created' OR {_CHANGED})"
_WORDS = f"SELECT DISTINCT said.key, said.value {_FROM} {_WHERE}"
_KEEP = """UPDATE {rows} SET before = {keep}
    WHERE roster_import_id = %(roster)s AND outcome = 'changed' AND CAST(changes AS text) LIKE %(differs)s"""
_HELD = """FROM {values} AS v JOIN {profiles} AS p ON p.id = v.profile_id
    WHERE p.membership_id = {rows}.membership_id"""
_FILL = f"""WITH known(key, word, field, choice) AS MATERIALIZED ({{known}})
    INSERT INTO {{values}} (profile_id, field_id, choice_id)
    SELECT p.id, known.field, known.choice {_FROM} CROSS JOIN known {_WHERE}
        AND known.key = said.key AND known.word = said.value
    ON CONFLICT (profile_id, field_id) DO UPDATE SET choice_id = excluded.choice_id"""
_PUT_BACK = f"""INSERT INTO {{values}} (profile_id, field_id, choice_id)
    SELECT p.id, c.field_id, c.id FROM {{rows}} AS r JOIN {{profiles}} AS p ON p.membership_id = r.membership_id
        CROSS JOIN {{held}} AS held JOIN {{choices}} AS c ON c.id = CAST(held.value AS bigint)
    WHERE r.roster_import_id = %(roster)s AND r.taken_back AND {_CHANGED}"""  # noqa: S608 -- our names


class _Rows:
    """The rows of a roster that fill fields: the new ones, and the changed ones where a field differs."""

    def __init__(self, roster: RosterImport) -> None:
        self._given = {"roster": roster.pk, "differs": f'%"{OWN}%'}

    def run(self, sql: str, **given: Any) -> list[tuple[Any, ...]]:
        parts = _OF[connection.vendor]
        names = {**_TABLES, **parts, "keep": parts["keep"].format(of=_HELD.format(**_TABLES))}
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**names), self._given | given)
            return cursor.fetchall() if sql is _WORDS else []


def take_in(roster: RosterImport, *, by: Who) -> None:
    """Fill the fields from a checked roster that is taken in: fields and choices that are new, then what each says.

    What changed people were is kept with their rows. Raises NotPossible where the fields have changed since the check.
    """
    if not _keeps_any(roster):
        return
    rows = _Rows(roster)
    said: dict[str, set[str]] = {}
    for key, word in rows.run(_WORDS):
        said.setdefault(key, set()).add(word)
    if not said:
        return
    columns = _columns(roster)
    known = [line for key in sorted(said) for line in _known(roster, columns.get(key), sorted(said[key]), by=by)]
    rows.run(_KEEP)
    rows.run(_FILL, known=json.dumps(known))


def _keeps_any(roster: RosterImport) -> bool:
    return bool(own_columns.of(Mapping.from_kept(roster.mapping).headed))


def _columns(roster: RosterImport) -> dict[str, OwnColumn]:
    headed, held = Mapping.from_kept(roster.mapping).headed, own_fields.in_rosters(roster.organisation)
    if own_columns.why_not_here(headed, held):
        raise NotPossible(CHANGED_SINCE)
    return {column.key: column for column in own_columns.of(headed, held)}


Line = tuple[str, str, int, int]  # key and word of a row, then the field and the choice that they are


def _known(roster: RosterImport, column: OwnColumn | None, words: list[str], *, by: Who) -> list[Line]:
    if column is None:
        raise NotPossible(CHANGED_SINCE)
    field = OwnField.objects.filter(organisation=roster.organisation, heading=column.key).first()
    field = field or _add(roster.organisation, column, by=by)
    choices = _choices(field, words, by=by)
    return [(column.key, word, field.pk, choices[own_columns.compare(word)]) for word in words]


def _add(organisation: Organisation, column: OwnColumn, *, by: Who) -> OwnField:
    field = OwnField(
        organisation=organisation,
        name=column.header,
        folded=fold(column.header),
        heading=column.key,
        kind=column.kind,
    )
    with event("own_field.added", by=by, about=field, kind=column.kind):
        field.save()
        if field.kind == FieldKind.YES_NO:
            OwnChoice.objects.bulk_create([OwnChoice(field=field, name=name, folded=name) for name in (YES, NO)])
    return field


def _choices(field: OwnField, words: list[str], *, by: Who) -> dict[str, int]:
    held = dict(OwnChoice.objects.filter(field=field).values_list("folded", "pk"))
    said = {own_columns.compare(word): word for word in words}
    new = {compared: word for compared, word in said.items() if compared not in held}
    if not new:
        return held
    if field.kind == FieldKind.YES_NO or len(held) + len(new) > MOST_CHOICES:
        raise NotPossible(CHANGED_SINCE)
    with event("own_field.choices_added", by=by, about=field, count=len(new)):
        made = [OwnChoice(field=field, name=word, folded=compared) for compared, word in new.items()]
        OwnChoice.objects.bulk_create(made)
    return {**held, **dict(OwnChoice.objects.filter(field=field).values_list("folded", "pk"))}


def take_back(roster: RosterImport, created: QuerySet[RosterRow], changed: QuerySet[RosterRow], *, by: Who) -> None:
    """Let the fields say of people what they said before a roster that is taken back."""
    if not _keeps_any(roster):
        return
    back = changed.filter(differs__contains=f'"{OWN}')
    for rows in (created, back):
        people = Profile.objects.filter(membership__in=rows.values("membership"))
        sets.delete_from(OwnValue.objects.filter(profile__in=people.values("pk")))
    _Rows(roster).run(_PUT_BACK)
    _forget(roster, by=by)


def _forget(roster: RosterImport, *, by: Who) -> None:
    """Choices and fields that came with the roster and say nothing of anybody any more."""
    held = OwnValue.objects.filter(choice=OuterRef("pk"))
    first, last = roster.made.get("own_choices", (0, 0))
    new = OwnChoice.objects.filter(pk__gt=first, pk__lte=last, field__organisation=roster.organisation_id)
    sets.delete_from(new.filter(field__kind=FieldKind.CHOICE).exclude(Exists(held)))
    first, last = roster.made.get("own_fields", (0, 0))
    made = OwnField.objects.filter(pk__gt=first, pk__lte=last, organisation=roster.organisation_id)
    for field in made.exclude(Exists(OwnValue.objects.filter(field=OuterRef("pk")))):
        with event("own_field.removed", by=by, about=field):
            field.delete()


def rename_field(field: OwnField, name: str, *, by: Who) -> None:
    """Call a field something else; rosters know it by its heading as before. Raises NotPossible."""
    name = " ".join(name.split())
    if reason := own_columns.why_no_name(name):
        raise NotPossible(reason)
    with event("own_field.renamed", by=by, about=field):
        held = _locked(field)
        others = OwnField.objects.filter(organisation=field.organisation_id).exclude(pk=held.pk)
        folded = fold(name)
        if others.filter(folded=folded).exists() or others.filter(heading=folded).exists():
            raise NotPossible(_("Another field of your own is called so, or is known so in your staff list."))
        OwnField.objects.filter(pk=held.pk).update(name=name, folded=folded)
    field.refresh_from_db()


def remove_field(field: OwnField, *, by: Who) -> None:
    """Remove a field with what it says of everybody. Rosters leave its column out from now on.

    Raises NotPossible where it is gone already.
    """
    with event("own_field.removed", by=by, about=field):
        held = _locked(field)
        sets.delete_from(OwnValue.objects.filter(field=held))
        held.delete()
        _forget_columns(held)
        others = RosterImport.objects.filter(organisation=held.organisation_id, state=ImportState.READY)
        others.update(state=ImportState.COLUMNS, fault=str(CHANGED_SINCE))


def _locked(field: OwnField) -> OwnField:
    Organisation.objects.select_for_update(no_key=True).get(pk=field.organisation_id)
    held = OwnField.objects.filter(pk=field.pk).first()
    if held is None:
        raise NotPossible(_("This field has been removed already."))
    return held


def _forget_columns(field: OwnField) -> None:
    """What is remembered of columns, and what was chosen for rosters that are not taken in, leads to no field."""
    open_states = (ImportState.COLUMNS, ImportState.READY, ImportState.REFUSED)
    for rows in (
        RememberedColumns.objects.filter(organisation=field.organisation_id),
        RosterImport.objects.filter(organisation=field.organisation_id, state__in=open_states),
    ):
        for one in rows:
            columns = [
                [header, str(Meaning.UNKNOWN) if _leads_to(field, header, meaning) else meaning]
                for header, meaning in one.mapping["columns"]
            ]
            if columns != one.mapping["columns"]:
                rows.filter(pk=one.pk).update(mapping={**one.mapping, "columns": columns})


def _leads_to(field: OwnField, header: str, meaning: str) -> bool:
    return meaning in OWN_KINDS and fold(header) in (field.heading, field.folded)
