"""A coordinator brings a roster in, page by page."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.models import Membership
from alongside.people.models import Link, Profile, RosterImport, RosterRow
from tests.people.conftest import ROSTER

pytestmark = pytest.mark.django_db


def send(client, content=ROSTER, name="people.csv"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("people:upload"), {"file": file})


def meanings(roster, **changed):
    form = {f"column_{place}": meaning for place, (_header, meaning) in enumerate(roster.mapping["columns"])}
    return {**form, "month_first": "no", "everybody_is": "", **changed}


@pytest.fixture
def checked(as_, carys):
    """A roster of which every row is checked, and the client that looks at it."""
    client = as_(carys)
    send(client)
    roster = RosterImport.objects.get()
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster))
    jobs.run_pending()
    roster.refresh_from_db()
    return client, roster


def page(client, name, *args, **query):
    return client.get(reverse(f"people:{name}", args=args), query)


def test_the_columns_are_shown_with_three_values_and_protected_ones_without_any(as_, carys):
    client = as_(carys)
    answer = send(client)
    roster = RosterImport.objects.get()
    assert answer.url == reverse("people:columns", args=[roster.ref])

    words = client.get(answer.url).content.decode()
    assert "Ward lead" in words
    assert "Left out: ask people themselves" in words
    assert "a secret need" not in words


def test_the_preview_names_every_row_with_reason_and_cure(checked):
    client, roster = checked
    words = page(client, "roster", roster.ref).content.decode()  # questions come first
    assert "Employee number N1 stands in row 2 with amara@northgate.example" in words
    words = page(client, "roster", roster.ref, outcome="refused").content.decode()
    assert "“Boss” is no role that is known here." in words
    assert "Write mentor, mentee or both, or leave the cell empty." in words
    words = page(client, "roster", roster.ref, outcome="created").content.decode()
    assert "Amara Okafor" in words
    assert "Ben Thomas" in words
    assert Membership.objects.filter(work_address="ben@northgate.example").count() == 0


def test_taking_in_makes_people_profiles_links_and_one_audit_entry_for_all(checked, carys):
    client, roster = checked
    client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()

    ben = Membership.objects.get(work_address="ben@northgate.example")
    assert (ben.name, ben.employee_number, ben.state, ben.account) == ("Ben Thomas", "N2", "listed", None)
    assert Profile.objects.get(membership=ben).roster_role == "mentee"
    assert Link.objects.get(target=ben, until=None).source.name == "Amara Okafor"
    entry = AuditEntry.objects.get(name="roster.taken_in")
    assert (entry.by, entry.about_ref) == (carys.ref, roster.ref)
    assert entry.codes == {"created": 2, "changed": 0, "unchanged": 0, "refused": 1, "questions": 1}
    assert not Upload.objects.exists()
    assert "Your people are here" in page(client, "roster", roster.ref).content.decode()


def test_taking_in_twice_has_one_effect(checked):
    client, roster = checked
    for _click in range(2):
        client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()
    client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()
    assert Membership.objects.filter(employee_number="N2").count() == 1
    assert AuditEntry.objects.filter(name="roster.taken_in").count() == 1


@pytest.mark.parametrize(
    ("answer", "outcome", "address"),
    [
        ("leave_out", "skipped", "amara@northgate.example"),
        ("same", "skipped", "a.okafor@northgate.example"),
        ("other", "created", "amara@northgate.example"),
    ],
)
def test_a_question_is_answered_by_a_person(checked, answer, outcome, address):
    client, roster = checked
    row = RosterRow.objects.get(spreadsheet_row=5)
    client.post(reverse("people:question", args=[roster.ref, row.ref]), {"answer": answer})

    row.refresh_from_db()
    assert row.outcome == outcome
    client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()
    assert Membership.objects.get(employee_number="N1").work_address == address
    assert Membership.objects.filter(name="Amara Okafor").count() == (2 if answer == "other" else 1)


def test_the_rows_to_mend_come_back_as_a_file_that_nothing_runs_and_that_can_be_sent_again(as_, carys):
    client = as_(carys)
    send(client, "Name,Email,Role\n=1+1 Elin,elin@northgate.example,Boss\n")
    roster = RosterImport.objects.get()
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster, column_2="role"))
    jobs.run_pending()

    answer = page(client, "refused_rows", roster.ref)
    content = answer.getvalue()
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert lines[0] == ["Row in the file", "Why it was not taken in", "Name", "Email", "Role"]
    assert lines[1][0] == "2"
    assert lines[1][2:] == ["'=1+1 Elin", "elin@northgate.example", "Boss"]

    send(client, content.replace(b"Boss", b"Mentor"), "mended.csv")
    again = RosterImport.objects.exclude(pk=roster.pk).get()
    assert [meaning for _header, meaning in again.mapping["columns"]] == [
        "unknown",
        "unknown",
        "name",
        "work_address",
        "role",
    ]


def test_a_roster_can_be_left_and_taken_up_again_and_discarded_after_asking(as_, carys):
    client = as_(carys)
    send(client)
    roster = RosterImport.objects.get()
    assert roster.file_name in page(client, "imports").content.decode()
    assert page(client, "roster", roster.ref).url == reverse("people:columns", args=[roster.ref])

    assert "Keep it" in page(client, "discard", roster.ref).content.decode()
    client.post(reverse("people:discard", args=[roster.ref]))
    roster.refresh_from_db()
    assert roster.state == "discarded"
    assert not Upload.objects.exists()
    assert "This roster was discarded" in page(client, "roster", roster.ref).content.decode()


def test_a_file_that_is_no_roster_is_refused_beside_its_field_and_nothing_is_kept(as_, carys):
    answer = send(as_(carys), b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    assert answer.status_code == 200
    assert "has-error" in answer.content.decode()
    assert not RosterImport.objects.exists()
    assert not Upload.objects.exists()


def test_columns_that_make_no_person_are_refused_with_a_sentence(as_, carys):
    client = as_(carys)
    send(client)
    roster = RosterImport.objects.get()
    answer = client.post(
        reverse("people:columns", args=[roster.ref]), meanings(roster, column_1="unknown", column_2="unknown")
    )
    assert "No column is chosen for people’s names. Choose one." in answer.content.decode()


def test_whoever_may_not_bring_people_in_finds_none_of_the_pages(checked, as_, elin):
    _client, roster = checked
    row = RosterRow.objects.get(spreadsheet_row=5)
    client = as_(elin)
    for name, args in (
        ("imports", []), ("upload", []), ("roster", [roster.ref]), ("columns", [roster.ref]),
        ("question", [roster.ref, row.ref]), ("refused_rows", [roster.ref]), ("discard", [roster.ref]),
    ):  # fmt: skip
        assert page(client, name, *args).status_code == 404
    assert client.post(reverse("people:commit", args=[roster.ref])).status_code == 404


def test_another_organisations_coordinator_finds_nothing(checked, as_):
    from tests import cast

    _client, roster = checked
    other = cast.member("Olga Elsewhere", cast.organisation("Riverside", "Rita Summer"), "coordinator")
    client = as_(other)
    for name in ("roster", "columns", "refused_rows", "discard"):
        assert page(client, name, roster.ref).status_code == 404
    assert client.post(reverse("people:check", args=[roster.ref])).status_code == 404


def test_a_refused_row_is_shown_with_the_name_that_it_holds(checked):
    client, roster = checked
    words = page(client, "roster", roster.ref, outcome="refused").content.decode()
    assert "Elin Berg" in words


def test_rows_that_come_in_with_a_remark_have_a_list_of_their_own(as_, carys):
    client = as_(carys)
    send(
        client, "Name,Email,Manager email\nBen Thomas,ben@northgate.example,gone@northgate.example\nZoe,z@x.example,\n"
    )
    roster = RosterImport.objects.get()
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster))
    jobs.run_pending()
    words = page(client, "roster", roster.ref, outcome="remarks").content.decode()
    assert "The line manager gone@northgate.example is not among the people who are taken in." in words
    assert "Ben Thomas" in words
    assert "Zoe" not in words


def test_work_that_is_stopped_before_it_begins_leaves_the_roster_open(as_, carys):
    from alongside.foundation.jobs.models import Job

    client = as_(carys)
    send(client)
    roster = RosterImport.objects.get()
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster))
    client.post(reverse("jobs:cancel", args=[Job.objects.get().ref]))
    assert page(client, "roster", roster.ref).url == reverse("people:columns", args=[roster.ref])
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster))
    jobs.run_pending()
    roster.refresh_from_db()
    assert roster.state == "ready"


def test_people_who_came_between_check_and_taking_in_stop_it_whole(checked, northgate, carys):
    from alongside.people import actions

    client, roster = checked
    actions.add_person(organisation=northgate, by=carys, name="Ben Already", work_address="ben@northgate.example")
    client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()
    roster.refresh_from_db()
    assert (roster.state, roster.committed_at) == ("ready", None)
    assert "Check the roster again" in roster.fault
    assert not Membership.objects.filter(work_address="amara@northgate.example").exists()

    client.post(reverse("people:check", args=[roster.ref]))
    client_page = jobs.run_pending() and page(client, "roster", roster.ref, outcome="changed").content.decode()
    assert "Ben Thomas" in client_page
