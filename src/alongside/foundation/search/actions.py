"""Filling the table of words."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from alongside.foundation.identity.models import Organisation
from alongside.foundation.search.models import Word
from alongside.foundation.search.rules import words_of

_BATCH = 500


def index_many(organisation: Organisation, kind: str, texts: Iterable[tuple[str, str]], *, fresh: bool = False) -> None:
    """Make many records findable by the words of their texts, `(ref, text)` each, and by no others any more.

    `fresh` says that none of them is in the table yet, which spares looking.
    """
    rest = iter(texts)
    with transaction.atomic():
        while batch := dict(islice(rest, _BATCH)):
            if not fresh:
                Word.objects.filter(kind=kind, ref__in=batch).delete()
            Word.objects.bulk_create(
                Word(organisation=organisation, kind=kind, ref=ref, word=word)
                for ref, text in batch.items()
                for word in sorted(words_of(text))
            )


def forget(kind: str, ref: str) -> None:
    """Let a record be found no more."""
    Word.objects.filter(kind=kind, ref=ref).delete()
