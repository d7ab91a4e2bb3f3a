"""A programme that is being rehearsed: Iris prepares it, and nothing leaves. And mails in Northgate's own words."""

from datetime import timedelta

from django.core.files.base import ContentFile

from alongside import guidance
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation import files
from alongside.foundation.notifications import registry
from alongside.foundation.notifications.actions import wording
from alongside.foundation.notifications.letters import Wording, digest
from alongside.people.roster.reading import read
from alongside.programmes import actions as programmes
from alongside.relationships import actions as pairs
from alongside.relationships.actions import running, taking_in
from alongside.relationships.models import Relationship
from alongside.relationships.terms import KEPT_DAYS

VOICES = "voices"
_IN_IT = ("mateo", "sana")


def tell(world: World) -> None:
    """Plan the steps: lately, for mails are kept thirty days."""
    stage = DemoStage.UNDER_WAY
    world.at(53, 9, stage, lambda: _start(world))
    world.at(53, 10, stage, lambda: _bring_in(world))
    world.at(53, 11, stage, lambda: _by_mistake(world))
    world.at(53, 12, stage, lambda: _read_one(world))
    world.at(53, 14, stage, lambda: _own_words(world))
    world.at(53, 15, stage, lambda: _draft(world))


def _start(world: World) -> None:
    begins, iris = world.moment(80, 0).date(), world.actor("iris")
    purpose = "Whoever speaks little in meetings finds out what they would like to say"
    world.programmes[VOICES] = programmes.create(
        name="Quiet voices, spring",
        purpose=world.plant(purpose, "purpose of Quiet voices, spring", (*_IN_IT, "iris")),
        starts_on=begins,
        ends_on=begins + timedelta(days=180),
        model_key="clutterbuck",
        model_edition=guidance.model("clutterbuck").edition,
        by=iris,
    )
    places = [
        programmes.Place(world.members[key], part) for key, part in zip(_IN_IT, ("mentor", "mentee"), strict=True)
    ]
    programmes.add_participants(world.programmes[VOICES], places, by=iris)


def _bring_in(world: World) -> None:
    iris, name = world.actor("iris"), "Two who talk over soup already.csv"
    name = world.plant(name, "name of a file of a pair in rehearsal", ("iris",))
    row = f"mateo.ruiz@northgate.example,sana.malik@northgate.example,{world.moment(-20, 0).date()}"
    kept = files.accept(ContentFile(f"Mentor,Mentee,First day\n{row}".encode(), name), by=iris, days=KEPT_DAYS)
    with files.opened(kept) as file:
        table = read(file.read(), kept.name)
    held = running.begin(table, programme=world.programmes[VOICES], by=iris, upload=kept)
    running.stage(held, table)
    taking_in.commit(held, by=iris)
    world.relationships[VOICES] = Relationship.objects.get(carried_over__pairs_import=held)


def _by_mistake(world: World) -> None:
    """Sana's part is ended and goes on: both would have been told, and are not."""
    iris, part = world.actor("iris"), world.part(VOICES, "sana", "mentee")
    programmes.end_participation(part, by=iris)
    programmes.resume_participation(part, by=iris)
    pairs.resume(world.relationships[VOICES], by=iris)


def _read_one(world: World) -> None:
    letter = registry.letter("relationship.proposed")
    programmes.mark_read(world.programmes[VOICES], letter, by=world.actor("iris"))


_MAY = ("ada", "carys", "iris")


def _own_words(world: World) -> None:
    """Northgate's administrator has a mail say something else: nobody has cancelled a session since."""
    letter, ada = registry.letter("session.cancelled"), world.actor("ada")
    subject = world.plant("the kettle stays on for another day", "subject of a mail in own words", _MAY)
    text = world.plant("Nobody at Northgate needs a reason to move an hour", "text of a mail in own words", _MAY)
    words = Wording(
        subject=f"{{name}} cannot come on {{day}}: {subject}",
        text=f"It was to be at {{start}}, {{place}} time. {text}.\n\n{{link}}",
        button="Open the session",
    )
    wording.draft_words(letter, ada.organisation.language, words, by=ada)
    wording.use_words(letter, ada.organisation.language, seen=digest(words), by=ada)


def _draft(world: World) -> None:
    letter, ada = registry.letter("session.moved"), world.actor("ada")
    text = world.plant("Half a sentence about lifts that are always full", "draft of a mail in own words", ("ada",))
    words = Wording(letter.ours.subject, f"{text}\n\n{letter.ours.text}", letter.ours.button)
    wording.draft_words(letter, ada.organisation.language, words, by=ada)
