"""The privacy notice: versions that never change, read before joining and again when there is a new one."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside import guidance
from alongside.foundation import hooks
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.organisations import notice
from alongside.organisations.actions import notice as actions
from alongside.organisations.models import NoticeDraft, NoticeShown, PrivacyNotice
from alongside.organisations.queries import notice as queries
from alongside.organisations.terms import NoticePart, ShownWhen
from alongside.people import actions as people
from tests import cast
from tests.relationships.test_races import at_once
from tests.visits import HOSTILE, browser_of, is_harmless, words_of

pytestmark = pytest.mark.django_db
PAGE = "/privacy-notice/"
WRITE, PREVIEW = "/organisation/privacy-notice/", "/organisation/privacy-notice/preview/"


@pytest.fixture
def ada(db):
    return cast.first_administrator()


@pytest.fixture
def ben(ada):
    return cast.member("Ben Thomas", ada.organisation)


def said(organisation, **changes) -> list[notice.Section]:
    """The notice in force with some parts in other words."""
    return [part._replace(text=changes.get(part.key, part.text)) for part in queries.current(organisation).parts]


def publish(by, **changes) -> PrivacyNotice:
    draft = actions.draft_notice(said(by.organisation, **changes), by=by)
    return actions.publish_notice(seen=notice.digest(draft.parts), by=by)


def steps(actor) -> list[str]:
    return [str(step.words) for step in hooks.next_steps.of(actor)]


# --- the first one


def test_a_new_organisation_has_a_notice_in_our_words_with_its_gaps_filled(ada):
    held = queries.current(ada.organisation)
    assert (held.version, held.by, held.is_whole) == (1, None, True)
    texts = dict(held.parts)
    assert list(texts) == [part.value for part in NoticePart]
    assert "from the staff list of Northgate Health" in texts["source"]
    assert "privacy@northgate.example" in texts["complaints"]
    assert "data protection authority" in texts["complaints"]
    assert "/who-may-read-what/" in texts["readers"]
    for kept in guidance.retention_classes().values():
        assert f"- {kept.name}: {kept.words}" in texts["how_long"]
    assert "%(" not in "".join(texts.values())


def test_paragraphs_and_lists_are_told_apart():
    drawn = notice.blocks("One\ntwo\n\nthree\n- a\n- b\n\n- c\n\n\nfour")
    assert [(block.is_list, block.lines) for block in drawn] == [
        (False, ["One", "two"]), (False, ["three"]), (True, ["a", "b"]), (True, ["c"]), (False, ["four"]),
    ]  # fmt: skip


# --- who reads it


def test_members_read_it_at_the_foot_of_every_page_and_strangers_where_there_is_one_organisation(ada, ben):
    for actor in (ada, ben):
        page = words_of(browser_of(actor).get(reverse("organisations:own_settings")))
        assert f'href="{PAGE}"' in page
        assert 'href="mailto:privacy@northgate.example"' in page
        assert "Where it comes from" in words_of(browser_of(actor).get(PAGE))
    assert f'href="{PAGE}"' in words_of(Client().get("/account/login/"))
    stranger = words_of(Client().get(PAGE))
    assert "Northgate Health" in stranger
    assert "I have read it" not in stranger
    assert Client().post(PAGE).status_code == 404


def test_where_there_are_several_organisations_a_stranger_is_not_told_which(ada, ben):
    other = cast.first_administrator("Harbour Trust", "Ruth Adler")
    stranger = words_of(Client().get(PAGE))
    assert "Each organisation here has its own" in stranger
    assert "Northgate" not in stranger
    assert "Harbour Trust" in words_of(browser_of(other).get(PAGE))
    theirs = queries.current(other.organisation)
    assert browser_of(ben).get(reverse("organisations:notice_version", args=[theirs.ref])).status_code == 404


# --- writing it


def test_it_is_written_by_administrators_and_privacy_officers_alone(ada, ben):
    petra = cast.member("Petra Novak", ada.organisation, "privacy_officer")
    carys = cast.member("Carys Llewellyn", ada.organisation, "coordinator")
    for actor, status in ((ada, 200), (petra, 200), (carys, 404), (ben, 404)):
        assert browser_of(actor).get(WRITE).status_code == status, actor.membership.name
        assert browser_of(actor).post(reverse("organisations:discard_notice")).status_code in (302, status)
    assert "Ben" not in words_of(browser_of(petra).get(WRITE))


def test_a_draft_is_seen_in_preview_and_by_nobody_else_until_it_is_published(ada, ben):
    client = browser_of(ada)
    sent = dict(said(ada.organisation, who="We are Northgate, at 1 Harbour Road."))
    assert client.post(WRITE, sent).url == PREVIEW
    preview = words_of(client.get(PREVIEW))
    assert "We are Northgate, at 1 Harbour Road." in preview
    assert "1 part is new." in " ".join(preview.split())
    assert "2 people who have joined are asked to read it." in " ".join(preview.split())
    assert "1 Harbour Road" not in words_of(browser_of(ben).get(PAGE))
    assert "1 Harbour Road" in words_of(client.get(WRITE))
    seen = re.search(r'name="seen" value="(\w+)"', preview)[1]
    assert client.post(PREVIEW, {"seen": seen}).url == PAGE
    assert "1 Harbour Road" in words_of(browser_of(ben).get(PAGE))
    held = queries.current(ada.organisation)
    assert (held.version, held.by, held.is_whole) == (2, ada.membership, True)
    assert not NoticeDraft.objects.exists()
    assert AuditEntry.objects.get(name="notice.published").codes == {"version": 2}


def test_what_was_not_seen_in_preview_is_not_published(ada):
    petra = cast.member("Petra Novak", ada.organisation, "privacy_officer")
    draft = actions.draft_notice(said(ada.organisation, who="Mine"), by=ada)
    actions.draft_notice(said(ada.organisation, who="Hers"), by=petra)
    with pytest.raises(NotPossible, match="changed it a moment ago"):
        actions.publish_notice(seen=notice.digest(draft.parts), by=ada)
    assert queries.current(ada.organisation).version == 1


def test_the_same_words_again_are_no_new_version(ada):
    draft = actions.draft_notice(said(ada.organisation), by=ada)
    with pytest.raises(NotPossible, match="says the same as the one in force"):
        actions.publish_notice(seen=notice.digest(draft.parts), by=ada)
    actions.discard_draft(by=ada)
    with pytest.raises(NotPossible, match="nothing to publish any more"):
        actions.publish_notice(seen=notice.digest(draft.parts), by=ada)


def test_no_part_may_be_empty(ada):
    sent = dict(said(ada.organisation, rights="   "))
    page = words_of(browser_of(ada).post(WRITE, sent))
    assert "Fill this in." in page
    assert not NoticeDraft.objects.exists()


def test_one_can_begin_again_from_our_words_with_the_contact_as_it_is_now(ada):
    publish(ada, who="Something of our own")
    identity.change_organisation(ada.organisation, by=ada, privacy_contact="dpo@northgate.example")
    client = browser_of(ada)
    assert "Something of our own" in words_of(client.get(WRITE))
    ours = words_of(client.get(WRITE, {"ours": "1"}))
    assert "Something of our own" not in ours
    assert "dpo@northgate.example" in ours


@pytest.mark.both
def test_a_version_that_is_in_force_is_never_changed_and_its_number_is_given_once():
    ada = cast.first_administrator()
    held = queries.current(ada.organisation)
    held.sections = []
    with pytest.raises(ValueError, match="never changed"):
        held.save()
    same = {"organisation": ada.organisation, "version": 1, "language": "en-gb", "sections": [], "sha256": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivacyNotice.objects.create(**same)
    PrivacyNotice.objects.filter(pk=held.pk).update(sections=[["who", "Somebody else"]])
    assert not queries.current(ada.organisation).is_whole


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_published_twice_at_once_it_is_one_version():
    ada = cast.first_administrator()
    draft = actions.draft_notice(said(ada.organisation, who="Once"), by=ada)
    seen = notice.digest(draft.parts)
    refused = at_once(*(lambda: actions.publish_notice(seen=seen, by=ada) for _ in range(4)))
    assert len(refused) == 3
    assert list(PrivacyNotice.objects.values_list("version", flat=True)) == [2, 1]


# --- reading a new one


def test_everybody_is_asked_to_read_a_new_version_once_and_what_is_new_is_marked(ada, ben):
    assert "Read what is new in the privacy notice" not in steps(ben)
    publish(ada, why="Because.")
    assert steps(ben) == ["Read what is new in the privacy notice"]
    client = browser_of(ben)
    page = words_of(client.get(PAGE))
    assert page.count("New since you read it") == 1
    ref = re.search(r'name="notice" value="(\w+)"', page)[1]
    assert client.post(PAGE, {"notice": ref}).url == "/"
    client.post(PAGE, {"notice": ref})
    shown = NoticeShown.objects.filter(membership=ben.membership, notice__version=2)
    assert [(held.when, held.at is not None) for held in shown] == [(ShownWhen.LATER, True)]
    assert steps(ben) == []
    assert "I have read it" not in words_of(client.get(PAGE))
    assert queries.reach(queries.current(ada.organisation)) == (2, 2)


def test_saying_that_one_has_read_an_older_version_counts_for_nothing(ada, ben):
    first = queries.current(ada.organisation)
    publish(ada, why="Because.")
    answer = browser_of(ben).post(PAGE, {"notice": first.ref}, follow=True)
    assert "There is a newer version. Read that one." in words_of(answer)
    assert steps(ben) == ["Read what is new in the privacy notice"]


def test_every_version_stays_readable_as_it_was(ada, ben):
    publish(ada, why="Because of the second one.")
    page = words_of(browser_of(ben).get(PAGE))
    first = PrivacyNotice.objects.get(version=1)
    url = reverse("organisations:notice_version", args=[first.ref])
    assert f'href="{url}"' in page
    assert "Because of the second one." not in words_of(browser_of(ben).get(url))


def test_whoever_writes_it_looks_through_it_first_and_is_told_when_its_contact_is_no_longer_true(ada):
    assert "Look through the privacy notice" in steps(ada)
    publish(ada, who="Us")
    assert not [words for words in steps(ada) if "privacy notice" in words]
    identity.change_organisation(ada.organisation, by=ada, privacy_contact="dpo@northgate.example")
    ada.organisation.refresh_from_db()
    assert "Bring the privacy notice up to date" in steps(ada)


def test_that_it_was_shown_cannot_be_noted_for_another_organisations(ada, ben):
    other = queries.current(cast.organisation("Harbour Trust", "Ruth Adler"))
    with pytest.raises(NotPossible, match="another organisation"):
        actions.note_shown(ben.membership, other, by=ben)


# --- before joining


@pytest.fixture
def invited(ada):
    """Noor, out of the staff list, with an invitation; and the links in her mail."""
    noor = people.add_person(
        organisation=ada.organisation, by=ada, name="Noor Aziz", work_address="noor@northgate.example",
        job_title="Imaging lead", department="Acute",
    )  # fmt: skip
    people.invite([noor], by=ada)
    body = Mail.objects.get(to_address="noor@northgate.example").body
    return noor, *(re.search(pattern, body)[0] for pattern in (r"/join/[\w-]+/", r"/privacy-notice/invited/[\w-]+/"))


ANSWERS = {"name": "Noor Aziz", "known_as": "", "how": "password", "password": "lighthouse keeper 42"}


def test_the_mail_links_to_the_notice_and_names_no_fact_of_anybody(invited):
    noor, _join, link = invited
    body = " ".join(Mail.objects.get(to_address=noor.work_address).body.split())
    assert "What Northgate Health holds about you, where it has it from and who can read it:" in body
    assert "Imaging lead" not in body
    page = words_of(Client().get(link))
    assert "Where it comes from" in page
    assert "privacy@northgate.example" in page


def test_before_joining_it_says_what_is_there_already_and_where_it_comes_from(invited):
    _noor, join, link = invited
    for url in (join, link):
        page = " ".join(words_of(Client().get(url)).split())
        assert (
            "Northgate Health has given us these of you, from its staff list or by hand: Full name, Work e-mail, Job"
            " title, Department. Everything else will come from you."
        ) in page
        assert "Imaging lead" not in page
        assert 'href="mailto:privacy@northgate.example"' in page
        assert f'href="{link}"' in page


def test_joining_remembers_which_version_was_shown_and_when_and_calls_it_no_consent(ada, invited):
    noor, join, _link = invited
    publish(ada, why="Because.")
    client = Client()
    page = words_of(client.get(join))
    assert "That is no consent" in page
    assert "Because." in page
    ref = re.search(r'name="notice" value="(\w+)"', page)[1]
    assert client.post(join, {**ANSWERS, "notice": ref}).url == "/"
    (shown,) = NoticeShown.objects.filter(membership=noor)
    assert (shown.notice.version, shown.when) == (2, ShownWhen.JOINING)
    entry = AuditEntry.objects.get(name="notice.shown", about_ref=noor.ref)
    assert entry.codes == {"version": 2, "when": "joining"}


def test_nobody_joins_on_a_version_that_is_old_or_on_none(ada, invited):
    noor, join, _link = invited
    client = Client()
    old = re.search(r'name="notice" value="(\w+)"', words_of(client.get(join)))[1]
    publish(ada, why="Because.")
    for ref in (old, "", "abcdefghijkl"):
        page = words_of(client.post(join, {**ANSWERS, "notice": ref}))
        assert "The privacy notice has changed since you opened this page." in page
        assert "Because." in page
    noor.refresh_from_db()
    assert (noor.state, noor.account) == ("invited", None)
    assert not NoticeShown.objects.filter(membership=noor).exists()


def test_whoever_has_an_account_already_is_shown_it_too(ada, invited):
    noor, join, _link = invited
    elsewhere = cast.member("Noor Aziz", cast.organisation("Harbour Trust", "Ruth Adler"))
    client = browser_of(elsewhere)
    page = words_of(client.get(join))
    ref = re.search(r'name="notice" value="(\w+)"', page)[1]
    assert client.post(join, {"notice": "old"}).status_code == 200
    assert client.post(join, {"notice": ref}).url == "/"
    assert NoticeShown.objects.get(membership=noor).when == ShownWhen.JOINING


def test_the_links_notice_ends_with_the_invitation(ada, invited):
    noor, join, link = invited
    assert Client().get(link).status_code == 200
    identity.suspend(noor, by=SYSTEM)
    assert Client().get(link).status_code == 404
    assert Client().get("/privacy-notice/invited/forged/").status_code == 404
    assert Client().get(join).status_code == 404


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_in_it_do_no_harm(ada, ben, kind):
    client = browser_of(ada)
    sent = dict(said(ada.organisation, who=HOSTILE[kind], rights=f"- {HOSTILE[kind]}"))
    assert is_harmless(client.post(WRITE, sent))
    assert is_harmless(client.get(PREVIEW))
    draft = queries.draft_of(ada)
    if draft:
        actions.publish_notice(seen=notice.digest(draft.parts), by=ada)
        assert is_harmless(browser_of(ben).get(PAGE))
    assert is_harmless(browser_of(ben).post(PAGE, {"notice": HOSTILE[kind]}))
