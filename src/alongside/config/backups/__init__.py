"""Backups: the database, the files and the anchor of the log in one folder, without any key; and the way back.

A backup opens no sealed text by itself: that needs the key store, which `backup_keys` copies elsewhere.
"""


class NotDone(Exception):
    """It cannot be done; the words are one plain line that says why and what helps."""
