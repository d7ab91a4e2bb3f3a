"""`import_pairs`: what becomes of each row, for whoever reads the JSON."""

from datetime import date
from io import StringIO

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.relationships import actions
from alongside.relationships.models import CarriedOver, PairsImport, Party, Relationship
from tests import cast, installed
from tests.relationships.running.conftest import HEAD, listed, row, run_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("amara_and_ben")]


def the_pair():
    return Relationship.objects.select_related("carried_over").get()


def reasons(report):
    return [(held["row"], held["field"], held["reason"]) for held in report["refused"]]


def test_a_pair_that_meets_is_running_at_once_and_nobody_is_told(run):
    report = run(row(stage="Progress-making", sessions="6", signed="2026-05-03", goals="2", end="2027-04-30"))
    assert report == {"rows": 1, "created": 1, "unchanged": 0, "refused": []}

    pair = the_pair()
    assert (pair.state, pair.stage, pair.ending, pair.ended_at) == ("active", "progress", "", None)
    assert pair.accepted_at.date() == date(2026, 5, 1)
    carried = pair.carried_over
    assert (carried.started_on, carried.planned_end_on) == (date(2026, 5, 1), date(2027, 4, 30))
    assert (carried.sessions_held, carried.contract_signed_on, carried.goals_count) == (6, date(2026, 5, 3), 2)
    assert list(Party.objects.order_by("part").values_list("part", "answer", "place_no", "told_at")) == [
        ("mentee", "accepted", 1, None),
        ("mentor", "accepted", 1, None),
    ]
    move = pair.moves.get()
    assert (move.from_stage, move.to_stage, move.evidence, move.by) == ("prepare", "progress", ["carried_over"], None)
    assert not Mail.objects.exists()


def test_whoever_takes_no_part_yet_does_from_then_on(run, programme, carys):
    run(row())
    parts = Participation.objects.filter(programme=programme).exclude(part="coordinator")
    assert [(held.membership.name, held.part, held.capacity) for held in parts.order_by("part")] == [
        ("Ben Thomas", "mentee", 1),
        ("Amara Okafor", "mentor", 1),
    ]


def test_the_same_file_again_changes_nothing(run, northgate):
    listed(northgate, "Dev Patel")
    rows = (row(sessions="3"), row(mentee="dev", end="2026-06-30"))
    first = run(*rows)
    before = everything()
    assert (first["created"], first["unchanged"]) == (2, 0)
    assert run(*rows) == {"rows": 2, "created": 0, "unchanged": 2, "refused": []}
    assert everything() == before


def everything():
    models = (Relationship, Party, CarriedOver, Participation, PairsImport)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_dry_run_says_the_same_and_writes_nothing(run):
    report = run(row(), row(mentee="nobody"), options=["--dry-run"])
    assert (report["rows"], report["created"], len(report["refused"])) == (2, 1, 1)
    assert not Relationship.objects.exists()
    assert not PairsImport.objects.exists()


@pytest.mark.parametrize(
    ("end", "stage", "ended_on"),
    [("2026-06-30", "", date(2026, 6, 30)), ("2026-06-30", "Completed", date(2026, 6, 30)),
     ("2026-06-30", "Progress-making", date(2026, 6, 30)), ("", "Afterwards", date(2026, 9, 14)),
     ("", "Moving on", date(2026, 9, 14)), ("2026-09-14", "completed", date(2026, 9, 14))],
)  # fmt: skip
def test_what_has_ended_is_kept_as_completed_and_takes_no_place(run, end, stage, ended_on):
    assert run(row(end=end, stage=stage))["created"] == 1
    pair = the_pair()
    assert (pair.state, pair.ending, pair.stage, pair.ended_at.date()) == ("ended", "completed", "after", ended_on)
    assert not Party.objects.filter(until=None).exists()
    assert Participation.objects.get(part="mentor").capacity == 0, "nobody has said that she would take another one"


@pytest.mark.parametrize("end", ["2026-09-14", "2026-09-15", ""])
def test_a_pair_runs_until_its_last_day_is_past(run, end):
    run(row(end=end))
    assert the_pair().state == "accepted"


def test_a_mentee_who_has_completed_once_may_have_a_mentor_now(run, northgate):
    listed(northgate, "Dev Patel")
    assert run(row(mentor="dev", end="2026-03-01", start="2025-03-01"), row())["created"] == 2
    assert run(row(mentor="dev", end="2026-03-01", start="2025-03-01"), row())["unchanged"] == 2


@pytest.mark.parametrize(
    ("given", "stage", "state"),
    [
        ({"stage": "Rapport-building"}, "connect", "accepted"),
        ({"stage": "Rapport-building", "sessions": "2"}, "contract", "accepted"),
        ({"stage": "connect"}, "connect", "accepted"),
        ({"stage": "Get to know each other"}, "connect", "accepted"),
        ({"stage": "Rapport-building", "signed": "2026-05-03"}, "direct", "active"),
        ({"stage": "Direction-setting"}, "direct", "active"),
        ({"stage": "direct", "goals": "1"}, "progress", "active"),
        ({"stage": "PROGRESS"}, "progress", "active"),
        ({"stage": "Review"}, "review", "active"),
        ({"stage": "Winding down"}, "close", "active"),
        ({"stage": "end well"}, "close", "active"),
        ({"stage": "prepare"}, "connect", "accepted"),
        ({"stage": "Running"}, "connect", "accepted"),
        ({}, "connect", "accepted"),
        ({"sessions": "0"}, "connect", "accepted"),
        ({"sessions": "4"}, "contract", "accepted"),
        ({"signed": "2026-05-03"}, "direct", "active"),
        ({"signed": "2026-05-03", "goals": "1"}, "progress", "active"),
        ({"goals": "1"}, "progress", "active"),
    ],
)
def test_the_stage_is_the_named_one_or_a_guess_and_never_waits_at_an_open_gate(run, given, stage, state):
    assert run(row(**given))["created"] == 1
    assert (the_pair().stage, the_pair().state) == (stage, state)


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"mentor": ""}, "mentor", "There is no mentor."),
        ({"mentee": "n/a no"}, "mentee", "“n/a no” is a name, and two people may have the same one."),
        ({"mentor": "Amara Okafor"}, "mentor", "“Amara Okafor” is a name, and two people may have the same one."),
        ({"mentee": "zoe"}, "mentee", "Nobody on the organisation’s list is known by zoe@northgate.example."),
        ({"mentee": "ben@"}, "mentee", "“ben@” is no e-mail address."),
        ({"mentee": "amara"}, "mentee", "Mentor and mentee are the same person."),
        ({"start": "31/02/2026"}, "start", "“31/02/2026” is not a date."),
        ({"start": "2026-09-15"}, "start", "The first day, 2026-09-15, is still to come"),
        ({"start": "1926-09-15"}, "start", "1926-09-15 is too far away to be right."),
        ({"end": "2026-04-30"}, "end", "The last day, 2026-04-30, lies before the first, 2026-05-01."),
        ({"end": "soon"}, "end", "“soon” is not a date."),
        ({"end": "2026-12-01", "stage": "completed"}, "end", "The row says that the pair has completed"),
        ({"signed": "yes"}, "contract", "“yes” is not a date."),
        ({"signed": "2026-09-15"}, "contract", "The day of signing, 2026-09-15, is still to come."),
        ({"sessions": "-1"}, "sessions", "-1 is not between 0 and 999."),
        ({"sessions": "six"}, "sessions", "“six” is no number."),
        ({"sessions": "1.5"}, "sessions", "“1.5” is no number."),
        ({"goals": "a few"}, "goals", "“a few” is no number."),
        ({"goals": "100"}, "goals", "100 is not between 0 and 99."),
        ({"stage": "Half way"}, "stage", "“Half way” is no stage of this programme. Write one of Rapport-building,"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_field_its_reason_and_a_cure(run, given, field, reason):
    report = run(row(**given))
    ((number, found, words),) = reasons(report)
    assert (number, found) == (2, field)
    assert words.startswith(reason)
    assert len(words) > len(reason) + 10, "no cure"
    assert (report["rows"], report["created"]) == (1, 0)
    assert not Relationship.objects.exists()


def test_every_fault_of_a_row_is_named(run):
    report = run(row(start="never", sessions="many", goals="-2"))
    assert [(held["row"], held["field"]) for held in report["refused"]] == [
        (2, "start"), (2, "sessions"), (2, "goals"),
    ]  # fmt: skip


def test_the_line_manager_is_no_mentor(run, amara_and_ben):
    amara, ben = amara_and_ben
    people.set_manager(ben, amara, by=SYSTEM)
    ((_row, field, words),) = reasons(run(row()))
    assert field == "mentor"
    assert words.startswith("Amara Okafor is the line manager of Ben Thomas")


@pytest.mark.parametrize("leave", [identity.suspend, identity.leave])
def test_whoever_is_suspended_or_gone_is_refused(run, amara_and_ben, leave):
    leave(amara_and_ben[1], by=SYSTEM)
    words = "Ben Thomas is suspended or has left. Let them back in on their own page first, or leave the row out."
    assert reasons(run(row())) == [(2, "mentee", words)]


def test_a_mentee_has_one_mentor_in_the_file_as_in_the_programme(run, northgate, programme, carys):
    listed(northgate, "Dev Patel", "Elin Berg")
    assert [(number, words[:34]) for number, _f, words in reasons(run(row(), row(mentor="dev"), row()))] == [
        (3, "Row 2 names a mentor for Ben Thoma"),
        (4, "The same pair as in row 2. Keep on"),
    ]
    assert reasons(run(row(mentor="elin")))[0][2].startswith("Ben Thomas has a mentor in this programme already.")
    assert Relationship.objects.count() == 1


def test_twenty_mentees_are_the_most_and_places_grow_with_the_file(run, northgate, programme, carys):
    mentees = [f"Mentee{number} Jones" for number in range(21)]
    listed(northgate, *mentees)
    report = run(*(row(mentee=name.split()[0].lower()) for name in mentees))
    assert report["created"] == 20
    assert reasons(report)[0][:2] == (22, "mentor")
    assert reasons(report)[0][2].startswith("Amara Okafor would have more than 20 mentees at once")
    assert Participation.objects.get(part="mentor").capacity == 20
    assert sorted(Party.objects.filter(part="mentor").values_list("place_no", flat=True)) == list(range(1, 21))


def test_places_that_somebody_agreed_are_raised_and_the_command_says_so(programme, file, northgate, amara_and_ben):
    listed(northgate, "Dev Patel")
    programmes.add_participants(programme, [programmes.Place(amara_and_ben[0], "mentor", 1)], by=SYSTEM)
    out = StringIO()
    call_command("import_pairs", str(file(row(), row(mentee="dev"))), "--programme", programme.slug, stdout=out)
    assert "Row 3: Amara Okafor gets 2 places; so far there were 1." in out.getvalue()
    assert out.getvalue().endswith("Nobody has been told.\n")
    assert Participation.objects.get(part="mentor").capacity == 2


def test_people_of_another_organisation_are_not_known(run):
    c = cast.pair(cast.organisation("Harbour Trust"))
    report = run(f"{c.amara.membership.work_address},{c.ben.membership.work_address},2026-05-01,,,,,")
    assert [words[:33] for _row, _field, words in reasons(report)] == ["Nobody on the organisation’s list"] * 2


def test_pairs_of_this_programme_are_known(file):
    c = cast.pair(cast.organisation("Harbour Trust"))
    who = f"{c.amara.membership.work_address},{c.ben.membership.work_address}"
    assert run_on(file(f"{who},2026-05-01,,,,,"), c.programme.slug)["unchanged"] == 1
    ended = run_on(file(f"{who},2026-05-01,,completed,,,"), c.programme.slug)
    assert ended["refused"][0]["reason"].startswith("The two are a running pair here")
    proposed = cast.pair(cast.organisation("Riverside"), answered=False)
    who = f"{proposed.amara.membership.work_address},{proposed.ben.membership.work_address}"
    report = run_on(file(f"{who},2026-05-01,,,,,"), proposed.programme.slug)
    assert report["refused"][0]["reason"].startswith("The two are proposed to each other here")


def test_a_pair_that_was_brought_in_and_ended_here_does_not_come_back(run):
    run(row())
    actions.withdraw_whole(the_pair(), by=SYSTEM)
    assert run(row()) == {"rows": 1, "created": 0, "unchanged": 1, "refused": []}


def test_headers_are_guessed_names_are_left_out_and_blank_lines_and_totals_are_no_rows(run, northgate):
    listed(northgate, "Dev Patel", employee_number="N77")
    head = "Mentor;Mentor's e-mail;Mentee name;Mentee employee no;Paired on;Meetings held"
    report = run(
        "Amara Okafor;amara@northgate.example;Dev Patel;N77;03/04/2026;5", "", "Total;;;;;5", head,
        "Amara Okafor;amara@northgate.example;Ben Thomas;N404;13/04/2026;5", head=head,
    )  # fmt: skip
    assert (report["rows"], report["created"]) == (2, 1)
    assert [held["row"] for held in report["refused"]] == [6]
    assert the_pair().carried_over.started_on == date(2026, 4, 3)


def test_a_workbook_with_real_dates_and_numbers_is_read_like_text(programme, tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "pairs.xlsx")
    sheet = book.add_worksheet("Pairs")
    sheet.write_row(0, 0, HEAD.split(","))
    sheet.write_row(1, 0, ["AMARA@northgate.example", "Ben Thomas <ben@northgate.example>"])
    sheet.write_datetime(1, 2, date(2026, 5, 1), book.add_format({"num_format": "dd.mm.yyyy"}))
    sheet.write_number(1, 5, 6)
    book.close()
    assert run_on(tmp_path / "pairs.xlsx", programme.slug)["created"] == 1
    assert (the_pair().carried_over.started_on, the_pair().carried_over.sessions_held) == (date(2026, 5, 1), 6)


def test_two_keys_of_two_people_are_refused(run, northgate):
    listed(northgate, "Dev Patel", employee_number="N77")
    head = "Mentor e-mail,Mentor number,Mentee"
    report = run("amara@northgate.example,N77,ben@northgate.example", head=head)
    assert reasons(report)[0][2].startswith("amara@northgate.example and N77 are two different people.")


def test_a_programme_in_preparation_takes_pairs_and_a_closed_one_does_not(file, carys):
    draft = cast.programme(carys, "Next round")
    assert run_on(file(row()), draft.slug)["created"] == 1
    draft.state = "closed"
    draft.launched_at = draft.created_at
    draft.save()
    with pytest.raises(CommandError, match="This programme is closed"):
        run_on(file(row()), draft.slug)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The file is empty."),
        ("Name,Surname\nA,B\n", "No column is chosen for the mentors."),
        ("Mentor\namara@northgate.example\n", "No column is chosen for the mentees."),
        ("%PDF-1.7", "This is a PDF."),
    ],
)
def test_what_is_no_file_of_pairs_is_refused_in_one_sentence(programme, tmp_path, content, words):
    path = tmp_path / "pairs.csv"
    path.write_text(content)
    with pytest.raises(CommandError, match=words) as error:
        run_on(path, programme.slug)
    assert "\n" not in str(error.value)


def test_an_unknown_programme_and_a_missing_file_are_said_in_one_line(programme, tmp_path):
    with pytest.raises(CommandError, match="There is no programme “nowhere”"):
        run_on(tmp_path / "pairs.csv", "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        run_on(tmp_path / "pairs.csv", programme.slug)


def test_the_command_ends_with_one_plain_line_when_it_cannot_do_its_work(tmp_path):
    installed.empty(tmp_path)
    answer = installed.run(installed.environment_of(tmp_path), "import_pairs", "nothing.csv", "--programme", "nowhere")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "alongside: There is no programme “nowhere”.\n"
