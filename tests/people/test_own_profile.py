"""One's own profile: page by page, each kept by itself, with a bar, and nothing smuggled in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.foundation import clock, vault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Account
from alongside.people import actions, queries
from alongside.people.models import Pause, PauseWords, Profile, Skill, WeeklyTime
from alongside.people.queries import own, room
from alongside.people.terms import ProfilePart
from tests import cast
from tests.visits import HOSTILE, is_harmless, queries_of, words_of

pytestmark = pytest.mark.django_db
HOME = "people:own_profile"
ABOUT = {
    "known_as": "El", "pronouns": "she/her", "headline": "Finds a way", "languages": "English, Welsh, english",
    "interests": "Old maps, chess, OLD MAPS", "career_aim": "To run a ward", "timezone": "Europe/Madrid",
}  # fmt: skip


def part(name):
    return reverse("people:own_part", args=[name])


def profile(actor) -> Profile:
    return Profile.objects.get(membership=actor.membership)


def state(actor) -> dict[str, bool]:
    return {str(held.part): held.done for held in own.parts(actor)}


def test_a_new_profile_leads_to_its_first_page_and_each_page_on_to_the_next(as_, elin):
    client = as_(elin)
    page = words_of(client.get(reverse(HOME)))
    assert "0 of 6 pages" in page
    assert "less than five minutes" in page
    assert part("about") in page
    walked = [part("about")]
    for data in (ABOUT, {"skills": ["Budgeting"]}, {}, {"times": ["0-morning"]}, {"shared": "nobody"}, {}):
        answer = client.post(walked[-1], data)
        assert answer.status_code == 302, words_of(answer)
        walked.append(answer.url)
    assert walked[1:] == [part("offer"), part("want"), part("times"), part("needs"), part("directory"), reverse(HOME)]
    assert "6 of 6 pages" in words_of(client.get(reverse(HOME)))


def test_whoever_stops_halfway_finds_it_kept_and_goes_on_where_they_were(as_, elin):
    client = as_(elin)
    answer = client.post(part("about"), ABOUT | {"leave": "1"})
    assert answer.url == reverse(HOME)
    page = words_of(client.get(reverse(HOME)))
    assert "1 of 6 pages" in page
    assert f'href="{part("offer")}"' in page


def test_who_somebody_is(as_, elin):
    as_(elin).post(part("about"), ABOUT | {"job_title": "Director", "roster_role": "mentor", "most_mentees": "9"})
    held = profile(elin)
    assert (held.pronouns, held.headline, held.career_aim) == ("she/her", "Finds a way", "To run a ward")
    assert held.languages == ["English", "Welsh"]
    assert held.interests == ["Old maps", "chess"]
    assert (held.job_title, held.roster_role, held.most_mentees) == ("", "", None)
    elin.membership.refresh_from_db()
    assert elin.membership.known_as == "El"
    assert Account.objects.get(pk=elin.account.pk).timezone == "Europe/Madrid"


def test_a_zone_that_does_not_exist_keeps_nothing(as_, elin):
    answer = as_(elin).post(part("about"), ABOUT | {"timezone": "Europe/Atlantis"})
    assert "Choose a time zone from the list" in words_of(answer)
    assert profile(elin).headline == ""


def test_skills_are_written_a_line_each_with_the_organisations_words_suggested(as_, carys, elin):
    actions.add_skill("Chairing meetings", organisation=carys.organisation, by=carys)
    client = as_(elin)
    assert '<option value="Chairing meetings">' in words_of(client.get(part("offer")))
    lines = ["Budgeting", "", "budgeting", "Chairing meetings", "HR/payroll", "Resilience, Negotiation"]
    client.post(part("offer"), {"skills": lines})
    assert queries.skills_of(elin.membership, "offered") == [
        "Budgeting", "Chairing meetings", "HR/payroll", "Negotiation", "Resilience",
    ]  # fmt: skip
    page = words_of(client.get(part("offer")))
    assert page.count('name="skills"') == 8
    client.post(part("offer"), {"skills": ["Budgeting"]})
    assert queries.skills_of(elin.membership, "offered") == ["Budgeting"]


def test_too_many_or_too_long_skills_are_said_and_nothing_is_lost(as_, elin):
    client = as_(elin)
    answer = words_of(client.post(part("want"), {"skills": [f"Skill {number}" for number in range(31)]}))
    assert "List at most 30 things." in answer
    assert 'value="Skill 30"' in answer
    assert "Each entry may have 80 characters." in words_of(client.post(part("want"), {"skills": ["x" * 81]}))
    assert not Skill.objects.exists()


def test_a_word_that_the_organisation_retired_is_told_to_whoever_has_it(as_, carys, elin):
    client = as_(elin)
    client.post(part("offer"), {"skills": ["Typing"]})
    actions.retire_skill(Skill.objects.get(), by=carys)
    page = words_of(client.get(part("offer")))
    assert "longer uses this word: Typing" in " ".join(page.split())
    assert 'value="Typing"' in page


def test_weekly_times_are_kept_by_the_clocks_of_the_zone_that_one_is_in(as_, elin):
    client = as_(elin)
    client.post(part("about"), ABOUT)
    client.post(part("times"), {"times": ["0-morning", "4-evening"], "working_days": "Not in August"})
    kept = list(WeeklyTime.objects.values_list("day", "part", "zone"))
    assert kept == [(0, "morning", "Europe/Madrid"), (4, "evening", "Europe/Madrid")]
    assert profile(elin).working_days == "Not in August"
    Account.objects.filter(pk=elin.account.pk).update(timezone="Asia/Tokyo")
    page = " ".join(words_of(client.get(part("times"))).split())
    assert "You said this by the clocks of Europe/Madrid; now you are in Asia/Tokyo." in page
    client.post(part("times"), {"times": ["1-midday"]})
    assert list(WeeklyTime.objects.values_list("day", "part", "zone")) == [(1, "midday", "Asia/Tokyo")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (", ".join(f"Thing {number}" for number in range(9)), "List at most 8 things."),
        ("The history of bookbinding in Wales", "Each entry may have 30 characters."),
        ("x" * 81, "Each entry may have 30 characters."),
    ],
)
def test_interests_are_few_and_short_and_what_was_written_stays_to_be_mended(as_, elin, written, said):
    answer = words_of(as_(elin).post(part("about"), ABOUT | {"interests": written}))
    assert said in answer
    assert f'value="{written}"' in answer
    assert profile(elin).interests == []


def test_ways_to_meet_are_ticked_beside_the_times_and_none_is_an_answer_too(as_, elin):
    client = as_(elin)
    client.post(part("times"), {"ways": ["phone", "in_person"]})
    assert profile(elin).ways_to_meet == ["in_person", "phone"]
    assert state(elin)["times"] is True
    page = words_of(client.get(reverse("people:person", args=[elin.membership.ref])))
    assert "In person, By phone" in page
    client.post(part("times"), {})
    assert profile(elin).ways_to_meet == []


def test_a_way_that_nobody_meets_in_is_refused(as_, elin):
    assert "has-error" in words_of(as_(elin).post(part("times"), {"ways": ["telepathy"]}))
    assert profile(elin).ways_to_meet == []


@pytest.mark.parametrize("time", ["7-morning", "0-night", "morning", "0-morning-evening"])
def test_a_time_that_no_week_has_is_refused(as_, elin, time):
    as_(elin).post(part("times"), {"times": [time]})
    assert not WeeklyTime.objects.exists()


@pytest.mark.both
@pytest.mark.parametrize(
    "broken", [{"day": 7}, {"part": "night"}, {"zone": ""}, {"day": 0, "part": "morning", "zone": "UTC"}]
)
def test_the_database_keeps_weekly_times_whole(broken):
    actor = cast.member("Elin Berg", cast.organisation())
    given = {"profile": profile(actor), "day": 0, "part": "morning", "zone": "Europe/London"}
    WeeklyTime.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyTime.objects.create(**given | broken)


@pytest.fixture
def amara(northgate, carys):
    """A mentor, as a roster has it."""
    actor = cast.member("Amara Okafor", northgate)
    actions.change_profile(actor.membership, by=carys, roster_role="mentor")
    return actor


def test_only_mentors_are_asked_how_many_and_about_pauses(as_, amara, elin):
    assert "room" in state(amara)
    assert "room" not in state(elin)
    assert as_(elin).get(part("room")).status_code == 404
    assert as_(amara).get(part("room")).status_code == 200
    assert as_(amara).get(part("nonsense")).status_code == 404


def test_somebody_who_mentors_in_a_programme_is_asked_too(carys, elin):
    cast.takes_part(cast.programme(carys), elin, "mentor", carys)
    assert "room" in state(elin)


def test_a_pause_has_days_and_words_that_are_ones_own(as_, amara):
    today = clock.today("Europe/London")
    back = today + timedelta(days=30)
    client = as_(amara)
    data = {"most": "2", "pause_from": today.isoformat(), "pause_until": back.isoformat(), "pause_words": "A new baby"}
    client.post(part("room"), data)
    pause = Pause.objects.get()
    assert (profile(amara).most_mentees, pause.starts_on, pause.ends_on) == (2, today, back)
    assert b"A new baby" not in bytes(PauseWords.objects.get().words)
    assert "A new baby" in words_of(client.get(part("room")))
    assert room.room(amara.membership).why_not(0).startswith("Amara Okafor takes nobody new until")
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert room.room(amara.membership).why_not(0) == ""
    client.post(part("room"), {"most": ""})
    assert not Pause.objects.exists()
    assert not PauseWords.objects.exists()
    assert profile(amara).most_mentees is None


def test_the_words_of_a_pause_go_with_their_writers_key(as_, amara):
    as_(amara).post(part("room"), {"pause_words": "A new baby"})
    assert own.pause_words(amara) == "A new baby"
    vault.destroy(amara.membership.key_owner)
    assert own.pause_words(amara) == ""


def test_a_pause_without_a_first_day_begins_today(as_, amara):
    as_(amara).post(part("room"), {"pause_words": "Rest"})
    assert Pause.objects.get().starts_on == clock.today("Europe/London")
    assert room.room(amara.membership).why_not(0) == "Amara Okafor takes nobody new at the moment."


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [(0, 0, "Choose a day after the first one."), (0, -3, "Choose a day after the first one."),
     (-9, -3, "Choose a day that is still ahead.")],
)  # fmt: skip
def test_days_that_make_no_pause_are_refused(as_, amara, starts, ends, said):
    today = clock.today("Europe/London")
    days = [(today + timedelta(days=days)).isoformat() for days in (starts, ends)]
    answer = words_of(as_(amara).post(part("room"), {"pause_from": days[0], "pause_until": days[1]}))
    assert said in answer
    assert not Pause.objects.exists()
    with pytest.raises(NotPossible):
        actions.say_room(
            by=amara,
            most=None,
            pause=actions.PauseWanted(today + timedelta(days=starts), today + timedelta(days=ends)),
        )


@pytest.mark.both
def test_the_database_refuses_a_pause_that_ends_before_it_starts_and_more_than_twenty_mentees():
    actor = cast.member("Amara Okafor", cast.organisation())
    today = clock.today()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(profile=profile(actor), starts_on=today, ends_on=today)
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(membership=actor.membership).update(most_mentees=21)


@pytest.mark.parametrize("most", ["-1", "21", "many", "1.5"])
def test_a_number_of_mentees_that_cannot_be_is_said(as_, amara, most):
    assert "has-error" in words_of(as_(amara).post(part("room"), {"most": most}))
    assert profile(amara).most_mentees is None


def test_what_a_roster_said_counts_and_what_was_looked_at_counts_although_it_is_empty(as_, carys, elin):
    actions.change_profile(elin.membership, by=carys, offered=["Budgeting"], headline="Finds a way")
    assert state(elin) == {
        "about": True, "offer": True, "want": False, "times": False, "needs": False, "directory": False,
    }  # fmt: skip
    as_(elin).post(part("want"), {})
    assert state(elin)["want"] is True


def test_each_page_is_remembered_without_a_word_of_what_it_says(as_, elin):
    client = as_(elin)
    client.post(part("about"), ABOUT)
    client.post(part("needs"), {"shared": "partner", "together": ["one_question"], "together_words": "Slowly"})
    entries = AuditEntry.objects.filter(about_ref=elin.membership.ref).values_list("name", "codes")
    assert ("needs.changed", {"shared": "partner"}) in list(entries)
    assert "Slowly" not in str(list(entries))
    assert "one_question" not in str(list(entries))


def test_every_field_that_takes_words_says_who_can_read_it(as_, amara):
    client = as_(amara)
    for name in ProfilePart:
        page = client.get(part(name))
        form = page.context["form"]
        silent = [held.name for held in form if held.name not in ("timezone", "shows", "shared") and not held.readers]
        assert silent == []
    about = " ".join(words_of(client.get(part("about"))).split())
    assert (
        "You, whoever is proposed to you, members of your programmes if you show it, the coordinators and the"
        " administrators can read this"
    ) in about
    assert "Only you can read this" in words_of(client.get(part("room")))


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_do_no_harm_on_any_page(as_, amara, kind):
    client, words = as_(amara), HOSTILE[kind]
    sent = {
        "about": ABOUT | dict.fromkeys(
            ("known_as", "pronouns", "headline", "languages", "interests", "career_aim"), words
        ),
        "offer": {"skills": [words]}, "want": {"skills": [words]},
        "times": {"times": [words], "ways": [words], "working_days": words},
        "room": {"most": words, "pause_from": words, "pause_words": words},
        "needs": {"together": [words], "together_words": words, "arranging_words": words, "shared": words},
        "directory": {"shows": [words]},
    }  # fmt: skip
    for name, data in sent.items():
        assert is_harmless(client.post(part(name), data)), name
        assert is_harmless(client.get(part(name))), name
    assert is_harmless(client.get(reverse("people:person", args=[amara.membership.ref])))


def test_each_page_asks_the_database_little(as_, amara):
    client = as_(amara)
    for name in ProfilePart:
        assert len(queries_of(client, part(name))) <= 16, name
    assert len(queries_of(client, reverse(HOME))) <= 12
