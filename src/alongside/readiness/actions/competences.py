"""Rating competences: a mentor themselves, and a mentee whom their mentor asked."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.readiness import rules
from alongside.readiness.models import Mark, Rating, RatingDraft, RatingRequest
from alongside.readiness.queries import competences as queries
from alongside.readiness.terms import LONGEST_DRAFT, RaterKind, Reply


class Said(NamedTuple):
    """What is said of one competence: a level, and the line that shows it."""

    level: int
    evidence: str = ""


class Sent(NamedTuple):
    """A form that was filled in: what is said by competence, of which edition, and the form's own ref."""

    said: Mapping[str, Said]
    framework: str
    ref: str = ""


def rate_oneself(sent: Sent, *, by: Actor) -> Rating:
    """Say where one stands as a mentor. The same form sent again gives the rating that it made.

    Raises NotPossible for whoever is no mentor and does not want to be one, and where nothing is said.
    """
    with transaction.atomic():
        _lock(by)
        if earlier := _earlier(sent, by):
            return earlier
        if not queries.is_mentor(by):
            raise NotPossible(_("This is for mentors. You are not one in any programme now."))
        made = Rating(mentor=by.membership, rater=by.membership, kind=RaterKind.SELF)
        with event("competences.rated", by=by, about=by.membership):
            _save(made, sent, by)
    return made


def ask(pair: str, mentee: Membership, *, by: Actor) -> RatingRequest:
    """Ask the mentee of a pair (its ref) for a rating. Whether the two are a pair, whoever calls this has looked at.

    Raises NotPossible while an earlier request waits, and for some weeks after an answer.
    """
    today = clock.today(by.organisation.timezone)
    with event("rating.asked", by=by, about=by.membership, pair=pair):
        held = RatingRequest.objects.select_for_update().filter(pair=pair).first()
        held = held or RatingRequest(pair=pair, mentor=by.membership, mentee=mentee, reply="")
        replied_on = queries.replied_on(held, by)
        if reason := rules.why_not_ask(held.reply, replied_on, today):
            raise NotPossible(reason)
        held.reply, held.asked_at, held.replied_at = Reply.WAITING, clock.now(), None
        held.save()
    return held


def rate_mentor(pair: str, sent: Sent, *, by: Actor) -> Rating:
    """Say how one sees the mentor of a pair (its ref), who has asked for it. The same form sent again rates once.

    Raises NotPossible where nobody has asked, and where nothing is said.
    """
    with transaction.atomic():
        _lock(by)
        if earlier := _earlier(sent, by):
            return earlier
        held = _waiting(pair, by)
        made = Rating(mentor=held.mentor, rater=by.membership, kind=RaterKind.MENTEE, pair=pair)
        with event("mentor.rated", by=by, about=held.mentor, pair=pair):
            _save(made, sent, by)
            _reply(held, Reply.GIVEN)
    return made


def decline(pair: str, *, by: Actor) -> None:
    """Say that one would rather not; no reason is asked. What was begun is forgotten. Raises NotPossible as above."""
    with transaction.atomic():
        held = _waiting(pair, by)
        with event("rating.declined", by=by, about=held.mentor, pair=pair):
            _reply(held, Reply.DECLINED)
            drop_draft(held.mentor, by=by)


def keep_draft(mentor: Membership, words: Mapping[str, Any], *, by: Actor) -> RatingDraft:
    """Keep what somebody has begun to say of a mentor, or of themselves, sealed with their own key.

    No event: it happens every few seconds, and nobody else ever sees it. Raises NotPossible for what is too long, and
    when its form (`ref`) has been sent: what arrives late is no draft.
    """
    text = json.dumps(dict(words), ensure_ascii=False)
    if len(text) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten what you wrote."))
    with transaction.atomic():
        _lock(by)
        if Rating.objects.filter(ref=words.get("ref") or "-").exists():
            raise NotPossible(_("This has been sent already."))
        draft = queries.draft_of(by, mentor) or RatingDraft(author=by.membership, mentor=mentor)
        draft.words = vault.seal(text, owner=by.membership.key_owner, place=vault.place(draft, "words"))
        draft.kept_at = clock.now()
        draft.save()
    return draft


def drop_draft(mentor: Membership, *, by: Actor) -> None:
    """Forget what somebody has begun to say of a mentor."""
    RatingDraft.objects.filter(author=by.membership, mentor=mentor).delete()


def forget(pairs: list[str]) -> None:
    """What mentees said in some pairs (their refs) goes with the pair, on its day of retention."""
    RatingRequest.objects.filter(pair__in=pairs).delete()
    Rating.objects.filter(pair__in=pairs).delete()


def _lock(by: Actor) -> None:
    # Two presses of one button wait for each other.
    Membership.objects.select_for_update(no_key=True).get(pk=by.membership.pk)


def _earlier(sent: Sent, by: Actor) -> Rating | None:
    found = Rating.objects.filter(ref=sent.ref or "-").first()
    if found and found.rater_id != by.membership.pk:
        raise NotPossible(_("Open the form again: this one has been used."))
    return found


def _waiting(pair: str, by: Actor) -> RatingRequest:
    asked = RatingRequest.objects.select_for_update().filter(pair=pair, mentee=by.membership, reply=Reply.WAITING)
    if (held := asked.first()) is None:
        raise NotPossible(_("You are not asked for this any more."))
    return held


def _reply(held: RatingRequest, reply: Reply) -> None:
    held.reply, held.replied_at = reply, clock.now()
    held.save(update_fields=["reply", "replied_at"])


def _save(made: Rating, sent: Sent, by: Actor) -> None:
    try:
        held = queries.framework(by, guidance.ENGLISH, sent.framework)
    except guidance.NotFound as error:
        raise NotPossible(_("The list has changed since you opened this page. Open it again.")) from error
    levels = {key: one.level for key, one in sent.said.items()}
    known = [one.key for one in held.competences]
    if reason := rules.why_not_rate(levels, known, len(held.levels) - 1):
        raise NotPossible(reason)
    made.ref, made.framework, made.at = sent.ref or new_ref(), held.address, clock.now()
    made.save()
    Mark.objects.bulk_create(_mark(made, key, sent.said[key], by) for key in known if key in sent.said)
    drop_draft(made.mentor, by=by)


def _mark(rating: Rating, key: str, said: Said, by: Actor) -> Mark:
    mark = Mark(rating=rating, competence=key, level=said.level)
    if words := said.evidence.strip():
        mark.evidence = vault.seal(words, owner=by.membership.key_owner, place=vault.place(mark, "evidence"))
    return mark
