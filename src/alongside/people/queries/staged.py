"""What a staged row says, and what a changed person was, as expressions of a query."""

from typing import Any

from django.db.models import BigIntegerField, F, Func, JSONField, TextField


class Said(Func):
    """What a row says under one name: as text, or as the list that it is."""

    def __init__(self, name: str, *, listed: bool = False) -> None:
        super().__init__(F("data"), output_field=JSONField() if listed else TextField())
        self.extra |= {"name": name, "arrow": "->" if listed else "->>"}

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Reads a text. Django's own transform reads it three times, to tell booleans apart, and rows have none."""
        return self.as_sql(compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$.%(name)s')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Reads a document."""
        return self.as_sql(compiler, connection, template="(%(expressions)s %(arrow)s '%(name)s')", **extra)


class Was(Func):
    """What a changed person was under one name of a record, "membership" or "profile": as text, or as a list."""

    def __init__(self, record: str, name: str, *, listed: bool = False) -> None:
        super().__init__(F("before"), output_field=JSONField() if listed else TextField())
        self.extra |= {"record": record, "name": name, "arrow": "->" if listed else "->>"}

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Reads a text."""
        return self.as_sql(
            compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$.%(record)s.%(name)s')", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Reads a document."""
        return self.as_sql(
            compiler, connection, template="(%(expressions)s -> '%(record)s' %(arrow)s '%(name)s')", **extra
        )


class OldLink(Func):
    """The link to the line manager whom a changed person had: its number."""

    output_field = BigIntegerField()

    def __init__(self) -> None:
        super().__init__(F("before"))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Reads a text."""
        return self.as_sql(compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$.link')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Reads a document."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s ->> 'link' AS bigint)", **extra)


class AsDocument(Func):
    """A document within another one: SQLite keeps documents as texts, and would keep a text of a text."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Tells the text to be one."""
        return self.as_sql(compiler, connection, template="JSON(%(expressions)s)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Is one."""
        return self.as_sql(compiler, connection, template="%(expressions)s", **extra)
