"""Every component is whole, and says what the look wants of it."""

import inspect
import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

from alongside.foundation.ui import handbook, registry, stylesheet
from alongside.foundation.ui.components.tables import Column
from alongside.foundation.ui.registry import Component, Example
from tests.visits import squeezed

COMPONENTS = [pytest.param(one, id=one.name) for one in registry.every()]
ROOT = Path(__file__).parents[3]


def rendered(source: str, address: str = "/", **context):
    return squeezed(engines["django"].from_string(source).render(context, RequestFactory().get(address)))


@pytest.mark.parametrize("component", COMPONENTS)
def test_it_has_a_template_a_stylesheet_and_examples(component: Component):
    assert component.draw or get_template(component.template)
    names = {path.stem.split("-", 1)[1] for path in stylesheet.sources()}
    assert (component.part_of or component.name).replace("_", "-") in names
    assert component.examples


@pytest.mark.parametrize("component", COMPONENTS)
def test_it_uses_every_property_and_slot_that_it_declares(component: Component):
    text = inspect.getsource(component.draw) if component.draw else get_template(component.template).template.source
    if component.compute:
        text += inspect.getsource(inspect.getmodule(component.compute))
    unused = {name for name in [*component.props, *component.slots] if not re.search(rf"\b{name}\b", text)}
    assert unused == set()


@pytest.mark.parametrize(
    ("component", "example"),
    [
        pytest.param(one, example, id=f"{one.name}: {example.title}")
        for one in registry.every()
        for example in one.examples
    ],
)
def test_an_example_is_shown_without_style_script_or_python_words(component: Component, example: Example):
    shown = rendered(example.source, **(example.data() if example.data else {}))
    assert shown.strip()
    assert " style=" not in shown
    assert "<script" not in shown
    assert not re.search(r">None(?! chosen)", shown)
    assert not re.search(r' on[a-z]+="', shown)


def test_every_status_in_use_has_a_state_in_the_gallery():
    states = registry.get("status").props["state"].allowed
    assert [example.title for example in registry.get("status").examples] == list(states)


def test_a_component_is_declared_once():
    with pytest.raises(ValueError, match="two components named status"):
        registry.register(registry.get("status"))


def test_the_list_of_components_in_the_docs_is_the_present_one():
    page = (ROOT / "docs/building/ui.md").read_text("utf-8")
    assert handbook.with_components(page) == page, "run: alongside write_ui_docs"


def test_the_present_stage_is_marked_and_the_others_say_how_they_stand():
    shown = rendered('{% ui "stage_path" stages=stages now=1 / %}', stages=["Begin", "Meet", "Part"])
    assert shown.count('aria-current="step"') == 1
    assert '<b>Begin</b><span class="sr">, done</span>' in shown
    assert '<b>Meet</b><span class="sr">, now</span>' in shown
    assert '<b>Part</b><span class="sr">, later</span>' in shown
    assert "2 of 3" in shown
    assert "Before: Begin" in shown
    assert "Next: Part" in shown


def test_a_heading_sorts_and_keeps_the_filters_but_not_the_page():
    columns = [Column("Name", sort="name"), Column("Since", sort="since"), Column("Acts", hidden=True)]
    source = '{% ui "table" caption="People" columns=columns sort="name" / %}'
    shown = rendered(source, "/people/?q=ben&page=3&sort=name", columns=columns)
    assert '<a href="?q=ben&amp;sort=-name">' in shown
    assert '<a href="?q=ben&amp;sort=since">' in shown
    assert shown.count('aria-sort="ascending"') == 1
    assert '<span class="sr">Acts</span>' in shown


def test_pages_say_where_one_is_and_keep_the_rest_of_the_address():
    page = Paginator(range(240), 50).get_page(2)
    shown = rendered('{% ui "pagination" page=page / %}', "/people/?q=ben&page=2", page=page)
    assert "51 to 100 of 240" in shown
    assert 'href="?q=ben&amp;page=1" rel="prev"' in shown
    assert 'href="?q=ben&amp;page=3" rel="next"' in shown


def test_nothing_to_page_through_shows_nothing():
    assert rendered('{% ui "pagination" page=page / %}', page=Paginator([], 50).get_page(1)).strip() == ""


def test_a_button_that_cannot_be_used_says_why_and_stays_in_reach():
    shown = rendered('{% ui "button" words="Sign" url="/sign/" reason="Amara has not read it yet." / %}')
    assert "<a " not in shown
    assert 'aria-disabled="true" aria-describedby="u1-why"' in shown
    assert '<span class="why" id="u1-why">Amara has not read it yet.</span>' in shown


def test_shares_are_said_in_words():
    parts = [{"words": "skills", "got": 46, "of": 50}, {"words": "same place", "got": 0, "of": 10}]
    assert "Skills 46 of 50, same place 0 of 10." in rendered('{% ui "shares" parts=parts / %}', parts=parts)


def test_a_chart_is_said_in_words_and_its_table_shows_a_gap():
    charts = [{"title": "Budget talk", "points": [("1 Oct", 0), ("12 Oct", None), ("17 Nov", 1)]}]
    source = '{% ui "multiples" charts=charts levels=levels each="Goal" / %}'
    shown = rendered(source, charts=charts, levels=["less", "as hoped"])
    assert 'aria-label="Budget talk. 1 Oct: less; 12 Oct: –; 17 Nov: as hoped."' in shown
    assert '<td role="cell" data-label="12 Oct">–</td>' in shown
