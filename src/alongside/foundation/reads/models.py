"""The table of reads. It is in no chain, so that it can be cleared when its day comes."""

from django.db import models


class Read(models.Model):
    """Somebody read a record about somebody else, on one day. Refs only: no foreign key keeps a person here."""

    organisation_ref = models.CharField(max_length=12)
    reader_ref = models.CharField(max_length=12)
    subject_ref = models.CharField(max_length=12)
    kind = models.CharField(max_length=60)
    record_ref = models.CharField(max_length=12)
    day = models.DateField()
    shown = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_ref", "day", "reader_ref", "kind", "record_ref"], name="read_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["kind", "record_ref"], name="read_record")]
