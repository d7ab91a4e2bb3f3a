"""A coordinator brings forty pairs in, page by page, looks, tells them, and finds nothing twice."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.contracts import actions as contracts
from alongside.foundation import clock, jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.files.models import Upload
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from alongside.people.models import Link
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.relationships import actions, queries
from alongside.relationships.actions import running
from alongside.relationships.models import PairsImport, PairsRow, Party, Relationship
from tests import cast
from tests.relationships.running.conftest import HEAD, TODAY, listed, row
from tests.visits import browser_of, queries_of, squeezed, twice, words_of

pytestmark = pytest.mark.django_db
GET_PAGES = ("running_file", "running_columns", "running_discard", "running_take_out", "running_refused")
POST_PAGES = ("running_check", "running_commit", "running_columns", "running_discard", "running_take_out")


def send(client, programme, *rows, head=HEAD, name="pairs.csv"):
    file = SimpleUploadedFile(name, "\n".join([head, *rows]).encode())
    client.post(reverse("relationships:running", args=[programme.slug]), {"file": file})
    return PairsImport.objects.latest("pk")


def at(held, name, programme=None):
    return reverse(f"relationships:{name}", args=[(programme or held.programme).slug, held.ref])


def meanings(held, **changed):
    form = {f"column_{place}": meaning for place, (_header, meaning) in enumerate(held.mapping["columns"])}
    return {**form, "month_first": "no", **changed}


def checked(client, programme, *rows, **more):
    """A file whose rows are checked."""
    held = send(client, programme, *rows, **more)
    client.post(at(held, "running_columns"), meanings(held))
    jobs.run_pending()
    held.refresh_from_db()
    return held


def taken_in(client, programme, *rows, **more):
    """A file whose pairs are in."""
    held = checked(client, programme, *rows, **more)
    client.post(at(held, "running_commit"))
    jobs.run_pending()
    held.refresh_from_db()
    return held


def text(client, url) -> str:
    return squeezed(words_of(client.get(url)))


@pytest.fixture
def client(carys):
    return browser_of(carys)


@pytest.fixture
def forty(northgate):
    """Forty mentors and forty mentees on the list."""
    mentors, mentees = ([f"{part}{number} Jones" for number in range(40)] for part in ("Mentor", "Mentee"))
    listed(northgate, *mentors, *mentees)
    return [
        row(f"mentor{number}", f"mentee{number}", sessions=str(number % 7), signed="2026-05-03" if number % 2 else "")
        for number in range(40)
    ]


def test_forty_pairs_come_in_and_are_told_once_each(client, programme, forty, northgate, settings):
    settings.MAIL_URL = "smtp://localhost:1"
    held = checked(client, programme, *forty, row("nobody", "mentee1"))
    page = text(client, at(held, "running_file"))
    assert "Take in 40 pairs that meet" in page
    assert "Nobody on the organisation’s list is known by nobody@northgate.example." in page
    assert Relationship.objects.count() == 0

    for _twice in range(2):
        client.post(at(held, "running_commit"))
    jobs.run_pending()
    assert Relationship.objects.filter(state__in=("accepted", "active")).count() == 40
    assert Participation.objects.filter(programme=programme).exclude(part="coordinator").count() == 80
    assert AuditEntry.objects.filter(name="pairs_import.taken_in").count() == 1
    entries = AuditEntry.objects.filter(name="pair.carried_over")
    assert entries.count() == 40
    assert entries.first().codes == {"stage": "connect", "sessions": 0, "goals": None, "agreed": False}
    assert not Mail.objects.exists()
    assert not Upload.objects.exists()
    assert "40 pairs are in. Tell them?" in text(client, at(held, "running_file"))
    programme_page = text(client, reverse("programmes:programme", args=[programme.slug]))
    assert "40 pairs are in “Rising leaders”. Tell them?" in programme_page

    tell = reverse("relationships:tell", args=[programme.slug])
    assert "Tell 80 people" in text(client, tell)
    for _twice in range(2):
        client.post(tell)
    jobs.run_pending()
    client.post(tell)
    jobs.run_pending()
    assert Mail.objects.filter(kind="membership.invitation").count() == 80
    assert len({held.to_address for held in Mail.objects.all()}) == 80
    assert not Party.objects.filter(told_at=None).exists()
    assert "Everybody has been told" in text(client, tell)
    assert "Tell them?" not in text(client, "/")


def test_the_invitation_says_what_it_is_about_and_leads_to_the_pairs_page(client, programme, amara_and_ben):
    taken_in(client, programme, row(sessions="6", signed="2026-05-03"))
    client.post(reverse("relationships:tell", args=[programme.slug]))
    jobs.run_pending()
    to_amara, to_ben = (Mail.objects.get(to_address=f"{name}@northgate.example") for name in ("amara", "ben"))
    assert "Carys Llewellyn invites you to take part in mentoring at Northgate Health." in to_amara.body
    assert "Your mentee in “Rising leaders” is Ben Thomas, as before." in to_amara.body
    assert "Your mentor in “Rising leaders” is Amara Okafor, as before." in to_ben.body
    assert "/join/" in to_ben.body


def test_whoever_has_joined_gets_one_mail_to_their_pages(client, programme, northgate):
    amara = cast.member("Amara Okafor", northgate)
    listed(northgate, "Ben Thomas", "Dev Patel")
    address = amara.membership.work_address
    taken_in(client, programme, row(address, "ben"), row(address, "dev"))
    tell = reverse("relationships:tell", args=[programme.slug])
    assert "One has joined and gets a mail" in text(client, tell)
    client.post(tell)
    jobs.run_pending()
    mail = Mail.objects.get(kind="pair.told")
    assert mail.to_account == amara.account
    assert mail.subject == "Your mentoring goes on in Alongside"
    assert "Your mentees in “Rising leaders” are Ben Thomas and Dev Patel, as before." in mail.body
    assert "/pairs/" in mail.body


def test_a_later_file_tells_only_of_its_own_pairs(client, programme, northgate):
    amara = cast.member("Amara Okafor", northgate)
    listed(northgate, "Ben Thomas", "Dev Patel")
    for mentee in ("ben", "dev"):
        taken_in(client, programme, row(amara.membership.work_address, mentee))
        client.post(reverse("relationships:tell", args=[programme.slug]))
        jobs.run_pending()
    first, second = Mail.objects.filter(kind="pair.told").order_by("pk")
    assert first.subject == "You and Ben Thomas: your mentoring goes on in Alongside"
    assert second.subject == "You and Dev Patel: your mentoring goes on in Alongside"
    assert Relationship.objects.get(parties__participation__membership__name="Dev Patel").ref in second.body


def test_whoever_has_no_address_or_is_suspended_stands_apart_and_gets_nothing(client, programme, northgate):
    amara, _ben = listed(northgate, "Amara Okafor", "Ben Thomas")
    people.add_person(organisation=northgate, by=SYSTEM, name="Wil Price", employee_number="N9")
    taken_in(client, programme, row("amara", "ben"), f"{amara.work_address},N9,2026-05-01,,,,,")
    identity.suspend(amara, by=SYSTEM)
    page = text(client, reverse("relationships:tell", args=[programme.slug]))
    assert "Tell one person" in page
    assert "2 cannot be reached by mail, and stand below." in page
    assert "No e-mail address: tell them yourself" in page
    assert "Suspended or gone: is not told" in page
    client.post(reverse("relationships:tell", args=[programme.slug]))
    jobs.run_pending()
    assert [held.to_address for held in Mail.objects.all()] == ["ben@northgate.example"]
    assert "Everybody else has been told" in text(client, reverse("relationships:tell", args=[programme.slug]))


def test_before_the_launch_pairs_are_the_coordinators_and_nobody_is_told(client, carys, northgate):
    draft = cast.programme(carys, "Next round")
    amara = cast.member("Amara Okafor", northgate)
    listed(northgate, "Ben Thomas")
    held = taken_in(client, draft, row(amara.membership.work_address, "ben"))
    pair = Relationship.objects.get()
    tell = reverse("relationships:tell", args=[draft.slug])
    assert "Before the programme is launched nothing is sent" in text(client, at(held, "running_file"))
    assert "Launch the programme first" in text(client, tell)
    client.post(tell)
    jobs.run_pending()
    assert not Mail.objects.exists()
    seen = browser_of(amara)
    assert seen.get(reverse("relationships:pair", args=[pair.ref])).status_code == 404
    assert "You and Ben" not in text(seen, "/")
    assert "the coordinator looks" not in text(seen, "/")
    assert client.get(reverse("relationships:pair", args=[pair.ref])).status_code == 200

    cast.launchable(draft, carys)
    programmes.launch(draft, by=carys)
    assert "You and Ben" in text(seen, "/")
    client.post(tell)
    jobs.run_pending()
    assert Mail.objects.count() == 2


def test_a_closed_programme_takes_no_file(client, programme, carys, amara_and_ben):
    held = checked(client, programme, row())
    programmes.close(programme, by=carys)
    assert "This programme is closed" in text(client, reverse("relationships:running", args=[programme.slug]))
    client.post(at(held, "running_commit"))
    jobs.run_pending()
    send(client, programme, row())
    assert not Relationship.objects.exists()
    assert PairsImport.objects.count() == 1
    assert not Upload.objects.exclude(ref=held.upload_ref).exists()


def test_the_columns_can_be_mended_and_the_file_left_and_taken_up_again(client, programme, amara_and_ben):
    head = "Guide,Learner,Since when"
    rows = ("amara@northgate.example,ben@northgate.example,2026-05-01",)
    held = send(client, programme, *rows, head=head)
    page = client.post(at(held, "running_columns"), meanings(held))
    assert "No column is chosen for the mentors." in words_of(page)
    assert client.get(at(held, "running_file")).url == at(held, "running_columns")
    assert held.file_name in text(client, reverse("relationships:running", args=[programme.slug]))
    client.post(at(held, "running_columns"), meanings(held, column_0="mentor", column_1="mentee", column_2="start"))
    jobs.run_pending()
    page = text(client, at(held, "running_file"))
    assert "Take in one pair that meets" in page
    assert "since 1 May 2026" in text(client, at(held, "running_file") + "?outcome=created")


def test_what_was_guessed_is_said_before_anything_happens(client, programme, amara_and_ben):
    held = checked(client, programme, row(sessions="6", signed="2026-05-03"))
    page = text(client, at(held, "running_file"))
    assert "Ben Thomas &amp; Amara Okafor" in page
    assert "No stage is given; taken as “Direction-setting”" in page


def test_the_rows_to_mend_come_back_as_a_file_that_nothing_runs_and_that_can_be_sent_again(
    client, programme, amara_and_ben
):
    held = checked(client, programme, "=cmd(),ben@northgate.example,2026-05-01,,,,,")
    answer = client.get(at(held, "running_refused"))
    content = answer.getvalue()
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Row in the file", "Why it was not taken in", "Mentor e-mail", "Mentee e-mail"]
    assert lines[1][0] == "2"
    assert lines[1][2:4] == ["'=cmd()", "ben@northgate.example"]
    mended = content.decode("utf-8-sig").replace("'=cmd()", "amara@northgate.example").splitlines()
    again = taken_in(client, programme, *mended[1:], head=mended[0])
    assert again.counts["created"] == 1
    assert [meaning for _header, meaning in again.mapping["columns"]][:3] == ["unknown", "unknown", "mentor"]


def test_people_who_changed_since_the_check_are_checked_again(client, programme, amara_and_ben, carys):
    held = checked(client, programme, row())
    identity.suspend(amara_and_ben[1], by=SYSTEM)
    client.post(at(held, "running_commit"))
    jobs.run_pending()
    page = text(client, at(held, "running_file"))
    assert "have changed since the check. Check the file again." in page
    assert not Relationship.objects.exists()
    assert not Participation.objects.exclude(part="coordinator").exists()
    client.post(at(held, "running_check"))
    jobs.run_pending()
    assert "Ben Thomas is suspended or has left." in text(client, at(held, "running_file"))


def test_a_file_is_discarded_after_asking(client, programme, amara_and_ben):
    held = checked(client, programme, row())
    assert "Keep it" in text(client, at(held, "running_discard"))
    client.post(at(held, "running_discard"))
    assert "This file was discarded" in text(client, at(held, "running_file"))
    assert not PairsRow.objects.exists()
    assert not Upload.objects.exists()


def test_a_picture_is_no_file_of_pairs(client, programme):
    file = SimpleUploadedFile("pairs.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    page = client.post(reverse("relationships:running", args=[programme.slug]), {"file": file})
    assert "has-error" in words_of(page)
    assert not PairsImport.objects.exists()
    assert not Upload.objects.exists()


# --- taking out


def test_pairs_are_taken_out_as_if_they_had_never_been_sent(client, programme, northgate, amara_and_ben):
    listed(northgate, "Dev Patel", "Elin Berg")
    programmes.add_participants(programme, [programmes.Place(amara_and_ben[0], "mentor", 1)], by=SYSTEM)
    before = list(Participation.objects.values())
    rows = (row(), row(mentee="dev"), row("elin", "dev", end="2026-03-01", start="2025-03-01"))
    held = taken_in(client, programme, *rows)
    assert Relationship.objects.count() == 3
    assert "Take 3 pairs out again?" in text(client, at(held, "running_take_out"))
    for _twice in range(2):
        client.post(at(held, "running_take_out"))
    jobs.run_pending()
    assert not Relationship.objects.exists()
    assert list(Participation.objects.values()) == before
    assert AuditEntry.objects.filter(name="pair.taken_out").count() == 3
    assert not Mail.objects.exists()
    assert "These pairs were taken out again" in text(client, at(held, "running_file"))
    assert taken_in(client, programme, *rows).counts["created"] == 3


def test_pairs_in_which_somebody_was_told_or_has_acted_stay_and_are_named(client, programme, northgate):
    amara = cast.member("Amara Okafor", northgate)
    listed(northgate, "Ben Thomas", "Dev Patel", "Elin Berg", "Grace Adeyemi")
    address = amara.membership.work_address
    held = taken_in(client, programme, *(row(address, name) for name in ("ben", "dev", "elin", "grace")))
    pairs = {name: Relationship.objects.get(parties__participation__membership__name__startswith=name)
             for name in ("Ben", "Dev", "Elin", "Grace")}  # fmt: skip
    contracts.open_agreement(queries.pair(amara, pairs["Ben"].ref), by=amara)
    actions.end(queries.pair(amara, pairs["Dev"].ref), by=amara)
    Party.objects.filter(relationship=pairs["Elin"], part="mentee").update(told_at=programme.created_at)

    page = text(client, at(held, "running_take_out"))
    assert "Take one pair out again?" in page
    for words in ("Ben Thomas &amp; Amara Okafor", "Dev Patel &amp; Amara Okafor", "They have acted"):
        assert words in page
    assert "They were told" in page
    assert "Grace Adeyemi" not in page
    client.post(at(held, "running_take_out"))
    jobs.run_pending()
    assert set(Relationship.objects.values_list("pk", flat=True)) == {
        pairs[name].pk for name in ("Ben", "Dev", "Elin")
    }  # fmt: skip
    assert not Participation.objects.filter(membership__name="Grace Adeyemi").exists()
    assert Participation.objects.filter(membership__name="Ben Thomas").exists()
    assert "These pairs stay" in text(client, at(held, "running_take_out"))


def test_after_thirty_days_the_rows_are_gone_and_the_pairs_stay(client, programme, amara_and_ben):
    held = taken_in(client, programme, row())
    with clock.set_to(TODAY + timedelta(days=29)):
        assert running.delete_old_rows() == 0
    with clock.set_to(TODAY + timedelta(days=31)):
        assert running.delete_old_rows() == 1
        assert running.delete_old_rows() == 0
        client.force_login(programme.participations.get(part="coordinator").membership.account)
        assert "Take these pairs out again" not in text(client, at(held, "running_file"))
        client.post(at(held, "running_take_out"))
        jobs.run_pending()
    assert Relationship.objects.count() == 1
    assert PairsImport.objects.get().added == []


def test_whoever_was_not_told_of_a_pair_hears_nothing_of_its_end(client, programme, northgate):
    amara = cast.member("Amara Okafor", northgate)
    listed(northgate, "Ben Thomas", "Dev Patel")
    address = amara.membership.work_address
    taken_in(client, programme, row(address, "ben"), row(address, "dev"))
    for name, told in (("Ben Thomas", False), ("Dev Patel", True)):
        parts = Participation.objects.filter(membership__name=name)
        Party.objects.filter(participation__in=parts, until=None).update(told_at=TODAY if told else None)
        programmes.end_participation(parts.get(), by=SYSTEM)
    subjects = Mail.objects.exclude(to_address=address).values_list("to_address", "subject")
    assert [to for to, _subject in subjects if to.startswith("ben@")] == []
    assert [to for to, _subject in subjects if to.startswith("dev@")] != []


def test_any_record_of_any_package_that_stands_on_a_pair_keeps_it():
    """Found by the keys of the database, so that a package of tomorrow is among them."""
    own = queries.running._OWN_RECORDS
    relations = {
        relation.related_model._meta.label
        for model in (Relationship, Party)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.related_model not in own
    }
    assert relations >= {"contracts.Contract", "goals.Goal", "meetings.Session", "meetings.LogDraft", "reviews.Review"}


# --- who may


@pytest.fixture
def others(programme, northgate):
    """Everybody who has no business here."""
    dev = cast.member("Dev Patel", northgate, "coordinator")
    cast.programme(dev, "Another programme", launched=True)
    taker = cast.member("Tomos Evans", northgate)
    cast.takes_part(programme, taker, "mentor", dev)
    return [
        dev,
        taker,
        cast.member("Ada Winter", northgate, "administrator"),
        cast.member("Olga Elsewhere", cast.organisation("Riverside", "Rita Summer"), "coordinator"),
    ]


@pytest.mark.parametrize("is_in", [False, True])
def test_only_coordinators_of_the_programme_find_the_pages(client, programme, amara_and_ben, others, is_in):
    held = (taken_in if is_in else checked)(client, programme, row())
    before = AuditEntry.objects.count()
    for actor in others:
        other = browser_of(actor)
        for name in ("running", "tell"):
            url = reverse(f"relationships:{name}", args=[programme.slug])
            assert (other.get(url).status_code, other.post(url).status_code) == (404, 404)
        assert {other.get(at(held, name)).status_code for name in GET_PAGES} == {404}
        assert {other.post(at(held, name)).status_code for name in POST_PAGES} == {404}
    assert AuditEntry.objects.count() == before


def test_a_file_is_found_under_its_own_programme_alone(client, programme, amara_and_ben, carys):
    held = checked(client, programme, row())
    another = cast.programme(carys, "Another programme", launched=True)
    assert {client.get(at(held, name, another)).status_code for name in GET_PAGES} == {404}


def test_another_coordinator_sees_no_row_and_no_name_of_people_whom_they_manage(client, programme, northgate):
    iris = cast.member("Iris Holm", northgate, "coordinator")
    cast.takes_part(programme, iris, "coordinator", iris)
    _amara, ben, _dev = listed(northgate, "Amara Okafor", "Ben Thomas", "Dev Patel")
    Link.objects.create(source=iris.membership, target=ben)
    held = taken_in(client, programme, row(), row(mentee="dev"))
    seen = browser_of(iris)
    page = text(seen, at(held, "running_file") + "?outcome=created")
    assert "Dev Patel" in page
    assert "Ben Thomas" not in page
    page = text(seen, reverse("relationships:tell", args=[programme.slug]))
    assert "Ben Thomas" not in page
    assert "Tell 3 people" in page
    assert "One more is told who is not listed here" in page
    assert "Ben Thomas" in text(client, at(held, "running_file") + "?outcome=created")


def test_another_coordinator_is_told_that_a_file_is_being_worked_on(client, programme, northgate, amara_and_ben):
    iris = cast.member("Iris Holm", northgate, "coordinator")
    cast.takes_part(programme, iris, "coordinator", iris)
    held = checked(client, programme, row())
    client.post(at(held, "running_commit"))
    assert "Another coordinator has begun it." in text(browser_of(iris), at(held, "running_file"))


# --- what pages ask the database


def test_pages_ask_the_same_for_three_pairs_and_for_forty(client, programme, forty):
    few = taken_in(client, programme, *forty[:3])
    urls = ("running_file", "running_take_out")
    tell = reverse("relationships:tell", args=[programme.slug])
    created = "?outcome=created"
    before = [queries_of(client, at(few, name) + created) for name in urls] + [queries_of(client, tell)]
    many = taken_in(client, programme, *forty[3:])
    after = [queries_of(client, at(many, name) + created) for name in urls] + [queries_of(client, tell)]
    assert [len(queries) for queries in after] == [len(queries) for queries in before]
    assert [twice(queries) for queries in after] == [[], [], []]
    assert max(map(len, after)) <= 26
