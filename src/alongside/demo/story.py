"""The story of the demo, told as steps in time. Each part is one stage of DemoStage."""

from alongside import guidance
from alongside.contracts import actions as contracts
from alongside.contracts import queries as contract_queries
from alongside.demo import (
    applying,
    beginnings,
    brought_in,
    complaints,
    designs,
    getting_ready,
    matching,
    own_guidance,
    profiles,
    rehearsal,
    worries,
)
from alongside.demo import people as cast
from alongside.demo.beginnings import FIRST_STEPS, LEADERS
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity import actions as identity
from alongside.goals import actions as goals
from alongside.goals.models import Goal
from alongside.meetings import actions as meetings
from alongside.meetings.models import Session
from alongside.programmes import actions as programmes
from alongside.relationships import actions as pairs
from alongside.relationships.queries import expected
from alongside.reviews import actions as reviews


def tell(world: World) -> None:
    """Plan every step of the story, up to the world's stage."""
    beginnings.tell(world)
    profiles.tell(world)
    designs.tell(world)
    own_guidance.tell(world)
    getting_ready.tell(world)
    _matching(world)
    matching.tell(world)
    _contracting(world)
    _under_way(world)
    _earlier_pair(world)
    brought_in.tell(world)
    worries.tell(world)
    complaints.tell(world)
    rehearsal.tell(world)
    applying.tell(world)
    _review(world)
    _completed(world)


def _matching(world: World) -> None:
    stage = DemoStage.MATCHING
    for key, coordinator in ((LEADERS, "carys"), (FIRST_STEPS, "bronagh")):
        world.at(
            5, 9, stage, lambda key=key, who=coordinator: programmes.launch(world.programmes[key], by=world.actor(who))
        )
    _pair(world, 6, stage, "ben", LEADERS, "amara", "ben", "carys")
    _pair(world, 6, stage, "tomos", LEADERS, "joanna", "tomos", "carys")
    _pair(world, 6, stage, "hana", LEADERS, "mateo", "hana", "iris")
    _pair(world, 7, stage, "leila", FIRST_STEPS, "mateo2", "leila", "bronagh")
    world.at(8, 9, stage, lambda: _propose(world, "declined", LEADERS, "idris", "sana", "carys"))
    world.at(9, 9, stage, lambda: _decline(world))
    world.at(10, 9, stage, lambda: _propose(world, "waiting", LEADERS, "joanna", "sana", "carys"))
    world.at(11, 9, stage, lambda: pairs.accept(world.pair("waiting", "sana"), by=world.actor("sana")))
    world.at(12, 9, stage, lambda: identity.suspend(world.members["marek"], by=world.actor("ada")))
    world.at(13, 9, stage, lambda: _write_to_everybody(world))


def _pair(
    world: World, day: int, stage: DemoStage, key: str, programme: str, mentor: str, mentee: str, coordinator: str
) -> None:
    world.at(day, 9, stage, lambda: _propose(world, key, programme, mentor, mentee, coordinator))
    for hour, who in ((12, mentor), (17, mentee)):
        world.at(day, hour, stage, lambda who=who: pairs.accept(world.pair(key, who), by=world.actor(who)))


def _propose(world: World, key: str, programme: str, mentor: str, mentee: str, coordinator: str) -> None:
    world.relationships[key] = pairs.propose(
        world.part(programme, mentor, "mentor"), world.part(programme, mentee, "mentee"), by=world.actor(coordinator)
    )


def _write_to_everybody(world: World) -> None:
    may = ("carys", "iris")
    programmes.announce(
        world.programmes[LEADERS],
        subject=world.plant("Where the spare chairs live", "subject of a mail to everybody", may),
        words=world.plant("The kick-off moves to the chapel because of the boiler", "mail to everybody", may),
        chosen={},
        ref=new_ref(),
        by=world.actor("carys"),
    )


def _decline(world: World) -> None:
    text = "Idris marked my brother’s exam last year and I would rather not meet him weekly"
    reason = world.plant(text, "reason for declining, kept to herself", ["sana"])
    pairs.decline(world.pair("declined", "sana"), by=world.actor("sana"), reason=reason, share=False)


def _contracting(world: World) -> None:
    stage = DemoStage.CONTRACTING
    _agreement(world, 8, stage, "ben", ("ben", "amara"), ("carys", "iris"))
    _agreement(world, 10, stage, "leila", ("leila", "mateo2"), ("bronagh",))
    _agreement(world, 11, stage, "hana", ("hana", "mateo"), ("iris",))
    # Awkward: one of the two has signed and the other has not.
    _agreement(world, 14, stage, "tomos", ("tomos",), ("carys", "iris"), readers=("tomos", "joanna"))


_PURPOSES = {
    "ben": "for Ben to lead a ward without carrying it home",
    "leila": "for Leila to find her place among old hands",
    "hana": "for Hana to argue for money and get it",
    "tomos": "for Tomos to run a project that ends when it should",
    "yusuf": "for Yusuf to decide about the imaging course",
}
_BETWEEN = {
    "ben": "a postcard or a text, never after eight in the evening",
    "leila": "one voice message a week at most",
    "hana": "by e-mail, and answered when it suits",
    "tomos": "a note in the shared folder",
    "yusuf": "a call when the bus is late",
}


def _agreement(
    world: World,
    day: int,
    stage: DemoStage,
    key: str,
    signers: tuple[str, ...],
    coordinators: tuple[str, ...],
    readers: tuple[str, ...] = (),
) -> None:
    two = readers or signers
    world.at(day, 9, stage, lambda: contracts.open_agreement(world.pair(key, two[0]), by=world.actor(two[0])))
    world.at(day, 10, stage, lambda: _write_agreement(world, key, two, coordinators))
    for hour, who in enumerate(signers):
        world.at(day + 1, 9 + hour, stage, lambda who=who: _sign(world, key, who))


def _write_agreement(world: World, key: str, two: tuple[str, ...], coordinators: tuple[str, ...]) -> None:
    pair, actor = world.pair(key, two[0]), world.actor(two[0])
    draft = contract_queries.agreement(pair).draft
    if draft is None:
        raise LookupError(f"{key} has no draft")
    answers = contract_queries.answers(draft) | {
        "purpose": world.plant(_PURPOSES[key], f"purpose in the agreement of {key}", (*two, *coordinators)),
        "between": world.plant(_BETWEEN[key], f"contact between sessions in the agreement of {key}", two),
    }
    saved = contracts.save_draft(pair, revision=draft.revision, answers=answers, by=actor)
    contracts.propose(pair, revision=saved.revision, by=actor)


def _sign(world: World, key: str, who: str) -> None:
    pair, actor = world.pair(key, who), world.actor(who)
    held = contract_queries.agreement(pair)
    version = held.proposed
    if version is None:
        raise LookupError(f"{key} has nothing to sign")
    deed = contract_queries.deed(actor, held, version)
    shown = contracts.showing(version, deed.hashes, to=actor)
    contracts.sign(pair, version.ref, shown=shown, method="password", by=actor)


def _change_agreement(world: World) -> None:
    """Leila and Mateo have agreed and are writing their next version: what is not signed is theirs alone."""
    two, pair, leila = ("leila", "mateo2"), world.pair("leila", "leila"), world.actor("leila")
    contracts.ask_change(pair, by=leila)
    draft = contract_queries.agreement(pair).draft
    if draft is None:
        raise LookupError("there is no draft")
    words = world.plant("for Leila to open the doors herself", "purpose in a draft of the next agreement", two)
    answers = contract_queries.answers(draft) | {"purpose": words}
    contracts.save_draft(pair, revision=draft.revision, answers=answers, by=leila)


def _under_way(world: World) -> None:
    stage = DemoStage.UNDER_WAY
    world.at(12, 9, stage, lambda: _plan(world, "ben", 14, 12.5, "the ward budget and where I lose the thread"))
    world.at(14, 14, stage, lambda: _first_session(world))
    world.at(15, 9, stage, lambda: _goals(world))
    world.at(35, 14, stage, lambda: _second_session(world))
    world.at(36, 9, stage, lambda: _mark(world))
    world.at(37, 9, stage, lambda: _draft(world))
    world.at(37, 11, stage, lambda: _tick_outside(world))
    for who in ("ben", "amara"):
        world.at(37, 10, stage, lambda who=who: _tick(world, "ben", who))
    ahead = 70
    world.at(38, 9, stage, lambda: _plan(world, "ben", ahead, 12.5, "how to ask for the Eastgate day again"))
    world.at(20, 9, stage, lambda: _harbour_session(world))
    world.at(25, 9, stage, lambda: _end_without_fault(world))
    world.at(30, 9, stage, lambda: _change_agreement(world))


def _plan(world: World, key: str, day: int, hour: float, agenda: str) -> None:
    two = ("ben", "amara")
    plan = meetings.Plan(
        starts_at=world.moment(day, hour),
        minutes=60,
        place=world.plant(f"the quiet room behind lift {day}", f"place of the session on day {day}", two),
        agenda=world.plant(agenda, f"agenda of the session on day {day}", two),
    )
    meetings.plan(world.pair(key, "ben"), plan, by=world.actor("ben"))


def _planned(world: World, key: str) -> Session:
    planned = Session.objects.filter(relationship=world.relationships[key], state="planned")
    return planned.order_by("starts_at").select_related("relationship").get()


def _first_session(world: World) -> None:
    two = ("ben", "amara")
    record = meetings.Record(
        starts_at=world.moment(14, 12.5),
        minutes=60,
        present=frozenset({"mentor", "mentee"}),
        key="demo-ben-1",
        summary=world.plant("We untangled the ward budget line by line", "shared summary of session 1", two),
        note=world.plant("Ben laughs when a number frightens him", "Amara’s private note on session 1", ["amara"]),
        actions=(
            meetings.NewAction(
                words=world.plant("Write half a page on the ward budget", "action of session 1", two),
                owner=world.members["ben"],
                due_on=world.moment(30, 0).date(),
            ),
        ),
    )
    session = _planned(world, "ben")
    meetings.write_down(world.pair("ben", "amara"), session, record, by=world.actor("amara"))
    note = world.plant("I did not dare to say that I count on my fingers", "Ben’s private note on session 1", ["ben"])
    meetings.change_note(session, words=note, by=world.actor("ben"))


def _second_session(world: World) -> None:
    two = ("ben", "amara")
    record = meetings.Record(
        starts_at=world.moment(35, 12.5),
        minutes=55,
        present=frozenset({"mentor", "mentee"}),
        key="demo-ben-2",
        summary=world.plant("A handover that the night shift can read aloud", "shared summary of session 2", two),
    )
    meetings.write_down(world.pair("ben", "ben"), None, record, by=world.actor("ben"))


def _goals(world: World) -> None:
    pair, ben = world.pair("ben", "ben"), world.actor("ben")
    two = ("ben", "amara")
    shared = goals.Wanted(
        words=world.plant("Run a shift handover that the whole team can use", "shared goal of Ben", two),
        why=world.plant("because the night staff phone me at home", "why of Ben’s shared goal", two),
        signs=world.plant("nobody phones for a fortnight", "signs of Ben’s shared goal", two),
        start_words=world.plant("three sheets of paper in three places", "start of Ben’s shared goal", two),
        start=3,
        hope=8,
        target_on=world.moment(200, 0).date(),
    )
    private = goals.Wanted(
        words=world.plant("Apply for the deputy post without telling anybody yet", "private goal of Ben", ["ben"]),
        why=world.plant("my sister says I never finish things", "why of Ben’s private goal", ["ben"]),
        start=1,
        hope=9,
    )
    goals.add(pair, shared, by=ben, shared=True)
    goals.add(pair, private, by=ben)


def _mark(world: World) -> None:
    goal = Goal.objects.filter(relationship=world.relationships["ben"], shared=True).get()
    words = world.plant("one phone call fewer already", "mark on Ben’s shared goal", ("ben", "amara"))
    goals.mark(goal, value=5, by=world.actor("ben"), words=words)


def _draft(world: World) -> None:
    words = world.plant("half a thought about delegation", "Amara’s unfinished log of a session", ["amara"])
    meetings.keep_draft(world.pair("ben", "amara"), None, {"summary": words}, by=world.actor("amara"))


def _tick(world: World, key: str, who: str) -> None:
    """Somebody ticks the first of their duties that nothing else shows."""
    pair = world.pair(key, who)
    mine = expected.of_pair(world.actor(who), pair).now[0].mine
    line = next(line for line in (mine.lines if mine else ()) if line.key)
    pairs.tick(pair, line.key, done=True, by=world.actor(who))


def _tick_outside(world: World) -> None:
    carys = world.actor("carys")
    part = world.part(LEADERS, "carys", "coordinator")
    (mine,) = [held for held in expected.own(carys) if held.participation.pk == part.pk]
    here = mine.expected.now[0].mine
    pairs.tick_in_programme(part, here.lines[0].key if here else "", done=True, by=carys)


def _harbour_session(world: World) -> None:
    two = ("leila", "mateo2")
    record = meetings.Record(
        starts_at=world.moment(20, 8),
        minutes=45,
        present=frozenset({"mentor", "mentee"}),
        key="demo-leila-1",
        summary=world.plant("Leila drew the map of who knows whom", "shared summary in Harbour", two),
        note=world.plant("Leila reminds me of my own first winter", "Mateo’s private note in Harbour", ["mateo2"]),
    )
    meetings.write_down(world.pair("leila", "mateo2"), None, record, by=world.actor("mateo2"))


def _end_without_fault(world: World) -> None:
    text = "Our calendars never met, and I would like somebody nearer to the finance side"
    reason = world.plant(text, "reason for ending, shared with the coordinator", ["hana", "iris"])
    pairs.end(world.pair("hana", "hana"), by=world.actor("hana"), reason=reason, share=True)


def _earlier_pair(world: World) -> None:
    """Yusuf and Noor go the whole way while the others begin: Noor is a mentor here and a mentee as well."""
    stage, two = DemoStage.UNDER_WAY, ("yusuf", "noor")
    _pair(world, 6, stage, "yusuf", LEADERS, "noor", "yusuf", "carys")
    _agreement(world, 8, stage, "yusuf", two, ("carys", "iris"))
    world.at(11, 9, stage, lambda: _short_goal(world))
    world.at(12, 11, stage, lambda: _short_session(world))
    world.at(40, 9, stage, lambda: pairs.move(world.relationships["yusuf"], "close", by=world.actor("yusuf")))
    world.at(41, 9, stage, lambda: _look_back(world, "yusuf", "yusuf", two, released=True, complete=True))
    world.at(42, 9, stage, lambda: _look_back(world, "yusuf", "noor", two, released=False, complete=True))


def _short_goal(world: World) -> None:
    two = ("yusuf", "noor")
    words = world.plant("Decide about the imaging course by spring", "shared goal of Yusuf", two)
    goals.add(world.pair("yusuf", "yusuf"), goals.Wanted(words, 2, 10), by=world.actor("yusuf"), shared=True)


def _short_session(world: World) -> None:
    two = ("yusuf", "noor")
    record = meetings.Record(
        starts_at=world.moment(12, 9),
        minutes=90,
        present=frozenset({"mentor", "mentee"}),
        key="demo-yusuf-1",
        summary=world.plant("Three doors, and Yusuf opened the middle one", "shared summary of Yusuf and Noor", two),
    )
    meetings.write_down(world.pair("yusuf", "noor"), None, record, by=world.actor("noor"))


_LOOKING_BACK = {
    "yusuf": ("I take with me that a pause is an answer", "Tell them to meet before the first snow", "by the canal"),
    "noor": ("I take with me how little I needed to say", "Tell them that silence is allowed", "a card at new year"),
    "amara": ("I take with me Ben’s drawing of the budget", "Tell them to bring the numbers early", "lunch in May"),
    "ben": ("I take with me the courage to ask twice", "Tell them not to hide the fingers", "a call in spring"),
}


def _answers(world: World, key: str, who: str, two: tuple[str, str], *, released: bool, complete: bool) -> reviews.Said:
    take, advice, afterwards = _LOOKING_BACK[who]
    may = two if released and complete else (who,)
    pair, name = world.pair(key, who), cast.person(who).name
    items = guidance.instrument("closing-review").items_for(guidance.Role(pair.standing.part))
    return reviews.Said(
        ratings={item.key: 4 for item in items if item.kind == "scale"},
        words={
            "take-with-me": world.plant(take, f"closing review of {name}", may),
            "next-pairs": world.plant(advice, f"advice of {name}", may),
        },
        released=released,
        contact="stay",
        contact_words=world.plant(afterwards, f"what {name} writes about afterwards", two if complete else (who,)),
    )


def _look_back(world: World, key: str, who: str, two: tuple[str, str], *, released: bool, complete: bool) -> None:
    said = _answers(world, key, who, two, released=released, complete=complete)
    reviews.send(world.pair(key, who), said, by=world.actor(who))


def _review(world: World) -> None:
    stage, two = DemoStage.REVIEW, ("ben", "amara")
    complete = world.reaches(DemoStage.COMPLETED)
    world.at(45, 9, stage, lambda: pairs.move(world.relationships["ben"], "close", by=world.actor("ben")))
    world.at(46, 9, stage, lambda: _look_back(world, "ben", "amara", two, released=True, complete=complete))
    if not complete:
        world.at(47, 9, stage, lambda: _draft_review(world))


def _draft_review(world: World) -> None:
    words = {"take-with-me": world.plant("Half a sentence that Ben may yet take back", "Ben’s unsent review", ["ben"])}
    said = reviews.Said(ratings={}, words=words, released=True, contact="", contact_words="")
    reviews.save_draft(world.pair("ben", "ben"), said, by=world.actor("ben"))


def _completed(world: World) -> None:
    stage, two = DemoStage.COMPLETED, ("ben", "amara")
    world.at(50, 9, stage, lambda: _look_back(world, "ben", "ben", two, released=False, complete=True))
