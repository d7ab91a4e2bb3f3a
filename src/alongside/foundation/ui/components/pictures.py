"""Pictures, each with its equal in words. The sums are in drawings.py."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui import drawings
from alongside.foundation.ui.components.tables import Column
from alongside.foundation.ui.registry import Component, Example, Prop, register


def _shares(values: dict[str, Any]) -> Mapping[str, Any]:
    parts: Sequence[Mapping[str, Any]] = values["parts"]
    drawn = drawings.shares([(part["got"], part["of"]) for part in parts])
    whole = sum(part["of"] for part in parts) or 1
    words = [_("%(words)s %(got)s of %(of)s") % part for part in parts]
    return {
        "drawn": [
            {
                **part, "x": place["x"], "slot": place["slot"], "fill": place["got"],
                "share": f"{99.6 * part['got'] / part['of']:.1f}" if part["of"] else "0",
                "twentieths": max(2, min(16, round(20 * part["of"] / whole))),
            }
            for part, place in zip(parts, drawn, strict=True)
        ],
        "in_words": capfirst(", ".join(str(word) for word in words)) + ".",
    }  # fmt: skip


def _figure(values: dict[str, Any]) -> Mapping[str, Any]:
    columns = [Column(str(column)) if not isinstance(column, Column) else column for column in values["table_columns"]]
    labels = [column.words for column in columns]
    body = [
        [{"label": label, "words": words} for label, words in zip(labels, row, strict=True)]
        for row in values["table_rows"]
    ]
    return {"table_columns": columns, "body": body, "table_caption": values["table_caption"] or values["caption"]}


def _level(value: float | None, levels: Sequence[str]) -> str:
    return "–" if value is None else str(levels[round(value)])


def _lines(values: dict[str, Any]) -> Mapping[str, Any]:
    points, levels, beside = values["points"], values["levels"], values["beside"] or [None] * len(values["points"])
    said = "; ".join(
        f"{words}: {_level(value if value is not None else other, levels)}"
        for (words, value), other in zip(points, beside, strict=True)
    )
    return {"drawn": drawings.line_chart(points, levels, beside), "in_words": f"{values['title']}. {said}."}


def _multiples(values: dict[str, Any]) -> Mapping[str, Any]:
    charts, levels = values["charts"], values["levels"]
    names = list(dict.fromkeys(words for chart in charts for words, _value in chart["points"]))
    rows = [[chart["title"], *(_level(dict(chart["points"]).get(name), levels) for name in names)] for chart in charts]
    return {"table_columns": [values["each"], *names], "table_rows": rows}


def _funnel(values: dict[str, Any]) -> Mapping[str, Any]:
    return drawings.funnel_ribbon([step["count"] for step in values["steps"]]) if values["steps"] else {}


def _tally(values: dict[str, Any]) -> Mapping[str, Any]:
    items = values["items"]
    most = max([item["count"] for item in items], default=0)
    drawn = [
        {**item, **drawings.tally_strokes(item["count"], most, low=item["state"] in {"early", "paused"})}
        for item in items
    ]
    return {"drawn": drawn, "each": drawn[0]["each"] if drawn else 1}


def _timeline(values: dict[str, Any]) -> Mapping[str, Any]:
    events = sorted(values["events"])
    drawn = drawings.timeline(values["start"], values["end"], events, values["today"])
    rail = int(str(drawn["rail"]))
    said = [f"{words}: {formats.date_format(day, 'j F Y')}" for day, words in events]
    said.append(_("today: %(day)s") % {"day": formats.date_format(values["today"], "j F Y")})
    return {
        **drawn, "events": events, "in_words": "; ".join(said) + ".",
        "rail_two": rail + 5, "middle": rail + 3, "tick": rail + 14, "months_y": rail + 38,
    }  # fmt: skip


_PARTS = [
    {"words": "Skills that Leilani wants", "got": 46, "of": 50, "note": "Leading a team, budgets, feedback, rotas."},
    {"words": "more senior by two grades", "got": 15, "of": 15, "note": "Which is what she asked for."},
    {"words": "same place", "got": 0, "of": 10, "note": ""},
    {"words": "another department", "got": 10, "of": 10, "note": ""},
    {"words": "interests", "got": 12, "of": 15, "note": "Open water, languages, choir."},
]
_LEVELS = ["far less", "less", "as hoped", "more", "far more"]
_POINTS = [("1 Oct", 1), ("12 Oct", 1), ("29 Oct", 2), ("17 Nov", 3)]
_GAPS = [("1 Oct", 0), ("12 Oct", None), ("29 Oct", 0), ("17 Nov", 1)]

register(
    Component(
        name="shares",
        about="Why two people fit: each criterion's weight is its width, what was reached is filled.",
        props={
            "parts": Prop("list", "list of {words, got, of} and, with `whole`, note", required=True),
            "whole": Prop("bool", "large, each part with its words; else one line for a table"),
            "words": Prop("text", "the reasons in short, below the line"),
        },
        compute=_shares,
        examples=(
            Example(
                "A line", '{% ui "shares" parts=parts words="Leading a team, budgets" / %}', lambda: {"parts": _PARTS}
            ),
            Example("Whole", '{% ui "shares" parts=parts whole=True / %}', lambda: {"parts": _PARTS}),
        ),
    )
)
register(
    Component(
        name="figure",
        about="Around a picture: its caption, and the same as a table.",
        props={
            "caption": Prop("text"),
            "table_caption": Prop("text"),
            "table_columns": Prop("list", "headings, or `Column`"),
            "table_rows": Prop("list", "lists of words, one for each column", required=True),
            "stacks": Prop("bool", default=True),
        },
        content=True,
        compute=_figure,
        examples=(
            Example(
                "A chart and its table",
                '{% ui "figure" caption="How far it has come" table_columns=columns table_rows=rows %}'
                '{% ui "lines" title="Lead the ward budget talk" points=points levels=levels hope=2 / %}{% endui %}',
                lambda: {"columns": ["Day", "Mark"], "rows": [("1 Oct", "less"), ("17 Nov", "more")],
                         "points": _POINTS, "levels": _LEVELS},
            ),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="lines",
        part_of="figure",
        about="One small line over named levels. Stands in a `figure`, or in `multiples`, which draws several.",
        props={
            "title": Prop("text", required=True),
            "points": Prop("list", "(words, value) in order; the value is the level's index, None leaves a gap",
                           required=True),
            "levels": Prop("list", "words from the lowest to the highest", required=True),
            "hope": Prop("int", "the index of the level that is hoped for", default=-1),
            "beside": Prop("list", "what somebody else says at each point, or None: drawn as squares"),
        },
        compute=_lines,
        examples=(
            Example("Beside somebody else's word",
                    '{% ui "figure" table_caption="Listening" table_columns=columns table_rows=rows %}'
                    '{% ui "lines" title="Listening" points=points levels=levels beside=beside / %}{% endui %}',
                    lambda: {"points": [("1 Oct", 1), ("3 Nov", None), ("9 Jan", 3)], "beside": [None, 2, None],
                             "levels": ["0", "1", "2", "3", "4"], "columns": ["Day", "Who", "Level"],
                             "rows": [("1 Oct", "You", "1"), ("3 Nov", "Ben", "2"), ("9 Jan", "You", "3")]}),
            Example("With a gap", '{% ui "figure" table_caption="Budget talk" table_columns=columns table_rows=rows %}'
                    '{% ui "lines" title="Budget talk" points=points levels=levels hope=2 / %}{% endui %}',
                    lambda: {"points": _GAPS, "levels": _LEVELS, "columns": ["Day", "Mark"],
                             "rows": [("1 Oct", "far less"), ("17 Nov", "less")]}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="multiples",
        part_of="figure",
        about="Several small lines side by side, on the same scale, with one table.",
        props={
            "charts": Prop("list", "list of {title, points} and, if wanted, url, state, status", required=True),
            "levels": Prop("list", required=True),
            "hope": Prop("int", default=-1),
            "caption": Prop("text"),
            "each": Prop("text", "the heading of the table's first column", required=True),
        },
        compute=_multiples,
        examples=(
            Example(
                "Goals",
                '{% ui "multiples" charts=charts levels=levels hope=2 each="Goal"'
                ' caption="How far each goal has come. You both mark it after a session." / %}',
                lambda: {
                    "levels": _LEVELS,
                    "charts": [
                        {"title": "Run a shift handover", "url": "#g1", "points": _POINTS, "state": "done",
                         "status": "More than hoped"},
                        {"title": "Lead the ward budget talk without notes", "points": _GAPS, "state": "early",
                         "status": "Less than hoped, and rising"},
                    ],
                },
            ),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="funnel",
        about="How far people have come. Each number opens its list.",
        props={
            "steps": Prop("list", "list of {count, words} and, if wanted, url, note", required=True),
            "as_of": Prop("text", "when it was counted"),
        },
        compute=_funnel,
        examples=(
            Example(
                "Seven steps",
                '{% ui "funnel" steps=steps as_of="As of 09:12." / %}',
                lambda: {
                    "steps": [
                        {"count": count, "words": words, "url": f"#{words}", "note": note}
                        for count, words, note in (
                            (164, "invited", "since 3 August"), (131, "joined", "33 have not answered"),
                            (118, "ready", "13 still to finish"), (96, "matched", ""), (82, "met", "14 not yet"),
                            (6, "reviewed", ""), (0, "completed", "ends in June"),
                        )
                    ]
                },
            ),
            Example("Nobody yet", '{% ui "funnel" steps=steps / %}',
                    lambda: {"steps": [{"count": 0, "words": "invited"}, {"count": 0, "words": "joined"}]}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="tally",
        about="Counts of pairs by how they fare; every pair is two strokes.",
        props={
            "items": Prop("list", "list of {state, words, count} and url", required=True),
            "of": Prop("text", "what is counted, for screen readers", required=True),
        },
        compute=_tally,
        examples=(
            Example(
                "Health of pairs",
                '{% ui "tally" items=items of="pairs" / %}',
                lambda: {
                    "items": [
                        {"state": "done", "words": "Going well", "count": 58, "url": "#1"},
                        {"state": "early", "words": "Too early to tell", "count": 17, "url": "#2"},
                        {"state": "due", "words": "Worth asking", "count": 14, "url": "#3"},
                        {"state": "overdue", "words": "Need you now", "count": 5, "url": "#4"},
                        {"state": "paused", "words": "Paused", "count": 0},
                    ]
                },
            ),
            Example("Very many", '{% ui "tally" items=items of="pairs" / %}',
                    lambda: {"items": [{"state": "done", "words": "Going well", "count": 1450, "url": "#5"}]}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="timeline",
        about="A programme from its first day to its last. Where it is narrow, a list takes its place.",
        props={
            "start": Prop("date", required=True),
            "end": Prop("date", required=True),
            "events": Prop("list", "of (day, words)", required=True),
            "today": Prop("date", required=True),
        },
        compute=_timeline,
        examples=(
            Example(
                "A year",
                '{% ui "timeline" start=start end=end events=events today=today / %}',
                lambda: {
                    "start": date(2026, 9, 1),
                    "end": date(2027, 6, 30),
                    "today": date(2026, 11, 24),
                    "events": [
                        (date(2026, 9, 14), "Opening"), (date(2026, 10, 7), "Contracts"),
                        (date(2026, 12, 7), "Midway questions"), (date(2026, 12, 15), "Midway reviews"),
                        (date(2027, 3, 10), "Spring round joins"), (date(2027, 6, 18), "Closing"),
                    ],
                },
            ),
        ),
    )
)  # fmt: skip
