"""Exports: all that is somebody's, nothing that others wrote for themselves, and nobody else can open the file."""

import json
import stat
import zipfile
from datetime import datetime, timedelta
from html.parser import HTMLParser
from os import utime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import CommandError

from alongside.foundation import clock, files, reads
from alongside.foundation.events import declared
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions.without_email import make_code
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.privacy import declarations
from alongside.foundation.privacy.paths import rows_of
from alongside.people.models import Needs, OwnValue
from alongside.records import actions, exports
from tests.people.test_own_fields_both import take_in
from tests.records import planting
from tests.records.whole import command

pytestmark = pytest.mark.parametrize("told_once", ["completed"], indirect=True)
BEN = ("ben.thomas@northgate.example", "--organisation", "northgate-health")

# Made of other records; a link by which anybody could act for him.
NOT_SAID = {"search.word.word", "notifications.mail.unsubscribe"}


@pytest.fixture
def exported(told):
    """What the command says, and what is in the ZIP."""
    planted = planting.plant(planting.person(told, "ben"))
    report = command("export_person", *BEN)
    with zipfile.ZipFile(report["file"]) as archive:
        return planted, report, {name: archive.read(name) for name in archive.namelist()}


def test_every_sentence_of_his_is_in_it(exported):
    planted, _report, held = exported
    data = json.dumps(json.loads(held["data.json"]), ensure_ascii=False)
    page = Text.of(held["data.html"].decode())
    said = {text: place for text, place in planted.items() if place not in NOT_SAID}
    assert [place for text, place in said.items() if text not in data] == []
    assert [place for text, place in said.items() if text not in page] == []


class Text(HTMLParser):
    """The text of a page."""

    @classmethod
    def of(cls, page):
        made = cls()
        made.said = []
        made.feed(page)
        return " ".join(made.said)

    def handle_data(self, data):
        self.said.append(data)


def test_it_holds_each_table_that_is_declared_as_his(told, exported):
    _planted, report, held = exported
    person = planting.person(told, "ben")
    declared = {one.label for one in declarations() if one.subject and rows_of(one, person).exists()}
    written = {one["table"]: one for one in json.loads(held["data.json"])["tables"]}
    assert written.keys() == declared - {"search.word"}
    assert report["rows"] == {table: len(one["rows"]) for table, one in written.items()}


def test_what_his_mentor_wrote_for_herself_is_listed_and_not_in_it(told, exported):
    _planted, report, held = exported
    whole = b"".join(held.values()).decode()
    hers = [one["text"] for one in told.planted if told.email("ben") not in one["may"]]
    assert [text for text in hers if text in whole] == []
    assert {(one["table"], one["why"]) for one in report["held_back"]} == {
        ("meetings.logdraft", "Another person’s words about them"),
        ("meetings.privatenote", "Another person’s words about them"),
        ("reviews.reviewanswer", "Another person’s words about them"),
    }
    assert [text for text in hers if text in json.dumps(report, ensure_ascii=False)] == []


def test_whoever_looks_at_it_keeps_the_list_beside_the_zip_and_it_says_nothing_of_what_was_written(told, exported):
    _planted, report, held = exported
    kept = Path(report["for_review"])
    assert (kept.parent, stat.S_IMODE(kept.stat().st_mode)) == (Path(report["file"]).parent, 0o600)
    said = json.loads(kept.read_text())
    assert said == {"export": Path(report["file"]).name, "person": report["person"], "held_back": report["held_back"]}
    assert kept.name not in held
    assert [one["text"] for one in told.planted if one["text"] in kept.read_text()] == []


def test_the_page_says_how_much_is_held_back_why_and_whom_to_ask(exported):
    page = Text.of(exported[2]["data.html"].decode())
    assert "3 passages that other people wrote are held back, because they were not written for you." in page
    assert "If you want to have it, ask privacy@northgate.example." in page


def test_an_export_of_which_nothing_is_held_back_has_no_list_beside_it(told):
    report = command("export_person", told.email("hana"), "--organisation", "northgate-health")
    assert report["for_review"] == ""
    assert not list(exports.folder().glob(f"{Path(report['file']).stem}.held*"))


def test_the_list_goes_with_the_exports_of_whoever_is_erased(told, exported):
    kept = Path(exported[1]["for_review"])
    exports.forget(told.membership("ben"))
    assert not kept.exists()


def test_the_page_counts_neither_a_complaint_about_somebody_nor_reads_in_a_case(told):
    """To be told that one passage is held back would tell them of it."""
    report = command("export_person", told.email("carys"), "--organisation", "northgate-health")
    assert {"records.complaint", "records.complaintmessage"} <= {one["table"] for one in report["held_back"]}
    with zipfile.ZipFile(report["file"]) as archive:
        assert "passage" not in Text.of(archive.read("data.html").decode())


def test_reads_in_a_case_are_not_in_it(told):
    """Whoever looks into a case must not be told of through an export."""
    needs = Needs.objects.get(membership=told.membership("ben"))
    reads.note(told.actor("sam"), told.membership("ben"), needs, shown=False)
    report = command("export_person", *BEN)
    with zipfile.ZipFile(report["file"]) as archive:
        assert told.membership("sam").ref not in archive.read("data.json").decode()
    assert "reads.read" in {one["table"] for one in report["held_back"]}


def test_a_list_of_others_that_somebody_handed_in_is_held_back(told):
    list_ = ContentFile(b"Name,E-mail\nBen Thomas,ben.thomas@northgate.example\n", "staff.csv")
    upload = files.accept(list_, by=told.actor("carys"))
    report = command("export_person", told.email("carys"), "--organisation", "northgate-health")
    assert report["files"] == 0
    with zipfile.ZipFile(report["file"]) as archive:
        page = Text.of(archive.read("data.html").decode())
    assert "3 lists that you handed in are held back, because they are about other people." in page
    assert ("files.upload", upload.ref) in {(one["table"], one["ref"]) for one in report["held_back"]}


def test_only_whoever_runs_alongside_can_open_it(exported):
    _planted, report, _held = exported
    path = Path(report["file"])
    assert path.parent == Path(settings.DATA_DIR) / "exports"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_page_is_for_reading_and_holds_no_hash_no_ref_and_no_braces(told):
    held = zipfile.ZipFile(command("export_person", *BEN)["file"])
    page = Text.of(held.read("data.html").decode())
    [contract] = [
        one["rows"][0] for one in json.loads(held.read("data.json"))["tables"] if one["table"].endswith(".contract")
    ]
    opened = datetime.fromisoformat(contract["opened_at"])
    assert f"{opened:%-d %B %Y}, " in page
    assert "We are Ben, mentee, and Amara, mentor." in page
    assert [
        sign for sign in (contract["ref"], "Sha256", "+00:00", '{"', "{\n", "[]", "True", "<div") if sign in page
    ] == []


def test_the_page_says_events_clauses_and_choices_in_words(told):
    with zipfile.ZipFile(command("export_person", *BEN)["file"]) as archive:
        page = Text.of(archive.read("data.html").decode())
    for words in ("What happened", str(declared()["contract.changed"]), "Mentoring agreement", "In person", "English"):
        assert words in page
    codes = (
        "contract.signed", "contracts.contract", "clauses/default@1", "competences/default@", "accepted_both",
        "in_person", "agenda_ahead", "About kind", "Created at", "Dedupe", "en-gb",
    )  # fmt: skip
    assert [code for code in codes if code in page] == []


def test_the_page_needs_nothing_from_elsewhere(exported):
    page = exported[2]["data.html"].decode()
    assert [word for word in ("<script", "<link", "<img", "src=", "href=", "@import", "url(") if word in page] == []


def test_no_password_and_no_token_is_in_it(told, exported):
    whole = b"".join(exported[2].values()).decode()
    assert told.membership("ben").account.password not in whole
    assert "token_hash" not in whole


def test_the_code_of_his_letter_is_not_in_it_though_its_day_is(told):
    wil = told.membership("wil")
    make_code(wil, by=SYSTEM)
    with zipfile.ZipFile(actions.export(wil, by=SYSTEM).path) as archive:
        tables = {table["table"]: table["rows"] for table in json.loads(archive.read("data.json"))["tables"]}
    [letter] = tables["identity.printedcode"]
    assert "code_hash" not in letter
    assert letter["made_at"]


def test_the_log_remembers_it_without_a_word(exported):
    entry = AuditEntry.objects.get(name="person.exported")
    assert entry.codes == {"rows": sum(exported[1]["rows"].values()), "held_back": 3, "files": 0}


def test_exports_go_after_thirty_days_and_with_whoever_is_erased(told):
    for path in exports.folder().iterdir():
        path.unlink()
    for key in ("ben", "sana"):
        exports.write(planting.person(told, key))
    old = command("export_person", told.email("hana"), "--organisation", "northgate-health")["file"]
    past = (clock.now() - timedelta(days=31)).timestamp()
    utime(old, (past, past))
    actions.erase(told.membership("ben"), by=SYSTEM)
    assert exports.forget_old() == 1
    assert [path.name.split("-")[0] for path in exports.folder().iterdir()] == [told.membership("sana").ref]


def test_nobody_is_exported_by_an_address_that_nobody_has(told):
    with pytest.raises(CommandError, match="Nobody in Northgate Health is found by"):
        command("export_person", "nobody@northgate.example", "--organisation", "northgate-health")
    with pytest.raises(CommandError, match="There is no organisation"):
        command("export_person", "ben.thomas@northgate.example", "--organisation", "nowhere")


def test_words_for_skills_and_fields_of_the_organisations_own_are_named(told):
    held = planting.person(told, "ben").membership
    roster = f"Name,Email,Job title,Works nights,Shift\n{held.name},{held.work_address},,yes,Early"
    means = ["name", "work_address", "job_title", "own_yes_no", "own_choice"]
    header, row = roster.split("\n")
    take_in(held.organisation, row, header=header, means=means)
    with zipfile.ZipFile(command("export_person", *BEN)["file"]) as archive:
        tables = {table["table"]: table["rows"] for table in json.loads(archive.read("data.json"))["tables"]}
    said = {one["field"]["name"]: one["choice"]["name"] for one in tables["people.ownvalue"]}
    assert said == {"Shift": "Early", "Works nights": "yes"}
    assert all(one["skill"]["name"] for one in tables["people.profileskill"])
    command("erase_person", *BEN)
    assert not OwnValue.objects.filter(profile__membership=held).exists()
