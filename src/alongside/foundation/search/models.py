"""The words by which records are found."""

from django.db import models

from alongside.foundation.identity.models import Organisation


class Word(models.Model):
    """One folded word of one record."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=12)
    word = models.CharField(max_length=40)

    class Meta:
        indexes = [
            # PostgreSQL's ordinary order follows the language and cannot find beginnings; SQLite ignores the classes.
            models.Index(
                fields=["organisation", "kind", "word", "ref"],
                name="search_words",
                opclasses=["int8_ops", "varchar_ops", "varchar_pattern_ops", "varchar_ops"],
            ),
            models.Index(fields=["kind", "ref"], name="search_record"),
        ]
