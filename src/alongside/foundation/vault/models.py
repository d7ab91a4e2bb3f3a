"""Keys, in a store of their own. This app's tables live in the `keys` database alone."""

from django.db import models


class Key(models.Model):
    """One owner's key. Whoever erases it makes everything sealed with it unreadable, in every backup."""

    key_id = models.CharField(max_length=12, unique=True)
    owner = models.CharField(max_length=60, unique=True)
    material = models.BinaryField()
    made_at = models.DateTimeField()


class DestroyedKey(models.Model):
    """A key that was destroyed. `restore` reads this list so that nobody who was erased comes back."""

    key_id = models.CharField(max_length=12, unique=True)
    owner = models.CharField(max_length=60)
    destroyed_at = models.DateTimeField()
