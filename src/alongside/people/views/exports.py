"""The organisation's people as a file."""

from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.files.lists import as_csv
from alongside.foundation.identity.models import Membership
from alongside.people import actions, forms, queries
from alongside.people.models import OwnField
from alongside.people.queries import own_fields

AT_ONCE = 500


@access.requires("people.manage", methods="POST")
def export_people(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody on the list, as it is filtered: what the organisation says of them and what they offer."""
    organisation = request.actor.organisation
    form = forms.PeopleFilter(request.POST, **queries.choices(organisation))
    found = queries.search_people(request.actor, **form.chosen())
    actions.export_people(organisation, count=found.count(), by=request.actor)
    fields = list(own_fields.visible_to(request.actor))
    return as_csv("people.csv", _rows(found.iterator(chunk_size=AT_ONCE), fields))


def _rows(members: Iterator[Membership], fields: list[OwnField]) -> Iterator[tuple[object, ...]]:
    yield (
        _("Name"), _("Work e-mail"), _("Employee number"), _("Job title"), _("Department"), _("Team"), _("Site"),
        _("Joined"), _("Offers"), *(field.name for field in fields),
    )  # fmt: skip
    while handful := list(islice(members, AT_ONCE)):
        said: dict[int, dict[str, str]] = {}
        for one in own_fields.said_of_all(member.pk for member in handful if fields):
            said.setdefault(one.member, {})[one.field] = one.words
        for person in queries.with_profiles(handful):
            member, profile = person.membership, person.profile
            yield (
                member.name, member.work_address, member.employee_number, profile.job_title, profile.department,
                profile.team, profile.site, member.get_state_display(), ", ".join(person.offered),
                *(said.get(member.pk, {}).get(field.ref, "") for field in fields),
            )  # fmt: skip
