"""Own words from draft to mail: who wrote them, when they are used, and that ours stand in where they cannot be."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock, events, notifications
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import letters, queries, registry
from alongside.foundation.notifications.actions import wording
from alongside.foundation.notifications.letters import Place, Wording
from alongside.foundation.notifications.models import Mail, OwnWords

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OWN = Wording("{name} waved", "**Look up**, {name} waves & smiles <b>.\n\n{link}", "Wave back")
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def letter():
    events.declare_event("test.waved", "Somebody waved")
    notifications.declare_letter(
        "test.waved",
        when="When somebody waves",
        whom="The other one",
        subject="{name} has waved to you",
        lines=["{name} has waved. Wave back."],
        button="Wave",
        places=[Place("name", "whoever waved", "Amara", needed=True)],
        named=True,
    )
    yield registry.letter("test.waved")
    for held in (events.happening._declared, registry._letters, registry._tellings, registry._kinds):
        held.pop("test.waved", None)


@pytest.fixture
def waves(letter, carys, member):
    """Amara waves to Ben."""
    amara, ben = member("Amara Okafor"), member("Ben Thomas")
    notifications.notify(
        "test.waved",
        to=lambda happened: [ben.membership],
        letter="test.waved",
        places=lambda happened, to: {"name": happened.by.membership.short_name},
        page=lambda happened, to: "/waves/",
    )

    def wave() -> Mail:
        with events.event("test.waved", by=amara, about=amara.membership):
            pass
        return Mail.objects.latest("pk")

    return wave


def use(letter, own, by):
    draft = wording.draft_words(letter, "en-gb", own, by=by)
    return wording.use_words(letter, "en-gb", seen=letters.digest(draft.wording), by=by)


def test_a_mail_says_our_words_until_own_ones_are_used_and_again_once_they_are_ended(letter, waves, carys):
    assert waves().subject == "Amara has waved to you"
    wording.draft_words(letter, "en-gb", OWN, by=carys)
    assert waves().subject == "Amara has waved to you"  # a draft changes nothing
    wording.use_words(letter, "en-gb", seen=letters.digest(OWN), by=carys)
    mail = waves()
    assert mail.subject == "Amara waved"
    assert mail.body.startswith("Look up, Amara waves & smiles <b>.\n\nWave back:\nhttp")
    assert "<strong>Look up</strong>" in mail.html
    assert "&amp; smiles &lt;b&gt;." in mail.html
    wording.end_words(letter, "en-gb", by=carys)
    assert waves().subject == "Amara has waved to you"


def test_what_stands_below_every_mail_cannot_be_written_away(letter, waves, carys):
    use(letter, Wording("{name}", "{link}", "x"), carys)
    body = waves().body
    assert "Northgate Health\nSent by Alongside, which runs mentoring programmes.\n" in body
    assert "Questions about your data, or a complaint: privacy@northgate.example\n" in body
    assert "/me/mail/\n" in body
    assert "No more mails of this kind: http" in body


def test_each_version_is_kept_with_who_wrote_it_and_an_entry_without_the_words(letter, carys):
    with clock.set_to(NOW):
        first = use(letter, OWN, carys)
        wording.end_words(letter, "en-gb", by=carys)
        second = use(letter, Wording("{name} again", "{link}", "x"), carys)
    held = queries.own_words(carys.organisation).order_by("version")
    assert list(held.values_list("version", "is_ours", "subject", "by__name", "at")) == [
        (1, False, "{name} waved", "Carys Llewellyn", NOW),
        (2, True, "", "Carys Llewellyn", NOW),
        (3, False, "{name} again", "Carys Llewellyn", NOW),
    ]
    assert (first.version, second.version) == (1, 3)
    entries = AuditEntry.objects.filter(name__startswith="own_words.").order_by("position")
    assert [(entry.name, entry.codes) for entry in entries] == [
        ("own_words.drafted", {"letter": "test.waved", "language": "en-gb"}),
        ("own_words.used", {"letter": "test.waved", "language": "en-gb", "version": 1}),
        ("own_words.ended", {"letter": "test.waved", "language": "en-gb", "version": 2}),
        ("own_words.drafted", {"letter": "test.waved", "language": "en-gb"}),
        ("own_words.used", {"letter": "test.waved", "language": "en-gb", "version": 3}),
    ]


def test_words_that_lack_the_link_are_refused_and_leave_no_entry(letter, carys):
    with pytest.raises(NotPossible, match=r"\{link\} is missing"):
        wording.draft_words(letter, "en-gb", Wording("{name}", "no way there", "x"), by=carys)
    assert not OwnWords.objects.exists()
    assert not AuditEntry.objects.filter(name__startswith="own_words.").exists()


def test_a_draft_that_somebody_has_changed_since_is_not_used(letter, carys):
    wording.draft_words(letter, "en-gb", OWN, by=carys)
    wording.draft_words(letter, "en-gb", Wording("{name}!", "{link}", "x"), by=carys)
    with pytest.raises(NotPossible, match="Somebody has changed it a moment ago"):
        wording.use_words(letter, "en-gb", seen=letters.digest(OWN), by=carys)
    wording.discard_words(letter, "en-gb", by=carys)
    with pytest.raises(NotPossible, match="nothing to use any more"):
        wording.use_words(letter, "en-gb", seen=letters.digest(OWN), by=carys)
    with pytest.raises(NotPossible, match="says what Alongside says already"):
        wording.end_words(letter, "en-gb", by=carys)


def test_own_words_are_of_one_language_and_one_organisation(letter, waves, carys):
    wording.draft_words(letter, "ar", OWN, by=carys)
    wording.use_words(letter, "ar", seen=letters.digest(OWN), by=carys)
    assert waves().subject == "Amara has waved to you"
    assert queries.own_words_in_force([carys.organisation.pk + 1], "test.waved") == {}


def test_where_the_letter_needs_more_by_now_ours_are_sent(letter, waves, carys):
    use(letter, OWN, carys)
    newer = letters.Letter(
        "test.waved", "test.waved", "When", "Whom", "{name} waves anew", ["{name}, {day}"], "Wave",
        (*letter.places, Place("day", "the day", "Thursday", needed=True)),
    )  # fmt: skip
    registry._letters["test.waved"] = newer
    assert waves().subject == "Amara waves anew"


def test_the_table_itself_keeps_one_draft_and_each_version_once(letter, carys):
    use(letter, OWN, carys)
    row = {"organisation": carys.organisation, "letter": "test.waved", "language": "en-gb", "by": carys.membership}
    for broken in (
        {"version": 1, "subject": "x", "text": "y"},
        {"version": 2, "subject": "", "text": "y"},
        {"version": 2, "is_ours": True, "subject": "x", "text": "y"},
        {"version": None, "is_ours": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnWords.objects.create(**row, **broken)
    OwnWords.objects.create(**row, subject="x", text="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnWords.objects.create(**row, subject="x", text="y")


def test_a_trial_goes_to_ones_own_address_says_so_and_not_more_than_ten_times_an_hour(letter, carys, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    with clock.set_to(NOW):
        mail = wording.try_out(letter, "en-gb", OWN, by=carys)
        assert (mail.subject, mail.to_address, mail.kind) == ("Trial: Amara waved", carys.account.email, "mail.trial")
        assert "Look up, Amara waves" in mail.body
        assert Job.objects.filter(name="mail.send").count() == 1
        for _ in range(9):
            wording.try_out(letter, "en-gb", None, by=carys)
        with pytest.raises(NotPossible, match="many of these within the hour"):
            wording.try_out(letter, "en-gb", None, by=carys)
    with clock.set_to(NOW + timedelta(hours=1, minutes=1)):
        assert wording.try_out(letter, "en-gb", None, by=carys).subject == "Trial: Amara has waved to you"
    assert set(Mail.objects.values_list("to_address", flat=True)) == {carys.account.email}


def test_a_trial_is_refused_where_no_mail_goes_out(letter, carys, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    with pytest.raises(NotPossible, match="No mail server is set yet"):
        wording.try_out(letter, "en-gb", None, by=carys)
    assert not Mail.objects.exists()


def test_tell_fills_a_letter_as_well_and_an_unknown_one_is_refused(letter, carys, northgate):
    use(letter, OWN, carys)
    [mail] = notifications.tell(
        "test.waved", to=[carys.membership], letter="test.waved", places={"name": "Ben"}, page="/x/",
        organisation=northgate,
    )  # fmt: skip
    assert mail.subject == "Ben waved"
    with pytest.raises(registry.UndeclaredLetter):
        notifications.tell("test.waved", to=[carys.membership], letter="test.nothing", organisation=northgate)
