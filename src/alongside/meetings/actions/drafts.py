"""What somebody has begun to write about a session and not handed in."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.meetings.actions.base import writable
from alongside.meetings.models import LogDraft, Session
from alongside.meetings.terms import LONGEST_DRAFT
from alongside.relationships.queries import Pair


def keep_draft(pair: Pair, session: Session | None, words: Mapping[str, Any], *, by: Actor) -> LogDraft:
    """Keep what somebody has begun to write about a session, sealed with their own key.

    No event: it happens every few seconds and nobody else ever sees it. Raises NotPossible for what is too long,
    and when its form (`key`) has been handed in: what arrives late is no draft.
    """
    text = json.dumps(dict(words), ensure_ascii=False)
    if len(text) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept. Shorten it to about twelve pages."))
    with transaction.atomic():
        key = {"relationship": writable(pair.relationship), "session": session, "author": by.membership}
        if Session.objects.filter(relationship=pair.relationship, log_key=words.get("key") or "-").exists():
            raise NotPossible(_("This session has been written down already."))
        draft = LogDraft.objects.filter(**key).first() or LogDraft(**key)
        draft.words = vault.seal(text, owner=by.membership.key_owner, place=vault.place(draft, "words"))
        draft.kept_at = clock.now()
        draft.save()
    return draft


def drop_draft(pair: Pair, session: Session | None, *, by: Actor) -> None:
    """Forget what somebody has begun to write about a session."""
    LogDraft.objects.filter(relationship=pair.relationship, session=session, author=by.membership).delete()
