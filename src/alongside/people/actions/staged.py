"""What staged rows say, as expressions of a query."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, F, Field, JSONField, Model, Q, QuerySet, TextField, When
from django.db.models.functions import Cast, JSONObject

from alongside.people.models import Profile, ProfileSkill, RosterImport, RosterRow
from alongside.people.queries.staged import AsDocument, Said, Was


def said(model: type[Model], name: str) -> Any:
    """What a row says for this field of Membership or Profile, in the field's kind."""
    kind: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    if isinstance(kind, JSONField):
        return Said(name, listed=True)
    value = Said(name.removeprefix("roster_"))
    return value if isinstance(kind, CharField) else Cast(value, kind.__class__())


def was(model: type[Model], name: str) -> Any:
    """What a changed person was in this field of Membership or Profile, in the field's kind."""
    kind: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    record = model.__name__.lower()
    if isinstance(kind, JSONField):
        return Was(record, name, listed=True)
    value = Was(record, name)
    return value if isinstance(kind, CharField) else Cast(value, kind.__class__())


def as_it_is(names: Iterable[str], model: type[Model], path: str = "") -> JSONObject:
    """These fields of a record as a document."""
    fields = {name: F(f"{path}{name}") for name in names}
    return JSONObject(
        **{name: AsDocument(field) if _is_document(model, name) else field for name, field in fields.items()}
    )


def _is_document(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), JSONField)


def rows_with_differences(roster: RosterImport, outcome: str) -> QuerySet[RosterRow]:
    """The rows of one outcome; `differs` holds the names of the fields that the check found to differ."""
    return RosterRow.objects.filter(roster_import=roster, outcome=outcome).annotate(
        differs=Cast("changes", TextField())
    )


def differs(*names: str) -> Q:
    """Did the check find one of these fields to differ?"""
    found = Q()
    for name in names:
        found |= Q(differs__contains=f'"{name}"')
    return found


def where_it_differs(
    model: type[Model], *names: str, value: Callable[[type[Model], str], Any] = said
) -> dict[str, Case]:
    """For each of these fields what a row says (or another value), and NULL where the check found no difference."""
    return {name: Case(When(differs(name), then=value(model, name))) for name in names}


_EACH = {
    "sqlite": "json_each(r.data, '$.{name}')",
    "postgresql": "jsonb_array_elements_text(r.data -> '{name}')",
}
_KNOWN = {
    "sqlite": "SELECT key, value FROM json_each(%(skills)s)",
    "postgresql": "SELECT key, CAST(value AS bigint) FROM jsonb_each_text(CAST(%(skills)s AS jsonb))",
}
# Django's queries cannot take a list apart. The words come before the skills: CROSS JOIN keeps SQLite to that order.
_FROM = """FROM {rows} AS r JOIN {profiles} AS p ON p.membership_id = r.membership_id CROSS JOIN {each} AS word"""
_WHERE = """WHERE r.roster_import_id = %(roster)s
    AND (r.outcome = 'created' OR r.outcome = 'changed' AND CAST(r.changes AS text) LIKE %(differs)s)"""
_WORDS = f"SELECT DISTINCT word.value {_FROM} {_WHERE}"
_INSERT = f"""WITH known(word, skill) AS MATERIALIZED ({{known}})
    INSERT INTO {{skills}} (profile_id, skill_id, side)
    SELECT p.id, known.skill, %(side)s {_FROM} CROSS JOIN known {_WHERE} AND known.word = word.value
    ON CONFLICT DO NOTHING"""


class SaidSkills:
    """The skills that the new rows of a roster list in one column, and the changed ones where they add some."""

    def __init__(self, roster: RosterImport, name: str) -> None:
        self._given = {"roster": roster.pk, "differs": f'%"{name}"%'}
        self._parts = {
            "rows": RosterRow._meta.db_table,
            "profiles": Profile._meta.db_table,
            "skills": ProfileSkill._meta.db_table,
            "each": _EACH[connection.vendor].format(name=name),
            "known": _KNOWN[connection.vendor],
        }

    def words(self) -> list[str]:
        """Every spelling, once."""
        with connection.cursor() as cursor:
            cursor.execute(_WORDS.format(**self._parts), self._given)
            return [word for (word,) in cursor.fetchall()]

    def add(self, side: str, skills: dict[str, int]) -> None:
        """Add them to the profiles; `skills` says which skill a spelling is."""
        with connection.cursor() as cursor:
            given = self._given | {"side": str(side), "skills": json.dumps(skills)}
            cursor.execute(_INSERT.format(**self._parts), given)
