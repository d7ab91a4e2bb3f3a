"""An organisation's own parts of the training: with a file, with questions of its own."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation import files
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import rules
from alongside.readiness.actions import training
from alongside.readiness.actions.training import MOST_QUESTIONS, NotRight
from alongside.readiness.models import Completion, Module
from tests import cast as people
from tests.readiness.test_training import own_part
from tests.visits import browser_of, words_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Size 1>>\n%%EOF\n"
PART = {"title": "Our rooms", "minutes": "5", "mentors": "required", "mentees": "none"}
ASKED = {
    "words": "Who books the room?",
    "answer_1": "Whoever comes first",
    "feedback_1": "Then two stand before a locked door.",
    "answer_2": "The mentor, a week ahead",
    "feedback_2": "Yes: the list opens on Mondays.",
    "right": "2",
    "seen": "1",
}


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pdf(content: bytes = PDF, name: str = "rooms.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def with_file(c) -> Module:
    wanted = training.Wanted("required", "none", None, {"title": "Our rooms", "minutes": 5}, file=pdf())
    return training.add_module(wanted, by=c.carys)


# --- files


def test_a_part_can_be_a_file_that_everybody_here_downloads(c):
    browser_of(c.carys).post("/training/put-together/add/", PART | {"file": pdf()})
    module = Module.objects.get()
    assert "rooms.pdf" in words_of(browser_of(c.amara).get(f"/training/{module.ref}/"))
    given = browser_of(c.amara).get(f"/training/{module.ref}/file/")
    assert b"".join(given.streaming_content) == PDF
    assert given["Content-Disposition"] == 'attachment; filename="rooms.pdf"'
    assert given["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf(b"<script>", "rooms.pdf"), "Choose a PDF."),
        (pdf(PDF, "rooms.exe"), "Choose a PDF."),
        (pdf(PDF[:-8]), "This PDF is damaged or not whole."),
        (pdf(PDF.replace(b"/Size 1", b"/Encrypt 2 0 R")), "protected by a password"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_beside_its_field(c, file, words):
    file.seek(0)
    said = browser_of(c.carys).post("/training/put-together/add/", PART | {"file": file})
    assert words in words_of(said)
    assert 'value="Our rooms"' in said.content.decode()
    assert not Module.objects.exists()
    assert not Upload.objects.exists()


def test_a_file_is_kept_until_another_takes_its_place(c, django_capture_on_commit_callbacks):
    module = with_file(c)
    first = module.file.stored_as
    assert files.delete_due() == 0
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(c.carys).post(
            f"/training/put-together/{module.ref}/", PART | {"seen": "1", "file": pdf(PDF + b"\n", "new.pdf")}
        )
    assert [held.name for held in Upload.objects.all()] == ["new.pdf"]
    assert not default_storage.exists(first)


def test_a_change_without_a_file_leaves_the_one_that_is_there(c):
    module = with_file(c)
    browser_of(c.carys).post(f"/training/put-together/{module.ref}/", PART | {"title": "Rooms", "seen": "1"})
    module.refresh_from_db()
    assert (module.title, module.file.name) == ("Rooms", "rooms.pdf")


def test_a_part_does_not_lose_the_last_that_it_says(c):
    module = with_file(c)
    said = browser_of(c.carys).post(f"/training/put-together/{module.ref}/", PART | {"seen": "1", "without_file": "on"})
    assert "Write a text, or give a link or a file below." in words_of(said)


def test_another_organisation_downloads_nothing(c):
    module = with_file(c)
    other = people.member("Bronagh Kelly", people.organisation("Harbour Trust"), "coordinator")
    assert browser_of(other).get(f"/training/{module.ref}/file/").status_code == 404
    assert browser_of(c.amara).get(f"/files/{module.file.ref}/").status_code == 404


# --- questions


def test_a_question_is_asked_at_the_end_and_answers_back(c):
    module = own_part(c)
    browser_of(c.carys).post(f"/training/put-together/{module.ref}/questions/", ASKED)
    client, url = browser_of(c.amara), f"/training/{module.ref}/"
    key = Module.objects.get().questions[0]["key"]
    said = client.post(url, {"seen": 2, f"question-{key}": "1"})
    assert "Then two stand before a locked door." in words_of(said)
    assert not Completion.objects.exists()
    assert "Yes: the list opens on Mondays." in words_of(
        client.post(url, {"seen": 2, f"question-{key}": "2"}, follow=True)
    )
    assert Completion.objects.get().membership == c.amara.membership


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"right": "3"}, "Choose an answer that you have written."),
        ({"answer_2": ""}, "Fill this in."),
        ({"answer_3": "Nobody"}, "Write what somebody reads who has chosen this answer."),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(c, wrong, words):
    module = own_part(c)
    said = browser_of(c.carys).post(f"/training/put-together/{module.ref}/questions/", ASKED | wrong)
    assert words in words_of(said)
    assert Module.objects.get().questions == []


def test_a_question_is_asked_otherwise_and_no_longer(c):
    module, client = own_part(c), browser_of(c.carys)
    client.post(f"/training/put-together/{module.ref}/questions/", ASKED)
    key = Module.objects.get().questions[0]["key"]
    url = f"/training/put-together/{module.ref}/questions/{key}/"
    client.post(url, ASKED | {"words": "Who looks after the room?", "seen": "2"})
    assert [one["words"] for one in Module.objects.get().questions] == ["Who looks after the room?"]
    client.post(f"{url}leave-out/", {"seen": "3"})
    assert Module.objects.get().questions == []
    assert client.get(url).status_code == 404


def test_two_who_ask_at_once_lose_nothing(c):
    module = own_part(c)
    one = rules.Question("a", "Who?", (rules.Choice("1", "I", "Yes.", True), rules.Choice("2", "You", "No.", False)))
    training.ask(module, one, seen=1, by=c.carys)
    said = browser_of(c.carys).post(f"/training/put-together/{module.ref}/questions/", ASKED)
    assert "Somebody has changed this part a moment ago." in words_of(said)
    assert "Who books the room?" in said.content.decode()


def test_there_are_not_more_questions_than_anybody_answers(c):
    module = own_part(c)
    answers = (rules.Choice("1", "I", "Yes.", True), rules.Choice("2", "You", "No.", False))
    for number in range(MOST_QUESTIONS):
        module = training.ask(module, rules.Question(str(number), "Who?", answers), seen=number + 1, by=c.carys)
    with pytest.raises(NotPossible, match="Twelve questions are enough"):
        training.ask(module, rules.Question("more", "Who?", answers), seen=module.revision, by=c.carys)


def test_the_right_answer_of_an_own_question_is_the_one_that_counts(c):
    module = own_part(c)
    answers = (rules.Choice("1", "I", "Yes.", True), rules.Choice("2", "You", "No.", False))
    module = training.ask(module, rules.Question("who", "Who?", answers), seen=1, by=c.carys)
    with pytest.raises(NotRight) as refused:
        training.complete(module, {"who": "2"}, seen=2, by=c.amara)
    assert refused.value.questions == ["who"]
    assert training.complete(module, {"who": "1"}, seen=2, by=c.amara).revision == 2
