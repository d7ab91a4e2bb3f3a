"""Keys, in a store of their own. This app's tables live in the `keys` database alone."""

from django.db import models
from django.db.models import Q


class Key(models.Model):
    """One owner's key. Whoever erases it makes everything sealed with it unreadable, in every backup.

    An owner has one key in use, and may have older ones that a rotation retired: those still open what was sealed
    with them, in backups too, and seal nothing.
    """

    key_id = models.CharField(max_length=12, unique=True)
    owner = models.CharField(max_length=60, db_index=True)
    material = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(retired_at=None), name="key_in_use_once"),
        ]


class DestroyedKey(models.Model):
    """A key that was destroyed. `restore` reads this list so that nobody who was erased comes back."""

    key_id = models.CharField(max_length=12, unique=True)
    owner = models.CharField(max_length=60, db_index=True)
    destroyed_at = models.DateTimeField()


class Rotation(models.Model):
    """One rotation of all keys; while it is open, a killed one goes on where it stood."""

    through = models.BigIntegerField()  # the newest key's id when it began: this one and older ones are retired
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_open"], condition=Q(is_open=True), name="one_open_rotation"),
            models.CheckConstraint(
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
                name="rotation_open_until_it_ends",
            ),
        ]


class KeyCopy(models.Model):
    """When `backup_keys` copied the key store: one row, so that administrators read how old the newest copy is."""

    at = models.DateTimeField()
