"""Components of the page frame: masthead, titles, colophon."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.registry import Component, Example, Prop, register

LINKS = "list of {words, url}"


def _masthead() -> Mapping[str, Any]:
    return {
        "items": [{"words": "Home", "url": "#home", "current": True}, {"words": "You and Amara", "url": "#pair"}],
        "menu": [{"words": "Your settings", "url": "#settings"}],
        "switch": [{"words": "Go to Harbour Trust", "url": "#switch", "name": "ref", "value": "abc"}],
    }


register(
    Component(
        name="masthead",
        about="The top of every page. `ui/page.html` fills it; pages never use it themselves.",
        props={
            "home": Prop("url", "where the brand leads", required=True),
            "items": Prop("list", "the main menu: list of {words, url, current}"),
            "organisation": Prop("text"),
            "name": Prop("text", "the person; without it, a link to sign in is shown"),
            "menu": Prop("list", f"behind the name: {LINKS}"),
            "switch": Prop("list", "other organisations, each a button: list of {words, url, name, value}"),
            "sign_out": Prop("url"),
            "sign_in": Prop("url"),
        },
        examples=(
            Example(
                "Signed in",
                '{% ui "masthead" home="/" items=items organisation="Northgate Health" name="Ben Thomas"'
                ' menu=menu switch=switch sign_out="#out" / %}',
                _masthead,
            ),
            Example("Signed out", '{% ui "masthead" home="/" sign_in="#in" / %}'),
        ),
    )
)
register(
    Component(
        name="title",
        about="The title of a page, with a line of facts below it.",
        props={
            "heading": Prop("text", required=True),
            "kicker": Prop("text", "a line above, such as what kind of page this is"),
            "facts": Prop("list", "short facts; links go into the slot `facts`, each in its own <span>"),
        },
        slots=("facts",),
        content=True,
        examples=(
            Example(
                "With facts",
                '{% ui "title" heading="Matching for spring 2027" facts=facts %}'
                '{% slot "facts" %}<span><a href="#rules">Rules and weights</a></span>{% endslot %}{% endui %}',
                lambda: {"facts": ["Rising leaders", "42 mentees", "31 mentors with 45 places"]},
            ),
            Example("With a kicker", '{% ui "title" heading="People" kicker="Northgate Health" / %}'),
        ),
    )
)
register(
    Component(
        name="pair_title",
        about="Two names, joined. The joining sign is a translated word.",
        props={
            "first": Prop("text", required=True),
            "second": Prop("text", required=True),
            "kicker": Prop("text"),
            "facts": Prop("list"),
        },
        slots=("facts",),
        content=True,
        examples=(
            Example(
                "A pair",
                '{% ui "pair_title" first="Ben Thomas" second="Amara Okafor" facts=facts / %}',
                lambda: {"facts": ["Rising leaders, autumn 2026", "3 of 8 sessions held"]},
            ),
            Example(
                "Long names, as a contract opens",
                '{% ui "pair_title" first="Maria-Magdalena Papadopoulou" second="Krzysztof Brzęczyszczykiewicz"'
                ' kicker="Mentoring contract, version 2" / %}',
            ),
        ),
    )
)
register(
    Component(
        name="greeting",
        about="The first line of somebody's home page. It is the page's h1, kept small: the next step comes first.",
        props={"words": Prop("text", required=True), "day": Prop("date", "today, in the person's zone")},
        examples=(
            Example(
                "Good morning",
                '{% ui "greeting" words="Good morning, Ben" day=today / %}',
                lambda: {"today": date(2026, 11, 24)},
            ),
        ),
    )
)
register(
    Component(
        name="colophon",
        about="The foot of every page. `ui/page.html` fills it.",
        props={"links": Prop("list", LINKS), "organisation": Prop("text", "who runs this copy")},
        examples=(
            Example(
                "In an organisation",
                '{% ui "colophon" links=links organisation="Northgate Health" / %}',
                lambda: {"links": [{"words": _("Who may read what"), "url": "#who"}, {"words": "Help", "url": "#"}]},
            ),
            Example("Before there is one", '{% ui "colophon" / %}'),
        ),
    )
)
