"""Writing to the people of a programme: who is reached, that each gets one mail, and what is refused."""

import pytest

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.actions import choose_mail
from alongside.foundation.notifications.models import Mail
from alongside.programmes import actions, queries
from alongside.programmes.models import Announcement
from tests import cast
from tests.races import at_once
from tests.visits import HOSTILE, browser_of, is_harmless, words_of

pytestmark = pytest.mark.django_db
SUBJECT, WORDS = "The workshop moves", "It is in the library now.\n\nTea from half past nine."


@pytest.fixture
def c():
    return cast.pair()


def url(c) -> str:
    return f"/programmes/{c.programme.slug}/people/write/"


def written(c, **chosen) -> Announcement:
    return actions.announce(c.programme, subject=SUBJECT, words=WORDS, chosen=chosen, ref=new_ref(), by=c.carys)


def received() -> list[str]:
    mails = Mail.objects.filter(kind="programme.announcement").order_by("to_address")
    return [mail.to_address for mail in mails]


def test_each_of_the_chosen_people_gets_a_mail_of_their_own(c):
    written(c, part="mentee")
    jobs.run_pending()
    mail = Mail.objects.get(kind="programme.announcement")
    assert (mail.to_address, mail.subject) == (c.ben.account.email, SUBJECT)
    assert "It is in the library now." in mail.body
    assert (
        f"Carys Llewellyn, who coordinates “Rising leaders”. Answer to {c.carys.membership.work_address}." in mail.body
    )


def test_whoever_is_mentor_and_mentee_gets_one(c):
    cast.takes_part(c.programme, c.ben, "mentor", c.carys)
    written(c)
    jobs.run_pending()
    assert received().count(c.ben.account.email) == 1


def test_a_second_run_of_the_work_writes_to_nobody_twice(c):
    made = written(c)
    jobs.run_pending()
    before = received()
    actions.send_announcement(made, progress=lambda done, of: None)
    assert received() == before


def test_the_same_form_sent_twice_is_one_announcement(c):
    ref = new_ref()
    for _time in range(2):
        actions.announce(c.programme, subject=SUBJECT, words=WORDS, chosen={}, ref=ref, by=c.carys)
    assert Announcement.objects.count() == 1


def test_a_form_of_another_programme_is_refused_and_said(c):
    made, other = written(c), cast.programme(c.carys, "Ward sisters", launched=True)
    with pytest.raises(NotPossible, match="sent for another programme"):
        actions.announce(other, subject=SUBJECT, words=WORDS, chosen={}, ref=made.ref, by=c.carys)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_announcement():
    c, ref = cast.pair(), new_ref()

    def click():
        actions.announce(c.programme, subject=SUBJECT, words=WORDS, chosen={}, ref=ref, by=c.carys)

    at_once(click, click)
    assert Announcement.objects.count() == 1


def test_whoever_is_not_invited_or_suspended_is_named_and_not_written_to(c):
    listed = identity.add_membership(
        organisation=c.carys.organisation, name="Wil Price", work_address="wil@northgate.example", by=c.carys
    )
    actions.add_participants(c.programme, [actions.Place(listed, "mentee")], by=c.carys)
    identity.suspend(c.ben.membership, by=c.carys)
    assert [held.name for held in queries.unreached(c.programme, {"part": "mentee"})] == ["Ben Thomas", "Wil Price"]
    with pytest.raises(NotPossible, match="Nobody of the chosen people can be reached"):
        written(c, part="mentee")


def test_whoever_refuses_such_mails_gets_none(c):
    choose_mail(c.ben.account, wanted=set(), by=c.ben)
    written(c)
    jobs.run_pending()
    assert c.ben.account.email not in received()


def test_before_the_launch_nobody_is_written_to(c):
    draft = cast.programme(c.carys, "Ward sisters")
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    with pytest.raises(NotPossible, match="Launch the programme first"):
        actions.announce(draft, subject=SUBJECT, words=WORDS, chosen={}, ref=new_ref(), by=c.carys)


def test_a_fourth_one_in_a_day_waits_until_tomorrow(c):
    for _time in range(3):
        written(c)
    with pytest.raises(NotPossible, match="written to 3 times in a day"):
        written(c)


def test_the_log_remembers_how_many_and_not_what(c):
    made = written(c, part="mentee")
    entry = AuditEntry.objects.get(name="programme.announced")
    assert entry.codes == {"announcement": made.ref, "count": 1}


def test_on_its_page_it_is_looked_at_before_it_goes(c):
    browser = browser_of(c.carys)
    sent = {"part": "mentee", "subject": SUBJECT, "words": WORDS, "ref": new_ref()}
    page = words_of(browser.post(url(c), sent))
    assert "Send one mail" in page
    assert not Announcement.objects.exists()
    answer = browser.post(url(c), sent | {"then": "send"}, follow=True)
    assert "It is in the library now." in words_of(answer)
    assert Announcement.objects.get().part == "mentee"


def test_nothing_typed_is_lost_when_something_is_missing(c):
    page = words_of(browser_of(c.carys).post(url(c), {"subject": "", "words": WORDS, "ref": new_ref()}))
    assert "Tea from half past nine." in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_written_is_shown_as_text(c, text):
    browser = browser_of(c.carys)
    assert is_harmless(browser.post(url(c), {"subject": text, "words": text, "ref": new_ref()}))
    sent = {"subject": SUBJECT, "words": text, "ref": new_ref(), "then": "send"}
    assert is_harmless(browser.post(url(c), sent, follow=True))


def test_nobody_but_coordinators_writes_or_reads_it(c):
    made = written(c)
    for path in (url(c), f"/programmes/{c.programme.slug}/people/written/{made.ref}/"):
        assert browser_of(c.amara).get(path).status_code == 404
