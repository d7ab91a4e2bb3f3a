"""Components of the contract: layers, clauses, signatures."""

from collections.abc import Mapping
from typing import Any

from alongside.foundation.ui.components.steps import STATES
from alongside.foundation.ui.registry import Component, Example, Prop, register


def _signature(values: dict[str, Any]) -> Mapping[str, Any]:
    usual = {"signed": "done", "mine": "due", "open": "waiting"}
    return {"status_state": values["status_state"] or usual[values["state"]]}


_CLAUSE = (
    '{% ui "clause" heading="What we are here for" %}<p>Ben wants to lead a ward budget without notes.</p>{% endui %}'
)
_CHANGED = (
    '{% ui "clause" heading="When and where" changed="Changed in version 2" id="c3" %}'
    "<p>Every three weeks, <del>on Tuesdays</del> <ins>on Thursdays at 12:30, by video</ins>.</p>"
    "<ul><li>Either may move a session once.</li></ul>{% endui %}"
)
register(
    Component(
        name="deed",
        part_of="layer",
        about="Around the layers of a contract: numbers its clauses through.",
        props={},
        content=True,
        examples=(
            Example(
                "A contract",
                f'{{% ui "deed" %}}{{% ui "layer" heading="Between us" %}}{_CLAUSE}{{% endui %}}{{% endui %}}',
            ),
        ),
    )
)
register(
    Component(
        name="layer",
        about="A part of a contract with its own readers. Holds `clause`, or with `plain` anything else.",
        props={
            "heading": Prop("text", required=True),
            "readers": Prop("text", "who can read this part"),
            "readers_count": Prop("int", default=1),
            "note": Prop("text"),
            "id": Prop("text"),
            "plain": Prop("bool", "holds no clauses"),
        },
        slots=("head",),
        content=True,
        uid=True,
        examples=(
            Example(
                "With readers",
                '{% ui "deed" %}{% ui "layer" heading="Between the two of you" readers_count=2'
                ' readers="Ben and Amara can read this part. Carys sees only whether it is signed." %}'
                f"{_CLAUSE}{_CHANGED}{{% endui %}}{{% endui %}}",
            ),
        ),
    )
)
register(
    Component(
        name="clause",
        part_of="layer",
        about="One thing that is agreed. A changed one shows what came and what went (<ins>, <del>).",
        props={
            "heading": Prop("text", required=True),
            "changed": Prop("text", "since when it is different"),
            "id": Prop("text"),
        },
        content=True,
        examples=(
            Example(
                "Changed",
                f'{{% ui "deed" %}}{{% ui "layer" heading="Changes" %}}{_CHANGED.replace("c3", "c4")}'
                "{% endui %}{% endui %}",
            ),
        ),
    )
)
_SIGNATURES = (
    '{% ui "signatures" %}{% ui "signature" who="Amara Okafor, mentor" state="signed" hand="Amara Okafor"'
    ' status="Signed 20 November 2026, 14:05" / %}{% ui "signature" who="Ben Thomas, mentee" state="mine"'
    ' status="Your turn, by 27 November" / %}{% ui "signature" who="Priya Raman, line manager, shared part only"'
    ' state="open" status="Waiting for Priya, after you" / %}{% endui %}'
)
register(
    Component(
        name="signatures",
        about="Who signs. Holds `signature`.",
        props={},
        content=True,
        examples=(Example("Three", _SIGNATURES),),
    )
)
register(
    Component(
        name="signature",
        part_of="signatures",
        about="One signature: made, mine to make, or somebody else's to make.",
        props={
            "who": Prop("text", "name and part", required=True),
            "state": Prop("text", required=True, allowed=("signed", "mine", "open")),
            "hand": Prop("text", "the name as it was written"),
            "status": Prop("text", "when, or whose turn", required=True),
            "status_state": Prop("text", "when it differs from what the state says", default=None, allowed=STATES),
        },
        compute=_signature,
        examples=(
            Example("Late", '{% ui "signatures" %}{% ui "signature" who="Priya Raman, line manager" state="open"'
                    ' status="Two weeks late" status_state="overdue" / %}{% endui %}'),
        ),
    )
)  # fmt: skip
