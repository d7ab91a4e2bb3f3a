"""Filling an empty installation with the demo, and throwing it away again."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from alongside.demo.models import Invented
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation import clock
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Organisation
from alongside.foundation.identity.queries import organisations_exist
from alongside.foundation.privacy import Person
from alongside.programmes import actions as programmes
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState

# The story's first day lies this far back, so that its last session is still ahead.
DAYS_BACK = 55


def note() -> Path:
    """Where the demo notes what it holds: the sign that this installation may be thrown away."""
    return Path(settings.DATA_DIR) / "demo.json"


def is_demo() -> bool:
    """Is every organisation here an invented one? The database itself says so, whatever stands beside it."""
    return note().exists() and not Organisation.objects.exclude(pk__in=Invented.objects.values("organisation")).exists()


def described() -> dict[str, Any] | None:
    """What the demo holds and how to sign in; None where this installation is no demo."""
    if not is_demo():
        return None
    try:
        found: dict[str, Any] = json.loads(note().read_text())
    except (OSError, ValueError):
        return None
    return found


def seed(
    stage: DemoStage = DemoStage.UNDER_WAY, scale: int = 1, tick: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Replay the demo up to `stage`; `scale` adds ten more pairs for each step above 1.

    Raises NotPossible unless the installation is empty.
    """
    from alongside.demo import crowd, story  # noqa: PLC0415 -- only whoever tells it loads it

    if organisations_exist():
        raise NotPossible(_("The demo needs an empty database: this one has an organisation already."))
    note().write_text("{}")  # from here on it may be thrown away, however far it comes
    world = World(begins=_first_day(), until=stage, mark=_mark)
    story.tell(world)
    crowd.tell(world, scale)
    world.play(tick)
    for programme in Programme.objects.filter(state=ProgrammeState.RUNNING):
        programmes.count_funnel(programme)  # no worker need come first
    found = _description(world)
    note().write_text(json.dumps(found, ensure_ascii=False, indent=1))
    return found


def _mark(organisation: Organisation) -> None:
    Invented.objects.create(organisation=organisation)


def _first_day() -> datetime:
    today = clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS_BACK)


def _description(world: World) -> dict[str, Any]:
    return {
        "programmes": [
            {"slug": programme.slug, "organisation": programme.organisation.slug}
            for programme in world.programmes.values()
        ],
        "sign_ins": world.sign_ins,
        "planted": [
            {"text": planted.text, "what": planted.what, "may": world.emails(planted.may)} for planted in world.planted
        ],
    }


def forget_person(person: Person) -> int:
    """Take somebody who is erased out of the demo's note of what it holds; 1 where they stood in it."""
    found = described()
    if found is None:
        return 0
    addresses = {address.lower() for address in person.addresses}
    kept = [held for held in found["planted"] if not addresses & {address.lower() for address in held["may"]}]
    sign_ins = [held for held in found["sign_ins"] if held["email"].lower() not in addresses]
    cleaned = person.names.without_in({**found, "planted": kept, "sign_ins": sign_ins})
    note().write_text(json.dumps(cleaned, ensure_ascii=False, indent=1))
    return int(cleaned != found)


def throw_away() -> None:
    """Empty an installation that holds the demo. Raises NotPossible for one that does not."""
    if described() is None:
        raise NotPossible(_("This is no demo, so nothing is thrown away."))
    for database in ("default", "keys"):
        call_command("flush", interactive=False, database=database, verbosity=0)
    data = Path(settings.DATA_DIR)
    for name in ("audit_anchor", "demo.json"):
        (data / name).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
