"""An organisation’s own editions: written once, the newest counts, old addresses hold, nobody else reads them."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from alongside import guidance
from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance import actions, adapting, queries, rules
from alongside.guidance.models import EditionDraft, OwnEdition
from tests import cast

pytestmark = pytest.mark.django_db
SHIPPED = guidance.fit("lifecycle")
WHY = "Our mentors stay for years"


@pytest.fixture
def northgate():
    return cast.organisation()


@pytest.fixture
def carys(northgate):
    return cast.member("Carys Llewellyn", northgate, "coordinator")


@pytest.fixture
def iris(northgate):
    return cast.member("Iris Vaughan", northgate, "coordinator")


def table(actor, **fits):
    """What is in force, with some marks of “A fixed beginning and end” changed."""
    content = queries.in_force(actor, "fit", "lifecycle")
    part = deepcopy(adapting.part_of(content, "time-boxed"))
    for model, mark in fits.items():
        part["cells"][model] = {"fit": mark, "why": f"{model} has {mark} with us"}
    return adapting.with_part(content, part)


def save(actor, content, seen=0, note=WHY):
    return actions.save_edition(content, note=note, seen=seen, by=actor)


def test_an_own_edition_counts_from_then_on_and_says_who_when_and_why(carys):
    at = datetime(2026, 5, 3, 9, tzinfo=UTC)
    with clock.set_to(at):
        made = save(carys, table(carys, kram=3))
    assert (made.address, made.number, made.shipped, made.note) == ("fit/lifecycle@1001", 1, 1, WHY)
    assert (made.written_by, made.written_at) == (carys.membership, at)
    ours = queries.ours(carys.organisation.pk)
    assert ours.fit("lifecycle").fits["time-boxed"] == {"clutterbuck": 3, "kram": 3, "starr": 3, "zachary": 3}
    assert ours.fit("lifecycle").address == "fit/lifecycle@1001"
    assert ours.held("fit", "lifecycle").counts
    entry = AuditEntry.objects.latest("pk")
    assert (entry.name, entry.codes) == ("guidance.adapted", {"kind": "fit", "key": "lifecycle", "edition": 1001})


def test_what_has_no_own_edition_is_what_is_shipped(carys):
    ours = queries.ours(carys.organisation.pk)
    assert ours.fit("lifecycle") == SHIPPED
    assert ours.lifecycles() == guidance.lifecycles()
    assert ours.barriers() == guidance.barriers()
    assert ours.purposes() == guidance.purposes()
    assert ours.stages() == guidance.stages()


def test_old_addresses_resolve_for_ever(carys):
    save(carys, table(carys, kram=3))
    save(carys, table(carys, kram=0), seen=1)
    actions.go_back("fit", "lifecycle", 0, note="Enough", seen=2, by=carys)
    ours = queries.ours(carys.organisation.pk)
    marks = {
        address: ours.at(address).document.fits["time-boxed"]["kram"]
        for address in ("fit/lifecycle@1", "fit/lifecycle@1001", "fit/lifecycle@1002")
    }
    assert marks == {"fit/lifecycle@1": 1, "fit/lifecycle@1001": 3, "fit/lifecycle@1002": 0}
    assert ours.fit("lifecycle") == SHIPPED
    for address in ("fit/lifecycle@2", "fit/lifecycle@1003", "fit/lifecycle@1004", "fit/lifecycle", "fit/x@1"):
        with pytest.raises(guidance.NotFound):
            ours.at(address)


def test_another_organisation_cannot_read_it_under_any_address(carys):
    save(carys, table(carys, kram=3))
    harbour = cast.organisation("Harbour Trust", "Hugh Fry")
    bronagh = cast.member("Bronagh Kelly", harbour, "coordinator")
    ours = queries.ours(harbour.pk)
    assert ours.fit("lifecycle") == SHIPPED
    with pytest.raises(guidance.NotFound):
        ours.at("fit/lifecycle@1001")
    assert not queries.visible_to(bronagh).exists()
    assert queries.pinned(harbour.pk, "clutterbuck", 1001) == (guidance.model("clutterbuck"), None)


def test_going_back_is_remembered_and_is_a_new_edition(carys):
    save(carys, table(carys, kram=3))
    save(carys, table(carys, kram=0), seen=1)
    made = actions.go_back("fit", "lifecycle", 1, note="It was right the first time", seen=2, by=carys)
    assert (made.address, made.taken_from) == ("fit/lifecycle@1003", 1)
    ours = queries.ours(carys.organisation.pk)
    assert ours.fit("lifecycle").fits["time-boxed"]["kram"] == 3
    off = actions.go_back("fit", "lifecycle", 0, note="Ours is no better", seen=3, by=carys)
    assert (off.address, off.content, off.taken_from) == ("", None, 0)
    said = [(one.number, one.note, bool(one.content)) for one in queries.history(carys, "fit", "lifecycle")]
    assert said == [
        (4, "Ours is no better", False),
        (3, "It was right the first time", True),
        (2, WHY, True),
        (1, WHY, True),
    ]
    with pytest.raises(NotPossible, match="shipped edition already"):
        actions.go_back("fit", "lifecycle", 0, note="Again", seen=4, by=carys)
    with pytest.raises(NotPossible, match="no such edition"):
        actions.go_back("fit", "lifecycle", 4, note="Again", seen=4, by=carys)


def test_an_edition_is_never_changed(carys):
    made = save(carys, table(carys, kram=3))
    made.note = "Something else"
    with pytest.raises(ValueError, match="never changed"):
        made.save()


def test_two_editions_cannot_have_one_number(carys):
    made = save(carys, table(carys, kram=3))
    facts = {name: getattr(made, name) for name in ("organisation", "kind", "key", "number", "shipped", "written_by")}
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnEdition.objects.create(note="Once more", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnEdition.objects.create(**facts | {"note": "", "number": 2})


def test_whoever_was_overtaken_reads_it_and_loses_nothing(carys, iris):
    actions.keep_draft(table(carys, kram=3), by=carys)
    theirs = queries.in_force(iris, "fit", "lifecycle")
    part = deepcopy(adapting.part_of(theirs, "reporting"))
    part["name"] = "What the board wants to read"
    save(iris, adapting.with_part(theirs, part))
    with pytest.raises(actions.WrittenMeanwhile, match="Iris Vaughan has saved an edition meanwhile"):
        save(carys, queries.begun(carys, "fit", "lifecycle"))
    save(carys, queries.begun(carys, "fit", "lifecycle"), seen=1)
    both = queries.ours(carys.organisation.pk).fit("lifecycle")
    assert both.fits["time-boxed"]["kram"] == 3
    assert both.situations[3].name == "What the board wants to read"


def test_a_draft_is_its_authors_alone_and_goes_when_it_is_saved(carys, iris):
    actions.keep_draft(table(carys, kram=3), by=carys)
    assert queries.draft_of(iris, "fit", "lifecycle") is None
    assert queries.begun(iris, "fit", "lifecycle") == queries.in_force(iris, "fit", "lifecycle")
    assert list(EditionDraft.objects.get().changes) == ["parts"]
    save(carys, queries.begun(carys, "fit", "lifecycle"))
    assert not EditionDraft.objects.exists()


def test_a_draft_that_changes_nothing_is_none(carys):
    actions.keep_draft(table(carys, kram=3), by=carys)
    actions.keep_draft(queries.in_force(carys, "fit", "lifecycle"), by=carys)
    assert not EditionDraft.objects.exists()


@pytest.mark.parametrize("note", ["", "  "])
def test_a_new_edition_says_why(carys, note):
    with pytest.raises(NotPossible, match="Say what changes and why"):
        save(carys, table(carys, kram=3), note=note)
    assert not OwnEdition.objects.exists()


def test_an_edition_that_says_the_same_is_none(carys):
    with pytest.raises(NotPossible, match="says that already"):
        save(carys, queries.in_force(carys, "fit", "lifecycle"))


def test_a_mark_without_a_reason_is_refused_with_situation_and_model(carys):
    content = table(carys, kram=3)
    adapting.part_of(content, "time-boxed")["cells"]["kram"]["why"] = " "
    with pytest.raises(actions.DoesNotFit) as refused:
        save(carys, content)
    assert [str(one) for one in refused.value.problems] == [
        "situations/time-boxed/cells/kram/why: This is empty. Write something."
    ]


def test_what_rules_hang_on_stays(carys):
    content = queries.in_force(carys, "lifecycle", "clutterbuck")
    phase = {**adapting.part_of(content, "direction"), "exit": []}
    with pytest.raises(actions.DoesNotFit) as refused:
        save(carys, adapting.with_part(content, phase))
    assert [problem.field for problem in refused.value.problems] == ["direction"]
    with pytest.raises(actions.DoesNotFit):
        save(carys, {**content, "year": 1999})
    with pytest.raises(actions.DoesNotFit):
        save(carys, adapting.without_part(queries.in_force(carys, "barriers", "default"), "time"))


def test_phases_may_be_called_otherwise_and_the_path_follows(carys):
    content = queries.in_force(carys, "lifecycle", "clutterbuck")
    phase = {**adapting.part_of(content, "direction"), "name": "Finding the way"}
    made = save(carys, adapting.with_part(content, phase))
    model, own = queries.pinned(carys.organisation.pk, "clutterbuck", made.edition)
    assert own == made
    assert "Finding the way" in [point.words for point in model.path()]
    assert model.phase_for(guidance.Stage.DIRECT).exit == guidance.model("clutterbuck").phases[1].exit


def test_what_cannot_be_adapted_has_no_own_edition(carys):
    with pytest.raises(guidance.NotFound):
        save(carys, guidance.at("retention/default@1").model_dump(mode="json"))
    with pytest.raises(guidance.NotFound):
        actions.go_back("retention", "default", 0, note="x", seen=0, by=carys)


def test_a_hidden_barrier_is_offered_no_more_and_keeps_its_name(carys):
    content = queries.in_force(carys, "barriers", "default")
    save(carys, adapting.with_part(content, {**adapting.part_of(content, "time"), "hidden": True}))
    ours = queries.ours(carys.organisation.pk)
    assert "time" not in [one.key for one in ours.barriers()]
    assert "No time" in [one.name for one in ours.barriers(hidden=True)]


def test_a_model_takes_our_general_duties_where_it_has_none_of_its_own(carys):
    content = queries.in_force(carys, "duties", "default")
    stage = deepcopy(adapting.part_of(content, "close"))
    stage["duties"] |= {"supervisor": ["Ask how the parting was"], "mentor": ["Bring cake"]}
    save(carys, adapting.with_part(content, stage))
    ours = queries.ours(carys.organisation.pk)
    shown = ours.with_duties(guidance.model("clutterbuck")).phase_for(guidance.Stage.CLOSE).duties
    shipped = guidance.model("clutterbuck").phase_for(guidance.Stage.CLOSE).duties
    assert shown[guidance.Role.SUPERVISOR] == ("Ask how the parting was",)
    assert shown[guidance.Role.MENTOR] == shipped[guidance.Role.MENTOR]
    assert ours.stages()[6].duties[guidance.Role.MENTOR] == ("Bring cake",)


def test_a_newer_shipped_edition_is_noticed(carys):
    save(carys, table(carys, kram=3))
    assert not queries.ours(carys.organisation.pk).held("fit", "lifecycle").is_overtaken
    OwnEdition.objects.update(shipped=0)
    assert queries.ours(carys.organisation.pk).held("fit", "lifecycle").is_overtaken


def test_an_edition_that_cannot_be_read_gives_way_to_the_shipped_one(carys):
    save(carys, table(carys, kram=3))
    OwnEdition.objects.update(content={"kind": "fit"})
    ours = queries.ours(carys.organisation.pk)
    assert ours.fit("lifecycle") == SHIPPED
    assert ours.at("fit/lifecycle@1001").document == SHIPPED


def test_what_counts_is_asked_once(carys, django_assert_num_queries):
    save(carys, table(carys, kram=3))
    with django_assert_num_queries(1):
        ours = queries.ours(carys.organisation.pk)
        assert (ours.fit("lifecycle").edition, len(ours.barriers()), len(ours.lifecycles())) == (1001, 22, 4)
    with django_assert_num_queries(0):
        queries.pinned(carys.organisation.pk, "clutterbuck", 1)


marks = st.lists(st.integers(0, 3), min_size=4, max_size=4)
answers = st.fixed_dictionaries({}, optional={held.key: st.integers(0, 3) for held in SHIPPED.situations})


@given(rows=st.lists(marks, min_size=7, max_size=7), said=answers)
def test_an_own_table_comes_back_as_it_was_and_recommends_by_its_own_marks(rows, said):
    content = SHIPPED.model_dump(mode="json")
    options = [option.key for option in SHIPPED.options]
    fits = {key: dict(zip(options, row, strict=True)) for key, row in zip(SHIPPED.fits, rows, strict=True)}
    for situation in content["situations"]:
        for model, mark in fits[situation["key"]].items():
            situation["cells"][model]["fit"] = mark
    own = guidance.load(adapting.numbered(content, 1001))
    assert own == guidance.load(own.model_dump(mode="json"))
    assert own.model_dump(mode="json") == adapting.numbered(content, 1001)
    assert guidance.recommend(own, said) == rules.recommend(fits, said)
    changes = adapting.overlay(SHIPPED.model_dump(mode="json"), content)
    assert adapting.laid_over(SHIPPED.model_dump(mode="json"), changes) == content
