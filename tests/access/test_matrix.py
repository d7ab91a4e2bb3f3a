"""The whole matrix of who may do and read what, really asked, against a golden file that people can read.

After a deliberate change: `TESTS_WRITE_MATRIX=1 .venv/bin/pytest -n 0 tests/access/test_matrix.py`, and read the
difference of matrix.txt against section 4 of the design before it is kept.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db.models import Q, QuerySet
from django.http import Http404

from alongside.contracts import queries as contracts
from alongside.contracts.models import LayerText
from alongside.contracts.policy import Layer
from alongside.foundation import access
from alongside.foundation.files import queries as files
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.goals import queries as goals
from alongside.goals.policy import GoalSubject
from alongside.guidance import queries as guidance
from alongside.matching import queries as matching
from alongside.matching.policy import OfMatching
from alongside.meetings import queries as meetings
from alongside.meetings.policy import OfSession
from alongside.people import actions as people
from alongside.people import queries as listed
from alongside.people.models import RosterImport
from alongside.people.policy import Entry, NeedsSubject
from alongside.people.queries import needs
from alongside.programmes import actions as programmes
from alongside.programmes import queries as programme_queries
from alongside.programmes.models import Participation
from alongside.programmes.policy import OfApplication
from alongside.programmes.policy import Standing as ProgrammeStanding
from alongside.programmes.queries import asking, joining
from alongside.programmes.queries.mails import mails_of
from alongside.readiness import queries as readiness
from alongside.readiness.policy import OfPerson, OfRating
from alongside.readiness.queries import competences, conflicts, training, vetting
from alongside.records.policy import OfComplaint
from alongside.records.queries import complaints
from alongside.relationships import queries as pairs
from alongside.relationships.models import Reason, Relationship
from alongside.relationships.policy import Standing
from alongside.reviews import queries as reviews
from alongside.reviews.policy import AnswerSubject
from alongside.safeguarding import queries as safeguarding
from alongside.safeguarding.policy import OfCase
from tests.told import Told

GOLDEN = Path(__file__).with_name("matrix.txt")
pytestmark = pytest.mark.parametrize("told_once", ["completed"], indirect=True)
COLUMNS = (
    ("mentee", "ben"),
    ("mentor", "amara"),
    ("coordinator from outside", "carys"),
    ("coordinator who manages the mentee", "iris"),
    ("coordinator who is the mentor", "amara+"),
    ("another pair’s mentor", "joanna"),
    ("another pair’s mentee", "tomos"),
    ("administrator", "ada"),
    ("privacy officer", "petra"),
    ("safeguarding lead", "sam"),
    ("safeguarding alternate", "lena"),
    ("supervisor", "dev"),
    ("assessor, on the complaints panel", "aisha"),
    ("verifier, on the complaints panel", "viktor"),
    ("line manager of the mentee", "priya"),
    ("takes part in nothing", "elin"),
    ("coordinator of another organisation", "bronagh"),
    ("mentor of another organisation", "mateo2"),
    ("suspended", "marek"),
)


@dataclass(frozen=True)
class World:
    """Ben and Amara's pair, ended, with everything that was written in it."""

    told: Told
    pair: Relationship
    ben: Membership
    amara: Membership
    roster: RosterImport

    def standing(self, actor: Actor) -> Standing:
        """How somebody stands to the pair: nothing at all where the door does not open."""
        try:
            return pairs.pair(actor, self.pair.ref).standing
        except Http404:
            return Standing()


@pytest.fixture
def world(told) -> World:
    pair = Relationship.objects.get(parties__participation__membership__name="Ben Thomas")
    return World(told, pair, told.membership("ben"), told.membership("amara"), RosterImport.objects.get())


def subjects(world: World, permission: str, standing: Standing, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """What a permission is asked about: a name for each variant, and the subject."""
    package, ben = permission.partition(".")[0], world.ben.pk
    if package == "goals":
        for words, shared in (("shared", True), ("private", False)):
            yield words, GoalSubject(standing, ben, shared)
    elif package == "contracts":
        for words, agreed in (("signed by both", True), ("not yet signed", False)):
            yield words, Layer(standing, agreed)
    elif package == "reviews":
        for words, released, complete in (
            ("the mentee’s, released, both sent", True, True),
            ("the mentee’s, kept, both sent", False, True),
            ("the mentee’s, released, one sent", True, False),
        ):
            yield words, AnswerSubject(standing, ben, released, complete)
    elif package in ("relationships", "meetings"):
        yield "of the mentee", OfSession(standing, ben)
        yield "of the mentor", OfSession(standing, world.amara.pk)
    else:
        yield from of_no_pair(world, permission, standing, actor)


def of_no_pair(world: World, permission: str, standing: Standing, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """What is about people and programmes, whoever is paired with whom."""
    package = permission.partition(".")[0]
    if package == "people":
        yield from of_people(world, permission, standing, actor)
    elif package == "readiness":
        yield from of_readiness(world, permission, actor)
    else:
        yield from of_others(world, permission, actor)


def of_others(world: World, permission: str, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """Concerns, programmes, and what is about nothing in particular."""
    if permission in ("safeguarding.read_report", "safeguarding.read_case", "safeguarding.read_meetings"):
        for words, name in (("one about the coordinator", "Tomos Evans"), ("one about the lead", "Elin Berg")):
            yield words, of_concern(name, actor)
    elif permission in ("records.read_complaint", "records.write_complaint", "records.handle_complaint"):
        for words, name in WRITERS.items():
            yield words, of_complaint(name, actor)
    elif permission.startswith("programmes."):
        yield from of_programmes(world, permission, actor)
    elif permission.startswith("matching."):
        yield from of_matching(world, permission, actor)
    else:
        yield "", None


def of_matching(world: World, permission: str, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """The programme's matching; or the pair as one that it proposed."""
    coordinates = actor is not None and programme_standing(world, actor).coordinates
    if permission == "matching.change":
        yield "", OfMatching(coordinates)
        return
    two = {world.ben.pk: "mentee", world.amara.pk: "mentor"}
    near = actor is not None and matching.near(actor).filter(membership__in=two).exists()
    own = actor is not None and actor.membership.pk == world.ben.pk
    words = "the mentee’s" if permission in ("matching.wishes", "matching.look_again") else "of the pair"
    yield words, OfMatching(coordinates, near, two.get(actor.membership.pk, "") if actor else "", own)


def of_programmes(world: World, permission: str, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """The programme; or an application of the mentee's to it."""
    if permission.rpartition(".")[2] not in ("application", "answers", "apply", "decide"):
        yield "", None
        return
    coordinates = actor is not None and programme_standing(world, actor).coordinates
    own = actor is not None and actor.membership.pk == world.ben.pk
    for words, sent, readable in (("begun", False, False), ("sent", True, True), ("taken back", True, False)):
        yield f"the mentee’s, {words}", OfApplication(own, coordinates, sent, readable)


def of_readiness(world: World, permission: str, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """What the mentee, and the mentor, have done before they began; or what a programme asks."""
    if permission in ("readiness.self_rating", "readiness.mentee_rating"):
        yield from of_ratings(world, permission, actor)
        return
    of_somebody = ("read", "conflict", "decide", "read_vetting", "attendance")
    if permission.rpartition(".")[2] not in of_somebody:
        yield "", OfPerson(own=False, coordinates=actor is not None and programme_standing(world, actor).coordinates)
        return
    for words, person in (("the mentee’s", world.ben), ("the mentor’s", world.amara)):
        own = actor is not None and actor.membership.pk == person.pk
        coordinates = actor is not None and programme_standing(world, actor).coordinates
        manages = actor is not None and listed.managers(person).filter(pk=actor.membership.pk).exists()
        yield words, OfPerson(own, coordinates, manages)


def of_ratings(world: World, permission: str, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """The mentor's own rating; or the mentee's of the mentor."""
    is_mentor, is_mentee = (
        actor is not None and actor.membership.pk == person.pk for person in (world.amara, world.ben)
    )
    if permission == "readiness.self_rating":
        yield "the mentor’s", OfPerson(is_mentor, coordinates=False)
    else:
        yield "the mentee’s", OfRating(is_mentor, is_mentee)


def of_people(world: World, permission: str, standing: Standing, actor: Actor | None) -> Iterator[tuple[str, object]]:
    """The mentee's entry in the directory, and their needs."""
    if permission.startswith("people.read_needs"):
        kind, matched, arranges = permission.rpartition("_")[2], bool(standing.part), standing.coordinates
        for words, shared in (("kept", "nobody"), ("shared", "partner"), ("shared to arrange", "coordinator")):
            yield words, NeedsSubject(world.ben.pk, kind, shared, matched, arranges)
        return
    fellow = actor is not None and listed.fellows(actor).filter(pk=world.ben.pk).exists()
    shown = {"about the mentee": True}
    if permission == "people.details":
        shown = {"about the mentee, shown": True, "about the mentee, not shown": False}
    for words, chosen in shown.items():
        yield words, Entry(world.ben, fellow, bool(standing.part), chosen)


def of_concern(raiser: str, actor: Actor | None) -> OfCase:
    """How somebody stands to what `raiser` has raised."""
    if actor is None:
        return OfCase()
    raised = safeguarding.own(actor).filter(raiser__name=raiser).exists()
    return OfCase(raised, safeguarding.visible_to(actor).filter(concern__raiser__name=raiser).exists())


WRITERS = {
    "a question to a coordinator": "Joanna Reid",
    "one about the coordinator": "Hana Sato",
    "one about data": "Grace Adeyemi",
}


def of_complaint(writer: str, actor: Actor | None) -> OfComplaint:
    """How somebody stands to what `writer` has sent."""
    if actor is None:
        return OfComplaint()
    wrote = complaints.own(actor).filter(writer__name=writer).exists()
    return OfComplaint(wrote, complaints.visible_to(actor).filter(writer__name=writer).exists())


def programme_standing(world: World, actor: Actor) -> ProgrammeStanding:
    """How somebody stands to the programme."""
    held = Participation.objects.filter(programme=world.pair.programme, membership=actor.membership, until=None)
    return ProgrammeStanding(
        held.filter(part="coordinator").exists(), held.exclude(part="coordinator").exists()
    )  # fmt: skip


def _visible(of_pair: str, queryset: Callable[[Actor], QuerySet]) -> Callable[[World, Actor], bool]:
    return lambda world, actor: queryset(actor).filter(**{of_pair: world.pair}).exists()


def _by(author: str, of_pair: str, queryset: Callable[[Actor], QuerySet]) -> Callable[[World, Actor], bool]:
    def asked(world: World, actor: Actor) -> bool:
        field, key = author.split("=")
        return queryset(actor).filter(**{of_pair: world.pair, field: getattr(world, key)}).exists()

    return asked


RECORDS: dict[str, Callable[[World, Actor], bool]] = {
    "the pair": lambda world, actor: pairs.visible_to(actor).filter(pk=world.pair.pk).exists(),
    "the programme": lambda world, actor: (
        programme_queries.visible_to(actor).filter(pk=world.pair.programme_id).exists()
    ),
    "its design": lambda world, actor: (
        programme_queries.designs_visible_to(actor).filter(programme=world.pair.programme).exists()
    ),
    "Iris’s unsaved page of its design": lambda world, actor: (
        programme_queries.drafts_visible_to(actor).filter(programme=world.pair.programme).exists()
    ),
    "the organisation’s own guidance": lambda world, actor: (
        guidance.visible_to(actor).filter(organisation=world.pair.programme.organisation).exists()
    ),
    "Carys’s unsaved guidance": lambda world, actor: (
        guidance.drafts_visible_to(actor).filter(author=world.told.membership("carys")).exists()
    ),
    "a programme that is open": lambda world, actor: (
        joining.approachable(actor).filter(slug="crossing-over-autumn").exists()
    ),
    "the mentee’s begun application to it": lambda world, actor: (
        joining.applications_visible_to(actor).filter(membership=world.ben, state="begun").exists()
    ),
    "Sana’s application to it": lambda world, actor: (
        joining.applications_visible_to(actor).filter(membership__name="Sana Malik").exists()
    ),
    "that Viktor was asked to take part in it": lambda world, actor: (
        asking.asked_visible_to(actor).filter(membership__name="Viktor Lund").exists()
    ),
    "what Sana answered": lambda world, actor: (
        joining.answers_visible_to(actor).filter(joining__membership__name="Sana Malik").exists()
    ),
    "the mentee’s entry": lambda world, actor: listed.visible_to(actor).filter(pk=world.ben.pk).exists(),
    "the mentee’s needs": lambda world, actor: needs.visible_to(actor).filter(needs__membership=world.ben).exists(),
    "a roster on its way in": lambda world, actor: listed.imports_visible_to(actor).filter(pk=world.roster.pk).exists(),
    "the coordinator’s upload": lambda world, actor: (
        files.visible_to(actor).filter(ref=world.roster.upload_ref).exists()
    ),
    "that the mentor accepted the code of ethics": lambda world, actor: (
        readiness.acceptances_visible_to(actor).filter(membership=world.amara).exists()
    ),
    "a conflict that Mateo declared": lambda world, actor: (
        conflicts.visible_to(actor).filter(membership__name="Mateo Ruiz").exists()
    ),
    "the mentor’s vetting": lambda world, actor: vetting.visible_to(actor).filter(membership=world.amara).exists(),
    "the mentor’s rating of themselves": lambda world, actor: (
        competences.visible_to(actor).filter(mentor=world.amara, kind="self").exists()
    ),
    "the mentee’s rating of the mentor": lambda world, actor: (
        competences.visible_to(actor).filter(pair=world.pair.ref, kind="mentee").exists()
    ),
    "the mentor’s begun rating": lambda world, actor: (
        competences.drafts_visible_to(actor).filter(mentor=world.amara).exists()
    ),
    "that the mentor did a part of the training": lambda world, actor: (
        training.completions_visible_to(actor).filter(membership=world.amara).exists()
    ),
    "the agreement": _visible("relationship", contracts.visible_to),
    "its private layer": lambda world, actor: _texts(actor, world, "private"),
    "its shared layer": lambda world, actor: _texts(actor, world, "shared"),
    "a shared goal": lambda world, actor: goals.visible_to(actor).filter(relationship=world.pair, shared=True).exists(),
    "a private goal": lambda world, actor: (
        goals.visible_to(actor).filter(relationship=world.pair, shared=False).exists()
    ),
    "sessions’ dates": _visible("relationship", meetings.visible_to),
    "attendance": _visible("session__relationship", meetings.attendance_visible_to),
    "places and agendas": _visible("session__relationship", meetings.preparations_visible_to),
    "summaries": _visible("session__relationship", meetings.summaries_visible_to),
    "actions": _visible("session__relationship", meetings.actions_visible_to),
    "the mentor’s private note": _by("author=amara", "session__relationship", meetings.notes_visible_to),
    "the mentee’s private note": _by("author=ben", "session__relationship", meetings.notes_visible_to),
    "the mentor’s draft": _by("author=amara", "relationship", meetings.drafts_visible_to),
    "the mentor’s review, released": _by("author=amara", "review__relationship", reviews.visible_to),
    "the mentee’s review, kept": _by("author=ben", "review__relationship", reviews.visible_to),
    "the concern about the coordinator": lambda world, actor: (
        safeguarding.visible_to(actor).filter(concern__raiser__name="Tomos Evans").exists()
    ),
    "the concern about the lead": lambda world, actor: (
        safeguarding.visible_to(actor).filter(concern__raiser__name="Elin Berg").exists()
    ),
    "what its raiser wrote about the coordinator": lambda world, actor: (
        safeguarding.own(actor).filter(raiser__name="Tomos Evans").exists()
    ),
    "a question that was sent to a coordinator": lambda world, actor: (
        complaints.visible_to(actor).filter(writer__name="Joanna Reid").exists()
    ),
    "a complaint about the coordinator": lambda world, actor: (
        complaints.visible_to(actor).filter(writer__name="Hana Sato").exists()
    ),
    "a complaint about data": lambda world, actor: (
        complaints.visible_to(actor).filter(writer__name="Grace Adeyemi").exists()
    ),
    "what its writer asked the coordinator": lambda world, actor: (
        complaints.own(actor).filter(writer__name="Joanna Reid").exists()
    ),
    "the programme’s mails, to the mentee": lambda world, actor: (
        mails_of(actor, world.pair.programme).filter(to_account__email=world.told.email("ben")).exists()
    ),
}


def _texts(actor: Actor, world: World, layer: str) -> bool:
    found: QuerySet[LayerText] = contracts.texts_visible_to(actor)
    return found.filter(Q(layer=layer), version__contract__relationship=world.pair).exists()


def actors(world: World) -> Iterator[tuple[str, Callable[[], Actor | None]]]:
    """Each column, with how its actor comes about. The last changes of the world come last."""
    for words, key in COLUMNS:
        yield words, lambda key=key: _actor(world, key)


def _actor(world: World, key: str) -> Actor | None:
    told = world.told
    if key == "marek":
        return told.client(key).get("/").wsgi_request.actor
    if key in ("iris", "priya"):
        people.set_manager(told.membership("ben"), told.membership(key), by=told.actor("ada"))
    if key == "amara+":
        place = programmes.Place(told.membership("amara"), "coordinator")
        programmes.add_participants(world.pair.programme, [place], by=told.actor("carys"))
    return told.actor(key.rstrip("+"))


def cells(world: World, actor: Actor | None) -> dict[str, bool]:
    """Every line for one column."""
    said: dict[str, bool] = {}
    standing = world.standing(actor) if actor else Standing()
    for row in access.rows():
        for variant, subject in subjects(world, row.permission, standing, actor):
            if row.permission.startswith("programmes.") and actor:
                subject = subject or programme_standing(world, actor)
            said[f"may {row.permission}" + (f" ({variant})" if variant else "")] = access.may(
                actor, row.permission, subject
            )
    for words, asked in RECORDS.items():
        said[f"finds {words}"] = actor is not None and asked(world, actor)
    return said


def matrix(world: World) -> str:
    """The table: a line for each permission and record, a column for each kind of person."""
    told = [(words, cells(world, actor())) for words, actor in actors(world)]
    width = max(len(line) for line in told[0][1])
    head = [f"{number + 1:>2}  {words}" for number, (words, _cells) in enumerate(told)]
    lines = [" " * width + "".join(f"{number + 1:>4}" for number in range(len(told)))]
    for line in told[0][1]:
        lines.append(f"{line:<{width}}" + "".join("   +" if held[line] else "   ." for _words, held in told))
    return "\n".join([*head, "", *lines, ""])


def test_the_matrix_is_as_agreed(world):
    found = matrix(world)
    if "TESTS_WRITE_MATRIX" in os.environ:
        GOLDEN.write_text(found, encoding="utf-8")
    assert found.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_reasons_of_an_ending_are_asked_of_their_writer(told):
    """The one record that Ben's pair does not have: Hana's reason, which she shares with whoever coordinates."""
    reason = Reason.objects.select_related("relationship").get(relationship__ending="no_fault")
    seen = {key: _sees_reason(told, key, reason) for key in ("hana", "mateo", "iris", "carys", "ada", "elin")}
    assert seen == {"hana": True, "mateo": False, "iris": True, "carys": False, "ada": False, "elin": False}


def _sees_reason(told: Told, key: str, reason: Reason) -> bool:
    actor = told.actor(key)
    try:
        standing = pairs.pair(actor, reason.relationship.ref).standing
    except Http404:
        return False
    return access.may(actor, "relationships.read_shared_reason", OfSession(standing, reason.author_id))
