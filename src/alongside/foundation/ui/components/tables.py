"""Dense lists: a table that stacks where it is narrow, pages, and what is done with many rows at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.address import with_query
from alongside.foundation.ui.paging import grouped
from alongside.foundation.ui.registry import Component, Example, Prop, Values, Write, register


@dataclass(frozen=True)
class Column:
    """A heading. `sort` is the word in the address that sorts by it; `hidden` ones are heard, not seen."""

    words: str | Promise
    sort: str = ""
    num: bool = False
    hidden: bool = False


def _table(values: dict[str, Any]) -> Mapping[str, Any]:
    return {"heads": [_head(column, values["sort"], values["request"]) for column in values["columns"]]}


def _head(column: Any, sort: str, request: Any) -> dict[str, Any]:
    if not isinstance(column, Column):
        column = Column(**column) if isinstance(column, Mapping) else Column(column)
    head: dict[str, Any] = {"words": column.words, "num": column.num, "hidden": column.hidden}
    if not column.sort:
        return head
    up, down = sort == column.sort, sort == f"-{column.sort}"
    head["url"] = with_query(request, sort=f"-{column.sort}" if up else column.sort, page=None)
    head["aria_sort"] = "ascending" if up else "descending" if down else "none"
    head["arrow"] = " ↑" if up else " ↓" if down else ""
    return head


def _pages(values: dict[str, Any]) -> Mapping[str, Any]:
    page, request, name = values["page"], values["request"], values["name"]
    numbers = {"first": page.start_index(), "last": page.end_index(), "count": page.paginator.count}
    longer, words = getattr(page.paginator, "is_longer", False), _("%(first)s to %(last)s of %(count)s")
    if longer:
        words = _("%(first)s to %(last)s of more than %(count)s")
    elif page.paginator.num_pages == 1:
        words = _("%(count)s in all")
    before = page.number - 1 if page.has_previous() else 0
    after = page.number + 1 if page.has_next() else 0
    return {
        "words": words % {name: grouped(number) for name, number in numbers.items()},
        "goes_on": longer and not after,
        "before": before,
        "after": after,
        "previous": with_query(request, **{name: before}) if before else "",
        "next": with_query(request, **{name: after}) if after else "",
    }


def _tr(values: Values, write: Write) -> str:
    """`id` and `kind` are seldom there."""
    more = f' class="{values["kind"]}"' if values["kind"] else ""
    if values["id"]:
        more += f' id="{write(values["id"])}"'
    return f'<tr role="row"{more}>{values["content"]}</tr>'


def _cell(values: Values, write: Write) -> str:
    text = write(values["words"]) + values["content"]
    if values["note"]:
        text += f"<small>{write(values['note'])}</small>"
    if values["head"]:
        return f'<th scope="row" role="rowheader">{text}</th>'
    more = ' class="num"' if values["num"] else ' class="acts"' if values["acts"] else ""
    if values["span"]:
        more += f' colspan="{write(values["span"])}"'
    if values["label"]:
        more, text = f' data-label="{write(values["label"])}"{more}', f"<span>{text}</span>"
    return f'<td role="cell"{more}>{text}</td>'


_ROWS = (
    '{% ui "tr" %}{% ui "cell" head=True %}<a href="#p">Sana Malik &amp; Peter Lindqvist</a>{% endui %}'
    '{% ui "cell" label="Why" %}{% ui "status" state="overdue" words="Not met, 37 days after the match" / %}{% endui %}'
    '{% ui "cell" label="Since" words="18 Oct" / %}{% ui "cell" label="Fit" words="83" num=True / %}'
    '{% ui "cell" acts=True %}{% ui "act" words="Write to both" url="#w" about="Sana and Peter" / %}{% endui %}'
    "{% endui %}"
)
_COLUMNS = [
    Column("Pair", sort="pair"),
    Column("Why", sort="why"),
    Column("Since"),
    Column("Fit of 100", sort="fit", num=True),
    Column("Actions", hidden=True),
]

register(
    Component(
        name="table",
        about="A list with columns. Holds `tr`, which hold `cell`. Where it is narrow each row becomes an entry with"
        " the label of each cell beside it, so every cell but the first names its `label`.",
        props={
            "caption": Prop("text", "what it lists, for screen readers", required=True),
            "columns": Prop("list", "of `Column(words, sort=…, num=…, hidden=…)`, dicts or words", required=True),
            "sort": Prop("text", "how it is sorted now: a column's `sort`, with a minus when descending"),
            "stacks": Prop("bool", "entries where it is narrow; False for two or three short columns", default=True),
            "show_caption": Prop("bool"),
            "id": Prop("text"),
        },
        content=True,
        compute=_table,
        examples=(
            Example("Sorted", f'{{% ui "table" caption="Pairs" columns=columns sort="-why" %}}{_ROWS}{{% endui %}}',
                    lambda: {"columns": _COLUMNS}),
            Example(
                "With a detail, and two short columns that do not stack",
                '{% ui "table" caption="Places" columns=columns stacks=False show_caption=True %}'
                '{% ui "tr" kind="has-detail" %}{% ui "cell" head=True words="Eastgate" note="12 mentors" / %}'
                '{% ui "cell" words="31" num=True / %}{% endui %}{% ui "tr" kind="detail" %}'
                '{% ui "cell" span=2 words="Two more mentors start in January." / %}{% endui %}{% endui %}',
                lambda: {"columns": ["Place", Column("Mentees", num=True)]},
            ),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="tr",
        part_of="table",
        about="A row of `table`.",
        draw=_tr,
        props={
            "kind": Prop("text", default=None, allowed=("has-detail", "detail")),
            "id": Prop("text"),
        },
        content=True,
        examples=(
            Example("In a table", f'{{% ui "table" caption="Once more" columns=columns %}}{_ROWS}{{% endui %}}',
                    lambda: {"columns": _COLUMNS}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="cell",
        part_of="table",
        about="A cell of `tr`. The first names the row: `head=True`.",
        draw=_cell,
        props={
            "words": Prop("any", default=""),
            "note": Prop("text", "a lesser line below"),
            "label": Prop("text", "the heading, shown beside it where the table stacks"),
            "head": Prop("bool"),
            "num": Prop("bool"),
            "acts": Prop("bool", "holds buttons"),
            "span": Prop("int", "how many columns it spans", default=None),
        },
        content=True,
        examples=(
            Example("With a note", '{% ui "table" caption="Mentors" columns=columns %}{% ui "tr" %}'
                    '{% ui "cell" head=True words="Ingrid Solberg" note="Head of therapies" / %}'
                    '{% ui "cell" label="Places" words=2 num=True / %}{% endui %}{% endui %}',
                    lambda: {"columns": ["Mentor", Column("Places", num=True)]}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="bulk",
        about="What can be done with the rows that are ticked. Stands inside the form around the table.",
        props={"words": Prop("text", "how many are ticked, or how to tick")},
        content=True,
        examples=(
            Example("Below a table", '{% ui "bulk" words="None chosen" %}{% ui "button" words="Write to the chosen"'
                    ' small=True icon="mail" / %}{% endui %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="pagination",
        about="Which part of a list is shown, and the way to the next. Other parts of the address stay.",
        props={
            "page": Prop("any", "a page of Django's Paginator: 50 rows, 20 where they are tall", required=True),
            "label": Prop("text", "when a page has two lists"),
            "name": Prop("text", "of the page number in the address", default="page"),
            "inside": Prop("bool", "it stands in a form, which its buttons send: what is ticked comes along"),
        },
        compute=_pages,
        examples=(
            Example("In the middle", '{% ui "pagination" page=page label="Pairs" / %}',
                    lambda: {"page": Paginator(range(240), 50).get_page(2)}),
            Example("All on one page", '{% ui "pagination" page=page label="Mentors" / %}',
                    lambda: {"page": Paginator(range(7), 50).get_page(1)}),
            Example("In a form", '{% ui "pagination" page=page label="Mentees" inside=True / %}',
                    lambda: {"page": Paginator(range(240), 50).get_page(2)}),
        ),
    )
)  # fmt: skip
