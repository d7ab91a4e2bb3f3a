"""Moving an installation from SQLite to PostgreSQL: all that is in it, or nothing."""


class NotMoved(Exception):
    """It was not moved; the words are one plain line that says why and what helps."""
