"""Components that say where somebody stands and what comes next."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui import drawings
from alongside.foundation.ui.registry import Component, Example, Prop, register

STATES = ("done", "due", "overdue", "waiting", "early", "paused", "empty", "held", "plain")
_STAGE = {
    "done": (_("done"), "done"),
    "now": (_("now"), "due"),
    "ahead": (_("later"), "empty"),
}


def _path(values: dict[str, Any]) -> Mapping[str, Any]:
    stages: Sequence[str | Promise] = values["stages"]
    now = int(values["now"])
    steps = []
    for index, words in enumerate(stages):
        state = "done" if index < now else "now" if index == now else "ahead"
        steps.append({"words": words, "state": state, "state_words": _STAGE[state][0], "status": _STAGE[state][1]})
    inside = 0 <= now < len(stages)
    return {
        **drawings.path_lines(len(stages), now),
        "steps": steps,
        "label": values["label"] or _("Where you are"),
        "current": steps[now] if inside else {"words": _("All done") if now > 0 else _("Not begun yet")},
        "count_words": _("%(now)s of %(of)s") % {"now": now + 1, "of": len(stages)} if inside else "",
        "before": steps[now - 1] if 0 < now <= len(stages) else None,
        "after": steps[now + 1] if -1 <= now < len(stages) - 1 else None,
    }


def _bar(values: dict[str, Any]) -> Mapping[str, Any]:
    return {"width": int(values["of"]) * 100, "done": int(values["now"]) * 100}


def _percent(values: dict[str, Any]) -> Mapping[str, Any]:
    done, total = values["done"] or 0, values["total"] or 0
    percent = _("%(percent)s %%") % {"percent": round(100 * done / total)} if total else ""
    return {"done": str(done), "total": str(total) if total else "", "percent": percent}


SEVEN = ["Prepare", "Connect", "Contract", "Direct", "Progress", "Review", "Afterwards"]
register(
    Component(
        name="stage_path",
        about="Two lines come together, run alongside, part. Any number of stages, in the words of the model."
        " On a phone the present stage is named with its number, the ones beside it, and all of them on request.",
        props={
            "stages": Prop("list", "the words of each stage, in order", required=True),
            "now": Prop("int", "the index of the present stage, from 0; -1 before the first; their count when all"
                        " are done", required=True),
            "label": Prop("text", "what the list is called to screen readers", default=None),
        },
        compute=_path,
        examples=(
            Example("The fifth of seven", '{% ui "stage_path" stages=stages now=4 / %}', lambda: {"stages": SEVEN}),
            Example("The first", '{% ui "stage_path" stages=stages now=0 / %}', lambda: {"stages": SEVEN}),
            Example("The last", '{% ui "stage_path" stages=stages now=6 / %}', lambda: {"stages": SEVEN}),
            Example("Not begun", '{% ui "stage_path" stages=stages now=-1 / %}', lambda: {"stages": SEVEN[:5]}),
            Example(
                "All done, long names",
                '{% ui "stage_path" stages=stages now=4 label="Where Ben and Amara are" / %}',
                lambda: {"stages": ["Rapport building", "Setting direction", "Progression", "Winding up"]},
            ),
            Example("Three", '{% ui "stage_path" stages=stages now=1 / %}',
                    lambda: {"stages": ["Initiation", "Cultivation and everything in it", "Separation"]}),
            Example("Two", '{% ui "stage_path" stages=stages now=1 / %}', lambda: {"stages": ["Before", "After"]}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="needs",
        about="What is needed to reach the next stage.",
        props={"items": Prop("list", "list of {state, words} and, where one can act, url", required=True)},
        examples=(
            Example(
                "Two things left",
                '{% ui "needs" items=items / %}',
                lambda: {
                    "items": [
                        {"state": "done", "words": "One goal or more, with a starting point"},
                        {"state": "due", "words": "Contract, version 2: your signature", "url": "#contract"},
                        {"state": "empty", "words": "Session 4, planned for 3 December"},
                    ]
                },
            ),
        ),
    )
)
register(
    Component(
        name="next_step",
        about="The one thing to do now. At most one a page; with nothing to do, `empty` takes its place.",
        props={
            "heading": Prop("text", "what to do, as an order", required=True),
            "words": Prop("text", "why, and how long it takes"),
            "kicker": Prop("text", "instead of “Your next step”"),
            "action": Prop("text", "the words of the button"),
            "url": Prop("url", "where the button leads"),
            "post": Prop("bool", "the button sends a form instead of following a link"),
            "state": Prop("text", default="due", allowed=STATES),
            "status": Prop("text", "by when, beside the button"),
            "brief": Prop("bool", "on one line, for coordinators"),
        },
        slots=("does",),
        content=True,
        uid=True,
        examples=(
            Example(
                "Full",
                '{% ui "next_step" heading="Sign the new version of your contract with Amara"'
                ' words="She signed it on Friday. Reading it takes about four minutes." action="Read and sign"'
                ' url="#sign" status="Due this Friday, 27 November" / %}',
            ),
            Example(
                "Brief",
                '{% ui "next_step" brief=True heading="Write to Sana Malik and Peter Lindqvist, who have not met"'
                ' words="They were matched 37 days ago." action="Read the draft" url="#draft" state="overdue"'
                ' status="Two days late" / %}',
            ),
            Example(
                "A button that acts, and quiet links",
                '{% ui "next_step" heading="Say yes to Ben" action="Accept" url="#accept" post=True %}'
                '{% slot "does" %}{% ui "act" words="Decline" url="#no" / %}{% endslot %}{% endui %}',
            ),
        ),
    )
)
register(
    Component(
        name="steps",
        about="Where one is in a wizard.",
        props={
            "now": Prop("int", "the present step, from 1", required=True),
            "of": Prop("int", required=True),
            "words": Prop("text", "its name"),
            "back_url": Prop("url"),
        },
        compute=_bar,
        examples=(
            Example("The third of five", '{% ui "steps" now=3 of=5 words="Dates" back_url="#back" / %}'),
            Example("The first", '{% ui "steps" now=1 of=5 / %}'),
        ),
    )
)
register(
    Component(
        name="progress",
        about="Long work that goes on elsewhere. The page says that it may be closed.",
        props={
            "words": Prop("text", "what is going on, with its numbers", required=True),
            "done": Prop("int"),
            "total": Prop("int", "unknown when left out"),
            "live": Prop("bool", "screen readers hear it change"),
        },
        content=True,
        uid=True,
        compute=_percent,
        examples=(
            Example(
                "On its way",
                '{% ui "progress" words="Reading the spring roster: 1,240 of 2,000 rows" done=1240 total=2000 / %}',
            ),
            Example("Length unknown", '{% ui "progress" words="Waiting for a free place in the queue" / %}'),
            Example("Done", '{% ui "progress" words="All 2,000 rows are read" done=2000 total=2000 / %}'),
        ),
    )
)
