"""Filling the table of words."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from alongside.foundation import sets
from alongside.foundation.identity.models import Organisation
from alongside.foundation.search.models import Word
from alongside.foundation.search.rules import words_of

_BATCH = 5000


def index_many(organisation: Organisation, kind: str, texts: Iterable[tuple[str, str]]) -> None:
    """Make many records findable by the words of their texts, `(ref, text)` each, and by no others any more."""
    rest = iter(texts)
    with transaction.atomic():
        while batch := dict(islice(rest, _BATCH)):
            Word.objects.filter(kind=kind, ref__in=batch).delete()
            words = sorted(
                (word, ref) for ref, text in batch.items() for word in words_of(text)
            )  # in the index's order
            sets.insert_rows(
                Word,
                ["organisation", "kind", "ref", "word"],
                [(organisation.pk, kind, ref, word) for word, ref in words],
            )


def forget(kind: str, ref: str) -> None:
    """Let a record be found no more."""
    Word.objects.filter(kind=kind, ref=ref).delete()


def forget_ref(ref: str) -> None:
    """Let whatever has this ref be found no more, of whatever kind it is."""
    Word.objects.filter(ref=ref).delete()
