"""A roster that is for a programme fills it; fellow members find each other."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alongside.people import queries as people
from alongside.programmes.models import Participation, Programme
from tests import cast

pytestmark = pytest.mark.django_db

ROSTER = (
    "Employee No;Full name;Work e-mail;Programme role;Can mentor (max)\n"
    "N1;Noor Aziz;noor@northgate.example;Both;2\n"
    "N2;Grace Adeyemi;grace@northgate.example;Mentee;\n"
    "N3;Wil Price;wil@northgate.example;;\n"
)


@pytest.fixture
def carys():
    return cast.member("Carys Llewellyn", cast.organisation(), "coordinator")


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return str(path)


def take_in(roster, carys, slug):
    out = StringIO()
    options = ["--organisation", carys.organisation.slug, "--programme", slug, "--json"]
    call_command("import_roster", roster, *options, stdout=out)
    return json.loads(out.getvalue())


def parts():
    held = Participation.objects.exclude(part="coordinator").order_by("membership__name", "part")
    return list(held.values_list("membership__name", "part", "capacity"))


def test_whoever_a_roster_names_takes_part(roster, carys):
    programme = cast.programme(carys)
    take_in(roster, carys, programme.slug)
    assert parts() == [("Grace Adeyemi", "mentee", 1), ("Noor Aziz", "mentee", 1), ("Noor Aziz", "mentor", 2)]


def test_the_same_roster_again_adds_nobody(roster, carys):
    programme = cast.programme(carys)
    take_in(roster, carys, programme.slug)
    before = parts()
    assert take_in(roster, carys, programme.slug)["unchanged"] == 3
    assert parts() == before


def test_a_programme_that_is_not_the_organisations_is_refused(roster, carys):
    other = cast.member("Bronagh Kelly", cast.organisation(name="Harbour Trust"), "coordinator")
    elsewhere = cast.programme(other, "Elsewhere")
    with pytest.raises(CommandError, match="has no programme called elsewhere"):
        take_in(roster, carys, elsewhere.slug)
    assert people.Membership.objects.filter(name="Noor Aziz").count() == 0


def test_a_closed_programme_takes_nobody(roster, carys):
    programme = cast.programme(carys, launched=True)
    Programme.objects.update(state="closed")
    with pytest.raises(CommandError, match="This programme is closed"):
        take_in(roster, carys, programme.slug)


def test_members_of_one_programme_find_each_other_and_nobody_else():
    c = cast.pair()
    assert {person.pk for person in people.visible_to(c.ben)} == {
        c.amara.membership.pk,
        c.ben.membership.pk,
        c.carys.membership.pk,
    }
    assert {person.pk for person in people.visible_to(c.elin)} == {c.elin.membership.pk}


@pytest.mark.both
def test_an_import_that_is_taken_back_takes_its_parts_with_it(roster, carys):
    from alongside.people import actions
    from alongside.people.models import RosterImport

    programme = cast.programme(carys)
    take_in(roster, carys, programme.slug)
    actions.undo_import(RosterImport.objects.get(), by=carys)
    assert parts() == []
    assert people.Membership.objects.filter(name="Noor Aziz").count() == 0


@pytest.mark.both
def test_parts_that_the_import_gave_to_people_who_were_here_go_too_and_others_stay(roster, carys):
    from alongside.people import actions
    from alongside.people.models import RosterImport

    programme, other = cast.programme(carys), cast.programme(carys, "Another")
    take_in(roster, carys, other.slug)
    first = RosterImport.objects.get()
    take_in(roster, carys, programme.slug)
    second = RosterImport.objects.exclude(pk=first.pk).get()
    actions.undo_import(second, by=carys)
    assert set(Participation.objects.exclude(part="coordinator").values_list("programme", flat=True)) == {other.pk}
    assert people.Membership.objects.filter(name="Noor Aziz").count() == 1


def test_whoever_is_in_a_pair_by_now_is_named(roster, carys):
    from alongside.foundation.identity.actions import NotPossible
    from alongside.people import actions
    from alongside.people.models import RosterImport
    from alongside.relationships import actions as pairs

    programme = cast.programme(carys, launched=True)
    take_in(roster, carys, programme.slug)
    held = {(part.membership.name, part.part): part for part in Participation.objects.select_related("membership")}
    pairs.propose(held["Noor Aziz", "mentor"], held["Grace Adeyemi", "mentee"], by=carys)
    with pytest.raises(NotPossible, match="Somebody has acted since on: Grace Adeyemi, Noor Aziz"):
        actions.undo_import(RosterImport.objects.get(), by=carys)
    actions.undo_import(RosterImport.objects.get(), by=carys, sparing=True)
    assert len(parts()) == 3  # Noor mentors Grace, and is a mentee still
    assert people.Membership.objects.filter(name="Wil Price").count() == 0
