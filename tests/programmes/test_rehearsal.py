"""Nothing leaves before the launch: what would have gone is kept, read, and dropped; and the log of what went."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.foundation import clock, notifications
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications import actions as outbox
from alongside.foundation.notifications import letters, registry
from alongside.foundation.notifications import queries as mails
from alongside.foundation.notifications.actions import wording
from alongside.foundation.notifications.letters import Wording
from alongside.foundation.notifications.models import Mail
from alongside.meetings import actions as meetings
from alongside.people import actions as people
from alongside.programmes import actions
from alongside.programmes.models import Programme, RehearsedLetter
from alongside.programmes.queries import mails as reads
from alongside.relationships import actions as relationships
from alongside.relationships.queries import pair as pair_of
from tests import cast
from tests.visits import browser_of, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def c(settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    with clock.set_to(NOW):
        yield cast.pair()


@pytest.fixture
def draft(c):
    """The programme as if it were still in preparation, with nothing mailed so far."""
    Mail.objects.all().delete()
    Job.objects.all().delete()
    return _state(c.programme, "draft")


def _state(programme: Programme, state: str) -> Programme:
    Programme.objects.filter(pk=programme.pk).update(state=state)
    programme.refresh_from_db()
    return programme


def plan(c, pair, by, day=9) -> Mail:
    """One of the two plans a session."""
    meetings.plan(pair, meetings.Plan(starts_at=NOW + timedelta(days=day), minutes=60, place="", agenda=""), by=by)
    return Mail.objects.latest("pk")


@pytest.fixture
def happening(c):
    """Ben plans a session; as it happens in a running programme, and in one that is in preparation."""
    seen = c.pair(c.ben)

    def happens(day=9) -> Mail:
        return plan(c, seen, c.ben, day)

    return happens


def url(programme: Programme, page: str = "") -> str:
    return f"/programmes/{programme.slug}/{page}"


# --- what is kept and what goes


@pytest.mark.both
def test_what_happens_before_the_launch_is_kept_and_not_sent(c, happening, draft):
    mail = happening()
    assert (mail.state, mail.scope_ref, mail.subject) == (
        "rehearsed",
        c.programme.ref,
        "Ben has planned a session with you on Saturday 10 October",
    )
    assert not Job.objects.filter(name__startswith="mail.").exists()
    assert not mails.sendable(NOW + timedelta(days=1)).exists()
    assert not mails.forgotten(NOW + timedelta(days=1)).exists()
    assert not mails.newest().exists()  # nor shown where mails are shown instead of sent
    assert not mails.troubles(c.carys.organisation).exists()


def test_the_same_goes_out_once_the_programme_runs(c, happening):
    mail = happening()
    assert (mail.state, mail.scope_ref) == ("queued", c.programme.ref)
    assert Job.objects.filter(name="mail.send").exists()


def test_what_is_kept_holds_no_link_that_stops_somebody_elses_mails(happening, draft):
    mail = happening()
    assert "/mail/answer/" not in mail.body + mail.html
    assert "No more mails of this kind: http" in mail.body
    assert mail.unsubscribe == ""


def test_codes_safety_and_invitations_go_before_a_launch_too(c, draft):
    rhian = people.add_person(
        organisation=c.programme.organisation, by=SYSTEM, name="Rhian Gray", work_address="rhian@northgate.example"
    )
    actions.add_participants(draft, [actions.Place(rhian, "mentee")], by=c.carys)
    people.invite([rhian], by=c.carys)
    notifications.tell("account.safety", to=c.ben.account.email, subject="Changed", lines=["x"])
    found = Mail.objects.order_by("pk").values_list("kind", "state", "scope_ref")
    assert list(found) == [("membership.invitation", "queued", ""), ("account.safety", "queued", "")]


def test_a_secret_is_never_kept_for_reading(c, draft):
    [mail] = notifications.tell(
        "account.sign_in", to=[c.ben.membership], subject="x", lines=["y"], secret=True, within=draft,
    )  # fmt: skip
    assert (mail.state, mail.scope_ref) == ("queued", "")


@pytest.mark.both
def test_the_launch_drops_what_was_kept_and_sends_none_of_it(c, happening, draft):
    cast.launchable(draft, c.carys)
    happening()
    happening(12)
    actions.launch(draft, by=c.carys)
    assert not Mail.objects.filter(kind="session.planned").exists()
    assert not Job.objects.filter(name__startswith="mail.").exists()
    assert AuditEntry.objects.get(name="programme.launched").codes == {"mails_dropped": 2}


def test_what_is_kept_is_dropped_after_thirty_days(happening, draft):
    happening()
    with clock.set_to(NOW + timedelta(days=29)):
        outbox.keep_house()
        assert Mail.objects.count() == 1
    with clock.set_to(NOW + timedelta(days=30, minutes=1)):
        outbox.keep_house()
        assert not Mail.objects.exists()


def test_everything_that_stands_in_a_programme_belongs_to_it(c):
    session = meetings.plan(
        c.pair(c.ben), meetings.Plan(starts_at=NOW + timedelta(days=9), minutes=60, place="", agenda=""), by=c.ben
    )
    scope = notifications.Scope(c.programme.ref, rehearses=False)
    for about in (c.programme, c.relationship, session, c.relationship.parties.first()):
        assert reads.scope_of(about) == scope
    for about in (c.ben.membership, c.ben.account, c.programme.organisation):
        assert reads.scope_of(about) is None


def test_every_kind_that_events_tell_has_words_that_can_be_changed_but_concerns_and_complaints():
    told = {name for name in registry._tellings if not name.startswith("test.")}
    fixed = {name for name in told if not registry.letters_of(name)}
    assert {name.partition(".")[0] for name in fixed} == {"concern", "case", "complaint"}
    assert all(telling.letter for name in told - fixed for telling in registry.tellings(name))


# --- the pages before the launch


def test_the_rehearsal_is_the_coordinators_alone(c, happening, draft):
    mail = happening()
    pages = ["rehearsal/", "rehearsal/relationship.proposed/", f"rehearsal/held/{mail.ref}/"]
    outside = cast.pair(cast.organisation("Harbour Trust")).carys
    other = cast.member("Iris Holm", c.programme.organisation, "coordinator")
    for page in pages:
        found = [
            browser_of(who).get(url(draft, page)).status_code for who in (c.carys, other, c.amara, c.elin, outside)
        ]
        assert found == [200, 404, 404, 404, 404], page


def test_a_kept_mail_is_read_as_it_would_have_gone(c, happening, draft):
    mail = happening()
    browser = browser_of(c.carys)
    page = words_of(browser.get(url(draft, "rehearsal/")))
    assert "Ben has planned a session with you on Saturday 10 October" in page
    assert "To Amara Okafor" in page
    page = words_of(browser.get(url(draft, f"rehearsal/held/{mail.ref}/")))
    assert "Would have gone to Amara Okafor on Thursday 1 October at 10:00" in " ".join(page.split())
    assert "It is on Saturday 10 October" in page


def test_mails_to_whom_the_coordinator_manages_and_to_other_coordinators_are_not_theirs_to_read(c, happening, draft):
    mail = happening()
    people.set_manager(c.amara.membership, c.carys.membership, by=SYSTEM)
    assert not reads.rehearsed_mails(c.carys, draft).exists()
    assert browser_of(c.carys).get(url(draft, f"rehearsal/held/{mail.ref}/")).status_code == 404
    people.set_manager(c.amara.membership, None, by=SYSTEM)
    assert reads.rehearsed_mails(c.carys, draft).count() == 1
    iris = cast.member("Iris Holm", c.programme.organisation, "coordinator")
    cast.takes_part(draft, iris, "coordinator", c.carys, capacity=1)
    Mail.objects.update(to_account=iris.account, to_address=iris.account.email)
    assert not reads.rehearsed_mails(c.carys, draft).exists()
    assert reads.rehearsed_mails(iris, draft).count() == 1


def test_mails_of_the_coordinators_own_pair_are_not_read_from_outside(c, happening, draft):
    happening()
    actions.add_participants(draft, [actions.Place(c.ben.membership, "coordinator")], by=c.carys)
    assert reads.rehearsed_mails(c.carys, draft).count() == 1
    assert not reads.rehearsed_mails(c.ben, draft).exists()
    _state(draft, "running")
    Mail.objects.update(state="queued")
    assert reads.mails_of(c.carys, draft).count() == 1
    assert not reads.mails_of(c.ben, draft).exists()


def test_mails_are_read_one_after_the_other_with_the_programmes_own_people(c, draft):
    browser = browser_of(c.carys)
    page = words_of(browser.get(url(draft, "rehearsal/relationship.proposed/")))
    assert "Is Amara Okafor right for you?" in page
    assert "In “Rising leaders”, Amara Okafor and you are proposed to each other." in page
    answer = browser.post(url(draft, "rehearsal/relationship.proposed/"))
    assert answer.url == url(draft, "rehearsal/relationship.accepted/")
    held = {one.letter.key: (one.read, one.by) for one in reads.rehearsal(draft)}
    assert held["relationship.proposed"] == (True, "Carys Llewellyn")
    assert held["relationship.accepted"] == (False, "")
    assert "membership.invitation" not in held
    entry = AuditEntry.objects.get(name="rehearsal.read")
    assert (entry.codes, entry.about_ref) == ({"letter": "relationship.proposed"}, draft.ref)
    for letter in held:
        answer = browser.post(url(draft, f"rehearsal/{letter}/"))
    assert answer.url == url(draft, "rehearsal/")
    assert RehearsedLetter.objects.count() == len(held)


def test_what_was_read_is_read_only_in_those_words(c, draft):
    letter = registry.letter("goal.shared")
    actions.mark_read(draft, letter, by=c.carys)
    own = Wording("{name}!", "{link}", "Go")
    ada = cast.member("Ada Frost", draft.organisation, "administrator")
    wording.draft_words(letter, "en-gb", own, by=ada)
    wording.use_words(letter, "en-gb", seen=letters.digest(own), by=ada)
    assert [one.read for one in reads.rehearsal(draft) if one.letter == letter] == [False]
    actions.mark_read(draft, letter, by=c.carys)
    assert [one.read for one in reads.rehearsal(draft) if one.letter == letter] == [True]


def test_the_launch_page_says_what_becomes_of_kept_mails_and_how_many_were_read(c, happening, draft):
    cast.launchable(draft, c.carys)
    browser = browser_of(c.carys)
    page = " ".join(words_of(browser.get(url(draft, "launch/"))).split())
    assert "Mails go out from now on. The launch itself sends none." in page
    assert f"0 of {len(reads.rehearsal(draft))}" in page
    happening()
    actions.mark_read(draft, registry.letter("goal.shared"), by=c.carys)
    page = " ".join(words_of(browser.get(url(draft, "launch/"))).split())
    assert "The mail that was kept in rehearsal is deleted and never sent" in page
    assert f"1 of {len(reads.rehearsal(draft))}" in page
    assert browser.post(url(draft, "launch/")).url == url(draft)  # unread mails refuse nothing


def test_after_the_launch_the_rehearsal_leads_to_the_log_and_before_it_the_other_way(c, draft):
    browser = browser_of(c.carys)
    assert browser.get(url(draft, "mails/")).url == url(draft, "rehearsal/")
    _state(draft, "running")
    for page in ("rehearsal/", "rehearsal/goal.shared/"):
        assert browser.get(url(draft, page)).url == url(draft, "mails/")
    assert browser.get(url(draft, "rehearsal/held/abcdefghijkl/")).status_code == 404


def test_a_mail_of_another_programme_and_one_that_went_are_not_read_in_rehearsal(c, happening):
    sent = happening()
    other = cast.programme(c.carys, "Ward sisters")
    assert browser_of(c.carys).get(url(other, f"rehearsal/held/{sent.ref}/")).status_code == 404
    for letter in ("nonsense", "membership.invitation"):
        assert browser_of(c.carys).get(url(other, f"rehearsal/{letter}/")).status_code == 404


# --- the log


def lines(c, **chosen):
    found = reads.narrowed(reads.mails_of(c.carys, c.programme), c.programme, **chosen)
    return [(line.name, str(line.kind), line.mail.state) for line in reads.lines(found, c.programme)]


def test_the_log_names_who_was_proposed_and_not_who_was_told_by_the_other(c, happening):
    happening()
    assert lines(c) == [
        ("", "When one of a pair plans a session", "queued"),
        ("", "When both have said yes, and the pair begins", "queued"),
        ("Ben Thomas", "When a pair is proposed", "queued"),
        ("Amara Okafor", "When a pair is proposed", "queued"),
    ]
    page = words_of(browser_of(c.carys).get(url(c.programme, "mails/")))
    assert "Somebody concerned" in page
    assert "has planned a session" not in page


def test_of_a_mail_that_failed_it_says_to_whom_and_no_more(c, happening):
    mail = happening()
    Mail.objects.filter(pk=mail.pk).update(state="failed", trouble="refused")
    assert lines(c, state="failed") == [("Amara Okafor", "", "failed")]
    page = words_of(browser_of(c.carys).get(url(c.programme, "mails/?state=failed")))
    assert "About their pair" in page
    assert "The mail server refused the address" in page


def test_neither_search_nor_choice_tells_the_other_half(c, happening):
    mail = happening()
    assert [kind for _name, kind, _state in lines(c, q="amara")] == ["When a pair is proposed"]
    assert len(lines(c, kind="session.planned")) == 1
    Mail.objects.filter(pk=mail.pk).update(state="failed")
    assert lines(c, q="amara", state="failed") == [("Amara Okafor", "", "failed")]
    assert lines(c, kind="session.planned") == []


def test_the_log_is_the_coordinators_alone_and_of_one_programme(c, happening):
    happening()
    outside = cast.pair(cast.organisation("Harbour Trust"))
    page = url(c.programme, "mails/")
    found = [browser_of(who).get(page).status_code for who in (c.carys, c.amara, c.ben, c.elin, outside.carys)]
    assert found == [200, 404, 404, 404, 404]
    assert {mail.scope_ref for mail in reads.mails_of(c.carys, c.programme)} == {c.programme.ref}


def test_whom_the_coordinator_manages_is_left_out_of_the_log(c):
    people.set_manager(c.ben.membership, c.carys.membership, by=SYSTEM)
    assert lines(c) == []  # Ben's pair is none of hers any more


@pytest.mark.parametrize("page", ["mails/", "mails/?q=amara&state=queued", "rehearsal/", "launch/"])
def test_pages_ask_the_same_for_three_mails_and_for_thirty(c, page):
    if page.startswith(("rehearsal", "launch")):
        _state(c.programme, "draft")
        Mail.objects.update(state="rehearsed", unsubscribe="")
    browser, counts = browser_of(c.carys), []
    for _ in range(2):
        asked = queries_of(browser, url(c.programme, page))
        assert twice(asked) == []
        counts.append(len(asked))
        some = list(Mail.objects.all())
        for mail in some * 9:
            mail.pk, mail.ref = None, new_ref()
            mail.save(force_insert=True)
    assert counts[0] == counts[1]


def test_a_decline_does_not_tell_who_declined(c):
    """Whoever declines is not mailed: so the log names nobody."""
    two = [cast.member(name, c.programme.organisation) for name in ("Idris Bello", "Sana Malik")]
    parts = [
        cast.takes_part(c.programme, who, part, c.carys) for who, part in zip(two, ("mentor", "mentee"), strict=True)
    ]
    pair = relationships.propose(*parts, by=c.carys)
    relationships.decline(pair_of(two[1], pair.ref), by=two[1])
    ended = lines(c, kind="relationship.ended")
    assert ended
    assert {name for name, _kind, _state in ended} == {""}
