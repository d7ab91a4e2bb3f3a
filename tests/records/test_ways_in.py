"""What signing in keeps of people (letters, kept mails, contacts, the provider): exported, and gone with them."""

import json
import re
import zipfile
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from alongside.foundation import notifications
from alongside.foundation.events.log import first_fault
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions.without_email import make_code, set_contact
from alongside.foundation.identity.models import NamedContact, PrintedCode
from alongside.foundation.notifications.models import KeptMail, Mail
from alongside.foundation.privacy import declarations
from alongside.foundation.privacy.paths import rows_of
from alongside.organisations.actions.notice import ensure_notice
from alongside.organisations.actions.provider import connect, set_provider
from alongside.organisations.queries.provider import provider_of
from alongside.organisations.rules import Proved
from alongside.people.actions import set_up_account_by_letter
from tests.records import planting, searching
from tests.records.whole import command
from tests.told import standing

pytestmark = pytest.mark.django_db
ISSUER, SUBJECT = "https://login.northgate.example", "zq-8841-sana-at-northgate"
NUMBER, WAITS = "N90417", "Amara proposes the lighthouse on Thursday"
ORGANISATION = ("--organisation", "northgate-health")


@dataclass
class Gone:
    """Somebody who was erased: their export, as it was before, and what the command said."""

    person: Any
    exported: dict[str, list[dict[str, Any]]]
    report: dict[str, Any]
    sought: dict[str, str]
    before: set[str]


@pytest.fixture(scope="module")
def ways_in(django_db_setup, django_db_blocker):
    """Wil without e-mail, Sana who comes in through her organisation, and Priya who tells Nia what waits."""
    with django_db_blocker.unblock(), standing("completed") as told:
        codes = wil_signs_in(told)
        nia = identity.add_membership(
            organisation=told.actor("carys").organisation, name="Nia Rees", employee_number="N90500",
            by=told.actor("carys"),
        )  # fmt: skip
        set_contact(nia, told.membership("priya"), by=told.actor("carys"))
        notifications.tell(
            "person.waits", to=[nia], subject="Wil Price writes", lines=["Wil asks for you"],
            organisation=nia.organisation,
        )  # fmt: skip
        sana_comes_in_through_northgate(told)
        stranger = SessionStore()
        stranger["account_login"] = {"email": "paul.hughes@northgate.example"}
        stranger.save()
        yield {
            "wil": erased(told, "wil", {"number": NUMBER, "what waited": WAITS, **codes}),
            "sana": erased(told, "sana", {"subject": SUBJECT}),
            "priya": erased(told, "priya", {}),
            "nia": nia,
            "stranger": stranger,
            "told": told,
        }


def wil_signs_in(told):
    """By a letter, to which a second one came; something waits for him, and Carys was asked to tell him."""
    carys, wil = told.actor("carys"), told.membership("wil")
    first = make_code(wil, by=carys)
    set_up_account_by_letter(
        PrintedCode.objects.get(membership=wil), name="Wil Price", known_as="Wil", password=None,
        notice=ensure_notice(wil.organisation),
    )  # fmt: skip
    wil.refresh_from_db()
    second = make_code(wil, by=carys)
    set_contact(wil, carys.membership, by=carys)
    notifications.tell("person.waits", to=[wil], subject=WAITS, lines=[WAITS], organisation=wil.organisation)
    browser = Client()
    browser.force_login(wil.account)
    return {"first code": first, "second code": second}


def sana_comes_in_through_northgate(told):
    """And in another browser she has just shown the provider who she is, and done nothing with it."""
    ada, sana = told.actor("ada"), told.actor("sana")
    set_provider(
        ada.organisation, client_secret="", by=ada, issuer=ISSUER, client_id="alongside", button="Sign in", enabled=True
    )
    proved = Proved(ISSUER, SUBJECT, "", False)
    connect(sana.membership, proved, by=sana)
    elsewhere = SessionStore()
    elsewhere["provider_proved"] = {"proved": asdict(proved), "provider": provider_of(ada.organisation).ref, "at": 0.0}
    elsewhere.save()


def erased(told, key, sought):
    person = planting.person(told, key)
    who = person.membership.ref
    sought = {**sought, "name": person.membership.name, **{address: address for address in person.addresses}}
    with zipfile.ZipFile(command("export_person", who, *ORGANISATION)["file"]) as archive:
        exported = {one["table"]: one["rows"] for one in json.loads(archive.read("data.json"))["tables"]}
    stores = list(searching.stores())
    before = {name for name, text in sought.items() if any(text.encode() in held for _, held in stores)}
    return Gone(person, exported, command("erase_person", who, *ORGANISATION), sought, before)


# --- the export


def test_wil_is_given_his_letters_without_their_codes(ways_in):
    letters = ways_in["wil"].exported["identity.printedcode"]
    assert [bool(held["used_at"]) for held in letters] == [True, False]
    assert all(held.keys() == {"ref", "membership", "made_at", "expires_at", "used_at", "ended_at"} for held in letters)


def test_wil_is_given_what_waits_for_him_and_who_tells_him(ways_in):
    exported = ways_in["wil"].exported
    assert [held["subject"] for held in exported["notifications.keptmail"]] == [WAITS]
    assert [held["contact"]["name"] for held in exported["identity.namedcontact"]] == ["Carys Llewellyn"]


def test_sana_is_given_as_whom_she_comes_in(ways_in):
    [link] = ways_in["sana"].exported["organisations.providerlink"]
    assert (link["issuer"], link["subject"]) == (ISSUER, SUBJECT)


def test_a_named_contact_is_given_whom_they_tell(ways_in):
    told = ways_in["priya"].exported["identity.namedcontact"]
    assert [held["membership"]["name"] for held in told] == ["Nia Rees"]


# --- the erasure


@pytest.mark.parametrize("key", ["wil", "sana"])
def test_what_is_looked_for_was_there(ways_in, key):
    """So that the search can fail; of a code only a hash was ever kept."""
    gone = ways_in[key]
    assert gone.sought.keys() - gone.before == {name for name in gone.sought if name.endswith("code")}


@pytest.mark.parametrize("key", ["wil", "sana", "priya"])
def test_nothing_of_it_is_found_in_any_store(ways_in, key, figure):
    stores = list(searching.stores())
    sought = ways_in[key].sought
    found = searching.found(sought.values(), stores, planting.STEM)
    figure("forms x stores searched after an erasure", len(searching.forms(planting.STEM)) * len(stores))
    figure("erased sentences and names found", len(found))
    assert found == []


@pytest.mark.parametrize("key", ["wil", "sana", "priya"])
def test_whatever_stays_has_a_reason(ways_in, key):
    gone = ways_in[key]
    declared = [held for held in declarations() if held.paths and not held.is_a_person]
    left = {held.label for held in declared if rows_of(held, gone.person).exists()}
    listed = {one["table"]: one["reason"] for one in gone.report["kept"]}
    assert left <= listed.keys()
    assert all(listed.values())
    assert not left & {
        "identity.printedcode", "identity.namedcontact", "notifications.keptmail", "organisations.providerlink",
    }  # fmt: skip


def test_the_command_counts_what_went(ways_in):
    tables = "identity.printedcode", "identity.namedcontact", "notifications.keptmail", "organisations.providerlink"
    assert [ways_in["wil"].report["gone"].get(table) for table in tables] == [2, 1, 2, None]  # one was Nia’s
    assert [ways_in["sana"].report["gone"].get(table) for table in tables] == [None, None, None, 1]
    assert [ways_in["priya"].report["gone"].get(table) for table in tables] == [None, 1, None, None]


def test_nia_stays_and_has_nobody_who_tells_her(ways_in):
    """Nor is whoever told her asked any more."""
    nia = ways_in["nia"]
    nia.refresh_from_db()
    assert (nia.name, nia.state) == ("Nia Rees", "listed")
    assert not NamedContact.objects.exists()
    assert [held.subject for held in KeptMail.objects.filter(membership=nia)] == ["[name removed] writes"]
    assert not Mail.objects.filter(to_address=ways_in["told"].email("priya")).exists()


def test_nobody_reads_in_what_stays_for_others_what_wil_is_called(ways_in):
    asked = Mail.objects.filter(to_address=ways_in["told"].email("carys"), kind="person.waits")
    said = [f"{mail.subject} {mail.body} {mail.html}" for mail in asked]
    said += [f"{held.subject} {held.body}" for held in KeptMail.objects.all()]
    assert len(said) == 2
    assert [text for text in said if re.search(r"\bWil\b", text)] == []


def test_whoever_is_just_signing_in_goes_on(ways_in):
    """Wil had no address; every address that holds the letters of “null” was taken for his."""
    assert SessionStore(ways_in["stranger"].session_key).get("account_login")


def test_the_log_is_whole(ways_in):
    assert first_fault() is None
