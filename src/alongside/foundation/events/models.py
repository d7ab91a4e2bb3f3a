"""The audit log: a chain of entries without foreign keys, and its head."""

from django.db import models


class AuditEntry(models.Model):
    """One thing that happened. Its hash covers the entry before it."""

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=80)
    by = models.CharField(max_length=40)
    organisation = models.CharField(max_length=12, blank=True)
    about_kind = models.CharField(max_length=60)
    about_ref = models.CharField(max_length=40)
    codes = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        ordering = ["position"]
        indexes = [
            models.Index(fields=["about_kind", "about_ref", "position"], name="audit_about"),
            models.Index(fields=["organisation", "position"], name="audit_organisation"),
        ]


class AuditHead(models.Model):
    """The newest entry's position and hash, and the id of the log's key: one row, locked last in a transaction."""

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    key_id = models.CharField(max_length=12, default="")

    class Meta:
        db_table = "audit_head"
