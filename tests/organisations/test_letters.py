"""The pages on which mails are read, tried out and written in an organisation's own words."""

import re

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.notifications import registry
from alongside.foundation.notifications.models import Mail, OwnWords
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
LIST = "/organisation/mail/words/"
PLANNED = f"{LIST}session.planned/en-gb/"
OWN = {
    "subject": "{name} and you meet on {day}",
    "text": "At {start}, in the old laundry.\n\n{link}",
    "button": "Open it",
}
PAGES = ["", "write/", "draft/", "ours/", "shown/now/"]


@pytest.fixture
def ada():
    return cast.first_administrator()


@pytest.fixture
def carys(ada):
    return cast.member("Carys Llewellyn", ada.organisation, "coordinator")


@pytest.fixture
def browser(ada):
    return browser_of(ada)


def used(browser, **changed):
    """Write own words and use them."""
    page = browser.post(f"{PLANNED}write/", OWN | changed, follow=True)
    seen = re.search(r'name="seen" value="(\w+)"', words_of(page))[1]
    return browser.post(f"{PLANNED}draft/", {"seen": seen}, follow=True)


def test_administrators_change_words_coordinators_read_them_and_nobody_else_comes_in(ada, carys):
    people = [ada, carys, cast.member("Petra Novak", ada.organisation, "privacy_officer")]
    people += [cast.member("Elin Berg", ada.organisation)]
    read = [browser_of(actor).get(LIST).status_code for actor in people]
    assert read == [200, 200, 404, 404]
    found = {page: [browser_of(actor).get(PLANNED + page).status_code for actor in people] for page in PAGES}
    assert found == {
        "": [200, 200, 404, 404],
        "write/": [200, 404, 404, 404],
        "draft/": [302, 404, 404, 404],
        "ours/": [200, 404, 404, 404],
        "shown/now/": [200, 200, 404, 404],
    }
    posted = [browser_of(carys).post(PLANNED + page, OWN).status_code for page in ("write/", "draft/", "ours/")]
    assert posted == [404, 404, 404]
    assert not OwnWords.objects.exists()


def test_a_mail_that_is_none_and_a_language_that_nobody_reads_are_not_found(browser):
    for address in ("no.such/en-gb/", "session.planned/xx/", "session.planned/ar/", "account.sign_in/en-gb/"):
        assert browser.get(LIST + address).status_code == 404, address
    assert browser.get(f"{PLANNED}shown/nonsense/").status_code == 404
    assert browser.get(f"{PLANNED}shown/draft/").status_code == 404


def test_the_list_says_when_each_goes_to_whom_and_whose_words_it_has(browser):
    page = words_of(browser.get(LIST))
    for letter in registry.letters():
        assert str(letter.when) in page
    assert page.count("Alongside’s") >= len(registry.letters())
    assert "Nobody can change them." in page
    assert "Codes and links to sign in with" in page
    used(browser)
    assert "Yours" in words_of(browser.get(LIST))


def test_own_words_are_written_seen_used_and_taken_back(ada, browser):
    page = browser.post(f"{PLANNED}write/", OWN, follow=True)
    assert page.redirect_chain[-1][0] == f"{PLANNED}draft/"
    assert "Amara and you meet on Thursday 3 December" in words_of(page)
    assert "in the old laundry" not in words_of(browser.get(PLANNED))
    assert "in the old laundry" in words_of(used(browser))
    assert "Your organisation’s own, as Ada Winter wrote them" in words_of(browser.get(PLANNED))
    page = words_of(browser.post(f"{PLANNED}ours/", follow=True))
    assert "From now on this mail says what Alongside says." in page
    assert "Alongside’s words again" in page
    assert "Amara has planned a session with you on Thursday 3 December" in page
    events = AuditEntry.objects.filter(name__startswith="own_words.").order_by("position")
    assert list(events.values_list("name", flat=True)) == [
        "own_words.drafted",
        "own_words.drafted",
        "own_words.used",
        "own_words.ended",
    ]


def test_a_draft_is_nobodys_but_the_administrators(browser, carys):
    browser.post(f"{PLANNED}write/", OWN | {"text": "Half a sentence.\n{start}\n{link}"})
    assert "Half a sentence" in words_of(browser.get(f"{PLANNED}shown/draft/"))
    coordinator = browser_of(carys)
    assert coordinator.get(f"{PLANNED}shown/draft/").status_code == 404
    assert coordinator.post(f"{PLANNED}try/", {"which": "draft"}).status_code == 404
    for page in (LIST, PLANNED):
        assert "draft" not in words_of(coordinator.get(page)).lower()
    page = browser.post(f"{PLANNED}draft/discard/", follow=True)
    assert "Thrown away." in words_of(page)
    assert not OwnWords.objects.exists()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(browser):
    page = words_of(browser.post(f"{PLANNED}write/", OWN | {"text": "Dear {frend}, see you."}))
    assert "There is no place called {frend} in this mail." in page
    assert "Dear {frend}, see you." in page
    page = words_of(browser.post(f"{PLANNED}write/", OWN | {"text": "See you at {start}."}))
    assert "{link} is missing: the button that leads to the page." in page
    assert "See you at {start}." in page
    assert not OwnWords.objects.exists()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_borne(ada, browser, text):
    for field, value in OWN.items():
        written = OWN | {field: f"{text} {value}"}
        assert is_harmless(browser.post(f"{PLANNED}write/", written, follow=True))
    OwnWords.objects.create(
        organisation=ada.organisation, by=ada.membership, letter="session.moved", language="en-gb", version=1,
        subject="<script>alert(1)</script>", text="<script>alert(1)</script>\n{day} {start}\n{link}",
        button="<img src=x>",
    )  # fmt: skip
    for page in ("", "shown/now/"):
        assert is_harmless(browser.get(f"{LIST}session.moved/en-gb/{page}"))


def test_the_frame_may_show_only_the_mail_and_stands_in_our_own_pages_only(browser):
    page = browser.get(f"{PLANNED}shown/now/")
    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "sandbox" in policy
    assert policy.keys().isdisjoint({"script-src", "img-src", "connect-src", "font-src"})
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    around = browser.get(PLANNED).headers
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-src" not in browser.get(LIST).headers["Content-Security-Policy"]


def test_sent_to_oneself_and_to_nobody_else(carys, browser, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    page = browser_of(carys).post(f"{PLANNED}try/", {"which": "now", "to": "elin@elsewhere.example"}, follow=True)
    assert f"It is on its way to {carys.account.email}" in words_of(page)
    mail = Mail.objects.get()
    assert (mail.to_address, mail.subject) == (
        carys.account.email,
        "Trial: Amara has planned a session with you on Thursday 3 December",
    )


def test_the_list_asks_the_same_however_many_words_are_its_own(browser):
    before = queries_of(browser, LIST)
    for letter in registry.letters():
        with_words = OWN | {"subject": "".join(place.written for place in letter.places if not place.block) or "x"}
        blocks = "\n".join(place.written for place in letter.all_places if place.block)
        browser.post(f"{LIST}{letter.key}/en-gb/write/", with_words | {"text": f"Words.\n{blocks}"})
    assert OwnWords.objects.count() == len(registry.letters())
    after = queries_of(browser, LIST)
    assert len(after) == len(before) <= 8
    assert twice(after) == []


def test_settings_lead_there(browser):
    assert f'href="{LIST}"' in words_of(browser.get("/organisation/"))
