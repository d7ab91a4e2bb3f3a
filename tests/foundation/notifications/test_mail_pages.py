"""Preferences, the link that stops a kind, and the page that stands in for a mail server."""

import re
from urllib.parse import urlsplit

import pytest

from alongside.foundation import notifications
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.notifications import queries, registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds():
    notifications.declare_kind("test.plain", "Somebody waves")
    notifications.declare_kind("test.needed", "Something needed", required=True)
    yield
    for name in ("test.plain", "test.needed"):
        registry._kinds.pop(name)


@pytest.fixture
def ben(member):
    return member("Ben Thomas")


def _tell(ben, kind="test.plain"):
    return notifications.tell(
        kind, to=[ben.membership], subject="Amara waves", lines=["<b>Hello</b>"], action=("See", "/x/")
    )[0]


def test_a_person_chooses_which_mails_come(client, ben):
    client.force_login(ben.account)
    shown = client.get("/me/mail/").content.decode()
    assert "Somebody waves" in shown
    assert "Something needed" in shown
    assert re.search(r'<input[^>]*value="test.plain"[^>]*checked', shown)
    assert 'value="test.needed"' not in shown

    assert client.post("/me/mail/", {"wanted": []}).status_code == 302
    assert "test.plain" in queries.refused_by(ben.account)
    assert "test.needed" not in queries.refused_by(ben.account)
    [entry] = AuditEntry.objects.filter(name="account.mail_chosen")
    assert (entry.by, entry.about_ref) == (ben.ref, ben.account.ref)

    client.post("/me/mail/", {"wanted": ["test.plain"]})
    assert "test.plain" not in queries.refused_by(ben.account)


def test_no_two_kinds_of_mail_are_called_the_same():
    called = [str(kind.words) for kind in registry.kinds()]
    assert sorted(words for words in called if called.count(words) > 1) == []


def test_a_required_kind_cannot_be_smuggled_off(client, ben):
    client.force_login(ben.account)
    assert client.post("/me/mail/", {"wanted": ["test.plain", "account.sign_in"]}).status_code == 200
    assert queries.refused_by(ben.account) == set()
    client.post("/me/mail/", {"wanted": []})
    assert {"test.needed", "account.sign_in"}.isdisjoint(queries.refused_by(ben.account))


def test_the_link_in_a_mail_stops_that_kind_after_one_button_and_without_signing_in(client, ben):
    link = urlsplit(_tell(ben).unsubscribe).path
    shown = client.get(link)
    assert "Somebody waves" in shown.content.decode()
    assert queries.refused_by(ben.account) == set(), "a mail scanner that opens links must not stop anything"
    for _ in range(2):
        assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert queries.refused_by(ben.account) == {"test.plain"}
    assert AuditEntry.objects.filter(name="account.mail_chosen").count() == 1


def test_a_changed_link_stops_nothing(client, ben):
    link = urlsplit(_tell(ben).unsubscribe).path
    wrong = link[:-3] + ("aa/" if link[-3:] != "aa/" else "bb/")
    assert client.post(wrong).status_code == 404
    assert queries.refused_by(ben.account) == set()


def test_mails_can_be_read_on_a_page_only_where_that_is_switched_on(client, ben, settings):
    settings.SHOW_MAIL = True
    mail = _tell(ben)
    listed = client.get("/mails/").content.decode()
    assert "Amara waves" in listed
    assert "ben@northgate.example" in listed
    shown = client.get(f"/mails/{mail.ref}/").content.decode()
    assert "&lt;b&gt;Hello&lt;/b&gt;" in shown
    assert "<b>Hello</b>" not in shown
    assert f'href="{settings.SITE_URL}/x/"' in shown
    assert "No mail server is set" in shown

    settings.SHOW_MAIL = False
    assert client.get("/mails/").status_code == 404
    assert client.get(f"/mails/{mail.ref}/").status_code == 404


def test_an_empty_list_says_what_will_come(client, db, settings):
    settings.SHOW_MAIL = True
    assert "No mail has been written yet" in client.get("/mails/").content.decode()


def test_the_list_asks_no_more_for_many_mails(client, ben, settings, django_assert_max_num_queries):
    settings.SHOW_MAIL = True
    for _ in range(30):
        _tell(ben)
    with django_assert_max_num_queries(3):
        client.get("/mails/")
