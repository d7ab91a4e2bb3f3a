"""What the people of an organisation can be found by, read without looking at each of them."""

from django.db import connection

from alongside.foundation.identity.models import Organisation
from alongside.people.models import Profile, Skill
from alongside.people.queries.people import FILTERED
from alongside.people.terms import SkillState

MOST, MOST_SKILLS = 200, 500
# From each value straight to the next greater one in the index: as many steps as there are values, however many people.
_VALUES = """
    {field}(value) AS (
        SELECT MIN({field}) FROM {profiles} WHERE organisation_id = %s AND {field} > ''
        UNION ALL
        SELECT (SELECT MIN({field}) FROM {profiles} WHERE organisation_id = %s AND {field} > held.value)
        FROM {field} AS held WHERE held.value IS NOT NULL
    )"""
_FIRST = "SELECT * FROM (SELECT '{field}', value FROM {field} WHERE value IS NOT NULL LIMIT {most}) AS one_{field}"
_SKILLS = """SELECT * FROM (
    SELECT 'skill', name FROM {skills} WHERE organisation_id = %s AND state IN (%s, %s) ORDER BY name LIMIT {most}
) AS one_skill"""
_ASKED = "WITH RECURSIVE {values} {first}".format(
    values=",".join(_VALUES.format(field=field, profiles=Profile._meta.db_table) for field in FILTERED),
    first=" UNION ALL ".join(
        (
            *(_FIRST.format(field=field, most=MOST) for field in FILTERED),
            _SKILLS.format(skills=Skill._meta.db_table, most=MOST_SKILLS),
        )
    ),
)


def choices(organisation: Organisation) -> dict[str, list[str]]:
    """What people can be found by, for the filters of their list, each in order: one query.

    The values that profiles have in each of three fields, two hundred at most; and the words for skills that are in
    use, looked through or not, five hundred at most.
    """
    given = [organisation.pk] * (2 * len(FILTERED) + 1)
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [*given, SkillState.ACCEPTED.value, SkillState.PROPOSED.value])
        rows = cursor.fetchall()
    found: dict[str, list[str]] = {name: [] for name in (*FILTERED, "skill")}
    for named, value in rows:
        found[named].append(value)
    return {name: sorted(values) for name, values in found.items()}
