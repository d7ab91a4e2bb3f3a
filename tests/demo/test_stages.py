"""The demo at each stage: lawful, whole, and as `--json` promises."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alongside.demo import actions, crowd
from alongside.demo.terms import PASSWORD, DemoStage
from alongside.foundation import hooks
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.vault.models import Key
from alongside.guidance.terms import Stage
from alongside.programmes.models import Programme
from alongside.programmes.queries import funnel
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import Relationship, Tick
from tests.told import standing, tell


def run(command: str, *arguments: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def stages() -> dict[str, str]:
    """The stage of each pair of the demo, by its mentee, where it has come furthest."""
    found = Relationship.objects.filter(parties__part="mentee").order_by("proposed_at")
    return dict(found.values_list("parties__participation__membership__name", "stage"))


EXPECTED = {
    DemoStage.INITIATION: {},
    DemoStage.MATCHING: {"Ben Thomas": Stage.CONNECT, "Sana Malik": Stage.PREPARE},
    DemoStage.CONTRACTING: {"Ben Thomas": Stage.DIRECT, "Tomos Evans": Stage.CONTRACT},
    DemoStage.UNDER_WAY: {"Ben Thomas": Stage.PROGRESS, "Yusuf Vaughan": Stage.AFTER},
    DemoStage.REVIEW: {"Ben Thomas": Stage.CLOSE},
    DemoStage.COMPLETED: {"Ben Thomas": Stage.AFTER},
}


REHEARSED = "quiet-voices-spring"  # prepared while the others run


PAGES = {
    "pair": "/pairs/",
    "programme": "/programmes/",
    "people": "/people/",
    "organisation": "/organisation/",
    "join": "/programmes/",
    "profile": "/me/profile/",
    "readiness": ("/code-of-ethics/", "/training/", "/getting-ready/"),
    "concerns": "/concerns/",
    "complaints": "/complaints/",
    "worried": "/worried/",
}


def astray() -> list[str]:
    """Next steps of anybody that do not lead where their function says."""
    found = []
    for member in Membership.objects.filter(state="active").select_related("account", "organisation"):
        actor = actor_of(member)
        for give, where in hooks.next_steps._leading.items():
            found += [str(step.words) for step in give(actor) if not step.link.startswith(PAGES[where])]
    return found


def who_ticked() -> set[str]:
    """Who of the pairs has ticked a duty of theirs."""
    return set(Tick.objects.values_list("participation__membership__name", flat=True))


# What happens up to the last stage has happened in the others as well.
LAST = (DemoStage.COMPLETED,)


@pytest.mark.parametrize(
    "stage", [one if one in LAST else pytest.param(one, marks=pytest.mark.prove) for one in DemoStage]
)
def test_each_stage_is_lawful(django_db_setup, django_db_blocker, stage):
    with django_db_blocker.unblock(), standing(stage.value) as told:
        assert "whole" in run("verify_audit")
        assert "whole" in run("verify_contracts")
        here = stages()
        assert {name: here.get(name) for name in EXPECTED[stage]} == EXPECTED[stage]
        assert bool(here) == (stage != DemoStage.INITIATION)
        running = {programme.state for programme in Programme.objects.exclude(slug=REHEARSED)}
        assert running == {ProgrammeState.DRAFT if stage == DemoStage.INITIATION else ProgrammeState.RUNNING}
        assert astray() == []
        late = stage in (DemoStage.UNDER_WAY, DemoStage.REVIEW, DemoStage.COMPLETED)
        assert who_ticked() == ({"Ben Thomas", "Amara Okafor"} if late else set())
        for programme in Programme.objects.filter(state=ProgrammeState.RUNNING):
            figures, counted_at = funnel(programme)
            assert counted_at is not None
            assert [count for _step, count in figures] == [step.people(programme).count() for step, _count in figures]
        assert len({planted["text"] for planted in told.planted}) == len(told.planted)
        assert list(AuditEntry.objects.order_by("position").values_list("at", flat=True)) == sorted(
            AuditEntry.objects.values_list("at", flat=True)
        )


def test_the_command_refuses_a_scale_below_one(db):
    with pytest.raises(CommandError, match="1 or more"):
        run("seed_demo", "--scale", "0")
    assert not Organisation.objects.exists()


def test_the_command_prints_json_or_who_can_sign_in_and_scale_two_adds_ten_pairs(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing("matching"):
        story = Relationship.objects.count()
    with django_db_blocker.unblock(), standing("empty"):
        told = json.loads(run("seed_demo", "--stage", "matching", "--scale", "2", "--json"))
        assert Relationship.objects.count() == story + crowd.PAIRS_A_STEP
        assert told == actions.described()
        assert "whole" in run("verify_audit")
    with django_db_blocker.unblock(), standing("empty"):
        printed = run("seed_demo", "--stage", "initiation")
        assert "carys.llewellyn@northgate.example" in printed
        assert printed.rstrip().endswith(PASSWORD)


def test_thrown_away_it_leaves_nothing_and_the_log_is_whole(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing("initiation"):
        actions.throw_away()
        assert not Organisation.objects.exists()
        assert not Account.objects.exists()
        assert not Key.objects.exists()
        assert actions.described() is None
        assert run("verify_audit") == "0 entries, whole.\n"
        assert "0 agreements" in run("verify_contracts")
        with pytest.raises(NotPossible, match="no demo"):
            actions.throw_away()
        tell("initiation")
        assert "whole" in run("verify_audit")
