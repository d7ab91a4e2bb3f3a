"""Fields of an organisation's own come with a roster, change with the next, and go when one is taken back."""

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.people import actions
from alongside.people.models import OwnChoice, OwnField, OwnValue, RememberedColumns, RosterImport
from alongside.people.queries import own_fields
from alongside.people.roster.columns import Mapping
from alongside.people.roster.reading import read
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HEADER = "Employee no,Name,Email,Job title,Works nights,Shift"
MEANINGS = ["employee_number", "name", "work_address", "job_title", "own_yes_no", "own_choice"]
FIRST = [
    "1,Amara Okafor,amara@x.example,Lead,yes,Early",
    "2,Ben Thomas,ben@x.example,Nurse,N,LATE",
    "3,Zoë Núñez,,Aide,,",
]


@pytest.fixture
def northgate():
    return cast.organisation()


def staged(organisation, *rows, header=HEADER, means=MEANINGS):
    table = read("\n".join([header, *rows]).encode(), "people.csv")
    by = System(organisation)
    roster = actions.begin_import(table, organisation=organisation, by=by)
    mapping = Mapping.from_kept(roster.mapping).changed(means, month_first=False)
    actions.choose_columns(roster, mapping, by=by)
    roster.tally = actions.stage_roster(roster, table)
    return roster


def take_in(organisation, *rows, **more):
    roster = staged(organisation, *rows, **more)
    actions.commit_roster(roster, by=System(organisation))
    return roster


def numbers(roster):
    return {name: roster.tally.numbers()[name] for name in ("created", "changed", "unchanged", "refused")}


def said():
    names = ("profile__membership__employee_number", "field__name", "choice__name")
    return [" ".join(row) for row in OwnValue.objects.order_by(*names[:2]).values_list(*names)]


WAS = ["1 Shift Early", "1 Works nights yes", "2 Shift LATE", "2 Works nights no"]


def test_a_roster_brings_fields_choices_and_what_they_say(northgate):
    assert numbers(take_in(northgate, *FIRST)) == {"created": 3, "changed": 0, "unchanged": 0, "refused": 0}
    assert said() == WAS
    assert list(OwnField.objects.values_list("name", "kind")) == [("Shift", "choice"), ("Works nights", "yes_no")]
    assert AuditEntry.objects.filter(name="own_field.added").count() == 2


def test_the_same_file_again_changes_nothing(northgate):
    take_in(northgate, *FIRST)
    assert numbers(take_in(northgate, *FIRST)) == {"created": 0, "changed": 0, "unchanged": 3, "refused": 0}
    other_letters = [row.replace("Early", "EARLY ").replace(",yes,", ",ja,") for row in FIRST]
    assert numbers(take_in(northgate, *other_letters))["unchanged"] == 3
    assert said() == WAS
    assert OwnChoice.objects.count() == 4


def test_a_later_roster_changes_what_it_says_and_an_empty_cell_erases_nothing(northgate):
    take_in(northgate, *FIRST)
    later = ["1,Amara Okafor,amara@x.example,Lead,no,", "2,Ben Thomas,ben@x.example,Nurse,n,Night", FIRST[2]]
    roster = staged(northgate, *later)
    assert numbers(roster) == {"created": 0, "changed": 2, "unchanged": 1, "refused": 0}
    assert [row.changes for row in roster.rows.all()] == [["own.works nights"], ["own.shift"], []]
    actions.commit_roster(roster, by=System(northgate))
    assert said() == ["1 Shift Early", "1 Works nights no", "2 Shift Night", "2 Works nights no"]
    assert AuditEntry.objects.filter(name="own_field.choices_added").count() == 2  # with the field, and now


def test_taking_the_first_import_back_leaves_no_field(northgate):
    roster = take_in(northgate, *FIRST)
    actions.undo_import(roster, by=System(northgate))
    assert (OwnField.objects.count(), OwnChoice.objects.count(), OwnValue.objects.count()) == (0, 0, 0)
    assert AuditEntry.objects.filter(name="own_field.removed").count() == 2


def test_taking_a_later_import_back_lets_everything_say_what_it_said(northgate):
    take_in(northgate, *FIRST)
    later = ["1,Amara Okafor,amara@x.example,Lead,no,Night", "3,Zoë Núñez,zoe@x.example,Aide,yes,Early"]
    later += ["4,Dev Patel,dev@x.example,Porter,yes,Split"]
    roster = take_in(northgate, *later)
    assert len(said()) == 8
    actions.undo_import(roster, by=System(northgate))
    assert said() == WAS
    assert sorted(OwnChoice.objects.filter(field__name="Shift").values_list("name", flat=True)) == ["Early", "LATE"]


def test_whoever_is_spared_keeps_what_the_later_import_said(northgate):
    take_in(northgate, *FIRST)
    roster = take_in(northgate, *[row.replace("Early", "Night").replace("LATE", "Night") for row in FIRST])
    amara = Membership.objects.get(employee_number="1")
    actions.change_profile(amara, by=System(northgate), headline="Here")
    actions.undo_import(roster, by=System(northgate), sparing=True)
    assert said() == ["1 Shift Night", "1 Works nights yes", "2 Shift LATE", "2 Works nights no"]


def test_a_renamed_field_is_known_by_its_heading_and_by_its_name(northgate):
    take_in(northgate, *FIRST)
    field = OwnField.objects.get(name="Shift")
    actions.rename_field(field, "Usual  shift", by=System(northgate))
    assert field.name == "Usual shift"
    assert numbers(take_in(northgate, *FIRST))["unchanged"] == 3
    header = HEADER.replace("Shift", "Usual shift")
    assert numbers(take_in(northgate, *FIRST, header=header))["unchanged"] == 3
    assert OwnField.objects.count() == 2


TAKEN = "Another field of your own is called so, or is known so in your staff list."
PROTECTED = (
    "“Disability” looks like a fact that people are asked for themselves, such as health, disability or religion. "
    "It cannot be kept as a field of your own."
)


@pytest.mark.parametrize(
    ("name", "why"),
    [("works NIGHTS", TAKEN), ("!!", "A field needs a name with letters."), ("Disability", PROTECTED)],
)
def test_a_field_cannot_be_called_like_another_or_like_a_protected_fact(northgate, name, why):
    take_in(northgate, *FIRST)
    with pytest.raises(NotPossible) as refused:
        actions.rename_field(OwnField.objects.get(name="Shift"), name, by=System(northgate))
    assert str(refused.value) == why


def test_a_removed_field_goes_with_what_it_says_and_its_column_is_left_out_next_time(northgate):
    take_in(northgate, *FIRST)
    waiting = staged(northgate, *[row.replace("Early", "Night") for row in FIRST])
    actions.remove_field(OwnField.objects.get(name="Shift"), by=System(northgate))
    assert said() == ["1 Works nights yes", "2 Works nights no"]
    waiting.refresh_from_db()
    assert (waiting.state, dict(waiting.mapping["columns"])["Shift"]) == ("columns", "unknown")
    assert dict(RememberedColumns.objects.get().mapping["columns"])["Shift"] == "unknown"
    table = read("\n".join([HEADER, *FIRST]).encode(), "people.csv")
    again = actions.begin_import(table, organisation=northgate, by=System(northgate))
    assert dict(again.mapping["columns"])["Shift"] == "unknown"


def test_fields_that_filled_up_since_the_check_take_nobody_in(northgate):
    waiting = staged(northgate, "9,Elin Berg,elin@x.example,Nurse,yes,One more")
    take_in(northgate, *[f"{number},Person {number},,Nurse,yes,S{number}" for number in range(20, 32)])
    with pytest.raises(NotPossible) as refused:
        actions.commit_roster(waiting, by=System(northgate))
    assert str(refused.value) == "The fields of your own have changed since the check. Check the roster again."
    assert not Membership.objects.filter(employee_number="9").exists()
    assert OwnChoice.objects.filter(field__name="Shift").count() == 12


def test_another_organisation_has_fields_of_its_own(northgate):
    riverside = cast.organisation("Riverside", "Rita Summer")
    take_in(northgate, *FIRST)
    take_in(riverside, *FIRST)
    assert OwnField.objects.count() == 4
    theirs = Membership.objects.filter(organisation=riverside).values_list("pk", flat=True)
    refs = {one.field for one in own_fields.said_of_all(theirs)}
    assert refs == set(OwnField.objects.filter(organisation=riverside).values_list("ref", flat=True))
    assert RosterImport.objects.count() == 2
