"""The parts that pages are mostly made of: sections, buttons, words about a state, rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.foundation.ui.components.steps import STATES
from alongside.foundation.ui.icons import icon
from alongside.foundation.ui.registry import Component, Example, Prop, Values, Write, register

_LONG = 18  # letters of a state that goes over two lines where it is narrow


def _button(values: dict[str, Any]) -> Mapping[str, Any]:
    classes = ["button"]
    classes += [f"is-{name}" for name in ("first", "danger", "small") if values[name]]
    return {"classes": " ".join(classes)}


def _status(values: Values, write: Write) -> str:
    state, words = values["state"], write(values["words"])
    long = " is-long" if len(str(values["words"])) > _LONG else ""
    picture = "" if state == "plain" else icon(state)
    return f'<span class="status{long}" data-state="{state}">{picture}<span>{words}</span></span>'


def _act(values: Values, write: Write) -> str:
    words = f"{icon(values['icon'])} {write(values['words'])}" if values["icon"] else write(values["words"])
    if values["about"]:
        words += f'<span class="sr">, {write(values["about"])}</span>'
    if values["name"]:
        sent = f'name="{write(values["name"])}" value="{write(values["value"])}"'
        return f'<button class="act" type="submit" {sent}>{words}</button>'
    return f'<a class="act" href="{write(values["url"])}">{words}</a>'


def _row(values: Values, write: Write) -> str:
    when, what, status = "", write(values["words"]), values["slots"].get("state", "")
    if values["when"]:
        more = f"<br>{write(values['when_more'])}" if values["when_more"] else ""
        when = f'<p class="row-when"><b>{write(values["when"])}</b>{more}</p>'
    if values["url"]:
        what = f'<a href="{write(values["url"])}">{what}</a>'
    if values["note"]:
        what += f"<p>{write(values['note'])}</p>"
    if values["status"]:
        status = _status({"state": values["state"], "words": values["status"]}, write) + status
    return (
        f'<li class="row{"" if when else " no-date"}">{when}<div class="row-what">{what}{values["content"]}</div>'
        f'<div class="row-state">{status}</div></li>'
    )


register(
    Component(
        name="sections",
        part_of="section",
        about="Wraps the sections of a page, and keeps them apart from what stands above.",
        props={},
        content=True,
        examples=(Example("Around sections", '{% ui "sections" %}<p>Sections stand here.</p>{% endui %}'),),
    )
)
register(
    Component(
        name="section",
        about="A part of a page. Its heading stands in the margin; on a narrow page it moves above.",
        props={
            "heading": Prop("text", required=True),
            "note": Prop("text", "a lesser line below the heading"),
            "id": Prop("text", "to link to it"),
            "wide": Prop("bool", "the heading moves above: for tables that need the room"),
            "level": Prop("int", "of the heading", default=2),
        },
        slots=("head",),
        content=True,
        uid=True,
        examples=(
            Example(
                "With its margin",
                '{% ui "section" heading="Goals" note="Three, chosen by you" %}'
                '{% slot "head" %}<p><a href="#new">Add a goal</a></p>{% endslot %}'
                "<p>Run a shift handover that the whole team can use.</p>{% endui %}",
            ),
            Example(
                "Wide",
                '{% ui "section" heading="Pairs that need you" note="Twenty-one, most pressing first." wide=True %}'
                "<p>A table stands here.</p>{% endui %}",
            ),
        ),
    )
)
register(
    Component(
        name="button",
        about="A link or a button. At most one `first` in sight. One that cannot be used says why beside it.",
        props={
            "words": Prop("text", "a verb first", required=True),
            "url": Prop("url", "makes it a link"),
            "type": Prop("text", default="submit", allowed=("submit", "button", "reset")),
            "first": Prop("bool", "the one thing to do here"),
            "danger": Prop("bool", "takes something away"),
            "small": Prop("bool", "in tables"),
            "icon": Prop("text", "an icon before the words"),
            "on": Prop("bool", "an arrow after the words"),
            "name": Prop("text"),
            "value": Prop("text"),
            "form": Prop("text", "the id of its form, when it stands outside"),
            "formaction": Prop("url", "where it sends its form, when that is not where the form goes by itself"),
            "about": Prop("text", "whom it is about, for screen readers, in lists"),
            "pressed": Prop("any", "True or False for a button that stays down"),
            "reason": Prop("text", "why it cannot be used now; it stays in reach of the keyboard"),
            "disabled": Prop("bool", "cannot be used, and the reason stands elsewhere"),
        },
        uid=True,
        compute=_button,
        examples=(
            Example("First", '{% ui "button" words="Read and sign" first=True url="#sign" on=True / %}'),
            Example("Plain", '{% ui "button" words="Save" / %}'),
            Example("Danger", '{% ui "button" words="End this pair" danger=True / %}'),
            Example("Small, pressed", '{% ui "button" words="Unlock" small=True icon="lock" pressed=True'
                    ' about="Leilani Kahale and Ingrid Solberg" / %}'),
            Example("Small link", '{% ui "button" words="Swap" small=True icon="swap" url="#swap" / %}'),
            Example("With a reason", '{% ui "button" words="Sign" reason="Amara has not read it yet." / %}'),
            Example("Disabled", '{% ui "button" words="Sign" disabled=True / %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="act",
        about="A quiet link that does something. With a `name` it is a button, which sends its form.",
        draw=_act,
        props={
            "words": Prop("text", required=True),
            "url": Prop("url"),
            "icon": Prop("text"),
            "about": Prop("text", "whom it is about, for screen readers, in lists"),
            "name": Prop("text"),
            "value": Prop("text"),
        },
        examples=(
            Example("With an icon", '{% ui "act" words="Download the list" url="#csv" icon="down" / %}'),
            Example("Plain", '{% ui "act" words="Write to both" url="#w" about="Sana and Peter" / %}'),
            Example("A button", '{% ui "act" words="Choose nobody" name="nobody" value="1" / %}'),
        ),
    )
)
register(
    Component(
        name="status",
        about="A state in icon, word and colour, in that order.",
        draw=_status,
        props={
            "state": Prop("text", required=True, allowed=STATES),
            "words": Prop("text", "the state in words", required=True),
        },
        examples=tuple(
            Example(state, f'{{% ui "status" state="{state}" words="{words}" / %}}')
            for state, words in {
                "done": "Both of you confirmed",
                "due": "Due this Friday",
                "overdue": "Three days late",
                "waiting": "Waiting for Priya",
                "early": "Too early to tell",
                "paused": "Paused until 11 January",
                "empty": "Goes by itself",
                "held": "Locked by you",
                "plain": "Proposed",
            }.items()
        ),
    )
)
register(
    Component(
        name="readers",
        about="Who can read something. The words come from the policy; one small figure a reader, four for more.",
        props={
            "count": Prop("int", "how many can read it", required=True),
            "words": Prop("text", required=True),
            "id": Prop("text", "for aria-describedby"),
        },
        examples=(
            Example("One", '{% ui "readers" count=1 words="Only you can read this" / %}'),
            Example("Two", '{% ui "readers" count=2 words="You and Amara can read this" / %}'),
            Example("Three", '{% ui "readers" count=3 words="You, Amara and Priya can read this" / %}'),
            Example("Many", '{% ui "readers" count=17 words="Everybody in the programme can read this" / %}'),
        ),
    )
)
register(
    Component(
        name="notice",
        about="A sentence that the page owes its reader. With `live`, screen readers hear it at once.",
        props={
            "words": Prop("text"),
            "kind": Prop("text", default="plain", allowed=("plain", "good", "late")),
            "live": Prop("bool"),
        },
        content=True,
        examples=(
            Example("Plain", '{% ui "notice" %}<p>Rahul has given back one place.'
                    ' <a href="#again">Work it out again</a></p>{% endui %}'),
            Example("Good", '{% ui "notice" kind="good" words="Saved. Amara can read it now." / %}'),
            Example("Late", '{% ui "notice" kind="late" words="The mail to Priya came back." / %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="rows",
        about="A list of dated things. Holds `row`.",
        props={},
        content=True,
        examples=(
            Example("Two rows", '{% ui "rows" %}{% ui "row" words="One" / %}{% ui "row" words="Two" / %}{% endui %}'),
        ),
    )
)
register(
    Component(
        name="row",
        part_of="rows",
        about="One thing in `rows`: when, what, and how it stands.",
        draw=_row,
        props={
            "words": Prop("text", "what it is", required=True),
            "url": Prop("url"),
            "when": Prop("text", "the day, with its weekday; without it the column falls away"),
            "when_more": Prop("text", "a second line, such as the hour"),
            "note": Prop("text"),
            "state": Prop("text", default="plain", allowed=STATES),
            "status": Prop("text", "how it stands, in words"),
        },
        slots=("state",),
        content=True,
        examples=(
            Example("With a date", '{% ui "rows" %}{% ui "row" when="Thu 3 December" when_more="12:30 to 13:30"'
                    ' words="Session 4 with Amara" url="#s4" note="Video. You bring the agenda." state="due"'
                    ' status="Add it by Wednesday" / %}{% endui %}'),
            Example("Without", '{% ui "rows" %}{% ui "row" words="Ask Priya for a day at Eastgate" url="#a"'
                    ' note="From session 2" state="done" status="Done on 19 November" / %}{% endui %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="day",
        about="The next session, large.",
        props={"date": Prop("date", required=True), "heading": Prop("text", "when and how", required=True)},
        content=True,
        examples=(
            Example(
                "A session",
                '{% ui "day" date=day heading="12:30 to 13:30, by video" %}'
                '<p class="small soft">London time, for both of you.</p>{% endui %}',
                lambda: {"day": date(2026, 12, 3)},
            ),
        ),
    )
)
register(
    Component(
        name="empty",
        about="Where a list or a next step would be: says what will come and what one can do.",
        props={
            "heading": Prop("text", required=True),
            "words": Prop("text"),
            "action": Prop("text"),
            "url": Prop("url"),
        },
        content=True,
        examples=(
            Example("With a way on", '{% ui "empty" heading="No review yet." words="The first one is on Tuesday'
                    ' 15 December, with Priya." action="Look at the six questions" url="#six" / %}'),
            Example("Nothing to do", '{% ui "empty" heading="Nothing waits for you."'
                    ' words="Your next session is on Thursday 3 December." / %}'),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="summary_list",
        about="What was answered, with a way to change each answer: the last page of a wizard, or facts of a person.",
        props={"items": Prop("list", "list of {term, words} and, to change it, url", required=True)},
        examples=(
            Example(
                "Check your answers",
                '{% ui "summary_list" items=items / %}',
                lambda: {
                    "items": [
                        {"term": "Name", "words": "Rising leaders, autumn 2026", "url": "#1"},
                        {"term": "Dates", "words": "14 September 2026 to 18 June 2027", "url": "#2"},
                        {"term": "Sponsor", "words": "", "url": "#3"},
                    ]
                },
            ),
            Example(
                "Facts",
                '{% ui "summary_list" items=items / %}',
                lambda: {"items": [{"term": "Zone", "words": "London"}]},
            ),
        ),
    )
)
register(
    Component(
        name="mail",
        about="A mail as mail programs show it, wide and narrow. The page's view lets the frames in: `csp_update`.",
        props={
            "url": Prop("url", "the mail itself", required=True),
            "subject": Prop("text", required=True),
        },
        examples=(
            Example("In frames", '{% ui "mail" url="about:blank" subject="Ben has shared a goal with you" / %}'),
        ),
    )
)
