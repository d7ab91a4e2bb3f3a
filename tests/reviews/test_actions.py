"""Drafts, sending, and the end that the second one brings."""

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock, vault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from alongside.reviews import actions, hooks, queries
from alongside.reviews.actions import Said
from alongside.reviews.models import Review, ReviewAnswer
from tests.reviews.conftest import AMARAS, BENS, MENTEE, at_stage, said


def pair_of(cast) -> Relationship:
    return Relationship.objects.get(pk=cast.relationship.pk)


def closing(cast, actor):
    return queries.closing(actor, cast.pair(actor))


def words_of(seen) -> list[str]:
    return [reply.text for reply in seen.replies if reply.text]


def test_a_draft_is_kept_and_found_again(cast):
    half = Said({"reached": 4, "heard": None}, {"take-with-me": BENS}, contact_words="Coffee in spring?")
    actions.save_draft(cast.pair(cast.ben), half, by=cast.ben)
    actions.save_draft(cast.pair(cast.ben), half, by=cast.ben)
    held = closing(cast, cast.ben)
    assert {reply.item.key: reply.rating for reply in held.mine.replies if reply.rating} == {"reached": 4}
    assert (words_of(held.mine), held.mine.contact_words, held.progress) == ([BENS], "Coffee in spring?", "draft")
    assert (Review.objects.count(), ReviewAnswer.objects.count()) == (1, 1)


def test_the_other_one_learns_nothing_of_a_draft(cast):
    Mail.objects.all().delete()
    whole = said("mentee", released=True, contact_words="Coffee in spring?")
    actions.save_draft(cast.pair(cast.ben), whole, by=cast.ben)
    held = closing(cast, cast.amara)
    assert held.theirs.replies == ()
    assert (held.theirs.contact, held.theirs.contact_words, held.theirs_sent) == ("", "", False)
    assert not Mail.objects.exists()


def test_the_first_one_waits_and_may_still_change_it(cast, send):
    send("mentee")
    assert pair_of(cast).stage == "close"
    assert closing(cast, cast.ben).progress == "sent"
    send("mentee", ratings=MENTEE | {"reached": 2})
    held = closing(cast, cast.ben)
    assert next(reply.rating for reply in held.mine.replies if reply.item.key == "reached") == 2
    with pytest.raises(NotPossible, match="You have sent your review"):
        actions.save_draft(cast.pair(cast.ben), Said(), by=cast.ben)


def test_the_second_one_completes_the_pair(cast, send):
    send("mentee")
    send("mentor")
    ended = pair_of(cast)
    assert (ended.stage, ended.state, ended.ending) == ("after", "ended", "completed")
    assert Review.objects.get().completed_at is not None
    names = AuditEntry.objects.order_by("position").values_list("name", flat=True)
    assert list(names)[-5:] == [
        "review.sent", "review.sent", "review.completed", "relationship.moved", "relationship.ended"
    ]  # fmt: skip


def test_after_both_nothing_is_changed_any_more(cast, send):
    send("mentee")
    send("mentor")
    with pytest.raises(NotPossible, match="You have both sent your closing review"):
        send("mentee", released=True)
    with pytest.raises(NotPossible, match="You have both sent your closing review"):
        actions.save_draft(cast.pair(cast.amara), Said(), by=cast.amara)


@pytest.mark.parametrize("ben_shares", [True, False])
@pytest.mark.parametrize("amara_shares", [True, False])
def test_each_reads_what_the_other_shares_and_only_once_both_are_in(cast, send, ben_shares, amara_shares):
    send("mentee", released=ben_shares)
    assert closing(cast, cast.amara).theirs.replies == ()
    send("mentor", released=amara_shares)
    for actor, theirs, shared in ((cast.amara, BENS, ben_shares), (cast.ben, AMARAS, amara_shares)):
        held = closing(cast, actor)
        assert words_of(held.theirs) == ([theirs] if shared else [])
        assert any(reply.rating for reply in held.theirs.replies) is shared


def test_both_learn_what_they_will_be_to_each_other_only_once_both_have_said(cast, send):
    send("mentee", contact="stay", contact_words="Coffee in spring?")
    assert closing(cast, cast.amara).outlook is None
    assert closing(cast, cast.amara).theirs.contact_words == ""
    send("mentor", contact="none", contact_words="I wish you well")
    for actor in (cast.ben, cast.amara):
        assert closing(cast, actor).outlook == "none"
    assert closing(cast, cast.ben).contact_lines == [
        {"term": "You", "words": "Coffee in spring?"},
        {"term": "Amara", "words": "I wish you well"},
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"ratings": {"reached": 3}}, "Answer every question that is not marked as optional."),
        ({"ratings": MENTEE | {"reached": 6}}, "Answer every question that is not marked as optional."),
        ({"contact": ""}, "Say whether you would like to stay in touch."),
        ({"contact": "marry"}, "Say whether you would like to stay in touch."),
    ],
)
def test_what_lacks_something_is_not_sent(cast, send, change, reason):
    with pytest.raises(NotPossible, match=reason):
        send("mentee", **change)
    assert (Review.objects.count(), ReviewAnswer.objects.count()) == (0, 0)


@pytest.mark.parametrize("stage", ["contract", "direct", "progress", "review"])
def test_it_does_not_open_before_the_close(cast, send, stage):
    at_stage(cast, stage)
    with pytest.raises(NotPossible, match="The closing review opens when"):
        send("mentee")


def test_going_back_to_progress_keeps_what_was_written(cast, send):
    send("mentee")
    at_stage(cast, "progress")
    with pytest.raises(NotPossible, match="The closing review opens when"):
        send("mentor")
    at_stage(cast, "close")
    send("mentor")
    assert pair_of(cast).ending == "completed"


def test_a_pair_that_ends_without_fault_leaves_each_their_own(cast, send):
    send("mentee", released=True, contact_words="Coffee in spring?")
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    with pytest.raises(NotPossible, match="Your time together has ended"):
        send("mentor")
    assert words_of(closing(cast, cast.ben).mine) == [BENS]
    assert (closing(cast, cast.amara).theirs.replies, closing(cast, cast.amara).outlook) == ((), None)


def test_a_coordinator_writes_no_review(cast):
    with pytest.raises(NotPossible, match="written by the two people of a pair"):
        actions.save_draft(cast.pair(cast.carys), Said(), by=cast.carys)
    assert not Review.objects.exists()


def test_the_words_lie_sealed_with_the_authors_key_and_for_both_with_the_pairs(cast, send):
    send("mentee", contact_words="Coffee in spring?")
    stored = ReviewAnswer.objects.get()
    raw = bytes(stored.ratings) + bytes(stored.words) + bytes(stored.contact_words)
    assert not [words for words in (BENS, "Coffee", "reached") if words.encode() in raw]
    vault.destroy(cast.relationship.key_owner)
    assert vault.unseal_one(stored.contact_words, vault.place(stored, "contact_words")) is None
    assert BENS in vault.unseal_one(stored.words, vault.place(stored, "words"))
    vault.destroy(cast.ben.membership.key_owner)
    assert vault.unseal_one(stored.words, vault.place(stored, "words")) is None


def test_erased_answers_say_so(cast, send):
    send("mentee", released=True)
    send("mentor")
    vault.destroy(cast.ben.membership.key_owner)
    replies = closing(cast, cast.amara).theirs.replies
    assert {(reply.rating, reply.text) for reply in replies} == {(None, None)}


def test_the_mail_says_that_it_is_in_and_not_what(cast, send):
    Mail.objects.all().delete()
    send("mentee", released=True, contact_words="Coffee in spring?")
    send("mentee", released=True)
    [mail] = Mail.objects.all()
    assert (mail.to_account_id, mail.subject) == (cast.amara.account.pk, "Ben Thomas has sent the closing review")
    whole = str([getattr(mail, field.name) for field in Mail._meta.concrete_fields])
    assert not [words for words in (BENS, "Coffee") if words in whole]
    send("mentor")
    assert not Mail.objects.filter(kind="review.sent").exclude(pk=mail.pk).exists()


def test_no_audit_entry_holds_a_word(cast, send):
    send("mentee", words={"take-with-me": "Zephyrine"}, contact_words="Quillon")
    told = str(list(AuditEntry.objects.values()))
    assert "review.sent" in told
    assert not [word for word in ("Zephyrine", "Quillon") if word in told]


def test_the_edition_that_was_asked_is_kept(cast, send):
    send("mentee")
    assert (Review.objects.get().instrument, Review.objects.get().edition) == ("closing-review", 1)


def test_the_gate_names_both_reviews(cast, send):
    def gate():
        return [(str(need.words), need.met) for need in hooks.gate(cast.relationship, "after")]

    assert gate() == [("The closing review of Ben Thomas", False), ("The closing review of Amara Okafor", False)]
    actions.save_draft(cast.pair(cast.amara), said("mentor"), by=cast.amara)
    send("mentee")
    assert gate() == [("The closing review of Ben Thomas", True), ("The closing review of Amara Okafor", False)]
    assert list(hooks.gate(cast.relationship, "close")) == []


def test_the_funnel_counts_both_once_both_are_in(cast, send):
    send("mentee")
    assert queries.reviewed(cast.programme).count() == 0
    send("mentor")
    assert {held.membership_id for held in queries.reviewed(cast.programme)} == {
        cast.ben.membership.pk,
        cast.amara.membership.pk,
    }


def test_the_database_keeps_one_review_and_one_answer_of_each(cast, send):
    send("mentee")
    review = Review.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(relationship=cast.relationship, kind="closing", instrument="closing-review", edition=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewAnswer.objects.create(review=review, author=cast.ben.membership)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewAnswer.objects.create(review=review, author=cast.amara.membership, sent_at=clock.now())
