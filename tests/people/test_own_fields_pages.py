"""A coordinator keeps columns as fields of their own, looks after them, and who else reads what they say."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from alongside.foundation import jobs
from alongside.foundation.identity.models import Membership
from alongside.people.models import OwnField, OwnValue, RosterImport
from alongside.people.policy import Entry, is_own, manages
from alongside.people.queries import own_fields
from tests import cast
from tests.people.test_own_fields_both import MEANINGS, take_in
from tests.people.test_roster_pages import meanings, send
from tests.visits import browser_of, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
FILE = (
    "Name,Work e-mail,Works nights,Shift,Disability\n"
    "Ben Thomas,ben@x.example,yes,Early,a secret need\n"
    "Zoë Núñez,zoe@x.example,no,Late,\n"
    "Dev Patel,dev@x.example,perhaps,Late,\n"
)
OURS = {"column_2": "own_yes_no", "column_3": "own_choice"}


def plain(answer):
    return " ".join(answer.content.decode().split())


def newest():
    return RosterImport.objects.order_by("-pk").first()


def page(client, name, *args):
    return client.get(reverse(f"people:{name}", args=args))


@pytest.fixture
def client_of(as_, carys):
    """Carys, with a roster whose columns nobody has looked through."""
    client = as_(carys)
    send(client, FILE)
    return client


@pytest.fixture
def kept(client_of):
    """Carys, who kept two columns as fields; the rows are checked."""
    client_of.post(reverse("people:columns", args=[newest().ref]), meanings(newest(), **OURS))
    jobs.run_pending()
    return client_of


@pytest.fixture
def taken_in(kept):
    """Carys, with the roster taken in."""
    kept.post(reverse("people:commit", args=[newest().ref]))
    jobs.run_pending()
    return kept


def test_the_page_offers_fields_and_leaves_the_columns_out_until_somebody_chooses(client_of):
    words = plain(page(client_of, "columns", newest().ref))
    assert words.count("You can keep it as a field of your own.") == 2
    assert words.count("It cannot be kept as a field of your own.") == 1
    assert "can never be kept: people are asked for those themselves" in words
    assert dict(newest().mapping["columns"])["Works nights"] == "unknown"


def test_a_protected_column_is_refused_whatever_is_sent(client_of):
    form = meanings(newest(), column_4="own_choice")
    answer = client_of.post(reverse("people:columns", args=[newest().ref]), form)
    assert answer.status_code == 200
    assert "Select a valid choice" in plain(answer)
    assert dict(newest().mapping["columns"])["Disability"] == "protected"
    assert "a secret need" not in plain(answer)


def test_the_preview_names_the_row_that_says_neither_yes_nor_no(kept):
    words = plain(page(kept, "roster", newest().ref))
    assert "Works nights" in words
    assert "“perhaps” is neither yes nor no." in words
    rows = b"".join(page(kept, "refused_rows", newest().ref)).decode()
    assert "perhaps,Late" in rows
    assert "secret" not in rows


def test_what_changes_is_named_by_its_heading(taken_in):
    send(taken_in, FILE.replace("yes,Early", "yes,Late"))
    taken_in.post(reverse("people:columns", args=[newest().ref]), meanings(newest()))
    jobs.run_pending()
    answer = taken_in.get(reverse("people:roster", args=[newest().ref]), {"outcome": "changed"})
    assert "Shift" in plain(answer)
    assert "own." not in plain(answer)


def test_the_command_reads_them_as_last_time(taken_in, northgate, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(FILE.replace("Zoë Núñez,zoe@x.example,no", "Zoë Núñez,zoe@x.example,yes"))
    out = io.StringIO()
    call_command("import_roster", str(file), "--organisation", northgate.slug, "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["changed"], report["unchanged"]) == (1, 1)
    assert report["left_out_columns"] == ["Disability"]
    assert report["refused"] == [
        {"row": 4, "field": "own.works nights", "reason": "“perhaps” is neither yes nor no. Write yes or no."}
    ]


def test_the_coordinator_reads_it_on_the_persons_page(taken_in):
    words = plain(page(taken_in, "person", Membership.objects.get(work_address="ben@x.example").ref))
    assert "Works nights" in words
    assert "Early" in words


@pytest.fixture
def c():
    """Amara and Ben are a pair, and a roster says of her that she works nights."""
    made = cast.pair()
    row = f"7,Amara Okafor,{made.amara.membership.work_address},Lead,yes,Moonlight"
    take_in(made.carys.organisation, row)
    return made


def test_the_person_reads_it_on_their_page_and_in_their_profile_and_their_partner_does_not(c):
    url = reverse("people:person", args=[c.amara.membership.ref])
    assert "Moonlight" in words_of(browser_of(c.amara).get(url))
    assert "Works nights: Yes" in words_of(browser_of(c.amara).get(reverse("people:own_profile")))
    assert "Amara Okafor" in words_of(browser_of(c.ben).get(url))
    assert "Moonlight" not in words_of(browser_of(c.ben).get(url))


def test_what_is_read_is_what_the_policy_says(c):
    (value, _other) = OwnValue.objects.all()
    entry = Entry(c.amara.membership, fellow=True, partner=True, shown=True)
    for actor in (c.amara, c.ben, c.carys, c.elin):
        allowed = any(test(actor, entry) for test in (is_own, manages))
        assert own_fields.values_visible_to(actor).filter(pk=value.pk).exists() is allowed
        assert bool(own_fields.said_of(actor, c.amara.membership)) is allowed
    assert own_fields.values_visible_to(c.carys).exists()


def test_the_list_of_people_leaves_with_them(taken_in):
    answer = taken_in.post(reverse("people:export_people"))
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))}
    assert (rows["Ben Thomas"]["Works nights"], rows["Ben Thomas"]["Shift"]) == ("Yes", "Early")
    assert (rows["Carys Llewellyn"]["Works nights"], rows["Carys Llewellyn"]["Shift"]) == ("", "")


def test_the_fields_are_listed_with_how_many_they_speak_of(taken_in):
    words = plain(page(taken_in, "fields"))
    assert "Works nights" in words
    assert "One choice of a few" in words
    assert "Early, Late" in words
    assert "Fields of your own" in plain(page(taken_in, "people"))


def test_a_field_is_renamed_and_a_taken_name_is_refused_beside_it(taken_in):
    field = OwnField.objects.get(name="Shift")
    taken_in.post(reverse("people:field", args=[field.ref]), {"name": "Usual shift"})
    assert "Usual shift" in plain(page(taken_in, "field", field.ref))
    answer = taken_in.post(reverse("people:field", args=[field.ref]), {"name": "Works nights"})
    assert "Another field of your own is called so" in plain(answer)


def test_a_field_is_removed_after_asking(taken_in):
    field = OwnField.objects.get(name="Shift")
    assert "Remove “Shift”?" in plain(page(taken_in, "remove_field", field.ref))
    assert OwnField.objects.count() == 2
    answer = taken_in.post(reverse("people:remove_field", args=[field.ref]), follow=True)
    assert "“Shift” is removed." in plain(answer)
    assert list(OwnValue.objects.values_list("field__name", flat=True)) == ["Works nights"] * 2


def test_whoever_does_not_manage_people_finds_no_field(taken_in, as_, elin):
    field, client = OwnField.objects.first(), as_(elin)
    of_one = [reverse(f"people:{name}", args=[field.ref]) for name in ("field", "remove_field")]
    for url in (reverse("people:fields"), *of_one):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (404, 405)
    assert OwnField.objects.count() == 2


def test_the_fields_of_another_organisation_are_not_there(taken_in, as_):
    field = OwnField.objects.first()
    olga = cast.member("Olga Elsewhere", cast.organisation("Riverside", "Rita Summer"), "coordinator")
    assert as_(olga).get(reverse("people:field", args=[field.ref])).status_code == 404


@pytest.mark.parametrize("name", ["fields", "field", "remove_field", "own_profile"])
def test_no_page_asks_the_same_twice(taken_in, name):
    args = {"field": [OwnField.objects.first().ref]}
    url = reverse(f"people:{name}", args=args.get(name.removeprefix("remove_"), []))
    assert twice(queries_of(taken_in, url)) == []


def test_more_fields_are_no_more_queries(taken_in, northgate):
    few = len(queries_of(taken_in, reverse("people:fields")))
    more = ["1,Elin Berg,elin@x.example,Nurse,yes,On,Blue,Left"]
    header = "Employee no,Name,Email,Job title,Parking,Badge,Colour of the badge,Wing"
    take_in(northgate, *more, header=header, means=[*MEANINGS, "own_choice", "own_choice"])
    assert OwnField.objects.count() == 6
    assert len(queries_of(taken_in, reverse("people:fields"))) == few
