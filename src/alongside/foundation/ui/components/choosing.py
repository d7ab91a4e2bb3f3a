"""Choosing people: two lists side by side, rows to choose, tick boxes in a row, and the choice kept in sight."""

from collections.abc import Mapping
from typing import Any

from alongside.foundation.ui import samples
from alongside.foundation.ui.registry import Component, Example, Prop, register


def _grid(values: dict[str, Any]) -> Mapping[str, Any]:
    """The tick boxes of a field whose values are "row-column", by row."""
    field = values["field"]
    boxes = {str(box.data["value"]): box for box in field.subwidgets}
    rows = [
        {"words": words, "boxes": [boxes[f"{row}-{column[0]}"] for column in values["columns"]]}
        for row, words in values["rows"]
    ]
    readers = getattr(field, "readers", None)
    return {"lines": rows, "readers": readers, "readers_id": getattr(field, "readers_id", "")}


_LIST = (
    '{% ui "rows" %}{% ui "pick" words="Ben Thomas" url="#b" note="Budgets, leading a team" chosen=True / %}'
    '{% ui "pick" words="Noor Aziz" url="#n" note="Speaking in public" / %}{% endui %}'
)
register(
    Component(
        name="side_by_side",
        about="Two parts of equal weight, beside each other where there is room and one below the other on a phone."
        " Each part is one element, such as a <section> with a heading.",
        props={},
        content=True,
        examples=(
            Example("Two lists", '{% ui "side_by_side" %}<section aria-labelledby="p-1"><h2 id="p-1">Mentees</h2>'
                    f'{_LIST}</section><section aria-labelledby="p-2"><h2 id="p-2">Mentors</h2><p>Nobody yet.</p>'
                    '</section>{% endui %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="pick",
        part_of="side_by_side",
        about="A row of `rows` that is chosen by its link; the whole row can be pressed.",
        props={
            "words": Prop("text", "whom one chooses", required=True),
            "url": Prop("url", "chooses the row", required=True),
            "note": Prop("text"),
            "chosen": Prop("bool", "this row is the choice"),
            "status": Prop("text", "how it stands, in words"),
            "state": Prop(
                "text", default="plain",
                allowed=("done", "due", "overdue", "waiting", "early", "paused", "empty", "held", "plain"),
            ),
        },
        content=True,
        examples=(
            Example("Chosen, and others", f"{_LIST}"),
            Example("With a state", '{% ui "rows" %}{% ui "pick" words="Amara Okafor" url="#a" note="Budgets"'
                    ' status="1 place free" / %}{% endui %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="choice_bar",
        part_of="side_by_side",
        about="What is chosen and what to do with it, kept in sight at the foot of the window.",
        props={
            "heading": Prop("text", "what is chosen"),
            "words": Prop("text"),
        },
        content=True,
        slots=("does",),
        examples=(
            Example("A pair", '{% ui "choice_bar" heading="Ben Thomas and Amara Okafor" words="In common: budgets" %}'
                    '{% slot "does" %}{% ui "button" words="Propose them" first=True / %}{% endslot %}{% endui %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="ticks",
        part_of="side_by_side",
        about="A few tick boxes for one person in a list.",
        props={
            "legend": Prop("text", "whom they are about, for screen readers", required=True),
            "items": Prop("list", "of {name, value, words}, with `checked` where it is ticked", required=True),
        },
        examples=(
            Example("Parts", '{% ui "ticks" legend="Ben Thomas" items=items / %}',
                    lambda: {"items": [{"name": "mentor", "value": "a", "words": "Mentor"},
                                       {"name": "mentee", "value": "a", "words": "Mentee", "checked": True}]}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="choice_grid",
        about="Tick boxes in rows and columns, such as the parts of a week. The field is a `MultipleChoiceField` whose"
        " values are a row and a column with a hyphen between them; its labels are what screen readers say.",
        props={
            "field": Prop("any", "a bound field", required=True),
            "rows": Prop("list", "of (row, words)", required=True),
            "columns": Prop("list", "of (column, words, and a short second line)", required=True),
        },
        compute=_grid,
        examples=(
            Example("Parts of a week", '{% ui "choice_grid" field=form.week rows=rows columns=columns / %}',
                    lambda: {"form": samples.Week({"week": ["0-morning"]}), "rows": samples.DAYS,
                             "columns": samples.PARTS}),
        ),
    )
)  # fmt: skip
