"""One cohort in two files, as mentor-match keeps it: a list of mentors and a list of mentees, with identity columns.

The rows are made up; only the headings are those of its sample.
"""

import pytest
from django.urls import reverse

from alongside.foundation import jobs
from alongside.people.models import Profile, RosterImport, RosterRow
from alongside.programmes.models import Participation
from tests import cast
from tests.people.test_import_command import run
from tests.people.test_roster_pages import meanings, send

pytestmark = pytest.mark.django_db
MENTORS = (
    "first name,last name,email address,both mentor and mentee,grade,organisation,profession,characteristics\n"
    "Amara,Okafor,amara@gov.example,no,SCS1,Ministry of Bridges,Policy,\n"
    'Dev,Patel,dev@gov.example,yes,Grade 6,Ministry of Bridges,HR,"Lesbian, Deaf"\n'
    "Noor,Aziz,noor@gov.example,no,Grade 7,Office of Lamps,DDaT,Gay\n"
)
MENTEES = (
    "first name,last name,email address,both mentor and mentee,grade,organisation,profession,"
    "match with similar identity,identity to match\n"
    "Ben,Thomas,ben@gov.example,no,EO,Office of Lamps,Security,yes,Bisexual or pansexual\n"
    "Elin,Berg,elin@gov.example,yes,AO,Office of Lamps,Policy,no,\n"
    "Noor,Aziz,noor@gov.example,no,Grade 7,Office of Lamps,DDaT,yes,Gay\n"
)
ROLES = {
    "Amara Okafor": "mentor",
    "Dev Patel": "both",
    "Noor Aziz": "both",
    "Ben Thomas": "mentee",
    "Elin Berg": "both",
}


@pytest.fixture
def files(tmp_path):
    for name, text in (("spring_mentors.csv", MENTORS), ("spring_mentees.csv", MENTEES)):
        (tmp_path / name).write_text(text)
    return tmp_path


def roles():
    said = Profile.objects.exclude(roster_role="").select_related("membership")
    return {profile.membership.name: profile.roster_role for profile in said}


def take_in(files, northgate, *options):
    names = ("spring_mentors.csv", "spring_mentees.csv")
    return [run(files / name, "--organisation", northgate.slug, *options) for name in names]


def test_the_command_gives_everybody_the_right_role_and_leaves_identity_out(files, northgate):
    mentors, mentees = take_in(files, northgate)
    assert (mentors["mentors"], mentors["mentees"], mentors["refused"], mentors["warnings"]) == (3, 1, [], [])
    assert (mentees["mentors"], mentees["mentees"], mentees["refused"]) == (2, 3, [])
    assert mentors["left_out_columns"] == ["characteristics"]
    assert mentees["left_out_columns"] == ["match with similar identity", "identity to match"]
    assert roles() == ROLES
    kept = str([*Profile.objects.values(), *RosterRow.objects.values(), *RosterImport.objects.values()])
    assert not any(word in kept for word in ("Lesbian", "Deaf", "Gay", "Bisexual"))
    amara = Profile.objects.get(membership__name="Amara Okafor")
    assert (amara.job_title, amara.department, amara.grade) == ("Policy", "Ministry of Bridges", "SCS1")


def test_whoever_stands_in_both_files_is_both_and_the_second_one_says_so(files, northgate):
    _mentors, mentees = take_in(files, northgate)
    assert [(held["row"], held["reason"].split(":")[0]) for held in mentees["warnings"]] == [
        (4, "A mentor so far, and in a list of mentees")
    ]


def test_the_same_two_files_again_change_nothing(files, northgate):
    take_in(files, northgate)
    for report in take_in(files, northgate):
        assert (report["created"], report["changed"], report["unchanged"]) == (0, 0, 3)
    assert roles() == ROLES


def test_both_files_fill_one_programme(files, northgate, carys):
    programme = cast.programme(carys)
    take_in(files, northgate, "--programme", programme.slug)
    held = Participation.objects.exclude(part="coordinator").order_by("membership__name", "part")
    assert list(held.values_list("membership__name", "part")) == [
        ("Amara Okafor", "mentor"),
        ("Ben Thomas", "mentee"),
        ("Dev Patel", "mentee"),
        ("Dev Patel", "mentor"),
        ("Elin Berg", "mentee"),
        ("Elin Berg", "mentor"),
        ("Noor Aziz", "mentee"),
        ("Noor Aziz", "mentor"),
    ]


def test_a_file_that_says_the_role_in_each_row_replaces_it(files, northgate, tmp_path):
    take_in(files, northgate)
    later = tmp_path / "later.csv"
    later.write_text("Name,Email,Programme role\nNoor Aziz,noor@gov.example,Mentee\n")
    assert run(later, "--organisation", northgate.slug)["changed"] == 1
    assert roles()["Noor Aziz"] == "mentee"


def test_the_pages_do_the_same_and_show_nothing_of_identity(as_, carys):
    client = as_(carys)
    for name, text, left_out in (
        ("spring_mentors.csv", MENTORS, 1),
        ("spring_mentees.csv", MENTEES, 2),
    ):
        send(client, text, name)
        roster = RosterImport.objects.order_by("-pk").first()
        page = client.get(reverse("people:columns", args=[roster.ref])).content.decode()
        assert page.count('data-state="held"') == left_out
        everybody = roster.mapping["everybody_is"]
        assert everybody == ("mentor" if "mentors" in name else "mentee")
        client.post(reverse("people:columns", args=[roster.ref]), meanings(roster, everybody_is=everybody))
        jobs.run_pending()
        page += client.get(reverse("people:roster", args=[roster.ref])).content.decode()
        client.post(reverse("people:commit", args=[roster.ref]))
        jobs.run_pending()
        page += client.get(reverse("people:roster", args=[roster.ref])).content.decode()
        assert not any(word in page for word in ("Lesbian", "Deaf", "Gay", "Bisexual"))
    assert roles() == ROLES
