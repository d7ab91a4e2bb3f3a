"""Mails that were not sent: what helps, and trying again."""

from datetime import timedelta

import pytest

from alongside.foundation import clock, notifications
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import actions, queries, registry, rules, terms
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.terms import MailState, Trouble
from alongside.foundation.vault.registry import restorers

NOW = clock.now()
PLAIN = {"state": "failed", "blank": False, "expires_at": None, "now": NOW, "delivers": True}


@pytest.fixture(autouse=True)
def surroundings(settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    notifications.declare_kind("test.plain", "Something plain")
    yield
    registry._kinds.pop("test.plain")


def stuck(ben, organisation, state="failed", trouble="refused", **also):
    """A mail to Ben that was not sent."""
    also = {"secret": False} | also
    [mail] = notifications.tell(
        "test.plain", to=[ben.membership], subject="Hello", lines=["Words"], organisation=organisation, **also
    )
    blank = {"body": "", "html": ""} if also["secret"] else {}
    Mail.objects.filter(pk=mail.pk).update(state=state, trouble=trouble, attempts=3, **blank)
    Job.objects.all().delete()
    mail.refresh_from_db()
    return mail


# --- rules


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, None),
        ({"state": "held"}, None),
        ({"state": "queued"}, terms.ON_ITS_WAY),
        ({"state": "sending"}, terms.ON_ITS_WAY),
        ({"state": "sent"}, terms.ON_ITS_WAY),
        ({"blank": True}, terms.LINK_DELETED),
        ({"expires_at": NOW}, terms.NO_LONGER_TRUE),
        ({"expires_at": NOW, "blank": True}, terms.NO_LONGER_TRUE),
        ({"expires_at": NOW + timedelta(seconds=1)}, None),
        ({"delivers": False}, "No mail server is set yet."),
    ],
)
def test_what_may_be_tried_again(said, reason):
    assert rules.why_not_again(**(PLAIN | said)) == reason


@pytest.mark.parametrize(
    ("state", "trouble", "blank", "delivers", "begins"),
    [
        ("held", "no_server", False, False, "Once one is set"),
        ("held", "no_server", True, True, "By now one is"),
        ("queued", "unreachable", False, True, "It is asked again by itself"),
        ("failed", "unreachable", False, True, "Have the mail server looked at"),
        ("queued", "no_entry", False, True, "Ask whoever runs Alongside to look at user, password and encryption"),
        ("failed", "sender", False, True, "Ask whoever runs Alongside to look at ALONGSIDE_MAIL_FROM"),
        ("failed", "refused", False, True, "Check the address with them."),
        ("failed", "refused", True, True, "Check the address with them, and have it put right. Its link is deleted"),
        ("failed", "unreachable", True, True, "Its link is deleted for safety."),
        ("failed", "too_late", False, True, "Nothing is left to send."),
    ],
)
def test_what_helps(state, trouble, blank, delivers, begins):
    assert str(rules.cure(state=state, trouble=trouble, blank=blank, delivers=delivers)).startswith(begins)


def test_every_state_and_trouble_has_a_sentence():
    for state in MailState:
        for trouble in Trouble:
            assert str(rules.cure(state=state, trouble=trouble, blank=False, delivers=False)).endswith(".")


# --- trying again


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("state", ["failed", "held"])
def test_a_mail_that_was_not_sent_goes_out_again_once_however_often_one_clicks(member, northgate, state):
    ben, carys = member("Ben Thomas"), member("Carys Llewellyn")
    mail = stuck(ben, northgate, state=state)
    actions.try_again(mail, by=carys)
    with pytest.raises(NotPossible, match="on its way already"):
        actions.try_again(mail, by=carys)
    mail.refresh_from_db()
    assert (mail.state, mail.trouble, mail.attempts, bool(mail.body)) == ("queued", "", 0, True)
    assert [job.name for job in Job.objects.all()] == ["mail.send"]
    [entry] = AuditEntry.objects.filter(name="mail.tried_again")
    assert (entry.by, entry.about_ref) == (carys.ref, mail.ref)


@pytest.mark.django_db
def test_a_link_that_was_deleted_and_words_that_are_untrue_by_now_are_not_sent(member, northgate):
    ben = member("Ben Thomas")
    for words, mail in (
        ("Its link is deleted", stuck(ben, northgate, secret=True)),
        ("Nothing is left", stuck(ben, northgate, expires=clock.now() - timedelta(minutes=1))),
    ):
        with pytest.raises(NotPossible, match=words):
            actions.try_again(mail, by=SYSTEM)
    assert not Job.objects.exists()
    assert not AuditEntry.objects.filter(name="mail.tried_again").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [identity.suspend, identity.leave])
def test_whoever_is_suspended_or_gone_by_now_gets_nothing(member, northgate, change):
    ben = member("Ben Thomas")
    mail = stuck(ben, northgate)
    change(ben.membership, by=SYSTEM)
    with pytest.raises(NotPossible, match="suspended or have left"):
        actions.try_again(mail, by=SYSTEM)


@pytest.mark.django_db
def test_nor_does_somebody_who_left_before_they_joined(member, northgate):
    listed = identity.add_membership(
        organisation=northgate, name="Elin Berg", work_address="elin@northgate.example", by=SYSTEM
    )
    [mail] = notifications.tell("test.plain", to=[listed], subject="x", lines=["y"], organisation=northgate)
    Mail.objects.update(state="failed", trouble="refused")
    identity.leave(listed, by=SYSTEM)
    with pytest.raises(NotPossible, match="suspended or have left"):
        actions.try_again(mail, by=SYSTEM)


# --- what an organisation is shown


@pytest.mark.both
@pytest.mark.django_db
def test_what_is_sent_needed_no_more_or_about_signing_in_is_no_trouble(member, northgate):
    ben = member("Ben Thomas")
    failed = stuck(ben, northgate)
    held = stuck(ben, northgate, "held", "no_server")
    away = stuck(ben, northgate, "queued", "unreachable")
    stuck(ben, northgate, "queued", "")
    stuck(ben, northgate, "failed", "not_needed")
    sent = stuck(ben, northgate)
    Mail.objects.filter(pk=sent.pk).update(state="sent", sent_at=clock.now())
    stuck(ben, None)  # of no organisation
    assert list(queries.troubles(northgate)) == [away, held, failed]
    assert queries.failed_since(northgate, clock.now() - timedelta(days=7)).count() == 1
    assert queries.failed_since(northgate, clock.now() + timedelta(seconds=1)).count() == 0


def test_what_waits_in_a_backup_that_is_restored_goes_only_when_somebody_says_so(member, northgate):
    ben = member("Ben Thomas")
    plain = stuck(ben, northgate, state="queued", trouble="")
    secret = stuck(ben, northgate, state="failed", trouble="", secret=True)
    Mail.objects.filter(pk=secret.pk).update(state=MailState.QUEUED, body="Your code is 123456")
    sent = stuck(ben, northgate, state="failed")
    actions.hold_after_restore()
    held = {mail.pk: mail for mail in Mail.objects.all()}
    assert (held[plain.pk].state, held[plain.pk].trouble) == (MailState.FAILED, Trouble.RESTORED)
    assert (held[secret.pk].state, held[secret.pk].body) == (MailState.FAILED, "")
    assert held[sent.pk].trouble == Trouble.REFUSED
    actions.try_again(held[plain.pk], by=SYSTEM)
    plain.refresh_from_db()
    assert plain.state == MailState.QUEUED


def test_a_restore_holds_mails_back():
    assert actions.hold_after_restore in restorers()
