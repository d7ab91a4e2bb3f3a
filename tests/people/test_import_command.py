"""`import_roster` on the invented HR export of Northgate, in the three ways a spreadsheet programme saves it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.foundation.identity.models import Membership
from alongside.people.management.commands.import_roster import BY_HEADINGS
from alongside.people.models import Link, Profile, ProfileSkill, RosterImport, RosterRow, Skill
from tests import cast

NORTHGATE = Path(__file__).parents[2].parent / "shared" / "data"
needs_northgate = pytest.mark.skipif(not NORTHGATE.is_dir(), reason="the Northgate export is not beside the repository")
pytestmark = pytest.mark.django_db


def run(file, *options):
    out = StringIO()
    call_command("import_roster", str(file), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def northgate():
    return cast.organisation("Northgate Health")


@needs_northgate
@pytest.mark.parametrize("name", ["northgate.csv", "northgate_utf8.csv", "northgate.xlsx"])
def test_a_dry_run_agrees_with_what_is_known_of_the_export_and_writes_nothing(northgate, name):
    truth = json.loads((NORTHGATE / "northgate.truth.json").read_text())
    report = run(NORTHGATE / name, "--organisation", northgate.slug, "--dry-run")

    for figure in ("people", "mentors", "mentees", "places", "left_out_columns"):
        assert report[figure] == truth[figure]
    assert (report["rows"], report["created"], report["changed"], report["unchanged"]) == (254, 244, 0, 0)
    assert [(held["row"], held["field"]) for held in report["refused"]] == [
        (99, "capacity"),
        (107, "capacity"),
        (132, "role"),
        (148, "start_date"),
        (164, "work_address"),
        (218, "manager_address"),
    ]
    assert [held["row"] for held in report["questions"]] == [114]
    lost_letters = {held["row"] for held in report["warnings"] if "lost a letter" in held["reason"]}
    assert lost_letters == ({12, 74, 84, 89, 90, 124, 126, 130, 140, 219, 238} if name == "northgate.csv" else set())
    said = {(held["row"], held["field"]) for held in report["warnings"] if "lost a letter" not in held["reason"]}
    assert said == {
        (37, ""),
        (42, "work_address"),
        (90, "job_title"),
        (109, ""),
        (117, "manager_address"),
        (153, "work_address"),
        (249, "job_title"),
    }
    odd = {row for held in truth["rows"] for row in _as_list(held["spreadsheet_row"])}
    spoken_of = {held["row"] for kind in ("refused", "questions", "warnings") for held in report[kind]}
    assert odd == spoken_of - lost_letters | {90}
    assert Membership.objects.count() == 1
    assert not RosterImport.objects.exists()


def _as_list(rows):
    return rows if isinstance(rows, list) else [rows]


@needs_northgate
def test_the_same_file_again_changes_nothing(northgate):
    first = run(NORTHGATE / "northgate.xlsx", "--organisation", northgate.slug)
    before = _everything()
    again = run(NORTHGATE / "northgate.xlsx", "--organisation", northgate.slug)

    assert first["created"] == 244
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 244)
    assert (again["people"], again["mentors"], again["mentees"], again["places"]) == (240, 83, 148, 146)
    assert _everything() == before


def _everything():
    return [list(model.objects.order_by("pk").values()) for model in (Membership, Profile, Skill, ProfileSkill, Link)]


@needs_northgate
def test_the_other_spelling_of_the_export_changes_only_the_letters_that_it_had_lost(northgate):
    run(NORTHGATE / "northgate.csv", "--organisation", northgate.slug)
    again = run(NORTHGATE / "northgate_utf8.csv", "--organisation", northgate.slug)

    assert (again["created"], again["changed"], again["unchanged"]) == (0, 11, 233)
    assert Membership.objects.filter(name="Siôn Zieliński", employee_number="N10010").count() == 1
    assert not Membership.objects.filter(name__contains="?").exists()


@needs_northgate
def test_managers_become_links_skills_become_entries_and_needs_are_nowhere(northgate):
    run(NORTHGATE / "northgate_utf8.csv", "--organisation", northgate.slug)

    noemie = Profile.objects.get(membership__work_address="noemie.nowak@northgate.example")
    assert (noemie.job_title, noemie.grade, noemie.department) == ("Band 7 facilities lead", "7", "Estates")
    assert (noemie.languages, noemie.working_days, str(noemie.start_date)) == (
        ["English", "Urdu"],
        "Tue-Thu",
        "2024-02-11",
    )
    assert (noemie.roster_role, noemie.roster_capacity) == ("mentee", None)
    assert sorted(held.skill.name for held in noemie.skills.all()) == [
        "Change management",
        "Networking",
        "Supplier management",
    ]
    manager = Link.objects.get(target=noemie.membership)
    assert manager.source.work_address == "ben.morgan@northgate.example"
    assert not Link.objects.filter(target__work_address="new.one@northgate.example").exists()
    kept = json.dumps([*_everything(), list(RosterRow.objects.values())], default=str)
    assert "Palliative officer" in kept
    for need in ("Agenda a day before", "Shorter meetings", "Step-free room", "Captions", "One question at a time"):
        assert need not in kept


@needs_northgate
@pytest.mark.parametrize(
    ("name", "mentors", "mentees"), [("small_mentors.csv", 50, 27), ("large_mentees.csv", 242, 500)]
)
def test_another_organisations_columns_are_understood(northgate, name, mentors, mentees):
    report = run(NORTHGATE / "mentor_match_sample" / name, "--organisation", northgate.slug, "--dry-run")
    assert (report["mentors"], report["mentees"], report["refused"], report["warnings"]) == (mentors, mentees, [], [])
    assert set(report["left_out_columns"]) <= {"characteristics", "match with similar identity", "identity to match"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF. Send a CSV, XLSX or ODS file."),
        (b"PK\x03\x04 cut short",
         "This spreadsheet is damaged. Open it in your spreadsheet program and save it again."),
        (b"Colour,Shape\nred,round\n", f"No column is chosen for people\u2019s names. Choose one. {BY_HEADINGS}"),
        (b"Name,Colour\nBen Thomas,red\n",
         f"No column is chosen for e-mail addresses or employee numbers. Choose one of them. {BY_HEADINGS}"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_roster_gives_one_sentence_and_writes_nothing(northgate, tmp_path, content, words):
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        run(file, "--organisation", northgate.slug)
    assert str(refused.value) == words
    assert not RosterImport.objects.exists()


def test_an_unknown_organisation_and_a_missing_file_are_named(northgate, tmp_path):
    with pytest.raises(CommandError, match="There is no organisation “elsewhere”"):
        run(tmp_path / "people.csv", "--organisation", "elsewhere")
    with pytest.raises(CommandError, match=r"people.csv cannot be read: No such file or directory\."):
        run(tmp_path / "people.csv", "--organisation", northgate.slug)
