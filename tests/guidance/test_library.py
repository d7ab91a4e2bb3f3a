"""What is shipped, and what an organisation could add under the same shapes."""

import tomllib

import pytest
from pydantic import ValidationError

from alongside import guidance
from alongside.guidance import Evidence, Role, Stage, library, lock
from alongside.guidance.schema import KINDS, KnownDuties

SHIPPED = [(kind, key, edition) for (kind, key), editions in library.shipped().items() for edition in editions]


def raw(kind: str, name: str) -> dict:
    return tomllib.loads((library.CONTENT / kind / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("at", SHIPPED, ids=lambda at: "{}/{}@{}".format(*at))
def test_every_shipped_document_is_valid_and_says_its_own_address(at):
    document = library.find(*at)
    assert document.address == "{}/{}@{}".format(*at)
    assert guidance.at(document.address) is document


@pytest.mark.parametrize("at", SHIPPED, ids=lambda at: "{}/{}@{}".format(*at))
def test_every_shipped_document_is_valid_once_more_when_it_is_written_out(at):
    held = library.find(*at)
    assert library.load(held.model_dump(mode="json")) == held


def test_every_kind_has_something_shipped():
    assert {kind for kind, _, _ in SHIPPED} == set(KINDS)


def test_shipped_editions_are_as_they_were_when_they_were_locked():
    assert lock.problems(lock.held(), lock.found()) == []


def test_an_edited_removed_or_unlocked_edition_is_noticed():
    locked = lock.held()
    name = "content/clauses/default@1.toml"
    new = "content/clauses/default@2.toml"
    assert lock.problems(locked, {**lock.found(), name: "0" * 64}) == [f"{name} was edited; add a new edition instead"]
    assert lock.problems(locked, {held: it for held, it in lock.found().items() if held != name}) == [
        f"{name} is gone; editions in use must stay"
    ]
    assert lock.problems(locked, {**lock.found(), new: "0" * 64}) == [
        f"{new} is not locked; run python -m alongside.guidance.lock"
    ]


def test_locking_adds_what_is_new_and_refuses_what_was_edited(tmp_path, monkeypatch, capsys):
    (tmp_path / "content/clauses").mkdir(parents=True)
    first = tmp_path / "content/clauses/default@1.toml"
    first.write_text("one")
    monkeypatch.setattr(lock, "HERE", tmp_path)
    monkeypatch.setattr(lock, "LOCK", tmp_path / "editions.lock")
    assert lock.main() == 0
    before = lock.held()
    (tmp_path / "content/clauses/default@2.toml").write_text("two")
    assert lock.main() == 0
    assert set(lock.held()) == {"content/clauses/default@1.toml", "content/clauses/default@2.toml"}
    assert lock.held().items() >= before.items()
    first.write_text("one, mended")
    (tmp_path / "content/clauses/default@3.toml").write_text("three")
    assert lock.main() == 1
    assert len(lock.held()) == 2
    assert "default@1.toml was edited" in capsys.readouterr().err


def test_the_newest_edition_is_given_unless_one_is_asked_for(monkeypatch):
    monkeypatch.setattr(
        library, "shipped", lambda: {("retention", "default"): {1: frozenset({"en"}), 2: frozenset({"en"})}}
    )
    monkeypatch.setattr(library, "_read", lambda kind, name: {**raw(kind, "default@1.toml"), "edition": int(name[8])})
    library._kept.cache_clear()
    try:
        assert library.find("retention", "default").edition == 2
        assert library.find("retention", "default", 1).edition == 1
    finally:
        library._kept.cache_clear()


@pytest.mark.parametrize(
    "address", ["lifecycle/nobody@1", "lifecycle/kram@2", "lifecycle/kram", "poems/kram@1", "../x@1", ""]
)
def test_what_is_not_there_is_not_found(address):
    with pytest.raises(guidance.NotFound):
        guidance.at(address)


def test_documents_are_read_once_and_cannot_be_changed():
    model = guidance.model("clutterbuck")
    assert guidance.model("clutterbuck") is guidance.model("clutterbuck", edition=None, language="en")
    with pytest.raises(ValidationError):
        model.name = "Mine"
    with pytest.raises(TypeError):
        model.phases[0].duties[Role.MENTOR] = ()
    assert isinstance(model.phases, tuple)
    assert isinstance(model.phases[0].duties[Role.MENTOR], tuple)


def organisations_own() -> dict:
    return {
        "kind": "lifecycle", "key": "our-own", "edition": 1, "name": "Our three steps", "author": "Northgate Health",
        "year": 2026, "summary": "Begin, work, end.", "suits": "Us.", "caution": "None but ours.",
        "not_covered": {"prepare": "We do that apart.", "review": "We look back at the end."},
        "phases": [
            {"key": "begin", "name": "Begin", "canonical": ["connect", "contract"], "summary": "Meet.", "duties": {}},
            {"key": "work", "name": "Work", "canonical": ["direct", "progress"], "summary": "Do.",
             "duties": {"mentor": ["Turn up."]}},
            {"key": "end", "name": "End", "canonical": ["close", "after"], "summary": "Part.", "duties": {}},
        ],
    }  # fmt: skip


def test_an_organisations_own_model_is_loaded_under_the_same_shape():
    model = guidance.load(organisations_own())
    assert [point.words for point in model.path()] == ["Begin", "Set direction", "Work", "Review", "End", "Afterwards"]
    work = model.phases[1]
    assert work.duties[Role.MENTOR] == ("Turn up.",)
    assert work.duties[Role.MENTEE] == guidance.duties(Stage.DIRECT, Role.MENTEE) + guidance.duties(
        Stage.PROGRESS, Role.MENTEE
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"not_covered": {}}, "either cover or explain"),
        ({"kind": "poems"}, "no kind of guidance"),
        ({"colour": "red"}, "colour"),
        ({"name": "Two\nlines"}, "name"),
        ({"year": 99}, "year"),
        ({"edition": 0}, "edition"),
        ({"key": "../secrets"}, "key"),
        ({"phases": []}, "phases"),
        ({"duties_from": "duties/nobody@7"}, "duties/nobody@7"),
        ({"duties_from": "retention/default@1"}, "holds no duties"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_what_is_wrong(change, said):
    with pytest.raises(guidance.Invalid, match=said):
        guidance.load({**organisations_own(), **change})


def test_a_translation_replaces_words_and_leaves_the_rest_english():
    document = raw("first-contact", "default@1.toml")
    words = {
        "introduction": "Zum Anfang.",
        "before": ["Erstens.", "Zweitens.", "Drittens."],
        "agenda": [{"key": "limits", "name": "Was unter euch bleibt"}],
    }
    shown = guidance.load(library.translate(document, words))
    english = guidance.first_contact()
    assert shown.introduction == "Zum Anfang."
    assert shown.before == ("Erstens.", "Zweitens.", "Drittens.")
    assert [item.name for item in shown.agenda][2] == "Was unter euch bleibt"
    assert shown.agenda[0] == english.agenda[0]
    assert shown.agenda[2].minutes == english.agenda[2].minutes
    assert shown.prompts == english.prompts


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"agenda": [{"key": "limits", "minutes": 6}]}, "only words"),
        ({"agenda": [{"key": "singing", "name": "Singen"}]}, "singing"),
        ({"before": ["Nur eins."]}, "1 sentences for 3"),
        ({"motto": "Neu"}, "motto"),
        ({"edition": 2}, "another document"),
        ({"key": "other"}, "another document"),
    ],
)
def test_a_translation_that_does_not_fit_is_refused(words, said):
    with pytest.raises(guidance.Invalid, match=said):
        library.translate(raw("first-contact", "default@1.toml"), words)


def test_a_shipped_translation_is_found_by_language_and_falls_back_to_english(monkeypatch):
    monkeypatch.setattr(library, "shipped", lambda: {("instrument", "first-meeting-fit"): {1: frozenset({"en", "de"})}})
    german = {"title": "Nach dem ersten Treffen"}
    monkeypatch.setattr(library, "_read", lambda kind, name: german if ".de." in name else raw(kind, name))
    library._kept.cache_clear()
    try:
        assert guidance.instrument("first-meeting-fit", language="de-at").title == "Nach dem ersten Treffen"
        assert guidance.instrument("first-meeting-fit", language="fr").title == "After the first meeting"
        assert guidance.instrument("first-meeting-fit", language="en-gb").title == "After the first meeting"
    finally:
        library._kept.cache_clear()


MODELS = guidance.lifecycles()


def test_the_four_models_are_shipped():
    assert [(model.key, model.author, model.year) for model in MODELS] == [
        ("clutterbuck", "David Clutterbuck", 2012),
        ("kram", "Kathy Kram", 1983),
        ("starr", "Julie Starr", 2014),
        ("zachary", "Lois Zachary", 2012),
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_each_model_covers_every_stage_or_says_why_not(model):
    covered = {stage for phase in model.phases for stage in phase.canonical}
    assert covered | set(model.not_covered) == set(Stage)
    assert not covered & set(model.not_covered)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_each_phase_has_duties_for_all_five_roles_and_names_known_tools(model):
    known = {tool.key for tool in guidance.goal_tools()}
    for phase in model.phases:
        assert set(phase.duties) == set(Role)
        assert all(phase.duties.values())
        assert set(phase.tools) <= known
        assert phase.exit


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_each_stage_stands_at_one_point_and_the_points_are_in_order(model):
    path = model.path()
    stages = [stage for point in path for stage in point.stages]
    assert stages == [stage for stage in Stage if stage in stages]
    assert set(Stage) - set(stages) <= {Stage.PREPARE}
    assert [point.words for point in path if point.is_milestone] == ["Review"]
    assert path[-1].words == "Afterwards"
    assert [path[model.point_for(stage)].stages.count(stage) for stage in stages] == [1] * len(stages)


def test_a_phase_that_ends_is_where_the_next_one_begins():
    for model in MODELS:
        for phase, following in zip(model.phases, model.phases[1:], strict=False):
            assert set(following.entry) <= set(phase.exit), (model.key, following.key)


def test_clutterbucks_path_is_in_his_words():
    model = guidance.model("clutterbuck")
    assert [(point.words, point.stages, point.is_milestone) for point in model.path()] == [
        ("Rapport-building", (Stage.CONNECT, Stage.CONTRACT), False),
        ("Direction-setting", (Stage.DIRECT,), False),
        ("Progress-making", (Stage.PROGRESS,), False),
        ("Review", (Stage.REVIEW,), True),
        ("Winding down", (Stage.CLOSE,), False),
        ("Afterwards", (Stage.AFTER,), False),
    ]
    assert [model.point_for(stage) for stage in Stage] == [0, 0, 0, 1, 2, 3, 4, 5]
    assert model.phase_for(Stage.AFTER).name == "Moving on"
    assert model.phase_for(Stage.PREPARE) is None


def test_a_model_without_a_phase_for_direction_says_set_direction():
    assert [point.words for point in guidance.model("zachary").path()] == [
        "Preparing", "Negotiating", "Set direction", "Enabling growth", "Review", "Coming to closure", "Afterwards",
    ]  # fmt: skip
    assert guidance.model("zachary").path()[0].stages == (Stage.PREPARE, Stage.CONNECT)


def test_every_evidence_is_used_by_some_model():
    used = {code for model in MODELS for phase in model.phases for code in (*phase.entry, *phase.exit)}
    assert used == set(Evidence)


def test_every_stage_has_duties_for_every_role():
    assert all(guidance.duties(stage, role) for stage in Stage for role in Role)
    assert guidance.duties(Stage.DIRECT, Role.MENTOR)[0] == "Help your mentee name what they want."


def test_the_closing_review_asks_each_five_things_on_a_scale_and_two_in_words():
    review = guidance.instrument("closing-review")
    for role in (Role.MENTEE, Role.MENTOR):
        asked = review.items_for(role)
        assert [item.kind for item in asked] == ["scale"] * 5 + ["open"] * 2
        assert all(item.low and item.high for item in asked if item.kind == "scale")


def test_the_question_after_the_first_meeting_has_three_answers():
    (fit,) = guidance.instrument("first-meeting-fit").items
    assert [choice.key for choice in fit.choices] == ["yes", "unsure", "no"]


def test_there_are_two_barriers_or_more_for_each_side_with_what_helps():
    for side in guidance.Side:
        held = guidance.barriers(side)
        assert len(held) >= 2
        assert all(barrier.remedy for barrier in held)
    assert sum(len(guidance.barriers(side)) for side in guidance.Side) == len(guidance.barriers())


def test_one_goal_tool_has_a_form_and_the_others_are_to_read():
    assert [tool.key for tool in guidance.goal_tools(built=True)] == ["own-words"]
    assert len(guidance.goal_tools(built=False)) >= 12


def test_the_first_meeting_takes_half_an_hour():
    assert guidance.first_contact().minutes == 30


def test_the_retention_classes_have_the_proposed_times():
    months = {key: held.months for key, held in guidance.retention_classes().items()}
    assert months == {
        "private_note": 6, "shared_record": 24, "application": 6, "readiness": 36, "supervision": 12, "journal": 24,
        "safeguarding": None, "complaint": 36, "portfolio": 36, "audit": 72, "account": 6, "roster_upload": 1,
        "mail": 1, "operations": 1,
        "reads": 24, "with_the_record": None,
        "statistics": None,
    }  # fmt: skip
    assert [key for key, held in guidance.retention_classes().items() if held.held] == ["safeguarding"]


def test_what_is_known_of_duties_are_the_words_of_duties_that_are_shipped():
    documents = [library.find(kind, key, edition) for kind, key, edition in SHIPPED if kind in ("lifecycle", "duties")]
    parts = [part for held in documents for part in (held.phases if held.kind == "lifecycle" else held.stages)]
    duties = {duty for part in parts for said in part.duties.values() for duty in said}
    known = library.named(KnownDuties, "default").by_duty
    assert set(known) - duties == set()
    assert {fact for facts in known.values() for fact in facts} == set(guidance.Fact)


def test_a_duty_that_only_a_person_can_know_has_no_facts():
    assert guidance.known("Prepare, listen, and challenge kindly.") == frozenset()


def test_a_duty_may_need_several_facts():
    facts = guidance.known("Take the training, and declare anything that could get in the way.")
    assert facts == {guidance.Fact.TRAINING, guidance.Fact.CONFLICTS}
