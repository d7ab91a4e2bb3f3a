"""The pages: the way there from everywhere, what is said before writing, and what nobody else comes to."""

import json
import zipfile
from datetime import timedelta

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.events.refs import new_ref
from alongside.foundation.notifications.models import Mail
from alongside.meetings import actions as meetings
from alongside.meetings.actions import Record
from alongside.programmes.models import Programme
from alongside.records import exports
from alongside.records.queries import person_of
from alongside.relationships.models import Relationship
from alongside.safeguarding import actions, queries
from alongside.safeguarding.models import Case, Signpost
from tests.meetings import days
from tests.safeguarding.conftest import SECRET
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
PAGES = ("/", "/pairs/", "/me/profile/", "/people/", "/who-may-read-what/", "/worried/", "/worried/write/")


def said(client, path: str) -> str:
    return " ".join(words_of(client.get(path)).split())


def form(*about, **more) -> dict:
    sent = {"happened": SECRET, "about": [held.ref for held in about], "ref": new_ref()}
    return sent | more


# --- for whoever is worried


def test_the_way_there_stands_on_the_pages_of_every_role(w):
    for actor in (w.cast.ben, w.cast.amara, w.cast.carys, w.cast.elin, w.ada, w.petra, w.sam, w.lena):
        browser = browser_of(actor)
        for path in ("/", "/me/profile/", "/who-may-read-what/"):
            assert '<a href="/worried/">Worried about something?</a>' in said(browser, path), path


def test_before_writing_comes_danger_whom_to_call_who_reads_it_and_no_promise_of_secrecy(w):
    actions.set_signposts({"emergency": ("Site control room", "ext. 2222")}, by=w.ada)
    page = said(browser_of(w.cast.ben), "/worried/")
    order = ["Call the emergency services first", "Use your own words", "ext. 2222", "Sam Osei reads what you write"]
    assert [words in page for words in order] == [True] * 4
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "then Lena Fischer alone reads it" in page
    assert "We cannot promise to keep it to ourselves" in page
    assert "a regulator, a union, a doctor or a lawyer" in page
    assert "but not with the one whom it is about: Carys Llewellyn." in page


def test_written_down_it_is_sent_and_its_raiser_reads_it_and_the_answer(w):
    ben = browser_of(w.cast.ben)
    answer = ben.post("/worried/write/", form(w.cast.amara, opinion="I may be wrong"), follow=True)
    page = " ".join(words_of(answer).split())
    assert "You hear from us within 24 hours" in page
    assert (SECRET in page, "I may be wrong" in page, "Sent, not answered yet" in page) == (True, True, True)
    actions.acknowledge(Case.objects.get(), "Thank you, Ben.", by=w.sam)
    page = said(ben, answer.request["PATH_INFO"])
    assert ("Thank you, Ben." in page, "Answered" in page) == (True, True)
    ben.post(answer.request["PATH_INFO"], {"words": "And on Friday too"})
    assert "And on Friday too" in said(ben, answer.request["PATH_INFO"])


def test_who_is_around_can_be_ticked_and_oneself_and_nobody_else(w):
    page = said(browser_of(w.cast.ben), "/worried/write/")
    for name in ("Amara Okafor", "Carys Llewellyn", "Sam Osei", "Lena Fischer", "Me: I am worried about myself"):
        assert name in page
    assert "Elin Berg" not in page
    answer = browser_of(w.cast.ben).post("/worried/write/", form(w.cast.elin))
    assert (answer.status_code, Case.objects.count()) == (200, 0)


def test_before_a_launch_nobody_learns_who_coordinates_them_or_whom_they_will_meet(w):
    Programme.objects.update(state="draft")
    assert "Carys Llewellyn" not in said(browser_of(w.cast.ben), "/worried/")
    page = said(browser_of(w.cast.ben), "/worried/write/")
    assert [name in page for name in ("Carys Llewellyn", "Amara Okafor", "Sam Osei")] == [False, False, True]


def test_about_both_who_handle_concerns_it_is_not_sent_and_the_words_stay_in_the_form(w):
    actions.set_signposts({"outside": ("Chair of the trustees, Ms Rowe", "01632 960 001")}, by=w.ada)
    page = words_of(browser_of(w.cast.ben).post("/worried/write/", form(w.sam, w.lena)))
    assert "Turn to somebody outside" in page
    assert (SECRET in page, "01632 960 001" in page, "Error:" in page) == (True, True, True)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_kept_or_refused_in_words(w, name):
    ben, sam = browser_of(w.cast.ben), browser_of(w.sam)
    assert is_harmless(ben.post("/worried/write/", form(happened=HOSTILE[name]), follow=True))
    for case in Case.objects.all():
        assert is_harmless(sam.get(f"/concerns/{case.ref}/"))
    assert is_harmless(browser_of(w.ada).post("/worried/whom-to-call/", {"union_name": HOSTILE[name]}))


def test_a_number_without_a_name_is_said_at_the_field(w):
    page = words_of(browser_of(w.ada).post("/worried/whom-to-call/", {"union_reach": "ext. 5"}))
    assert "Say who that is." in page
    assert not Signpost.objects.exists()


def test_what_is_typed_is_kept_for_its_writer_alone_until_it_is_sent(w):
    ben, sent = browser_of(w.cast.ben), form(w.cast.amara)
    assert "Kept at 09:00, for you alone" in " ".join(words_of(ben.post("/worried/keep/", sent)).split())
    assert (Case.objects.count(), Mail.objects.filter(kind="concern.raised").count()) == (0, 0)
    assert "Go on writing" in said(ben, "/worried/")
    page = said(ben, "/worried/write/")
    assert (SECRET in page, page.count(" checked")) == (True, 1)
    for other in (w.cast.amara, w.sam, w.ada):
        assert SECRET not in said(browser_of(other), "/worried/write/")
    ben.post("/worried/write/", sent)
    assert SECRET not in said(ben, "/worried/write/")
    assert "This has been sent already." in words_of(ben.post("/worried/keep/", sent))


def test_what_was_kept_can_be_deleted_and_too_much_is_refused_in_words(w):
    ben = browser_of(w.cast.ben)
    ben.post("/worried/write/", form(then="keep"))
    ben.post("/worried/write/", {"then": "drop"})
    assert SECRET not in said(ben, "/worried/write/")
    assert "too long to be kept" in words_of(ben.post("/worried/keep/", form(happened="x" * 40_000)))


def test_what_stays_between_them_is_read_and_confirmed_once_before_they_first_meet(w):
    ben, step = browser_of(w.cast.ben), "Read what stays between the two of you, and what cannot"
    assert step in said(ben, "/")
    assert step not in said(browser_of(w.cast.elin), "/")
    page = said(ben, "/worried/limits/")
    assert "from whistleblowing, from reporting harassment or discrimination" in page
    assert "Tell Sam Osei, who handles concerns here" in page
    for _time in range(2):
        ben.post("/worried/limits/")
    assert (step in said(ben, "/"), "You read this on 24 November 2026" in said(ben, "/worried/limits/")) == (
        False,
        True,
    )
    assert AuditEntry.objects.filter(name="limits.read").count() == 1
    assert step in said(browser_of(w.cast.amara), "/")


# --- for whoever handles it


def act(client, case, deed: str, **sent):
    return client.post(f"/concerns/{case.ref}/{deed}/", sent, follow=True)


def test_the_lead_reads_answers_decides_holds_and_closes(w):
    case, sam = w.raised(w.cast.ben, w.cast.amara), browser_of(w.sam)
    assert "Read a concern that somebody has raised" in said(sam, "/")
    page = said(sam, f"/concerns/{case.ref}/")
    assert (SECRET in page, "Amara Okafor" in page, "Answer first" in page) == (True, True, True)
    act(sam, case, "acknowledge", words="Thank you, Ben. I have it.")
    act(sam, case, "step", step="triaged:advise", words="A talk with both, apart")
    act(sam, case, "hold", pair=w.cast.relationship.ref)
    assert Relationship.objects.get().is_on_hold
    assert "First let the meetings go on" in words_of(act(sam, case, "step", step="closed:supported", words="Talked"))
    act(sam, case, "release", pair=w.cast.relationship.ref)
    act(sam, case, "note", words="Amara was glad to be asked")
    page = " ".join(words_of(act(sam, case, "step", step="closed:supported", words="Talked")).split())
    assert ("Closed: Support is in place" in page, "Amara was glad to be asked" in page) == (True, True)
    assert AuditEntry.objects.filter(name="case.read").count() == 8


def test_while_it_is_open_the_lead_sees_when_the_two_met_and_never_what_was_said(w):
    met = Record(
        starts_at=days.NOW - timedelta(days=3), minutes=50, present=frozenset({"mentor", "mentee"}), key=days.key(),
        summary="The ward budget",
    )  # fmt: skip
    meetings.write_down(w.cast.pair(w.cast.ben), None, met, by=w.cast.ben)
    case, sam = w.raised(w.cast.ben, w.cast.amara), browser_of(w.sam)
    page = said(sam, f"/concerns/{case.ref}/")
    assert ("When they met" in page, "50 minutes" in page, "The ward budget" in page) == (True, True, False)
    actions.acknowledge(case, "Thank you.", by=w.sam)
    for step in (("triaged", "no_action"), ("closed", "nothing_more")):
        act(sam, case, "step", step=":".join(step), words="Talked")
    assert "When they met" not in said(sam, f"/concerns/{case.ref}/")


def test_what_cannot_be_done_is_said_and_what_was_typed_stays(w):
    case, sam = w.raised(w.cast.ben), browser_of(w.sam)
    actions.acknowledge(case, "Thank you.", by=w.sam)
    page = words_of(act(sam, case, "step", step="closed:supported", words="Too early"))
    assert ("Too early" in page, "Error:" in page) == (True, True)
    assert "Nobody of that name is in this organisation." in words_of(act(sam, case, "involve", who="Nobody At All"))
    act(sam, case, "involve", who="elin berg")
    assert [held.name for held in queries.concerned(case)] == ["Elin Berg"]


def test_nobody_else_comes_to_a_case_or_a_report(w):
    case = w.raised(w.cast.ben, w.cast.amara)
    report = queries.own(w.cast.ben).get().ref
    for actor in (w.cast.amara, w.cast.carys, w.cast.elin, w.ada, w.petra, w.lena):
        browser = browser_of(actor)
        paths = (f"/concerns/{case.ref}/", f"/worried/{report}/")
        assert [browser.get(path).status_code for path in paths] == [404, 404], actor
        assert browser.post(f"/concerns/{case.ref}/note/", {"words": "x"}).status_code == 404
    assert browser_of(w.sam).get(f"/worried/{report}/").status_code == 404
    assert browser_of(w.cast.ben).get("/concerns/").status_code == 404


def test_the_list_asks_as_little_with_many_as_with_few(w):
    for number in range(3):
        w.raised(w.cast.ben, w.cast.amara, happened=f"Worry {number}")
    sam = browser_of(w.sam)
    few = queries_of(sam, "/concerns/")
    for number in range(9):
        w.raised(w.cast.elin, w.cast.carys, happened=f"Another {number}")
    many = queries_of(sam, "/concerns/")
    assert (len(many), twice(many)) == (len(few), [])
    assert len(few) <= 8


# --- nothing shows


def test_neither_pages_nor_mails_nor_the_others_export_show_a_trace(w):
    """Planted: a case about Amara, read, with meetings on hold; looked for wherever somebody else can look."""
    case = w.raised(w.cast.ben, w.cast.amara, w.cast.carys, people="The man with the kite", opinion="It is not right")
    actions.acknowledge(case, "Thank you, I have it.", by=w.sam)
    actions.note(case, "Rang the night desk", by=w.sam)
    actions.open_case(case, by=w.sam)
    traces = (SECRET, "The man with the kite", "It is not right", "I have it", "Rang the night desk", case.ref)
    bodies = " ".join(f"{mail.subject} {mail.body} {mail.html}" for mail in Mail.objects.exclude(kind="concern.raised"))
    assert not [trace for trace in traces[:-1] if trace in bodies]
    for actor in (w.cast.amara, w.cast.carys, w.ada, w.petra, w.cast.elin):
        browser = browser_of(actor)
        pages = " ".join(words_of(browser.get(path)) for path in (*PAGES, f"/pairs/{w.cast.relationship.ref}/"))
        assert not [trace for trace in traces if trace in pages], actor
        assert "/concerns/" not in pages
    for actor in (w.cast.amara, w.cast.carys, w.ada, w.petra):
        tables, whole = exported(actor)
        assert not [table for table in tables if table.startswith("safeguarding.")], actor
        assert not [trace for trace in traces if trace in whole], actor


def test_the_raisers_own_export_holds_their_own_words_and_nothing_of_the_case(w):
    case = w.raised(w.cast.ben, w.cast.amara)
    actions.acknowledge(case, "Thank you, I have it.", by=w.sam)
    actions.note(case, "Rang the night desk", by=w.sam)
    tables, whole = exported(w.cast.ben)
    assert [table for table in tables if table.startswith("safeguarding.")] == ["safeguarding.concern"]
    assert (SECRET in whole, "Rang the night desk" in whole, "I have it" in whole) == (True, False, False)


def exported(actor) -> tuple[list[str], str]:
    """The tables in somebody's export, and all that it says."""
    with zipfile.ZipFile(exports.write(person_of(actor.membership)).path) as archive:
        whole = archive.read("data.json").decode()
    return [table["table"] for table in json.loads(whole)["tables"]], whole
