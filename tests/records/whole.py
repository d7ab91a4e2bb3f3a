"""Ben, who has written in every field there is, and everybody who named him; then he is erased."""

import io
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.management import call_command

from alongside.foundation.identity.models import Membership
from alongside.foundation.privacy import Person
from alongside.foundation.vault.models import Key
from alongside.records import exports
from tests.records import planting, searching
from tests.told import Told, standing


@dataclass
class Erased:
    """What was before, and what the command said."""

    told: Told
    person: Person
    planted: dict[str, str]
    names: list[str]
    before: set[str] = field(default_factory=set)
    report: dict[str, Any] = field(default_factory=dict)
    material: bytes = b""

    @property
    def membership(self) -> Membership:
        """What is left of him."""
        return Membership.objects.get(pk=self.person.membership.pk)


def command(name: str, *arguments: str) -> Any:
    """What a command prints with --json."""
    out = io.StringIO()
    call_command(name, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def erased(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Nothing is rolled back: the databases' files are looked at too."""
    with django_db_blocker.unblock(), standing("completed") as told:
        planting.name_everywhere(told, "ben")
        person = planting.person(told, "ben")
        made = Erased(told, person, planting.plant(person), [person.membership.name, *person.addresses])
        exports.write(person)
        made.material = bytes(Key.objects.get(owner=person.membership.key_owner).material)
        stores = list(searching.stores())
        made.before = {
            text for text in (*made.planted, *made.names) if any(text.encode() in held for _, held in stores)
        }
        made.report = command("erase_person", told.email("ben"), "--organisation", "northgate-health")
        yield made
