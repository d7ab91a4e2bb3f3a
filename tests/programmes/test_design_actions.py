"""What saving a section does: what is kept, what is refused, and that nothing is overwritten unseen."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.people.actions import people
from alongside.programmes import actions, queries
from alongside.programmes.actions import ChangedMeanwhile, Written
from alongside.programmes.models import (
    CalendarEntry,
    Design,
    ExpectedBarrier,
    NamedPerson,
    Objective,
    Participation,
    Programme,
    SavedSection,
    SectionDraft,
)
from alongside.programmes.terms import Section
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def draft(c) -> Programme:
    """Carys's next round, still in preparation."""
    return cast.programme(c.carys, "Ward sisters")


def save(programme, section, by, seen=None, **written):
    actions.save(programme, section, Written(**written), by=by, seen=seen)


def test_a_section_is_kept_with_its_lines_and_who_saved_it(c, draft):
    lines = [{"words": "People stay", "measure": "How many", "target": "Nine of ten"}, {"words": "They lead"}]
    save(draft, Section.WHY, c.carys, facts={"purpose": "To stay.", "benefit_mentor": "An hour"}, lines=lines)
    draft.refresh_from_db()
    assert draft.purpose == "To stay."
    assert Design.objects.get(programme=draft).benefit_mentor == "An hour"
    held = [(one.words, one.measure, one.place) for one in Objective.objects.filter(programme=draft)]
    assert held == [("People stay", "How many", 0), ("They lead", "", 1)]
    saved = SavedSection.objects.get(programme=draft)
    assert (saved.section, saved.revision, saved.saved_by) == ("why", 1, c.carys.membership)


def test_what_happened_is_remembered_in_codes_and_never_in_words(c, draft):
    save(draft, Section.WHOM, c.carys, facts={"audience": "The secret few", "eligibility": ""}, lines=[])
    entry = AuditEntry.objects.get(name="programme.designed")
    assert entry.codes == {"section": "whom", "fields": "audience"}


def test_a_line_stays_the_same_one_while_it_is_rewritten_moved_or_its_neighbour_goes(c, draft):
    save(draft, Section.WHY, c.carys, lines=[{"words": "One"}, {"words": "Two"}, {"words": "Three"}])
    one, _two, three = Objective.objects.filter(programme=draft)
    lines = [{"ref": three.ref, "words": "Three, better"}, {"words": "New"}, {"ref": one.ref, "words": "One"}]
    save(draft, Section.WHY, c.carys, lines=lines)
    held = [(row.pk, row.words) for row in Objective.objects.filter(programme=draft)]
    assert [(three.pk, "Three, better"), (one.pk, "One")] == [held[0], held[2]]
    assert held[1][1] == "New"
    assert len(held) == 3


def test_a_line_of_another_programme_is_not_taken_over(c, draft):
    save(c.programme, Section.WHY, c.carys, lines=[{"words": "Theirs"}])
    theirs = Objective.objects.get()
    save(draft, Section.WHY, c.carys, lines=[{"ref": theirs.ref, "words": "Mine"}])
    theirs.refresh_from_db()
    assert (theirs.words, theirs.programme) == ("Theirs", c.programme)
    assert Objective.objects.get(programme=draft).ref != theirs.ref


def test_a_section_holds_its_own_fields_and_no_others(c, draft):
    with pytest.raises(ValueError, match="tools does not hold basis"):
        save(draft, Section.TOOLS, c.carys, facts={"basis": "consent"})


def test_nobody_overwrites_what_they_have_not_seen(c, draft):
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(draft, iris, "coordinator", c.carys)
    save(draft, Section.WHOM, iris, seen=0, facts={"audience": "Iris’s words"})
    with pytest.raises(ChangedMeanwhile, match="Iris Holm has saved this section while you were writing"):
        save(draft, Section.WHOM, c.carys, seen=0, facts={"audience": "Carys’s words"})
    assert Design.objects.get(programme=draft).audience == "Iris’s words"
    save(draft, Section.WHOM, c.carys, seen=1, facts={"audience": "Both"})
    assert queries.revision_of(draft, Section.WHOM) == 2


def test_saving_forgets_ones_own_draft_of_that_section_alone(c, draft):
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(draft, iris, "coordinator", c.carys)
    for who, section in ((c.carys, "whom"), (c.carys, "why"), (iris, "whom")):
        actions.keep_draft(draft, section, {"audience": ["Half"]}, by=who)
    save(draft, Section.WHOM, c.carys, facts={"audience": "Whole"})
    held = {(one.author.name, one.section) for one in SectionDraft.objects.select_related("author")}
    assert held == {("Carys Llewellyn", "why"), ("Iris Holm", "whom")}


def test_a_draft_is_kept_once_and_can_be_dropped(c, draft):
    for words in ("Half", "Half of it"):
        actions.keep_draft(draft, "whom", {"audience": [words]}, by=c.carys)
    assert SectionDraft.objects.get().words == {"audience": ["Half of it"]}
    with pytest.raises(NotPossible, match="too long"):
        actions.keep_draft(draft, "whom", {"audience": ["x" * 60_001]}, by=c.carys)
    actions.drop_draft(draft, "whom", by=c.carys)
    assert not SectionDraft.objects.exists()


def test_what_arrives_after_its_form_was_saved_is_no_draft(c, draft):
    save(draft, Section.WHOM, c.carys, seen=0, facts={"audience": "Whole"})
    with pytest.raises(NotPossible, match="saved already"):
        actions.keep_draft(draft, "whom", {"audience": ["Whole"]}, by=c.carys, seen=0)
    actions.keep_draft(draft, "whom", {"audience": ["More"]}, by=c.carys, seen=1)


# --- after the launch and after the end


def test_style_form_basis_and_model_stay_after_the_launch_and_the_rest_changes(c):
    running = c.programme
    save(running, Section.HOW, c.carys, facts={"style": "developmental", "shape": "one-to-one"})
    save(running, Section.PRIVACY, c.carys, facts={"basis": "legitimate_interests"})  # left open at launch: can be said
    for section, facts in (
        (Section.HOW, {"style": "blended"}),
        (Section.HOW, {"shape": "reverse"}),
        (Section.PRIVACY, {"basis": "consent"}),
    ):
        with pytest.raises(NotPossible, match="stay as they were at launch"):
            save(running, section, c.carys, facts=facts)
    with pytest.raises(NotPossible, match="The model stays as it was at launch"):
        actions.choose_model(running, key="kram", reason="It is long", answers={}, by=c.carys)
    save(running, Section.WHY, c.carys, facts={"purpose": "Another one."})
    save(running, Section.HOW, c.carys, facts={"cadence_weeks": 2})
    actions.choose_model(running, key="clutterbuck", reason="Said afterwards", answers={}, by=c.carys)
    running.refresh_from_db()
    assert (running.purpose, running.model_key) == ("Another one.", "clutterbuck")
    assert queries.design_of(running).model_reason == "Said afterwards"


def test_nothing_of_a_closed_programme_changes(c):
    actions.close(c.programme, by=c.carys)
    with pytest.raises(NotPossible, match="This programme is closed"):
        save(c.programme, Section.WHOM, c.carys, facts={"audience": "Late"})
    with pytest.raises(NotPossible, match="This programme is closed"):
        save(c.programme, Section.WHY, c.carys, lines=[{"words": "Late"}])
    with pytest.raises(NotPossible, match="closed"):
        actions.keep_draft(c.programme, "whom", {}, by=c.carys)
    assert not Objective.objects.exists()


def test_a_running_programme_does_not_lose_its_privacy_or_its_separation(c):
    sam = cast.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    save(c.programme, Section.PRIVACY, c.carys, facts={"notice": "Handbook"})
    with pytest.raises(NotPossible, match="Say where people read your privacy notice"):
        save(c.programme, Section.PRIVACY, c.carys, facts={"notice": ""})
    with pytest.raises(NotPossible, match="Sam Osei sponsors the programme and handles concerns"):
        save(c.programme, Section.WHO, c.carys, named={"sponsor": sam.membership})
    assert queries.design_of(c.programme).notice == "Handbook"
    assert not NamedPerson.objects.exists()


def test_what_was_open_before_does_not_keep_other_things_from_changing(c):
    """No lead is named here; that an administrator took the role away holds up nobody's sponsor."""
    elin = c.elin.membership
    save(c.programme, Section.WHO, c.carys, named={"sponsor": elin})
    assert queries.dossier(c.programme).named == {"sponsor": elin}


# --- who


def test_whoever_covers_coordinates_from_then_on_and_stays_when_another_one_covers(c, draft):
    iris = cast.member("Iris Holm", c.carys.organisation).membership
    save(draft, Section.WHO, c.carys, named={"cover": iris, "sponsor": None})
    assert [one.name for one in queries.coordinators(draft)] == ["Carys Llewellyn", "Iris Holm"]
    save(draft, Section.WHO, c.carys, named={"cover": None})
    assert queries.dossier(draft).named == {}
    assert Participation.objects.filter(programme=draft, part="coordinator", until=None).count() == 2


def test_whoever_coordinates_no_more_covers_no_more(c, draft):
    iris = cast.member("Iris Holm", c.carys.organisation)
    save(draft, Section.WHO, c.carys, named={"cover": iris.membership})
    assert queries.dossier(draft).covered
    part = Participation.objects.get(programme=draft, membership=iris.membership)
    actions.end_participation(part, by=c.carys)
    assert not queries.dossier(draft).covered


def test_nobody_covers_for_themselves(c, draft):
    with pytest.raises(NotPossible, match="Name somebody else: Carys Llewellyn is the only coordinator so far"):
        save(draft, Section.WHO, c.carys, named={"cover": c.carys.membership})


def test_only_people_of_the_same_organisation_are_named(c, draft):
    stranger = cast.pair(cast.organisation("Harbour Trust")).elin.membership
    for duty in ("cover", "sponsor"):
        with pytest.raises(NotPossible, match="same organisation"):
            save(draft, Section.WHO, c.carys, named={duty: stranger})
    assert not NamedPerson.objects.exists()


def test_a_sponsor_who_has_left_is_named_no_longer(c, draft):
    sioned = cast.member("Sioned Rees", c.carys.organisation).membership
    save(draft, Section.WHO, c.carys, named={"sponsor": sioned})
    assert "Name a sponsor" not in [str(gap.words) for one in queries.dossier(draft).progress for gap in one.gaps]
    identity.leave(sioned, by=c.carys)
    assert "Name a sponsor" in [str(gap.words) for one in queries.dossier(draft).progress for gap in one.gaps]


def roles(programme):
    found = queries.dossier(programme).roles
    near = {(who.name.split()[0], whom.name.split()[0]) for who, whom in found.near}
    return [person.name.split()[0] for person in found.contact_of], near


def test_who_is_near_to_whom_is_read_from_parts_and_line_managers(c, draft):
    sam = cast.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    for actor, part in ((c.carys, "mentor"), (c.ben, "mentee"), (c.elin, "mentee"), (sam, "mentor")):
        cast.takes_part(draft, actor, part, c.carys)
    people.set_manager(c.ben.membership, c.carys.membership, by=c.carys)
    people.set_manager(c.amara.membership, c.carys.membership, by=c.carys)  # takes no part in this one
    people.set_manager(c.elin.membership, c.ben.membership, by=c.carys)  # neither coordinates nor guards
    assert roles(draft) == ([], {("Carys", "Carys"), ("Carys", "Ben"), ("Sam", "Sam")})


def test_the_privacy_contact_is_compared_with_both_addresses_of_a_coordinator(c, draft):
    assert roles(draft)[0] == []
    for address in (c.carys.membership.work_address.upper(), c.carys.account.email):
        save(draft, Section.WHO, c.carys, facts={"privacy_contact": address})
        assert roles(draft)[0] == ["Carys"]
    save(draft, Section.WHO, c.carys, facts={"privacy_contact": "data@northgate.example"})
    assert roles(draft)[0] == []
    assert queries.dossier(draft).contact == "data@northgate.example"


# --- the model


def test_a_model_is_chosen_with_ones_own_reason_and_the_recommendation_is_kept_beside_it(c, draft):
    answers = {"time-boxed": 3, "novice-mentors": 2, "unheard-of": 3, "reporting": 7}
    actions.choose_model(draft, key="kram", reason="  We know each other for years. ", answers=answers, by=c.carys)
    draft.refresh_from_db()
    held = queries.design_of(draft)
    assert (draft.model_key, draft.model_edition) == ("kram", 1)
    assert held.model_reason == "We know each other for years."
    assert held.fit_answers == {"time-boxed": 3, "novice-mentors": 2}
    assert (held.recommended, held.fit_table) == (["starr", "zachary"], "fit/lifecycle@1")


def test_no_model_is_chosen_without_a_reason(c, draft):
    with pytest.raises(NotPossible, match="Say why this model"):
        actions.choose_model(draft, key="kram", reason="  ", answers={}, by=c.carys)
    draft.refresh_from_db()
    assert draft.model_key == "clutterbuck"


# --- the launch


def test_a_launch_is_refused_until_privacy_and_the_roles_are_settled(c, draft):
    cast.takes_part(draft, c.amara, "mentor", c.carys)
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    with pytest.raises(NotPossible, match="Name a safeguarding lead"):
        actions.launch(draft, by=c.carys)
    cast.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    with pytest.raises(NotPossible, match="Confirm the lawful basis"):
        actions.launch(draft, by=c.carys)
    save(draft, Section.PRIVACY, c.carys, facts={"basis": "public_task"})
    with pytest.raises(NotPossible, match="Say where people read your privacy notice"):
        actions.launch(draft, by=c.carys)
    save(draft, Section.PRIVACY, c.carys, facts={"notice": "Handbook"})
    actions.launch(draft, by=c.carys)
    draft.refresh_from_db()
    assert draft.state == "running"


def test_a_coordinator_who_mentors_does_not_launch_alone(c, draft):
    cast.launchable(draft, c.carys)
    cast.takes_part(draft, c.carys, "mentor", c.carys)
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    with pytest.raises(NotPossible, match="Name another coordinator for Carys Llewellyn"):
        actions.launch(draft, by=c.carys)
    cast.takes_part(draft, c.elin, "coordinator", c.carys)
    actions.launch(draft, by=c.carys)


# --- the database


@pytest.mark.parametrize(
    "facts", [{"cadence_weeks": 0}, {"cadence_weeks": 27}, {"session_minutes": 5}, {"term_months": 61}]
)
def test_the_database_refuses_numbers_that_cannot_be(draft, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Design.objects.create(programme=draft, **facts)


def test_the_database_refuses_a_barrier_that_says_nothing_and_a_known_one_twice(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpectedBarrier.objects.create(programme=draft, side="mentor")
    ExpectedBarrier.objects.create(programme=draft, side="mentor", key="telling")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpectedBarrier.objects.create(programme=draft, side="mentor", key="telling")


def test_the_database_names_one_person_for_a_duty_and_archives_only_what_is_closed(c, draft):
    NamedPerson.objects.create(programme=draft, membership=c.elin.membership, duty="sponsor")
    with pytest.raises(IntegrityError), transaction.atomic():
        NamedPerson.objects.create(programme=draft, membership=c.ben.membership, duty="sponsor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk=draft.pk).update(archived_at=draft.created_at)


# --- once more, and off the lists


def designed(c) -> Programme:
    """Carys's running programme with something in each section."""
    cast.launchable(c.programme, c.carys)
    save(c.programme, Section.WHY, c.carys, facts={"benefit_mentee": "Time"}, lines=[{"words": "Stay", "target": "9"}])
    save(c.programme, Section.WHOM, c.carys, facts={"audience": "Leaders"}, lines=[{"words": "Why you?"}])
    actions.choose_model(c.programme, key="clutterbuck", reason="Novices", answers={"novice-mentors": 3}, by=c.carys)
    iris = cast.member("Iris Holm", c.carys.organisation).membership
    named = {"sponsor": c.elin.membership, "cover": iris}
    save(c.programme, Section.WHO, c.carys, facts={"privacy_contact": "data@northgate.example"}, named=named)
    known = {"side": "mentee", "key": "passive", "remedy": "Ask", "owner": "mentor"}
    save(c.programme, Section.BARRIERS, c.carys, lines=[known])
    days = [{"kind": "enrol", "day": date(2026, 8, 3), "words": "By noon"}]
    save(c.programme, Section.CALENDAR, c.carys, lines=days)
    facts = {"retention": "retention/default@1", "assessed_on": date(2026, 7, 1), "assessment": "Shelf two"}
    save(c.programme, Section.PRIVACY, c.carys, facts=facts)
    return c.programme


def test_the_next_round_takes_the_design_along_and_nobody_of_the_people(c):
    designed(c)
    made = actions.duplicate(c.programme, name="Next round", starts_on=date(2027, 9, 1), by=c.carys)
    held = queries.dossier(made)
    assert (made.state, made.starts_on, made.ends_on) == ("draft", date(2027, 9, 1), date(2028, 8, 30))
    assert (made.model_key, held.design.model_reason) == ("clutterbuck", "Novices")
    assert (held.design.audience, held.design.privacy_contact) == ("Leaders", "data@northgate.example")
    assert [one.words for one in held.objectives] == ["Stay"]
    assert [one.words for one in held.questions] == ["Why you?"]
    assert [(one.key, one.remedy) for one in held.barriers] == [("passive", "Ask")]
    assert [(one.day, one.words) for one in held.entries] == [(date(2027, 8, 3), "By noon")]
    parts = Participation.objects.filter(programme=made).values_list("membership__name", "part")
    assert list(parts) == [("Carys Llewellyn", "coordinator")]
    assert held.named == {}


def test_what_was_agreed_or_done_for_one_round_is_asked_anew(c):
    designed(c)
    made = actions.duplicate(c.programme, name="Next round", starts_on=date(2027, 9, 1), by=c.carys)
    held = queries.dossier(made)
    assert (held.design.retention, held.design.assessed_on) == ("", None)
    assert held.design.assessment == "Shelf two"
    assert set(held.saved) == {"why", "whom", "model", "barriers", "calendar", "privacy"}
    assert "Agree how long records are kept" in [str(gap.words) for one in held.progress for gap in one.gaps]


def test_the_lines_of_the_next_round_are_its_own(c):
    designed(c)
    made = actions.duplicate(c.programme, name="Next round", starts_on=date(2027, 9, 1), by=c.carys)
    save(made, Section.WHY, c.carys, lines=[])
    assert Objective.objects.filter(programme=c.programme).count() == 1
    refs = CalendarEntry.objects.values_list("ref", flat=True)
    assert len(set(refs)) == 2


def test_the_same_form_sent_twice_begins_one_round(c):
    designed(c)
    facts = {"name": "Next round", "starts_on": date(2027, 9, 1), "ref": "abcdefghijkl"}
    first, second = (actions.duplicate(c.programme, by=c.carys, **facts) for _ in range(2))
    assert first == second
    assert Objective.objects.filter(programme=first).count() == 1


def test_a_programme_without_a_design_can_be_begun_again_too(c):
    made = actions.duplicate(c.programme, name="Next round", starts_on=date(2027, 9, 1), by=c.carys)
    assert made.purpose == c.programme.purpose
    assert not Design.objects.filter(programme=made).exists()


def test_a_closed_programme_is_archived_and_put_back(c):
    with pytest.raises(NotPossible, match="Close the programme before you archive it"):
        actions.archive(c.programme, by=c.carys)
    actions.close(c.programme, by=c.carys)
    actions.archive(c.programme, by=c.carys)
    with pytest.raises(NotPossible, match="archived already"):
        actions.archive(c.programme, by=c.carys)
    assert c.programme not in queries.desk(c.carys)
    assert list(queries.archived(c.ben)) == [c.programme]
    assert c.programme in queries.visible_to(c.ben)
    actions.restore(c.programme, by=c.carys)
    with pytest.raises(NotPossible, match="on the lists already"):
        actions.restore(c.programme, by=c.carys)
    assert c.programme in queries.desk(c.carys)
    names = [name for name in AuditEntry.objects.values_list("name", flat=True) if name.startswith("programme.")]
    assert names[-3:] == ["programme.closed", "programme.archived", "programme.restored"]


# --- who may read it


def test_designs_and_drafts_are_shown_as_the_policy_says(c, draft):
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(draft, iris, "coordinator", c.carys)
    for programme in (draft, c.programme):
        save(programme, Section.WHOM, c.carys, facts={"audience": "X"})
    actions.keep_draft(draft, "whom", {"audience": ["Half"]}, by=iris)

    def seen(actor):
        designs = {design.programme.name for design in queries.designs_visible_to(actor).select_related("programme")}
        return designs, queries.drafts_visible_to(actor).exists()

    assert seen(c.carys) == ({"Ward sisters", "Rising leaders"}, False)
    assert seen(iris) == ({"Ward sisters"}, True)
    for actor in (c.amara, c.ben, c.elin):
        assert seen(actor) == (set(), False)


def test_a_draft_is_out_of_reach_once_its_author_coordinates_no_more(c, draft):
    iris = cast.member("Iris Holm", c.carys.organisation)
    part = cast.takes_part(draft, iris, "coordinator", c.carys)
    actions.keep_draft(draft, "whom", {"audience": ["Half"]}, by=iris)
    actions.end_participation(part, by=c.carys)
    assert queries.draft_of(iris, draft, "whom") is None
