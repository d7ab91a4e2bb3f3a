"""The pages: the way there, who reads it by name before it is sent, and what nobody else comes to."""

import json
import zipfile

import pytest

from alongside.foundation import hooks
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity import actions as identity
from alongside.foundation.notifications.models import Mail
from alongside.records import exports
from alongside.records.actions import complaining, handling
from alongside.records.models import AnswerDraft, Complaint, ComplaintDraft
from alongside.records.queries import complaints as queries
from alongside.records.queries import person_of
from tests.records.complaints.conftest import SECRET, fresh
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db


def said(client, path: str) -> str:
    return " ".join(words_of(client.get(path)).split())


def form(*about, **more) -> dict:
    return {"happened": SECRET, "about": [held.ref for held in about], "ref": new_ref()} | more


def send(client, kind: str, sent: dict, **more):
    """Both pages: writing it, and the last look."""
    client.post(f"/complaints/write/{kind}/", sent)
    return client.post(f"/complaints/send/{kind}/", {"ref": sent["ref"]} | more, follow=True)


# --- for whoever has a question or a complaint


def test_the_way_there_leads_from_worried_about_something_and_first_says_what_else_helps(w):
    ben = browser_of(w.cast.ben)
    assert 'href="/complaints/"' in said(ben, "/worried/")
    page = said(ben, "/complaints/")
    order = [
        "Say it to each other", "Ask Carys Llewellyn, who coordinates Rising leaders", "Or write here",
        "Is this all right?", "Something was not right", "How your data is used",
        "On the complaints panel: Aisha Khan, Viktor Lund", "the privacy officers, Petra Novak",
    ]  # fmt: skip
    assert [words in page for words in order] == [True] * len(order)
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_before_it_is_sent_it_says_by_name_who_reads_it_and_nothing_is_kept_for_others(w):
    ben, sent = browser_of(w.cast.ben), form(w.viktor)
    page = " ".join(words_of(ben.post("/complaints/write/complaint/", sent, follow=True)).split())
    assert ("Carys Llewellyn, who coordinates Rising leaders" in page, SECRET in page) == (True, True)
    assert "The complaints panel: Aisha Khan<" in page.replace(" <", "<")
    assert (Complaint.objects.count(), Mail.objects.filter(kind="complaint.sent").count()) == (0, 0)
    page = " ".join(
        words_of(ben.post("/complaints/send/complaint/", {"ref": sent["ref"], "to": "panel"}, follow=True)).split()
    )
    assert ("It has been sent" in page, "Sent, not acknowledged yet" in page, SECRET in page) == (True, True, True)
    assert "Read by you and Aisha Khan." in page
    assert not ComplaintDraft.objects.exists()


def test_one_about_data_names_its_readers_and_its_day_to_both_sides(w):
    ben = browser_of(w.cast.ben)
    ben.post("/complaints/write/data/", form())
    assert "<b>The privacy officers: Petra Novak</b>, and by nobody else" in said(ben, "/complaints/send/data/")
    page = " ".join(words_of(send(ben, "data", form(), to="privacy")).split())
    assert "acknowledged by Thursday 24 December 2026 at the latest" in page
    complaint = Complaint.objects.get()
    petra = browser_of(w.petra)
    assert "acknowledged by Thursday 24 December 2026" in said(petra, f"/complaints/handled/{complaint.ref}/")
    assert "Read what somebody has written to you, and acknowledge it" in said(petra, "/")


def test_where_nobody_could_read_it_it_says_whom_else_to_ask_and_the_words_are_kept(w):
    ben = browser_of(w.cast.ben)
    page = " ".join(words_of(send(ben, "complaint", form(w.viktor, w.aisha, w.cast.carys), to="panel")).split())
    assert "Everybody who could read this is among the people whom you name" in page
    assert ("Write to privacy@northgate.example" in page, SECRET in page, "Send it<" in page) == (True, True, False)
    assert Complaint.objects.count() == 0


def test_who_has_lost_the_role_since_the_last_look_is_not_sent_to(w):
    ben, sent = browser_of(w.cast.ben), form()
    ben.post("/complaints/write/complaint/", sent)
    for actor in (w.viktor, w.aisha):
        identity.end_role(actor.membership, "complaints_panel", by=w.ada)
    answer = ben.post("/complaints/send/complaint/", {"ref": sent["ref"], "to": "panel"})
    assert (answer.status_code, Complaint.objects.count(), "Error:" in words_of(answer)) == (200, 0, True)


def test_pressed_twice_it_is_sent_once_and_shown(w):
    ben, sent = browser_of(w.cast.ben), form()
    for _time in range(2):
        page = words_of(send(ben, "complaint", sent, to="panel"))
        assert "Read by you and" in page
    assert Complaint.objects.count() == 1


def test_people_around_can_be_ticked_and_neither_strangers_nor_oneself(w):
    page = said(browser_of(w.cast.ben), "/complaints/write/complaint/")
    for name in ("Amara Okafor", "Carys Llewellyn", "Viktor Lund", "Petra Novak"):
        assert f"> {name}" in page or f">{name}" in page
    assert "Elin Berg" not in page
    for about in (w.cast.elin, w.cast.ben):
        answer = browser_of(w.cast.ben).post("/complaints/write/complaint/", form(about))
        assert (answer.status_code, "Error:" in words_of(answer)) == (200, True)


def test_what_is_typed_is_kept_for_its_writer_alone_until_it_is_sent_or_deleted(w):
    ben, sent = browser_of(w.cast.ben), form(w.cast.amara)
    kept = ben.post("/complaints/keep/complaint/", sent)
    assert "Kept at 09:00, for you alone" in " ".join(words_of(kept).split())
    page = said(ben, "/complaints/write/complaint/")
    assert (SECRET in page, page.count(" checked")) == (True, 1)
    assert "Begun, kept for you alone" in said(ben, "/complaints/")
    assert SECRET not in said(browser_of(w.cast.amara), "/complaints/write/complaint/")
    send(ben, "complaint", sent, to="panel")
    assert "This has been sent already." in words_of(ben.post("/complaints/keep/complaint/", sent))
    ben.post("/complaints/write/data/", form(then="keep"))
    ben.post("/complaints/write/data/", {"then": "drop"})
    assert SECRET not in said(ben, "/complaints/write/data/")
    assert "too long to be kept" in words_of(ben.post("/complaints/keep/data/", form(happened="x" * 40_000)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_kept_or_refused_in_words(w, name):
    ben, viktor, text = browser_of(w.cast.ben), browser_of(w.viktor), HOSTILE[name]
    assert is_harmless(send(ben, "complaint", form(happened=text, wanted=text), to="panel"))
    assert is_harmless(ben.post("/complaints/keep/data/", form(happened=text, ref=text)))
    assert is_harmless(ben.post("/complaints/send/data/", {"ref": text, "to": text}, follow=True))
    for complaint in Complaint.objects.all():
        assert is_harmless(viktor.get(f"/complaints/handled/{complaint.ref}/"))
        assert is_harmless(viktor.post(f"/complaints/handled/{complaint.ref}/answer/", {"words": text, "seen": text}))


def test_a_kind_that_is_none_is_nothing(w):
    ben = browser_of(w.cast.ben)
    assert [ben.get(f"/complaints/{page}/gossip/").status_code for page in ("write", "send")] == [404, 404]


def test_its_writer_adds_hands_on_takes_back_and_settles(w):
    complaint, ben = w.sent(w.cast.ben, to=w.carys_key), browser_of(w.cast.ben)
    own = f"/complaints/own/{complaint.ref}/"
    ben.post(f"{own}add/", {"words": "And there is a witness", "ref": new_ref()})
    assert "And there is a witness" in said(ben, own)
    ben.post(f"{own}hand_on/", {"to": "panel"})
    assert "Read by you and Viktor Lund, Aisha Khan." in said(ben, own)
    seen = queries.last_word(complaint)
    handling.answer(complaint, "You were right.", "upheld", seen=seen, by=w.viktor)
    page = said(ben, own)
    assert ("You were right." in page, "Upheld" in page, "It is settled" in page) == (True, True, True)
    assert "cannot be taken back any more" in words_of(ben.post(f"{own}take_back/"))
    ben.post(f"{own}settle/")
    assert (fresh(complaint).state, "Add something" in said(ben, own)) == ("closed", False)


# --- for whoever handles it


def test_its_writer_finds_the_answer_from_their_first_page_until_they_have_opened_it(w):
    complaint, ben = w.sent(w.cast.ben), browser_of(w.cast.ben)
    own, news = f"/complaints/own/{complaint.ref}/", "Read what was written to you about what you have sent"
    assert f'href="{own}"' not in said(ben, "/")
    handling.acknowledge(complaint, "Thank you.", by=w.viktor)
    assert (news in said(ben, "/"), f'href="{own}"' in said(ben, "/")) == (True, True)
    ben.get(own)
    assert news not in said(ben, "/")
    handling.answer(complaint, "You were right.", "upheld", seen=queries.last_word(complaint), by=w.viktor)
    assert "Read the answer to what you have sent" in said(ben, "/")
    assert own not in said(browser_of(w.viktor), "/") + said(browser_of(w.cast.amara), "/")
    ben.get(own)
    complaining.add(complaint, "Thank you.", by=w.cast.ben)
    assert f'href="{own}"' not in said(ben, "/")


def test_a_coordinator_finds_what_was_written_to_her_from_her_first_page_and_the_complaints_page(w):
    complaint, carys = w.sent(w.cast.ben, to=w.carys_key, kind="question"), browser_of(w.cast.carys)
    assert f'href="/complaints/handled/{complaint.ref}/"' in said(carys, "/")
    assert 'href="/complaints/handled/"' in said(carys, "/complaints/")
    assert 'href="/complaints/handled/"' not in said(browser_of(w.cast.amara), "/complaints/")
    handling.answer(complaint, "Yes, it is.", "plain_answer", seen="", by=w.cast.carys)
    assert complaint.ref not in said(carys, "/")


def shown(w) -> str:
    """How many are on the panel, as auditors read it."""
    [held] = [one for one in hooks.assurance.of(w.cast.carys.organisation) if str(one.words) == "People on the panel"]
    return str(held.said or held.count)


def test_where_there_is_no_panel_an_administrator_is_led_to_name_one(w):
    words, ada = "Name people for the complaints panel", browser_of(w.ada)
    assert words not in said(ada, "/complaints/")
    assert shown(w) == "2"
    for actor in (w.viktor, w.aisha):
        identity.end_role(actor.membership, "complaints_panel", by=w.ada)
    assert shown(w) == "Nobody is named yet"
    assert words in said(ada, "/complaints/")
    assert words not in said(browser_of(w.cast.ben), "/complaints/")
    assert "Nobody is there yet who could read a question or a complaint of yours" in said(ada, "/complaints/")


def act(client, complaint, deed: str, **sent):
    return client.post(f"/complaints/handled/{complaint.ref}/{deed}/", {"ref": new_ref()} | sent, follow=True)


def test_the_panel_acknowledges_looks_into_it_notes_whom_it_told_answers_and_closes(w):
    complaint, viktor = w.sent(w.cast.ben, w.cast.carys, wanted="An apology"), browser_of(w.viktor)
    assert f"/complaints/handled/{complaint.ref}/" in said(viktor, "/complaints/handled/")
    page = said(viktor, f"/complaints/handled/{complaint.ref}/")
    assert (SECRET in page, "An apology" in page, "Carys Llewellyn" in page, "Aisha Khan" in page) == (True,) * 4
    act(viktor, complaint, "acknowledge", words="Thank you, Ben.")
    act(viktor, complaint, "look_into")
    act(viktor, complaint, "write", words="Which room was it?")
    assert "that they were told" in " ".join(
        words_of(act(viktor, complaint, "told", person=w.cast.carys.ref)).split()
    )  # fmt: skip
    seen = queries.last_word(complaint)
    page = words_of(act(viktor, complaint, "answer", words="You were right.", outcome="upheld", seen=seen))
    assert ("Upheld" in page, "You were right." in page) == (True, True)
    act(viktor, complaint, "close", seen=queries.last_word(complaint))
    assert (fresh(complaint).state, fresh(complaint).outcome) == ("closed", "upheld")


def test_an_answer_to_what_has_gone_on_meanwhile_stays_in_its_form_and_goes_the_second_time(w):
    complaint, viktor = w.sent(w.cast.ben), browser_of(w.viktor)
    handling.acknowledge(complaint, "Thank you.", by=w.aisha)
    seen = queries.last_word(complaint)
    complaining.add(complaint, "And there is a witness", by=w.cast.ben)
    sent = {"words": "There is no proof.", "outcome": "not_upheld"}
    page = words_of(act(viktor, complaint, "answer", seen=seen, **sent))
    assert ("Something was written meanwhile" in page, "There is no proof." in page, "a witness" in page) == (True,) * 3
    assert f'value="{queries.last_word(complaint)}"' in page
    act(viktor, complaint, "answer", seen=queries.last_word(complaint), **sent)
    assert fresh(complaint).state == "answered"


def keep(client, complaint, words: str):
    return client.post(f"/complaints/handled/{complaint.ref}/keep/", {"words": words, "outcome": "upheld"})


def test_an_answer_that_is_being_typed_is_kept_for_its_author_alone_until_it_is_sent(w):
    complaint, viktor = w.sent(w.cast.ben), browser_of(w.viktor)
    path = f"/complaints/handled/{complaint.ref}/"
    handling.acknowledge(complaint, "Thank you.", by=w.viktor)
    assert "for you alone" in words_of(keep(viktor, complaint, "I have asked both of"))
    viktor = browser_of(w.viktor)  # signed out meanwhile
    page = said(viktor, path)
    assert ("I have asked both of" in page, "You began to write this on Tuesday 24 November" in page) == (True, True)
    for other in (browser_of(w.aisha).get(path), browser_of(w.cast.ben).get(f"/complaints/own/{complaint.ref}/")):
        assert "I have asked both of" not in words_of(other)
    seen = queries.last_word(complaint)
    act(viktor, complaint, "answer", words="I have asked both of you.", outcome="upheld", seen=seen)
    assert (AnswerDraft.objects.count(), fresh(complaint).state) == (0, "answered")
    assert "Look at it again" in words_of(keep(viktor, complaint, "What comes late"))
    assert AnswerDraft.objects.count() == 0


def test_without_script_an_answer_is_kept_by_a_button_and_nothing_is_sent(w):
    complaint, viktor = w.sent(w.cast.ben), browser_of(w.viktor)
    page = " ".join(words_of(act(viktor, complaint, "answer", words="I have asked", then="keep")).split())
    assert ("is kept, for you alone. Nothing was sent." in page, "I have asked" in page) == (True, True)
    assert fresh(complaint).state == "received"
    page = words_of(act(viktor, complaint, "answer", words="x" * 20000, then="keep"))
    assert "This is too long to be kept" in page


def test_an_answer_that_was_begun_goes_when_it_ends_and_nobody_else_keeps_one(w):
    complaint = w.sent(w.cast.ben)
    for actor in (w.viktor, w.aisha):
        handling.keep_answer(complaint, {"words": "I have asked"}, by=actor)
    assert keep(browser_of(w.cast.amara), complaint, "Not for me").status_code == 404
    complaining.take_back(complaint, by=w.cast.ben)
    assert AnswerDraft.objects.count() == 0


def test_nobody_else_comes_to_it(w):
    complaint = w.sent(w.cast.ben, w.viktor)
    for actor in (w.viktor, w.cast.amara, w.cast.carys, w.cast.elin, w.ada, w.petra, w.cast.ben):
        browser, ref = browser_of(actor), complaint.ref
        assert browser.get(f"/complaints/handled/{ref}/").status_code == 404, actor
        assert browser.post(f"/complaints/handled/{ref}/close/").status_code == 404
        if actor is not w.cast.ben:
            assert browser.get(f"/complaints/own/{ref}/").status_code == 404
            assert browser.post(f"/complaints/own/{ref}/take_back/").status_code == 404
    assert browser_of(w.aisha).get(f"/complaints/own/{complaint.ref}/").status_code == 404


def test_a_role_that_ends_or_a_complaint_that_is_taken_back_shuts_the_page_at_once(w):
    complaint, viktor, aisha = w.sent(w.cast.ben), browser_of(w.viktor), browser_of(w.aisha)
    path = f"/complaints/handled/{complaint.ref}/"
    assert [held.get(path).status_code for held in (viktor, aisha)] == [200, 200]
    identity.end_role(w.viktor.membership, "complaints_panel", by=w.ada)
    assert [held.get(path).status_code for held in (viktor, aisha)] == [404, 200]
    complaining.take_back(complaint, by=w.cast.ben)
    assert [held.get(path).status_code for held in (viktor, aisha)] == [404, 404]


def test_lists_ask_as_little_with_many_as_with_few(w):
    def asked(path: str, actor) -> int:
        found = queries_of(browser_of(actor), path)
        assert twice(found) == []
        return len(found)

    pages = [("/complaints/handled/", w.viktor), ("/complaints/", w.cast.ben), ("/", w.viktor)]
    w.sent(w.cast.ben, w.cast.carys)
    few = [asked(*page) for page in pages]
    for _number in range(5):
        w.sent(w.cast.ben, w.cast.carys, w.cast.amara)
    assert [asked(*page) for page in pages] == few


# --- nothing shows


def exported(actor) -> tuple[list[str], str, list[str]]:
    """The tables in somebody's export, all that it says, and the tables of what is held back for review."""
    written = exports.write(person_of(actor.membership))
    with zipfile.ZipFile(written.path) as archive:
        whole = archive.read("data.json").decode()
    tables = [table["table"] for table in json.loads(whole)["tables"]]
    return tables, whole, [passage.table for passage in written.held_back]


def test_whom_it_is_about_finds_no_trace_and_it_waits_for_review_before_their_export_holds_any(w):
    """Planted: a complaint about Amara, read and answered; looked for wherever she and others can look."""
    complaint = w.sent(w.cast.ben, w.cast.amara, wanted="That it stops")
    handling.acknowledge(complaint, "Thank you, we have it.", by=w.viktor)
    handling.open_complaint(complaint, by=w.viktor)
    traces = (SECRET, "That it stops", "we have it", complaint.ref)
    bodies = " ".join(f"{mail.subject} {mail.body} {mail.html}" for mail in Mail.objects.all())
    assert not [trace for trace in traces[:-1] if trace in bodies]
    pages = ("/", "/pairs/", f"/pairs/{w.cast.relationship.ref}/", "/complaints/", "/complaints/handled/")
    for actor in (w.cast.amara, w.cast.carys, w.ada, w.petra):
        browser = browser_of(actor)
        seen = " ".join(words_of(browser.get(path)) for path in pages)
        assert not [trace for trace in traces if trace in seen], actor
    tables, whole, held_back = exported(w.cast.amara)
    assert not [table for table in tables if table.startswith("records.")]
    assert not [trace for trace in traces if trace in whole]
    assert [table for table in held_back if table.startswith("records.")] == [
        "records.complaint", "records.complaintabout", "records.complaintmessage",
    ]  # fmt: skip


def test_its_writers_own_export_holds_what_was_written_on_both_sides(w):
    complaint = w.sent(w.cast.ben, w.cast.amara)
    handling.acknowledge(complaint, "Thank you, we have it.", by=w.viktor)
    _tables, whole, held_back = exported(w.cast.ben)
    assert (SECRET in whole, "Thank you, we have it." in whole) == (True, True)
    assert not [table for table in held_back if table.startswith("records.complaint")]
    assert SECRET not in exported(w.viktor)[1]
