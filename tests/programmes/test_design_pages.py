"""The pages of a design: who opens them, what they say, what they keep, and that nothing typed is lost."""

import re
from datetime import date

import pytest
from django.test import Client

from alongside.foundation.identity import actions as identity
from alongside.programmes import actions, queries
from alongside.programmes.actions import Written
from alongside.programmes.models import (
    CalendarEntry,
    Design,
    ExpectedBarrier,
    NamedPerson,
    Objective,
    Programme,
    SectionDraft,
)
from alongside.programmes.terms import Section
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, squeezed, twice, words_of

pytestmark = pytest.mark.django_db
PAGES = ["design/", "design/whole/", *(f"design/{section}/" for section in Section.values), "duplicate/"]


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def draft(c) -> Programme:
    """Carys's next round, still in preparation."""
    return cast.programme(c.carys, "Ward sisters")


@pytest.fixture
def carys(c) -> Client:
    return browser_of(c.carys)


def url(programme: Programme, page: str = "") -> str:
    return f"/programmes/{programme.slug}/{page}"


def at(programme: Programme, section: str) -> str:
    return url(programme, f"design/{section}/")


def sent(client: Client, programme: Programme, section: str, **changes) -> dict[str, object]:
    """What the page's form would send untouched, with changes."""
    form = client.get(at(programme, section)).context["form"]
    data = values_of(form)
    for one in form.lines.forms if form.lines is not None else ():
        data |= values_of(one)
    if form.lines is not None:
        data |= values_of(form.lines.management_form)
    return {name: value for name, value in (data | changes).items() if value not in (None, "") and value is not False}


def values_of(form) -> dict[str, object]:
    found = {}
    for field in form:
        value = field.value()
        found[field.html_name] = value.isoformat() if isinstance(value, date) else value
    return found


def post(client: Client, programme: Programme, section: str, follow=True, **changes):
    """Send the section's form with changes."""
    return client.post(at(programme, section), sent(client, programme, section, **changes), follow=follow)


def said(response) -> str:
    """A page as people read it: without tags, blanks made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


# --- who opens them


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_the_coordinators_alone(c, draft, page):
    outside = cast.pair(cast.organisation("Harbour Trust")).carys
    people = (c.carys, c.amara, c.ben, c.elin, outside)
    assert [browser_of(actor).get(url(c.programme, page)).status_code for actor in people] == [200, 404, 404, 404, 404]
    response = Client().get(url(c.programme, page))
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_nobody_else_writes_by_sending_the_form(c, draft, carys):
    data = sent(carys, c.programme, "whom", audience="Smuggled")
    for actor in (c.amara, c.ben, c.elin):
        client = browser_of(actor)
        for page in ("design/whom/", "design/whom/kept/", "design/model/", "duplicate/", "archive/", "restore/"):
            assert client.post(url(c.programme, page), data).status_code == 404
    assert not Design.objects.exists()
    assert not SectionDraft.objects.exists()


def test_a_section_that_is_none_is_absent(draft, carys):
    assert carys.get(at(draft, "nonsense")).status_code == 404
    assert carys.post(url(draft, "design/nonsense/kept/"), {}).status_code == 404
    assert carys.get(url(draft, "design/whom/kept/")).status_code == 405


def test_mentors_and_mentees_read_audience_rhythm_calendar_reason_and_notice_and_nothing_else(c, draft, carys):
    secret = "Known to coordinators alone"
    running = c.programme
    for section, facts, lines in (
        (Section.WHY, {"benefit_mentee": f"{secret} 1"}, [{"words": f"{secret} 2"}]),
        (Section.WHOM, {"audience": "New ward leaders", "eligibility": f"{secret} 3"}, [{"words": f"{secret} 4"}]),
        (Section.HOW, {"cadence_weeks": 3, "session_minutes": 75, "term_months": 11}, None),
        (Section.BARRIERS, {}, [{"side": "mentor", "words": f"{secret} 5", "remedy": f"{secret} 6"}]),
        (Section.CALENDAR, {}, [{"kind": "briefing", "day": date(2026, 10, 5), "words": "In the chapel"}]),
        (Section.PRIVACY, {"notice": "https://northgate.example/privacy", "basis_reason": f"{secret} 7"}, None),
    ):
        actions.save(running, section, Written(facts, lines), by=c.carys)
    actions.choose_model(running, key="clutterbuck", reason="It names the ending", answers={}, by=c.carys)
    page = words_of(browser_of(c.ben).get(url(running)))
    for words in (
        "New ward leaders", "Every 3 weeks", "75 minutes", "11 months", "Mon 5 Oct 2026", "Briefing: In the chapel",
        "It names the ending", 'href="https://northgate.example/privacy"', "mailto:privacy@northgate.example",
    ):  # fmt: skip
        assert words in page, words
    assert secret not in page
    assert secret in words_of(carys.get(url(running, "design/whole/")))


def test_a_notice_that_is_no_plain_address_is_no_link(c):
    actions.save(c.programme, Section.PRIVACY, Written({"notice": "javascript:alert(1)"}), by=c.carys)
    page = words_of(browser_of(c.ben).get(url(c.programme)))
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


# --- the overview


def test_the_overview_says_how_far_each_section_is_and_where_to_go_on(c, draft, carys):
    page = carys.get(url(draft, "design/"))
    states = [(one.section.value, str(one.words)) for one, _saved in page.context["progress"]]
    assert states == [(section, "Not begun") for section in Section.values]
    assert "Why: Write one objective or more" in said(page)
    assert "0 of 9 sections done" in said(page)
    post(carys, draft, "whom", audience="New leaders")
    post(carys, draft, "model", model_reason="It names the ending")
    page = carys.get(url(draft, "design/"))
    states = {one.section.value: str(one.words) for one, _saved in page.context["progress"]}
    assert (states["whom"], states["model"], states["why"]) == ("One thing left", "Done", "Not begun")
    assert "1 of 9 sections done" in said(page)
    assert "Saved by Carys Llewellyn" in said(page)


def test_a_closed_programme_shows_its_design_and_takes_nothing_more(c, carys):
    data = sent(carys, c.programme, "whom", audience="Late")
    actions.close(c.programme, by=c.carys)
    page = carys.get(url(c.programme, "design/"))
    assert page.status_code == 200
    assert page.context["next"] is None
    assert at(c.programme, "whom") not in words_of(page)
    assert carys.get(url(c.programme, "design/whole/")).status_code == 200
    for section in Section.values:
        assert carys.get(at(c.programme, section)).url == url(c.programme, "design/")
    response = carys.post(at(c.programme, "whom"), data, follow=True)
    assert "This programme is closed. It stays as it is." in words_of(response)
    assert not Design.objects.exists()


# --- saving


def test_saving_goes_on_to_the_next_section_that_is_not_done(draft, carys):
    response = post(carys, draft, "whom", audience="New leaders", follow=False)
    assert response.url == at(draft, "how")
    response = post(carys, draft, "privacy", notice="Handbook", follow=False)
    assert response.url == at(draft, "why")
    response = post(carys, draft, "whom", then="stay", follow=False)
    assert response.url == url(draft, "design/")


def test_half_a_section_is_saved_as_willingly_as_a_whole_one(draft, carys):
    response = post(carys, draft, "why", **{"line-0-words": "People stay"})
    assert "“Why” is saved." in words_of(response)
    assert [(one.words, one.measure) for one in Objective.objects.all()] == [("People stay", "")]


def test_lines_grow_one_by_one_and_go_when_they_are_emptied(draft, carys):
    lines = {"line-0-words": "One", "line-1-words": "Two"}
    response = post(carys, draft, "why", then="more", **lines)
    assert [form["words"].value() for form in response.context["form"].lines.forms] == ["One", "Two", None]
    data = sent(carys, draft, "why", **{"line-2-words": "Three"})
    del data["line-0-words"]
    carys.post(at(draft, "why"), data)
    assert [one.words for one in Objective.objects.all()] == ["Two", "Three"]


def test_purposes_bring_examples_once_they_are_saved(draft, carys):
    assert "For example: Learns how things are done" not in said(carys.get(at(draft, "why")))
    post(carys, draft, "why", purposes=["transition"])
    assert "For example: Learns how things are done here" in said(carys.get(at(draft, "why")))


def test_a_rhythm_is_proposed_and_kept_only_when_it_is_saved(draft, carys):
    form = carys.get(at(draft, "how")).context["form"]
    proposed = [form[name].value() for name in ("cadence_weeks", "session_minutes", "term_months")]
    assert proposed == [4, 60, 12]
    assert not Design.objects.exists()
    post(carys, draft, "how", style="developmental", shape="one-to-one", term_months="")
    held = Design.objects.get()
    assert (held.style, held.cadence_weeks, held.term_months) == ("developmental", 4, None)
    assert carys.get(at(draft, "how")).context["form"]["term_months"].value() is None


def test_after_the_launch_what_was_said_of_style_form_and_basis_cannot_be_unsaid(c, carys):
    facts = {"style": "developmental", "shape": "one-to-one"}
    actions.save(c.programme, Section.HOW, Written(facts), by=c.carys)
    page = carys.get(at(c.programme, "how"))
    assert "It stays as it was at launch" in words_of(page)
    data = sent(carys, c.programme, "how", style="sponsorship", cadence_weeks="2")
    carys.post(at(c.programme, "how"), data)
    held = Design.objects.get()
    assert (held.style, held.cadence_weeks) == ("developmental", 2)


# --- errors


def errors(response) -> dict[str, list[str]]:
    form = response.context["form"]
    found = dict(form.errors)
    for number, line in enumerate(form.lines.forms if form.lines is not None else ()):
        found |= {f"{number}: {name}": words for name, words in line.errors.items()}
    return found


@pytest.mark.parametrize(
    ("section", "changes", "found"),
    [
        ("why", {"purpose": ""}, {"purpose": ["Fill this in."]}),
        (
            "why",
            {"line-1-measure": "How many"},
            {"1: words": ["Write the objective as well, or empty the whole line."]},
        ),
        ("whom", {"line-0-needed": "on"}, {"0: words": ["Write the question as well, or take the tick away."]}),
        ("how", {"cadence_weeks": "40"}, {"cadence_weeks": ["Choose a number from 1 to 26."]}),
        ("how", {"session_minutes": "an hour"}, {"session_minutes": ["Enter a whole number."]}),
        (
            "who",
            {"privacy_contact": "nowhere"},
            {"privacy_contact": ["Enter an e-mail address, for example name@example.org."]},
        ),
        (
            "who",
            {"sponsor": "Nobody At All"},
            {"sponsor": ["Nobody on the people list has this address, number or name. Add them there first."]},
        ),
        (
            "barriers",
            {"line-0-remedy": "Talk"},
            {"0: words": ["Write the barrier as well, or empty the whole line."]},
        ),
        ("calendar", {"ends_on": "2026-08-31"}, {"ends_on": ["Choose a last day after the first day."]}),
        ("calendar", {"line-0-words": "Tea"}, {"0: day": ["Choose the day as well, or empty the whole line."]}),
        (
            "calendar",
            {"line-0-day": "2029-01-01"},
            {"0: day": ["Choose a day up to the last one (31 August 2027)."]},
        ),
        (
            "calendar",
            {"line-0-kind": "enrol", "line-0-day": "2026-08-20", "line-1-kind": "match", "line-1-day": "2026-08-10"},
            {"1: day": ["Choose a day after enrolment has ended (20 August 2026)."]},
        ),
        ("privacy", {"assessed_on": "soon"}, {"assessed_on": ["Enter a whole date: day, month and year."]}),
    ],
)  # fmt: skip
def test_an_error_names_the_field_and_the_cure_and_everything_typed_is_kept(c, draft, carys, section, changes, found):
    response = post(carys, draft, section, **changes)
    assert response.status_code == 200
    assert errors(response) == found
    assert "<title>Error:" in squeezed(words_of(response))
    assert not queries.dossier(draft).saved
    again = carys.get(at(draft, section))  # somebody else’s computer, the next day
    assert "it is not saved yet" in said(again)
    assert errors(again) == found
    for name, value in changes.items():
        line = name.split("-")
        form = again.context["form"]
        field = form.lines.forms[int(line[1])][line[2]] if line[0] == "line" else form[name]
        assert field.value() in (value, {"": None, "on": True}.get(value))


def test_a_draft_is_ones_own_and_can_be_cleared(c, draft, carys):
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(draft, iris, "coordinator", c.carys)
    data = sent(carys, draft, "whom", audience="Half a thought")
    kept = carys.post(url(draft, "design/whom/kept/"), data)
    assert "Kept at" in words_of(kept)
    assert "Half a thought" in words_of(carys.get(at(draft, "whom")))
    assert "Half a thought" not in words_of(browser_of(iris).get(at(draft, "whom")))
    carys.post(at(draft, "whom"), {"then": "drop"})
    assert "Half a thought" not in words_of(carys.get(at(draft, "whom")))


def test_a_draft_of_a_page_with_lines_comes_back_with_its_lines(draft, carys):
    data = sent(carys, draft, "why", **{"line-1-words": "Half an objective"})
    carys.post(url(draft, "design/why/kept/"), data)
    page = carys.get(at(draft, "why"))
    assert page.context["form"].lines.forms[1]["words"].value() == "Half an objective"
    assert not page.context["has_errors"]
    assert not Objective.objects.exists()


def test_what_is_kept_too_late_or_too_long_is_said(draft, carys):
    data = sent(carys, draft, "whom", audience="Whole")
    carys.post(at(draft, "whom"), data)
    assert "This section has been saved already." in words_of(carys.post(url(draft, "design/whom/kept/"), data))
    data |= {"seen": "1", "audience": "x" * 60_001}
    assert "This is too long to be kept." in words_of(carys.post(url(draft, "design/whom/kept/"), data))
    assert not SectionDraft.objects.exists()


def test_two_who_write_at_once_see_both_and_lose_nothing(c, draft, carys):
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(draft, iris, "coordinator", c.carys)
    data = sent(carys, draft, "whom", audience="Carys’s words")
    post(browser_of(iris), draft, "whom", audience="Iris’s words")
    response = carys.post(at(draft, "whom"), data)
    page = said(response)
    assert "Iris Holm has saved this section while you were writing. Look at both, then save again." in page
    assert "What stands now, as Iris Holm saved it" in page
    assert "Iris’s words" in page
    assert response.context["form"]["audience"].value() == "Carys’s words"
    assert Design.objects.get().audience == "Iris’s words"
    again = {**data, "seen": response.context["form"]["seen"].value()}
    carys.post(at(draft, "whom"), again)
    assert Design.objects.get().audience == "Carys’s words"


# --- who


def test_people_are_named_by_address_number_or_whole_name(c, draft, carys):
    iris = cast.member("Iris Holm", c.carys.organisation).membership
    iris.employee_number = "N123"
    iris.save()
    for words in (iris.work_address.upper(), "N123", "iris holm"):
        NamedPerson.objects.all().delete()
        post(carys, draft, "who", sponsor=words)
        assert NamedPerson.objects.get().membership == iris
        assert carys.get(at(draft, "who")).context["form"]["sponsor"].value() == iris.work_address


def test_a_name_that_several_have_is_asked_about(c, draft, carys):
    for _ in range(2):
        cast.member("Sam Osei", c.carys.organisation)
    cast.member("Lena Fischer", cast.organisation("Harbour Trust"))
    response = post(carys, draft, "who", sponsor="Sam Osei", cover="Lena Fischer")
    assert errors(response) == {
        "sponsor": ["Several people have this name. Give the work e-mail or the employee number."],
        "cover": ["Nobody on the people list has this address, number or name. Add them there first."],
    }


def test_somebody_who_has_left_is_not_named(c, draft, carys):
    sam = cast.member("Sam Osei", c.carys.organisation).membership
    identity.leave(sam, by=c.carys)
    assert "sponsor" in errors(post(carys, draft, "who", sponsor=sam.work_address))


def test_the_page_says_what_has_to_hold_and_who_can_mend_it(c, draft, carys):
    page = said(carys.get(at(draft, "who")))
    assert "Name a safeguarding lead for the organisation" in page
    assert "Administrators name them: ask Ada Winter." in page
    identity.grant_role(c.carys.membership, "administrator", by=c.carys)
    assert "Name them under “Roles”" in said(carys.get(at(draft, "who")))
    cast.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    page = said(carys.get(at(draft, "who")))
    assert "Name a safeguarding lead" not in page
    assert "Somebody handles concerns about safety" in page


def test_a_refusal_by_the_action_stands_above_the_form_and_the_words_are_kept(c, draft, carys):
    response = post(carys, draft, "who", cover="Carys Llewellyn", sponsor="Elin Berg")
    assert "Name somebody else: Carys Llewellyn is the only coordinator so far." in words_of(response)
    assert response.context["form"]["sponsor"].value() == "Elin Berg"
    assert not NamedPerson.objects.exists()


# --- barriers


def held() -> list[tuple[str, str, str, bool, str]]:
    rows = ExpectedBarrier.objects.order_by("side", "place")
    return [(one.side, one.key, one.words, bool(one.remedy), one.owner) for one in rows]


def test_a_known_barrier_brings_its_remedy_and_goes_when_its_tick_goes(draft, carys):
    post(carys, draft, "barriers", known_mentee=["passive", "distrust"], known_mentor=["telling"])
    assert held() == [
        ("mentee", "passive", "", True, "mentor"),
        ("mentee", "distrust", "", True, "mentor"),
        ("mentor", "telling", "", True, "mentor"),
    ]
    form = carys.get(at(draft, "barriers")).context["form"]
    numbers = {one["key"].value(): number for number, one in enumerate(form.lines.forms)}
    changes = {f"line-{numbers['distrust']}-remedy": "Explain it twice", f"line-{numbers['distrust']}-owner": "mentor"}
    post(carys, draft, "barriers", known_mentee=["distrust"], known_mentor=["telling"], **changes)
    assert ExpectedBarrier.objects.get(key="distrust").remedy == "Explain it twice"
    assert [row[1] for row in held()] == ["distrust", "telling"]


def test_ones_own_barrier_stands_beside_the_known_ones(draft, carys):
    form = carys.get(at(draft, "barriers")).context["form"]
    number = next(n for n, one in enumerate(form.lines.forms) if one["side"].value() == "organisation")
    said_ = {f"line-{number}-words": "The winter rota", f"line-{number}-owner": "line_manager"}
    post(carys, draft, "barriers", known_organisation=["manager"], **said_)
    assert held() == [
        ("organisation", "", "The winter rota", False, "line_manager"),
        ("organisation", "manager", "", True, "coordinator"),
    ]
    page = carys.get(at(draft, "barriers"))
    assert said(page).count("In your own words") == 4  # room for one more on each side
    assert "The winter rota" in said(page)


def test_a_known_barrier_cannot_be_smuggled_in_or_doubled(draft, carys):
    data = sent(carys, draft, "barriers", known_mentor=["telling", "telling"])
    data |= {"line-0-key": "telling", "line-0-side": "mentor", "line-1-key": "made-up", "line-1-side": "mentor"}
    carys.post(at(draft, "barriers"), data)
    assert held() == [("mentor", "telling", "", True, "")]
    assert carys.post(at(draft, "barriers"), data | {"known_mentor": "made-up"}).status_code == 200
    assert [row[1] for row in held()] == ["telling"]


# --- calendar


def test_the_usual_days_are_proposed_and_nothing_is_kept_before_they_are_saved(draft, carys):
    page = carys.get(at(draft, "calendar"))
    assert "Fill in the usual days" in words_of(page)
    page = carys.get(at(draft, "calendar") + "?usual=1")
    kinds = [one["kind"].value() for one in page.context["form"].lines.forms]
    assert kinds == ["enrol", "match", "briefing", "launch", "review", "review", "review", "other"]
    assert not CalendarEntry.objects.exists()
    form = page.context["form"]
    data = values_of(form) | values_of(form.lines.management_form)
    for one in form.lines.forms:
        data |= values_of(one)
    carys.post(at(draft, "calendar"), {name: value for name, value in data.items() if value})
    assert CalendarEntry.objects.count() == 7
    assert "Fill in the usual days" not in words_of(carys.get(at(draft, "calendar")))


def test_first_and_last_day_move_the_programme(c, draft, carys):
    post(carys, draft, "calendar", starts_on="2026-10-01", ends_on="2027-06-30")
    draft.refresh_from_db()
    assert (draft.starts_on, draft.ends_on) == (date(2026, 10, 1), date(2027, 6, 30))


# --- privacy


def test_the_basis_is_proposed_and_counts_only_when_it_is_saved(draft, carys):
    page = carys.get(at(draft, "privacy"))
    assert page.context["form"]["basis"].value() == "legitimate_interests"
    assert "The first is a proposal." in words_of(page)
    assert "Confirm the lawful basis" in said(carys.get(url(draft, "launch/")))
    post(carys, draft, "privacy", notice="Handbook", agreed="on")
    design = Design.objects.get()
    assert (design.basis, design.retention) == ("legitimate_interests", "retention/default@1")
    assert "The first is a proposal." not in words_of(carys.get(at(draft, "privacy")))


def test_the_notice_of_the_latest_programme_is_proposed(c, draft, carys):
    elsewhere = cast.pair(cast.organisation("Harbour Trust"))
    for programme, by, notice in ((elsewhere.programme, elsewhere.carys, "Theirs"), (c.programme, c.carys, "Ours")):
        actions.save(programme, Section.PRIVACY, Written({"notice": notice, "notice_version": "2"}), by=by)
    form = carys.get(at(draft, "privacy")).context["form"]
    assert (form["notice"].value(), form["notice_version"].value()) == ("Ours", "2")


# --- the launch


def test_the_thin_path_takes_two_pages_beside_the_people(c, draft, carys):
    cast.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    cast.takes_part(draft, c.amara, "mentor", c.carys)
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    page = said(carys.get(url(draft, "launch/")))
    assert "It cannot be launched yet" in page
    assert "Say where people read your privacy notice" in page
    assert "People can read beforehand what is kept about them, and why." in page
    post(carys, draft, "privacy", notice="Handbook")
    page = carys.get(url(draft, "launch/"))
    assert "Launch it" in words_of(page)
    assert [section.value for section, _words, _gaps in page.context["advised"]] == Section.values
    assert "The launch does not wait for it" in said(page)
    done = carys.post(url(draft, "launch/"), follow=True)
    assert "It is launched. Now pair people." in words_of(done)


def test_a_launch_that_is_refused_says_why(c, draft, carys):
    cast.takes_part(draft, c.amara, "mentor", c.carys)
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    response = carys.post(url(draft, "launch/"), follow=True)
    assert "Name a safeguarding lead for the organisation" in words_of(response)
    draft.refresh_from_db()
    assert draft.state == "draft"


# --- once more, and off the lists


def test_the_next_round_is_begun_from_the_page(c, draft, carys):
    post(carys, draft, "whom", audience="New leaders")
    form = carys.get(url(draft, "duplicate/")).context["form"]
    assert form["starts_on"].value() == date(2027, 8, 31)
    data = {"name": "Ward sisters again", "starts_on": "2027-09-01", "ref": form["ref"].value()}
    for _ in range(2):
        response = carys.post(url(draft, "duplicate/"), data, follow=True)
        assert response.request["PATH_INFO"] == "/programmes/ward-sisters-again/design/"
    assert "Nobody is in it yet." in words_of(response)
    made = Programme.objects.get(name="Ward sisters again")
    assert queries.design_of(made).audience == "New leaders"
    response = carys.post(url(draft, "duplicate/"), {"name": "", "starts_on": "soon"})
    assert dict(response.context["form"].errors) == {
        "name": ["Fill this in."], "starts_on": ["Enter a whole date: day, month and year."],
    }  # fmt: skip


def test_an_archived_programme_leaves_the_lists_and_stays_readable(c, carys):
    ben = browser_of(c.ben)
    assert carys.get(url(c.programme, "archive/")).url == url(c.programme)
    assert "Close the programme before you archive it." in words_of(
        carys.post(url(c.programme, "archive/"), follow=True)
    )
    actions.close(c.programme, by=c.carys)
    assert "It stays readable" in words_of(carys.get(url(c.programme, "archive/")))
    carys.post(url(c.programme, "archive/"))
    for client in (carys, ben):
        assert url(c.programme) not in words_of(client.get("/programmes/"))
        assert url(c.programme) in words_of(client.get("/programmes/archived/"))
        assert client.get(url(c.programme)).status_code == 200
    assert url(c.programme) not in words_of(carys.get("/"))
    assert carys.get(url(c.programme, "archive/")).url == url(c.programme)
    assert "Put it back on the lists" in words_of(carys.get(url(c.programme)))
    assert "Put it back on the lists" not in words_of(ben.get(url(c.programme)))
    carys.post(url(c.programme, "restore/"))
    assert url(c.programme) in words_of(carys.get("/programmes/"))
    assert "No programme is archived" in words_of(carys.get("/programmes/archived/"))


# --- hostile words, and what the pages ask


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_do_no_harm(c, draft, carys, words):
    for section in Section.values:
        untouched = sent(carys, draft, section)
        names = {*untouched, "line-0-words", "line-0-remedy", "line-0-ref", "line-0-key", "line-0-day", "audience"}
        counting = {name for name in names if "FORMS" in name}
        for changed, page in ((names - counting, "kept/"), (names - counting, ""), (counting, "")):
            data = untouched | dict.fromkeys(changed, words)
            assert is_harmless(carys.post(f"{at(draft, section)}{page}", data)), section
        assert is_harmless(carys.get(at(draft, section))), section
        carys.post(at(draft, section), {"then": "drop"})
    assert is_harmless(carys.get(at(draft, "model"), dict.fromkeys(("fit_time-boxed", "fit_x"), words[:2000])))
    for page in ("", "design/", "design/whole/", "launch/"):
        assert is_harmless(carys.get(url(draft, page)))
    assert is_harmless(carys.post(url(draft, "duplicate/"), {"name": words, "starts_on": words, "ref": words}))


def filled(c, programme: Programme, count: int) -> None:
    """A design with `count` lines of each kind."""
    numbers = range(count)
    for section, lines in (
        (Section.WHY, [{"words": f"Objective {n}"} for n in numbers]),
        (Section.WHOM, [{"words": f"Question {n}"} for n in numbers]),
        (Section.BARRIERS, [{"side": "mentor", "words": f"Barrier {n}"} for n in numbers]),
        (Section.CALENDAR, [{"kind": "other", "day": date(2026, 10, 1), "words": f"Day {n}"} for n in numbers]),
    ):
        actions.save(programme, section, Written(lines=lines), by=c.carys)
    for n in numbers:
        cast.takes_part(programme, cast.member(f"Person {n}", c.carys.organisation), "mentee", c.carys)


def test_the_pages_ask_as_much_for_thirty_lines_and_people_as_for_three(c, draft, carys):
    filled(c, draft, 3)
    few = {page: len(queries_of(carys, url(draft, page))) for page in ("", "launch/", *PAGES)}
    filled(c, draft, 30)
    many = {page: queries_of(carys, url(draft, page)) for page in ("", "launch/", *PAGES)}
    assert {page: len(asked) for page, asked in many.items()} == few
    assert {page: again for page, asked in many.items() if (again := twice(asked))} == {}
    assert max(few[f"design/{section}/"] for section in Section.values if section != "who") <= 12
    assert max(few.values()) <= 20
