"""Set-up, settings, roles, own settings and switching."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from alongside.foundation import hooks
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.models import Account, Membership, Organisation, OrganisationRole
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.vault import actions as vault_actions
from alongside.organisations import actions
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
FACTS = {
    "organisation": "Northgate Health",
    "timezone": "Europe/London",
    "language": "en-gb",
    "name": "Ada Winter",
    "email": "ada@northgate.example",
    "password": cast.PASSWORD,
    "privacy_contact": "privacy@northgate.example",
    "lead_name": "Dev Patel",
    "lead_email": "dev@northgate.example",
    "alternate_name": "Iris Holm",
    "alternate_email": "iris@northgate.example",
}
SETTINGS = {
    "name": "Northgate Trust",
    "timezone": "Asia/Kolkata",
    "language": "en-gb",
    "privacy_contact": "data@northgate.example",
}


@pytest.fixture
def ada():
    return cast.first_administrator()


@pytest.fixture
def ben(ada):
    return cast.member("Ben Thomas", ada.organisation)


@pytest.fixture
def server(settings, tmp_path):
    """A server that others can reach: whoever sets it up must read its files."""
    settings.LOOPBACK, settings.DATA_DIR = False, tmp_path
    return tmp_path / "set_up_code"


def roles_of(membership) -> set[str]:
    return set(
        OrganisationRole.objects.filter(membership=membership, until__isnull=True).values_list("role", flat=True)
    )


# --- setting up


def test_an_empty_installation_greets_and_offers_to_set_it_up(client):
    page = words_of(client.get("/"))
    assert "Set up my organisation" in page
    assert 'href="/set-up/"' in page


def test_set_up_makes_the_organisation_and_whoever_looks_after_it_and_signs_in(client):
    page = client.post("/set-up/", FACTS, follow=True)
    assert "Northgate Health is set up." in words_of(page)
    assert "Good " in words_of(page)
    ada, dev, iris = (Membership.objects.get(name=name) for name in ("Ada Winter", "Dev Patel", "Iris Holm"))
    assert [roles_of(one) for one in (ada, dev, iris)] == [
        {"administrator", "coordinator"}, {"safeguarding_lead"}, {"safeguarding_alternate"},
    ]  # fmt: skip
    assert (dev.state, dev.account) == (MembershipState.LISTED, None)


def test_set_up_is_done_once(client):
    client.post("/set-up/", FACTS)
    again = Client().post("/set-up/", FACTS | {"organisation": "Other", "email": "eve@other.example"})
    assert again.status_code == 302
    assert [held.name for held in Organisation.objects.all()] == ["Northgate Health"]
    assert Client().get("/set-up/").status_code == 302
    with pytest.raises(identity.NotPossible, match="set up already"):
        actions.set_up(FACTS)


def test_a_refused_set_up_keeps_everything_but_the_password(client):
    response = client.post("/set-up/", FACTS | {"timezone": "Londn"})
    page = words_of(response)
    assert response.context["form"].errors == {
        "timezone": ["Choose a time zone from the list, for example Europe/London."]
    }
    typed = {**FACTS, "timezone": "Londn"}
    assert [
        name for name in typed if name not in ("password", "language") and f'value="{typed[name]}"' not in page
    ] == []
    assert cast.PASSWORD not in page
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"password": "short"}, "password", "at least 12 characters"),
        ({"password": "ada@northgate.example"}, "password", "too similar"),
        ({"lead_email": ""}, "lead_email", "Give both name and e-mail, or neither."),
        ({"alternate_name": ""}, "alternate_name", "Give both name and e-mail, or neither."),
        ({"alternate_email": "DEV@northgate.example"}, "alternate_email", "somebody other than the lead"),
        ({"email": "ada"}, "email", "Enter an e-mail address"),
    ],
)
def test_set_up_says_beside_the_field_what_to_mend(client, said, field, words):
    response = client.post("/set-up/", FACTS | said)
    assert words in " ".join(response.context["form"].errors[field])
    assert not Organisation.objects.exists()


def test_an_address_that_has_an_account_is_refused_in_words(client):
    identity.create_account(email="Ada@northgate.example", password=None, timezone="UTC", language="en-gb")
    response = client.post("/set-up/", FACTS)
    assert response.status_code == 200
    assert "There is an account with this e-mail address already." in words_of(response)
    assert not Organisation.objects.exists()


def test_a_server_that_others_can_reach_is_set_up_by_whoever_reads_its_files(client, server):
    assert "Set-up code" in words_of(client.get("/set-up/"))
    assert server.stat().st_mode & 0o777 == 0o600
    for code in ("", "0000", "\u0660" * 16):
        assert client.post("/set-up/", FACTS | {"code": code}).status_code == 200
    assert not Organisation.objects.exists()
    assert client.post("/set-up/", FACTS | {"code": f" {server.read_text()}"}).status_code == 302
    assert Organisation.objects.get().name == "Northgate Health"


def test_on_ones_own_machine_no_code_is_asked_for(client, settings):
    settings.LOOPBACK = True
    assert "Set-up code" not in words_of(client.get("/set-up/"))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_in_the_set_up_do_no_harm(client, words):
    for field in FACTS:
        response = Client().post("/set-up/", FACTS | {field: words})
        assert is_harmless(response), field
        Organisation.objects.filter(set_up_at__isnull=True).delete()
        if Organisation.objects.exists():
            assert is_harmless(client.get("/"))
            break


# --- who may open what

PAGES = ["/organisation/", "/organisation/roles/"]


@pytest.mark.parametrize("page", PAGES)
def test_settings_and_roles_are_the_administrators(ada, ben, page):
    coordinator = cast.member("Carys Llewellyn", ada.organisation, "coordinator")
    found = [browser_of(actor).get(page).status_code for actor in (ada, ben, coordinator)]
    assert found == [200, 404, 404]
    assert [browser_of(actor).post(page, {}).status_code for actor in (ben, coordinator)] == [404, 404]


@pytest.mark.parametrize("page", [*PAGES, "/me/", "/organisation/roles/administrator/abcdefghijkl/end/"])
def test_signed_out_people_are_led_to_the_sign_in(ada, page):
    response = Client().get(page)
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_wrong_methods_are_refused(ada):
    client = browser_of(ada)
    assert client.get("/me/organisation/").status_code == 405
    for page in (*PAGES, "/me/", "/set-up/"):
        assert client.delete(page).status_code == 405


def test_an_account_without_an_organisation_is_told_what_to_do(ada):
    account = identity.create_account(email="eve@x.example", password=None, timezone="UTC", language="en-gb")
    client = Client()
    client.force_login(account)
    assert "belong to no organisation at the moment" in words_of(client.get("/"))
    assert client.get("/me/").status_code == 200
    assert client.get("/organisation/").status_code == 302


# --- settings


def test_settings_are_saved_and_shown(ada):
    page = browser_of(ada).post("/organisation/", SETTINGS, follow=True)
    assert "The settings are saved." in words_of(page)
    held = Organisation.objects.get()
    assert {name: getattr(held, name) for name in SETTINGS} == SETTINGS


def test_refused_settings_keep_what_was_typed_and_change_nothing(ada):
    response = browser_of(ada).post("/organisation/", SETTINGS | {"privacy_contact": "nobody"})
    assert 'value="Northgate Trust"' in words_of(response)
    assert 'value="nobody"' in words_of(response)
    assert Organisation.objects.get().name == "Northgate Health"


def test_own_settings_move_the_times_of_every_page(ben):
    page = browser_of(ben).post("/me/", {"timezone": "Asia/Kolkata", "language": "en-gb"}, follow=True)
    assert "Your settings are saved." in words_of(page)
    assert Account.objects.get(pk=ben.account.pk).timezone == "Asia/Kolkata"
    refused = browser_of(ben).post("/me/", {"timezone": "Mars/Olympus", "language": "en-gb"})
    assert 'value="Mars/Olympus"' in words_of(refused)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_in_settings_and_roles_do_no_harm(ada, words):
    client = browser_of(ada)
    for field in SETTINGS:
        assert is_harmless(client.post("/organisation/", SETTINGS | {field: words})), field
    for field in ("timezone", "language"):
        assert is_harmless(client.post("/me/", {"timezone": "UTC", "language": "en-gb"} | {field: words}))
    for field in ("person", "role"):
        said = {"person": "ada", "role": "supervisor"} | {field: words}
        assert is_harmless(client.post("/organisation/roles/", said))
    assert client.post("/me/organisation/", {"ref": words}).status_code == 404
    for page in ("/", "/organisation/", "/organisation/roles/", "/me/"):
        assert is_harmless(client.get(page))


# --- roles


def test_a_role_is_given_by_address_or_number_and_twice_is_once(ada, ben):
    client = browser_of(ada)
    Membership.objects.filter(pk=ben.membership.pk).update(employee_number="N-17")
    for person in (ben.account.email.upper(), "N-17"):
        page = client.post("/organisation/roles/", {"person": person, "role": "supervisor"}, follow=True)
        assert "Ben Thomas has the role now." in words_of(page)
    assert OrganisationRole.objects.filter(membership=ben.membership).count() == 1


@pytest.mark.parametrize("state", ["suspended", "left", "erased"])
def test_nobody_who_is_gone_gets_a_role(ada, ben, state):
    Membership.objects.filter(pk=ben.membership.pk).update(state=state)
    response = browser_of(ada).post("/organisation/roles/", {"person": ben.account.email, "role": "supervisor"})
    assert "Nobody on the people list has this address or number." in words_of(response)
    assert not roles_of(ben.membership)


def test_nobody_of_another_organisation_gets_a_role(ada):
    other = cast.first_administrator("Harbour Trust", "Hal Moor")
    client = browser_of(ada)
    response = client.post("/organisation/roles/", {"person": other.account.email, "role": "supervisor"})
    assert response.status_code == 200
    assert response.context["form"]["person"].value() == other.account.email
    assert client.get(f"/organisation/roles/administrator/{other.membership.ref}/end/").status_code == 404
    assert roles_of(other.membership) == {"administrator", "coordinator"}


def test_taking_a_role_away_asks_first_and_twice_is_harmless(ada, ben):
    identity.grant_role(ben.membership, "supervisor", by=ada)
    url = f"/organisation/roles/supervisor/{ben.membership.ref}/end/"
    client = browser_of(ada)
    assert "Take a role away from Ben Thomas?" in words_of(client.get(url))
    assert roles_of(ben.membership) == {"supervisor"}
    for _ in range(2):
        assert "Ben Thomas no longer has the role." in words_of(client.post(url, follow=True))
    assert not roles_of(ben.membership)


def test_a_coordinator_whose_role_ends_keeps_the_programmes_they_are_named_for_and_the_page_says_which(ada):
    carys = cast.member("Carys Llewellyn", ada.organisation, "coordinator", "supervisor")
    iris = cast.member("Iris Holm", ada.organisation, "coordinator")
    kept, gone = cast.programme(carys, "Rising leaders"), cast.programme(carys, "Ward sisters")
    cast.takes_part(gone, iris, "coordinator", carys)
    programmes.end_participation(Participation.objects.get(programme=gone, membership=carys.membership), by=iris)
    pages = {
        role: words_of(browser_of(ada).get(f"/organisation/roles/{role}/{carys.ref}/end/"))
        for role in ("coordinator", "supervisor")
    }
    assert "Carys stays coordinator of this programme" in pages["coordinator"]
    assert "Rising leaders" in pages["coordinator"]
    assert "Ward sisters" not in pages["coordinator"]
    assert "stays coordinator" not in pages["supervisor"]
    browser_of(ada).post(f"/organisation/roles/coordinator/{carys.ref}/end/")
    assert roles_of(carys.membership) == {"supervisor"}
    found = [browser_of(carys).get(f"/programmes/{made.slug}/people/").status_code for made in (kept, gone)]
    assert found == [200, 404]


def test_a_coordinator_who_is_named_for_no_programme_keeps_none(ada):
    iris = cast.member("Iris Holm", ada.organisation, "coordinator")
    page = words_of(browser_of(ada).get(f"/organisation/roles/coordinator/{iris.ref}/end/"))
    assert "Take a role away from Iris Holm?" in page
    assert "stays coordinator" not in page


def test_the_last_administrator_stays_and_the_page_says_why(ada):
    client = browser_of(ada)
    page = client.post(f"/organisation/roles/administrator/{ada.membership.ref}/end/", follow=True)
    assert "An organisation needs an administrator who has joined. Name another one first." in words_of(page)
    assert "administrator" in roles_of(ada.membership)


def test_an_administrator_who_steps_down_lands_on_home(ada, ben):
    identity.grant_role(ben.membership, "administrator", by=ada)
    page = browser_of(ada).post(f"/organisation/roles/administrator/{ada.membership.ref}/end/", follow=True)
    assert page.redirect_chain[-1][0] == "/"
    assert page.status_code == 200


def test_a_role_that_is_none_is_absent(ada):
    assert browser_of(ada).get(f"/organisation/roles/king/{ada.membership.ref}/end/").status_code == 404


def test_roles_ask_the_same_however_many_hold_them(ada):
    def name(start, count):
        for number in range(start, start + count):
            cast.member(f"Person {number}", ada.organisation, "supervisor", "assessor")

    name(0, 3)
    few = queries_of(browser_of(ada), "/organisation/roles/")
    name(3, 15)
    many = queries_of(browser_of(ada), "/organisation/roles/")
    assert len(many) == len(few)
    assert twice(many) == []
    assert len(many) <= 8


def test_administrators_are_asked_for_a_safeguarding_lead_until_there_is_one(ada, ben):
    def asked(actor):
        return "Name a safeguarding lead" in [str(step.words) for step in hooks.next_steps.of(actor)]

    assert [asked(ada), asked(ben)] == [True, False]
    identity.grant_role(ben.membership, "safeguarding_lead", by=ada)
    assert not asked(ada)


# --- switching


def test_one_acts_for_one_organisation_at_a_time_and_only_for_ones_own(ada, ben):
    harbour = cast.first_administrator("Harbour Trust", "Hal Moor")
    second = identity.add_membership(organisation=harbour.organisation, name="Ben Thomas", by=harbour)
    second.account, second.state = ben.account, MembershipState.ACTIVE
    second.save()
    client = browser_of(ben)
    assert "Northgate Health runs this copy" in words_of(client.get("/"))
    assert client.post("/me/organisation/", {"ref": second.ref}).status_code == 302
    assert "Harbour Trust runs this copy" in words_of(client.get("/"))
    for ref in (harbour.membership.ref, ada.membership.ref, ""):
        assert client.post("/me/organisation/", {"ref": ref}).status_code == 404
    assert "Harbour Trust runs this copy" in words_of(client.get("/"))


# --- keys


def test_an_administrator_reads_where_the_keys_lie_how_old_their_copy_is_and_what_is_lost_without_them(ada):
    page = words_of(browser_of(ada).get("/organisation/"))
    assert "Without the keys nobody can ever open those texts again" in page
    assert "The keys have not been copied to another place yet." in page
    vault_actions.copied(datetime(2026, 5, 3, 10, 15, tzinfo=UTC))
    page = words_of(browser_of(ada).get("/organisation/"))
    assert "The keys were last copied to another place on 3 May 2026" in page
    assert "One key has been made since, and is in no copy." in page
