"""The pages, as somebody with a phone uses them."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.meetings import actions, hooks, queries
from alongside.meetings.actions import NewAction
from alongside.meetings.models import LogDraft, Session
from alongside.relationships.models import Relationship
from tests import cast as people
from tests.meetings import days

HOSTILE = '<script>alert(1)</script> "quoted" & \u202ereversed\u202c {{ secret }} {% csrf_token %} 👩🏽‍🏫 Zażółć'


def address(name: str, cast, *refs: str) -> str:
    return reverse(f"meetings:{name}", args=[cast.relationship.ref, *refs])


def text_of(response) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fields(response) -> dict:
    """What the form of a page begins with."""
    form, found = response.context["form"], {}
    for field in form:
        if field.value() is not None:
            found[field.name] = field.value()
    for name in ("day", "at", "next_at"):
        if name in found:
            found[name] = found[name].isoformat() if hasattr(found[name], "isoformat") else found[name]
    if todo := response.context.get("todo"):
        found |= {f"action-{name}": value for name, value in todo.management_form.initial.items()}
    return found


def plan_form(**more) -> dict:
    return {"day": "2026-12-03", "at": "12:30", "minutes": "60", "mode": "video", "place": "", "agenda": ""} | more


# --- planning


def test_ben_plans_a_session_and_sees_it_large(cast, sign_in):
    ben = sign_in(cast.ben)
    answer = ben.post(
        address("plan", cast), plan_form(agenda="The budget talk", place="https://meet.example/a"), follow=True
    )
    session = Session.objects.get()
    assert answer.redirect_chain == [(address("session", cast, session.ref), 302)]
    said = text_of(answer)
    assert "Your session is planned. Amara gets a mail." in said
    assert "12:30 to 13:30, by video London time, for both of you." in said
    assert '<a href="https://meet.example/a"' in answer.content.decode()


def test_a_date_is_in_the_planners_own_zone_and_both_zones_are_shown(cast, sign_in):
    cast.ben.account.timezone = "Asia/Kolkata"
    cast.ben.account.save()
    ben = sign_in(cast.ben)
    hint = text_of(ben.get(address("plan", cast)))
    assert "Kolkata time. Amara is on London time; both are shown once it is planned." in hint
    said = text_of(ben.post(address("plan", cast), plan_form(at="18:00"), follow=True))
    assert Session.objects.get().starts_at == days.THURSDAY
    assert "18:00 to 19:00, by video Kolkata time. For Amara it is 12:30 to 13:30 (London)." in said
    hers = text_of(sign_in(cast.amara).get(address("session", cast, Session.objects.get().ref)))
    assert "12:30 to 13:30, by video London time. For Ben it is 18:00 to 19:00 (Kolkata)." in hers


def test_a_time_that_the_clocks_jump_over_is_refused_with_its_neighbours(cast, sign_in):
    answer = sign_in(cast.ben).post(address("plan", cast), plan_form(day="2027-03-28", at="01:30"))
    assert "this time does not exist. Choose 00:45 or 02:00." in text_of(answer)
    assert not Session.objects.exists()


def test_a_time_that_comes_twice_is_taken_once_and_said(cast, sign_in):
    answer = sign_in(cast.ben).post(address("plan", cast), plan_form(day="2027-10-31", at="01:30"), follow=True)
    assert "The clocks go back then, so 01:30 comes twice. This is the first of the two." in text_of(answer)
    assert Session.objects.get().starts_at.isoformat() == "2027-10-31T00:30:00+00:00"


def test_planning_twice_plans_once_with_a_plain_word(cast, sign_in):
    ben = sign_in(cast.ben)
    ben.post(address("plan", cast), plan_form())
    answer = ben.post(address("plan", cast), plan_form())
    assert answer.status_code == 200
    assert "A session is planned for that time already." in text_of(answer)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "2026-11-23"}, "This time has passed."),
        ({"day": "2036-11-23"}, "Choose a day within the next two years."),
        ({"day": "next week"}, "Enter a whole date: day, month and year."),
        ({"at": "noon"}, "Enter a time, for example 14:30."),
        ({"minutes": ""}, "Choose one."),
        ({"minutes": "61"}, "Choose one from the list."),
        ({"minutes": "other"}, "Say how many minutes."),
        ({"minutes": "other", "other_minutes": "601"}, "Choose a length from 5 to 600 minutes."),
        ({"place": "x" * 301}, "Keep this to 300 characters."),
        ({"agenda": "a\x00b"}, "There is a character here that cannot be shown (U+0000)."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_planned(cast, sign_in, wrong, words):
    answer = sign_in(cast.ben).post(address("plan", cast), plan_form(**wrong))
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not Session.objects.exists()


def test_moving_keeps_the_agenda_and_the_old_page_leads_to_the_new_one(cast, sign_in):
    session = days.plan(cast, cast.ben, agenda="The budget talk", place="Eastgate 3")
    amara = sign_in(cast.amara)
    form = amara.get(address("change", cast, session.ref))
    assert fields(form) | {"minutes": "60"} == {
        "day": "2026-12-03", "at": "12:30:00", "minutes": "60", "mode": "video", "place": "Eastgate 3",
    }  # fmt: skip
    answer = amara.post(
        address("change", cast, session.ref), plan_form(day="2026-12-04", place="Eastgate 3"), follow=True
    )
    assert "The budget talk" in answer.content.decode()
    old = text_of(amara.get(address("session", cast, session.ref)))
    assert "Moved to Friday 4 December, 12:30" in old


def test_cancelling_asks_first_and_can_be_undone_by_planning_again(cast, sign_in):
    session = days.plan(cast, cast.ben)
    ben = sign_in(cast.ben)
    assert "Cancel your session of Thursday 3 December?" in text_of(ben.get(address("cancel", cast, session.ref)))
    assert Session.objects.get().state == "planned"
    answer = ben.post(address("cancel", cast, session.ref), follow=True)
    assert "This session was cancelled Plan it again" in text_of(answer)
    again = ben.get(address("plan", cast), {"again": session.ref})
    assert (fields(again)["day"], fields(again)["at"]) == ("2026-12-03", "12:30:00")
    twice = ben.post(address("cancel", cast, session.ref), follow=True)
    assert "This session has been cancelled. You can plan it again." in text_of(twice)


def test_two_agendas_at_once_show_both_and_keep_what_was_typed(cast, sign_in):
    session = days.plan(cast, cast.ben)
    amara, ben = sign_in(cast.amara), sign_in(cast.ben)
    ben.post(address("prepare", cast, session.ref), {"agenda": "Ben's wish", "seen": "0"})
    answer = amara.post(address("prepare", cast, session.ref), {"agenda": "Amara's wish", "seen": "0"})
    said = text_of(answer)
    assert "This stands in the agenda now, by Ben." in said
    assert "Ben's wish" in said
    assert answer.context["agenda_form"]["agenda"].value() == "Amara's wish"
    assert answer.context["agenda_form"]["seen"].value() == "1"
    amara.post(address("prepare", cast, session.ref), {"agenda": "Both wishes", "seen": "1"})
    seen = queries.opened(cast.ben, cast.pair(cast.ben), queries.whole(cast.ben).get())
    assert seen.agenda == "Both wishes"


def test_an_agenda_for_a_session_that_was_cancelled_meanwhile_is_not_lost(cast, sign_in):
    session = days.plan(cast, cast.ben)
    actions.cancel(session, by=cast.ben)
    answer = sign_in(cast.amara).post(address("prepare", cast, session.ref), {"agenda": "Amara's wish", "seen": "0"})
    said = text_of(answer)
    assert "This session is no longer ahead." in said
    assert "What you wrote was not saved: Amara's wish" in said


def test_moving_to_a_taken_time_is_refused_in_words(cast, sign_in):
    session = days.plan(cast, cast.ben)
    days.plan(cast, cast.ben, days.THURSDAY + timedelta(days=1))
    answer = sign_in(cast.ben).post(address("change", cast, session.ref), plan_form(day="2026-12-04"))
    assert "A session is planned for that time already." in text_of(answer)
    late = sign_in(cast.ben).get(address("change", cast, days.held(cast, cast.ben).ref), follow=True)
    assert "This session has been written down already." in text_of(late)


# --- writing down


def planned_last_tuesday(cast) -> Session:
    with days.at(days.LAST_TUESDAY - timedelta(days=1)):
        return days.plan(cast, cast.ben, days.LAST_TUESDAY, minutes=45, mode="phone")


def test_the_form_knows_the_plan_and_one_press_is_enough(cast, sign_in):
    planned = planned_last_tuesday(cast)
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("write_down_planned", cast, planned.ref)))
    assert {name: form[name] for name in ("day", "at", "minutes", "mode", "present")} == {
        "day": "2026-11-17", "at": "12:30:00", "minutes": "45", "mode": "phone", "present": ["mentor", "mentee"],
    }  # fmt: skip
    answer = amara.post(address("write_down_planned", cast, planned.ref), form, follow=True)
    assert "Your session is written down. Ben gets a mail." in text_of(answer)
    planned.refresh_from_db()
    assert (planned.state, planned.held_minutes, planned.number) == ("held", 45, 1)


def test_without_a_plan_it_is_today_an_hour_that_just_ended(cast, sign_in):
    with days.at(days.NOW + timedelta(minutes=7)):
        form = fields(sign_in(cast.amara).get(address("write_down", cast)))
    assert (form["day"], form["at"], form["minutes"]) == ("2026-11-24", "08:00:00", "60")


def test_everything_in_one_form(cast, sign_in):
    planned = planned_last_tuesday(cast)
    amara = sign_in(cast.amara)
    page = amara.get(address("write_down_planned", cast, planned.ref))
    form = fields(page) | {
        "minutes": "other", "other_minutes": "55", "summary": "The budget talk\nMore of it", "note": "Go slower",
        "action-0-words": "Ask Priya", "action-0-owner": "mentee", "action-0-due_on": "2026-12-01",
        "action-2-words": "Send the chapter", "action-2-owner": "mentor", "next_day": "2026-12-03", "next_at": "",
    }  # fmt: skip
    answer = amara.post(address("write_down_planned", cast, planned.ref), form, follow=True)
    said = text_of(answer)
    assert "Session 1 with Ben" in said
    assert "The budget talk" in said
    assert "Go slower" in said
    assert "Ask Priya Ben By Tuesday 1 December" in said
    assert "Send the chapter Yours Open" in said
    assert "You and Ben can read this" in said
    assert "Only you can read this" in said
    assert queries.next_planned(cast.relationship).starts_at == days.THURSDAY
    assert "Go slower" not in text_of(sign_in(cast.ben).get(address("session", cast, planned.ref)))


def test_an_error_loses_nothing_and_a_closed_tab_neither(cast, sign_in):
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("write_down", cast)))
    typed = form | {
        "day": "2036-01-01", "summary": "Half a sen", "note": "Slower", "action-0-words": "Ask",
        "action-0-owner": "mentor",
    }  # fmt: skip
    answer = amara.post(address("write_down", cast), typed)
    assert "This is still to come." in text_of(answer)
    assert answer.context["form"]["summary"].value() == "Half a sen"
    again = amara.get(address("write_down", cast))
    kept = fields(again)
    assert (kept["summary"], kept["note"], kept["key"]) == ("Half a sen", "Slower", form["key"])
    assert 'value="Ask"' in again.content.decode()
    assert "You began to write this on Tuesday 24 November at 09:00." in text_of(again)
    done = amara.post(address("write_down", cast), kept | {"day": "2026-11-23"}, follow=True)
    assert "Your session is written down." in text_of(done)
    assert not LogDraft.objects.exists()


def test_what_is_typed_is_kept_a_moment_later_and_nobody_else_sees_it(cast, sign_in):
    amara, ben = sign_in(cast.amara), sign_in(cast.ben)
    form = fields(amara.get(address("write_down", cast)))
    answer = amara.post(address("keep", cast), form | {"note": "Half a thou"}, headers={"HX-Request": "true"})
    assert text_of(answer) == "Kept at 09:00, for you alone"
    assert fields(amara.get(address("write_down", cast)))["note"] == "Half a thou"
    assert fields(ben.get(address("write_down", cast))).get("note", "") == ""
    too_long = amara.post(address("keep", cast), form | {"note": "x" * 50_000})
    assert "This is too long to be kept." in text_of(too_long)


def test_keeping_for_later_and_starting_afresh(cast, sign_in):
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("write_down", cast)))
    answer = amara.post(address("write_down", cast), form | {"note": "Half", "then": "keep"}, follow=True)
    assert "What you have written is kept, for you alone." in text_of(answer)
    assert not Session.objects.exists()
    home = text_of(amara.get("/"))
    assert "Finish writing down your session with Ben" in home
    amara.post(address("write_down", cast), {"then": "drop"})
    assert not LogDraft.objects.exists()


def test_pressing_twice_is_one_session_and_lands_on_it(cast, sign_in):
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("write_down", cast))) | {"summary": "The budget talk", "next_day": "2026-12-03"}
    first = amara.post(address("write_down", cast), form)
    second = amara.post(address("write_down", cast), form)
    assert first.headers["Location"] == second.headers["Location"]
    assert sorted(Session.objects.values_list("state", flat=True)) == ["held", "planned"]


def test_what_the_second_writer_typed_is_kept_and_put_beside_the_first(cast, sign_in):
    planned = planned_last_tuesday(cast)
    amara, ben = sign_in(cast.amara), sign_in(cast.ben)
    hers = fields(amara.get(address("write_down_planned", cast, planned.ref))) | {"summary": "Hers"}
    his = fields(ben.get(address("write_down_planned", cast, planned.ref)))
    his |= {"summary": "His", "note": "His own", "action-0-words": "His action", "action-0-owner": "mentee"}
    amara.post(address("write_down_planned", cast, planned.ref), hers)
    answer = ben.post(address("write_down_planned", cast, planned.ref), his, follow=True)
    assert answer.redirect_chain == [(address("edit", cast, planned.ref), 302)]
    said = text_of(answer)
    assert "This stands in the summary now, by Amara." in said
    assert "Hers" in said
    assert "His action" in said
    assert (fields(answer)["summary"], fields(answer)["note"]) == ("His", "His own")
    ben.post(address("edit", cast, planned.ref), fields(answer) | {"summary": "Hers and his"})
    page = text_of(amara.get(address("session", cast, planned.ref)))
    assert "Hers and his Last changed by Ben Thomas on 24 November 2026" in page
    assert "His own" not in page
    assert not LogDraft.objects.exists()


def test_when_the_other_one_did_not_come(cast, sign_in):
    planned = planned_last_tuesday(cast)
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("write_down_planned", cast, planned.ref))) | {"present": ["mentor"]}
    said = text_of(amara.post(address("write_down_planned", cast, planned.ref), form, follow=True))
    assert "It is noted that this session did not take place." in said
    assert "Ben Thomas was not there" in said
    assert "Not there: Ben." in text_of(amara.get(address("sessions", cast)))


def test_a_session_before_the_agreement_is_marked(cast, sign_in):
    session = days.held(cast, cast.amara)
    said = text_of(sign_in(cast.ben).get(address("session", cast, session.ref)))
    assert "Before your agreement was signed, so it does not count towards your hours." in said
    assert "Before the agreement" in text_of(sign_in(cast.ben).get(address("sessions", cast)))


def test_editing_says_when_the_summary_has_changed_meanwhile(cast, sign_in):
    session = days.held(cast, cast.amara)
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("edit", cast, session.ref)))
    actions.change_summary(session, words="Ben's words", seen=1, by=cast.ben)
    answer = amara.post(address("edit", cast, session.ref), form | {"summary": "Hers", "note": "New note"})
    said = text_of(answer)
    assert "This was changed while you were writing." in said
    assert "Ben's words" in said
    assert (answer.context["form"]["summary"].value(), answer.context["form"]["seen"].value()) == ("Hers", "2")
    amara.post(address("edit", cast, session.ref), form | {"summary": "Both", "note": "New note", "seen": "2"})
    seen = queries.opened(cast.amara, cast.pair(cast.amara), queries.whole(cast.amara).get())
    assert (seen.summary_words, seen.note) == ("Both", "New note")


def test_actions_are_added_ticked_and_opened_again(cast, sign_in):
    session = days.held(cast, cast.amara)
    ben = sign_in(cast.ben)
    wrong = text_of(ben.post(address("add_action", cast, session.ref), {"words": "", "owner": "mentee"}))
    assert "Fill this in." in wrong
    ben.post(
        address("add_action", cast, session.ref), {"words": "Ask Priya", "owner": "mentee", "due_on": "2026-11-20"}
    )
    [action] = queries.opened(cast.ben, cast.pair(cast.ben), session).actions
    assert (action.words, action.late) == ("Ask Priya", True)
    assert "One action is late" in text_of(ben.get(address("sessions", cast)))
    tick = address("tick", cast, session.ref, action.item.ref)
    done = ben.post(tick, {"done": "yes"}, follow=True)
    assert "Done on 24 November" in text_of(done)
    assert "0 of one action" not in text_of(ben.get(address("sessions", cast)))
    assert "1 of one action is done." in text_of(ben.get(address("sessions", cast)))
    ben.post(tick, {"done": "no"})
    assert not queries.opened(cast.ben, cast.pair(cast.ben), session).actions[0].item.done_at


def test_hostile_text_is_only_text(cast, sign_in):
    amara = sign_in(cast.amara)
    form = fields(amara.get(address("write_down", cast)))
    form |= {"summary": HOSTILE, "note": HOSTILE, "action-0-words": HOSTILE, "action-0-owner": "mentee"}
    answer = amara.post(address("write_down", cast), form, follow=True)
    pages = [
        answer,
        amara.get(address("sessions", cast)),
        sign_in(cast.ben).get("/"),
        amara.get(address("edit", cast, Session.objects.get().ref)),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert "{{ secret }}" in page.content.decode()
    days.plan(cast, cast.ben, place="javascript:alert(1) " + HOSTILE)
    planned = amara.get(address("session", cast, Session.objects.get(state="planned").ref)).content.decode()
    assert 'href="javascript' not in planned


@pytest.mark.parametrize("broken", [{}, {"key": "x"}, {"action-TOTAL_FORMS": "9" * 30}, {"then": "explode"}])
def test_a_broken_form_is_answered_in_words(cast, sign_in, broken):
    answer = sign_in(cast.ben).post(address("write_down", cast), broken)
    assert answer.status_code in (200, 302)
    assert not Session.objects.exists()


def test_the_list_stands_newest_first_for_everybody_who_may_see_it(cast, sign_in):
    for ago in (9, 2, 5):
        days.held(cast, cast.amara, days.LAST_TUESDAY - timedelta(days=ago), summary="")
    days.plan(cast, cast.ben)
    for actor in (cast.amara, cast.carys):
        said = text_of(sign_in(actor).get(address("sessions", cast)))
        assert re.findall(r"(\d+ \w+) 2026", said) == ["3 Dec", "15 Nov", "12 Nov", "8 Nov"]
    shown = hooks._sessions_panel(cast.amara, cast.pair(cast.amara))["lines"]
    assert [line.session.number for line in shown] == [2, 3, 1]


# --- the same number of queries however much there is


def counted(client, where: str) -> int:
    with CaptureQueriesContext(connection) as default, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(where).status_code == 200
    asked = [query["sql"] for query in default.captured_queries]
    assert not [sql for sql in set(asked) if asked.count(sql) > 1 and 'FROM "meetings_' in sql]
    return len(default) + len(keys)


@pytest.mark.parametrize("who", ["amara", "carys"])
@pytest.mark.parametrize("where", ["list", "pair", "home", "session"])
def test_queries_are_the_same_with_three_and_with_thirty_sessions(cast, sign_in, where, who):
    if (where, who) == ("session", "carys"):
        return
    client, made = sign_in(getattr(cast, who)), []
    for more in (3, 27):
        start = len(made)
        for number in range(start, start + more):
            todo = [NewAction(f"Action {number} {one}", cast.amara.membership) for one in range(2)]
            made.append(
                days.held(
                    cast, cast.amara, days.LAST_TUESDAY - timedelta(days=number), summary=f"S {number}", actions=todo
                )
            )
            days.plan(cast, cast.amara, days.THURSDAY + timedelta(days=number))
        addresses = {
            "list": address("sessions", cast), "pair": reverse("relationships:pair", args=[cast.relationship.ref]),
            "home": "/", "session": address("session", cast, made[0].ref),
        }  # fmt: skip
        counts = counted(client, addresses[where])
        if more == 3:
            first = counts
    assert counts == first, (where, who)


# --- next steps, gate, funnel, panels


def steps_of(actor) -> list[tuple[int, str]]:
    return [(step.weight, str(step.words)) for step in hooks.next_steps(actor)]


def test_the_next_step_goes_from_planning_to_writing_down_to_planning_again(cast):
    assert steps_of(cast.ben) == [(30, "Plan your first session with Amara")]
    assert steps_of(cast.elin) == steps_of(cast.carys) == []
    session = days.plan(cast, cast.ben)
    assert steps_of(cast.ben) == []
    with days.at(days.THURSDAY + timedelta(minutes=59)):
        assert steps_of(cast.ben) == []
    with days.at(days.THURSDAY + timedelta(hours=1)):
        assert steps_of(cast.ben) == [(25, "Write down your session of Thursday with Amara")]
    with days.at(days.THURSDAY + timedelta(days=8)):
        assert steps_of(cast.amara) == [(25, "Write down your session of Thursday 3 December with Ben")]
        todo = NewAction("Ask Priya", cast.ben.membership, (days.THURSDAY + timedelta(days=1)).date())
        record = days.record(days.THURSDAY, actions=[todo])
        actions.write_down(cast.pair(cast.ben), session, record, by=cast.ben)
        assert steps_of(cast.ben) == [(60, "Plan your next session with Amara"), (50, "Ask Priya")]
        assert steps_of(cast.amara) == [(60, "Plan your next session with Ben")]


def test_an_action_of_mine_stands_on_my_home_with_its_day(cast, sign_in):
    todo = NewAction("Ask Priya for a day at Eastgate", cast.ben.membership, days.LAST_TUESDAY.date())
    days.held(cast, cast.amara, actions=[todo])
    assert "Ask Priya for a day at Eastgate" in text_of(sign_in(cast.ben).get("/"))
    assert "Ask Priya for a day at Eastgate" not in text_of(sign_in(cast.amara).get("/"))


def test_ending_well_needs_a_session_that_was_held(cast):
    def needs(to: str) -> list[tuple[str, bool]]:
        return [(str(need.words), need.met) for need in hooks.gate(cast.relationship, to)]

    assert needs("progress") == []
    assert needs("close") == [("One session or more, written down", False)]
    days.held(cast, cast.amara, present=frozenset())
    assert needs("close") == [("One session or more, written down", False)]
    days.held(cast, cast.amara, days.LAST_TUESDAY - timedelta(days=1))
    assert needs("close") == [("One session or more, written down", True)]


def test_met_are_the_people_of_a_pair_that_held_a_session(cast):
    assert not hooks._met(cast.programme).exists()
    days.held(cast, cast.amara, present=frozenset({"mentor"}))
    assert not hooks._met(cast.programme).exists()
    days.held(cast, cast.amara, days.LAST_TUESDAY - timedelta(days=1))
    days.held(cast, cast.amara, days.LAST_TUESDAY - timedelta(days=2))
    met = hooks._met(cast.programme).values_list("membership__name", flat=True)
    assert sorted(met) == ["Amara Okafor", "Ben Thomas"]
    elsewhere = people.pair(people.organisation("Harbour Trust"))
    assert not hooks._met(elsewhere.programme).exists()


def test_the_pair_page_shows_the_next_day_large_and_the_past_as_rows(cast, sign_in):
    page = reverse("relationships:pair", args=[cast.relationship.ref])
    assert "Nothing is planned" in text_of(sign_in(cast.ben).get(page))
    days.plan(cast, cast.ben)
    days.held(cast, cast.amara)
    said = text_of(sign_in(cast.ben).get(page))
    assert "Thursday 3 December 12:30 to 13:30, by video London time, for both of you." in said
    assert "Session 1: The budget talk" in said
    outside = text_of(sign_in(cast.carys).get(page))
    assert "Thursday 3 December 12:30 to 13:30" in outside
    assert "by video" not in outside.lower()  # how they meet is theirs
    assert "budget" not in outside


def test_a_forgotten_session_is_named_on_the_pair_page(cast, sign_in):
    planned_last_tuesday(cast)
    said = text_of(sign_in(cast.ben).get(reverse("relationships:pair", args=[cast.relationship.ref])))
    assert "Your session of Tuesday 17 November is not written down yet." in said
    assert Relationship.objects.get().stage == cast.relationship.stage
