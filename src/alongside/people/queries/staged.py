"""What a staged row says, as an expression of a query."""

from typing import Any

from django.db.models import F, Func, JSONField, TextField


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
