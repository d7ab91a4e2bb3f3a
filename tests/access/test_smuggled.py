"""Fields that no form asks for are not taken from whoever sends them along."""

import logging
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, router, transaction

from tests.access.forms import Form
from tests.told import Told

# Names of columns that decide who may do what, and values that would do harm there.
SMUGGLED = {
    "account": "1", "agreed": "1", "author": "{elin}", "author_id": "{elin_pk}", "by": "{elin}",
    "created_by": "{elin_pk}",
    "ending": "completed", "is_active": "", "is_staff": "1", "is_superuser": "1", "key_owner": "membership:{elin}",
    "membership": "{elin_pk}", "mentee": "{elin}", "mentor": "{elin}", "organisation_id": "{harbour}",
    "organisation_ref": "abcdefghijkl", "owner_id": "{elin_pk}", "pair": "{other}", "part": "coordinator", "pk": "1",
    "id": "1", "relationship": "{other_pk}", "relationship_id": "{other_pk}", "released_at": "2020-01-01",
    "role": "administrator", "roles": "administrator", "sent_at": "2020-01-01T00:00Z", "signed_at": "2020-01-01T00:00Z",
    "stage": "after", "state": "ended", "until": "2020-01-01", "work_address": "elin.berg@northgate.example",
}  # fmt: skip
SENDERS = ("ben", "amara", "leila", "tomos", "carys", "ada")


def who_is_what() -> dict[str, list[tuple]]:
    """Everything that decides rights: accounts, memberships, roles, parts, parties, authors, owners, signatures."""
    columns = {
        "identity.Account": ("pk", "email", "is_active"),
        "identity.Membership": ("pk", "organisation", "account", "work_address", "state"),
        "identity.OrganisationRole": ("pk", "membership", "role", "until"),
        "programmes.Participation": ("pk", "programme", "membership", "part", "until"),
        "relationships.Party": ("pk", "relationship", "participation", "part", "until"),
        "relationships.Reason": ("pk", "relationship", "author"),
        "contracts.Signature": ("pk", "version", "membership", "part", "signed_at"),
        "contracts.Version": ("pk", "contract", "state", "created_by", "signed_at"),
        "goals.Goal": ("pk", "relationship", "owner"),
        "meetings.PrivateNote": ("pk", "session", "author"),
        "meetings.Session": ("pk", "relationship", "number"),
        "reviews.ReviewAnswer": ("pk", "review", "author", "sent_at"),
        "programmes.NamedPerson": ("pk", "programme", "membership", "duty"),
        "programmes.Programme": ("pk", "organisation", "slug", "state", "launched_at", "archived_at"),
    }
    return {
        name: list(apps.get_model(name).objects.order_by("pk").values_list(*held)) for name, held in columns.items()
    }


def values(told: Told) -> dict[str, str]:
    """The harm, with this demo's refs."""
    elin, harbour = told.membership("elin"), told.membership("bronagh").organisation
    other = apps.get_model("relationships.Relationship").objects.filter(programme__organisation=harbour).first()
    facts = {"elin": elin.ref, "elin_pk": elin.pk, "harbour": harbour.pk, "other": other.ref, "other_pk": other.pk}
    return {name: value.format(**facts) for name, value in SMUGGLED.items()}


def sent_twice(told: Told, key: str, forms: Iterable[Form]) -> list[str]:
    """Send every form of a person's pages as it stands, and once more with the harm: where the two differ."""
    client, harm, faults = told.client(key), values(told), []
    for form in forms:
        outcomes = []
        for extra in ({}, {name: value for name, value in harm.items() if name not in form.asked}):
            with transaction.atomic():
                data = form.sent.copy()
                data.update(extra)
                client.post(form.action, {name: data.getlist(name) for name in data})
                outcomes.append(_comparable(who_is_what()))
                transaction.set_rollback(True)
            count_from_what_is_there()
        faults += [f"{form.page} -> {form.action}"] if outcomes[0] != outcomes[1] else []
    return faults


def count_from_what_is_there() -> None:
    """So that what is written next gets the keys that the last one had: PostgreSQL does not take them back."""
    here = router.get_migratable_models  # without those of the key store
    tables = [model for app in apps.get_app_configs() for model in here(app, connection.alias)]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(sql)


def _comparable(state: dict[str, list[tuple]]) -> dict[str, list[tuple]]:
    # Times of writing differ by a moment between the two; that there is one does not.
    return {
        name: [tuple(str(value)[:10] if hasattr(value, "isoformat") else value for value in row) for row in rows]
        for name, rows in state.items()
    }


@pytest.mark.parametrize(
    "key", [key if key == "ben" else pytest.param(key, marks=pytest.mark.prove) for key in SENDERS]
)
def test_what_no_form_asks_for_takes_no_effect(told, met, key):
    logging.disable(logging.CRITICAL)
    try:
        assert sent_twice(told, key, met(told, key)) == []
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.prove
def test_the_senders_meet_the_forms_that_matter(told, met):
    """So that the test can fail: these people's pages hold forms of every package."""
    named = {form.action.split("/")[-2] for key in SENDERS for form in met(told, key)}
    assert named >= {
        "plan",
        "new",
        "end",
        "about",
        "needs",
        "mail",
        "roles",
        "add",
        "write",
        "skills",
        "privacy-notice",
    }
