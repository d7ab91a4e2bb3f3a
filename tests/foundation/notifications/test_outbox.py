"""What is written into the outbox, for whom, and what is not."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from alongside.foundation import clock, events, notifications
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import actions, engine, registry
from alongside.foundation.notifications.models import Mail

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def ben(member):
    return member("Ben Thomas")


@pytest.fixture
def amara(member):
    return member("Amara Okafor")


@pytest.fixture
def kind():
    notifications.declare_kind("test.plain", "Something plain")
    notifications.declare_kind("test.needed", "Something needed", required=True)
    yield
    for name in ("test.plain", "test.needed"):
        registry._kinds.pop(name)


@pytest.fixture
def shaken():
    """An event that tells."""
    events.declare_event("test.shaken", "Hands were shaken")
    yield "test.shaken"
    events.happening._declared.pop("test.shaken")
    registry._tellings.pop("test.shaken", None)
    registry._kinds.pop("test.shaken", None)


def _tell(people, **also):
    words = {
        "subject": "Amara has signed",
        "lines": ["Your agreement waits for you."],
        "action": ("Read", "/pairs/abc/"),
    }
    return notifications.tell("test.plain", to=people, **(words | also))


def test_a_mail_says_what_happened_and_leads_to_the_page(kind, ben, northgate, settings):
    settings.SITE_URL = "https://mentoring.example"
    [mail] = _tell([ben.membership], organisation=northgate)
    assert mail.body.startswith(
        "Your agreement waits for you.\n\nRead:\nhttps://mentoring.example/pairs/abc/\n\nNorthgate Health\n"
    )
    assert mail.html.index("Your agreement waits for you.") < mail.html.index("https://mentoring.example/pairs/abc/")
    assert "<style" not in mail.html
    assert 'style="' in mail.html
    assert (mail.to_address, mail.organisation_ref) == ("ben@northgate.example", northgate.ref)


def test_a_mail_of_a_transaction_that_fails_was_never_written(kind, ben, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    with pytest.raises(RuntimeError), transaction.atomic():
        _tell([ben.membership])
        raise RuntimeError
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


def test_words_that_people_chose_cannot_add_a_header(kind, ben):
    [mail] = _tell([ben.membership], subject="Hello\r\nBcc: elin@example.org\u2028X: y\x00\u202e")
    assert mail.subject == "Hello Bcc: elin@example.org X: y"
    made = engine.message(mail).message()
    assert made["Bcc"] is None
    assert made["X"] is None
    assert made.as_bytes().count(b"\nSubject: ") == 1


@pytest.mark.parametrize(
    "address", ["ben@example.org\nBcc: elin@example.org", "ben", "", "a@b@c", "Ben <ben@example.org>"]
)
def test_what_is_no_address_is_refused(kind, address, db):
    with pytest.raises(ValidationError):
        _tell(address)
    assert not Mail.objects.exists()


def test_markup_in_words_is_not_live_in_html_and_stands_as_it_is_in_text(kind, ben):
    [mail] = _tell([ben.membership], lines=["<script>alert(1)</script> & more"])
    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "<script>alert(1)</script> & more" in mail.body


def test_without_a_mail_server_mails_are_kept_and_say_so(kind, ben, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    [mail] = _tell([ben.membership])
    assert (mail.state, mail.trouble) == ("held", "no_server")
    assert not Job.objects.exists()
    assert notifications.can_deliver() is False


def test_where_mails_are_shown_they_wait_and_nothing_is_sent(kind, ben, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", True
    [mail] = _tell([ben.membership])
    assert mail.state == "queued"
    assert not Job.objects.exists()


def test_kept_mails_of_the_last_days_go_out_once_a_server_is_set_and_old_ones_do_not(kind, ben, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    [old], [new] = _tell([ben.membership]), _tell([ben.membership])
    Mail.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=3))
    assert actions.keep_house() == 0
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    assert actions.keep_house() == 1
    assert dict(Mail.objects.values_list("ref", "state")) == {old.ref: "held", new.ref: "queued"}


def test_the_suspended_the_gone_and_those_without_address_are_not_told(kind, member, northgate):
    ben, elin, amara = member("Ben Thomas"), member("Elin Berg"), member("Amara Okafor")
    identity.suspend(ben.membership, by=SYSTEM)
    identity.leave(elin.membership, by=SYSTEM)
    nobody = identity.add_membership(organisation=northgate, name="No Address", by=SYSTEM)
    people = list(Membership.objects.exclude(name="Ada Winter").order_by("id"))
    assert nobody in people
    assert [mail.to_address for mail in _tell([*people, *people])] == [amara.account.email]


def test_somebody_not_yet_joined_is_told_at_their_work_address(kind, northgate):
    listed = identity.add_membership(
        organisation=northgate, name="Ben Thomas", work_address="b.thomas@northgate.example", by=SYSTEM
    )
    [mail] = _tell([listed])
    assert (mail.to_address, mail.to_account) == ("b.thomas@northgate.example", None)


def test_whoever_does_not_want_a_kind_does_not_get_it_and_required_kinds_come_always(kind, ben, amara):
    actions.choose_mail(ben.account, wanted=set(), by=ben)
    people = [ben.membership, amara.membership]
    assert [mail.to_address for mail in _tell(people)] == [amara.account.email]
    needed = notifications.tell("test.needed", to=people, subject="x", lines=["y"])
    assert {mail.to_address for mail in needed} == {ben.account.email, amara.account.email}
    assert all(mail.unsubscribe == "" for mail in needed)
    actions.choose_mail(ben.account, wanted={"test.plain"}, by=ben)
    assert len(_tell([ben.membership])) == 1


def test_a_kind_that_nothing_declares_is_refused(ben):
    with pytest.raises(registry.UndeclaredKind):
        notifications.tell("test.nothing", to=[ben.membership], subject="x", lines=[])


def test_the_same_dedupe_name_writes_one_mail_a_person(kind, ben, amara):
    people = [ben.membership, amara.membership]
    assert [len(_tell(people, dedupe="reminder:abc")) for _ in range(3)] == [2, 0, 0]


def test_an_event_tells_in_its_own_transaction_all_but_whoever_did_it(shaken, ben, amara, northgate):
    people = [ben.membership, amara.membership]
    notifications.notify(
        shaken,
        to=lambda happened: people,
        subject=lambda happened, to: f"{to.short_name}, {happened.codes['hands']} hands",
        lines=["They shook hands."],
        action=lambda happened, to: ("See", f"/people/{happened.about_ref}/"),
    )
    with pytest.raises(RuntimeError), events.event(shaken, by=amara, about=northgate, hands=2):
        raise RuntimeError
    assert not Mail.objects.exists()
    with events.event(shaken, by=amara, about=northgate, notify=False, hands=2):
        pass
    assert not Mail.objects.exists()
    with events.event(shaken, by=amara, about=northgate, hands=2):
        pass
    [mail] = Mail.objects.all()
    assert (mail.subject, mail.to_account, mail.kind) == ("Ben, 2 hands", ben.account, shaken)
    assert f"/people/{northgate.ref}/" in mail.body


def test_words_are_made_in_the_language_and_zone_of_whoever_reads_them(shaken, ben, amara, northgate):
    from django.utils import timezone, translation

    ben.account.timezone, ben.account.language = "Asia/Tokyo", "de"
    ben.account.save()
    ben.membership.account.refresh_from_db()

    def subject(happened, to):
        local = timezone.localtime(happened.at)
        return f"{translation.get_language()} {local:%H:%M}"

    notifications.notify(shaken, to=lambda happened: [ben.membership], subject=subject, lines=[])
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False), events.event(shaken, by=amara, about=northgate):
        pass
    assert Mail.objects.get().subject == "de 18:00"


def test_many_receivers_cost_no_query_each(kind, member, django_assert_num_queries, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    people = [member(f"Person{n} Thomas").membership for n in range(3)]
    held = list(Membership.objects.filter(pk__in=[person.pk for person in people]).select_related("account"))
    with django_assert_num_queries(1):
        actions.who_are_told(registry.kind("test.plain"), held)


def test_a_secret_cannot_stay_readable_in_a_sent_mail(kind, ben):
    [mail] = _tell([ben.membership], secret=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=clock.now())


def test_a_secret_that_nobody_fetched_is_blanked_after_an_hour_and_old_mails_go(kind, ben):
    [secret], [plain], [old] = _tell([ben.membership], secret=True), _tell([ben.membership]), _tell([ben.membership])
    Mail.objects.filter(pk__in=[secret.pk, plain.pk]).update(created_at=clock.now() - timedelta(minutes=61))
    Mail.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=31))
    actions.keep_house()
    secret.refresh_from_db()
    plain.refresh_from_db()
    assert (secret.body, secret.html, secret.state) == ("", "", "failed")
    assert plain.body
    assert not Mail.objects.filter(pk=old.pk).exists()


def test_an_invitation_that_waits_for_a_mail_server_stays_as_long_as_its_link(kind, ben):
    [mail] = _tell([ben.membership], secret=True, expires=clock.now() + timedelta(days=14))
    with clock.set_to(clock.now() + timedelta(days=13)):
        actions.keep_house()
        mail.refresh_from_db()
        assert mail.body
    with clock.set_to(clock.now() + timedelta(days=15)):
        actions.keep_house()
        mail.refresh_from_db()
        assert mail.body == ""
