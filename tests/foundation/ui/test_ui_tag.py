"""The tag: what a page may write, and how a mistake is told."""

import pytest
from django.template import engines
from django.test import RequestFactory

from alongside.foundation.ui.registry import ComponentError
from tests.visits import squeezed


def rendered(source: str, **context):
    return squeezed(engines["django"].from_string(source).render(context, RequestFactory().get("/")))


def told(source: str, **context) -> str:
    with pytest.raises(ComponentError) as caught:
        rendered(source, **context)
    return str(caught.value)


def told_when_loaded(source: str) -> str:
    with pytest.raises(Exception) as caught:
        engines["django"].from_string(source)
    assert "TemplateSyntaxError" in type(caught.value).__name__ or isinstance(caught.value, ComponentError)
    return str(caught.value)


def test_a_component_stands_alone():
    shown = rendered('{% ui "act" words="Write to Ben" url="/write/" / %}')
    assert shown == '<a class="act" href="/write/">Write to Ben</a>'


def test_what_people_write_is_escaped():
    assert "&lt;script&gt;" in rendered('{% ui "act" words=name url="/" / %}', name="<script>")


def test_an_unknown_component_is_told_when_the_page_is_loaded():
    assert told_when_loaded('{% ui "cards" / %}').startswith('There is no component "cards".')


def test_an_unknown_property_is_told_with_the_known_ones():
    assert told_when_loaded('{% ui "readers" count=1 words="You" colour="red" / %}') == (
        '"readers" has no property colour. It has: count, words, id.'
    )


def test_a_missing_property_is_told():
    assert told_when_loaded('{% ui "status" state="done" / %}') == '"status" needs words.'


def test_a_value_that_is_not_allowed_is_told_when_it_is_written_in_the_page():
    assert told_when_loaded('{% ui "notice" kind="terrible" / %}') == (
        '"notice": kind is "terrible", not one of plain, good, late.'
    )


def test_a_value_that_is_not_allowed_is_told_when_only_the_page_knows_it():
    assert told('{% ui "notice" kind=kind / %}', kind="terrible") == (
        '"notice": kind is "terrible", not one of plain, good, late.'
    )


def test_a_required_property_without_a_value_is_told():
    assert told('{% ui "act" words=misspelt url="/" / %}') == '"act" needs words, and misspelt has no value.'


def test_a_value_of_none_takes_the_default():
    assert 'data-kind="plain"' in rendered('{% ui "notice" kind=kind words="Hello" / %}', kind=None)


def test_content_that_a_component_does_not_take_is_told():
    assert told_when_loaded('{% ui "readers" count=1 words="You" %}more{% endui %}').startswith(
        '"readers" takes no content'
    )


def test_a_word_that_is_no_property_is_told():
    assert told_when_loaded('{% ui "notice" loud / %}') == '"notice": loud is not of the form property=value.'


def test_a_name_without_quotes_is_told():
    assert told_when_loaded("{% ui notice / %}").startswith("{% ui %} wants a name in quotes")


def test_a_component_sees_nothing_of_the_page_but_its_properties():
    assert "secret" not in rendered('{% ui "notice" words="Hello" / %}', content="secret", slots="secret", kind="late")


def test_content_and_slots_are_written_with_the_variables_of_the_page():
    shown = rendered(
        '{% ui "row" words="Session" %}{% slot "state" %}<b>{{ who }}</b>{% endslot %}<i>{{ who }}</i>{% endui %}',
        who="Ben & Amara",
    )
    assert '<i>Ben &amp; Amara</i></div><div class="row-state"><b>Ben &amp; Amara</b></div>' in shown


def test_a_slot_may_stand_under_a_condition():
    source = '{% ui "row" words="x" %}{% if on %}{% slot "state" %}held{% endslot %}{% endif %}{% endui %}'
    assert "held" in rendered(source, on=True)
    assert "held" not in rendered(source, on=False)


def test_slots_of_components_within_components_do_not_mix():
    shown = rendered(
        '{% ui "section" heading="Outer" %}{% slot "head" %}outer head{% endslot %}'
        '{% ui "section" heading="Inner" %}{% slot "head" %}inner head{% endslot %}{% endui %}{% endui %}'
    )
    assert shown.index("outer head") < shown.index("Inner") < shown.index("inner head")
    assert shown.count("outer head") == shown.count("inner head") == 1


def test_an_unknown_slot_is_told():
    assert told_when_loaded('{% ui "row" words="x" %}{% slot "foot" %}{% endslot %}{% endui %}') == (
        '"row" has no slot "foot". It has: state.'
    )


def test_a_slot_outside_a_component_is_told():
    assert told_when_loaded('{% slot "head" %}{% endslot %}') == 'The slot "head" stands outside a component.'


def test_ids_on_one_page_differ():
    shown = rendered('{% for x in "ab" %}{% ui "section" heading=x %}{{ x }}{% endui %}{% endfor %}')
    assert 'id="u1"' in shown
    assert 'id="u2"' in shown


def test_ids_of_a_fragment_name_its_target():
    request = RequestFactory().get("/", headers={"HX-Target": "agenda"})
    shown = engines["django"].from_string('{% ui "section" heading="x" %}y{% endui %}').render({}, request)
    assert 'id="u1-agenda"' in shown


def test_an_unknown_icon_is_told():
    assert told('{% icon "heart" %}').startswith('There is no icon "heart".')


def test_readers_are_drawn_up_to_four():
    assert "#i-read-4" in rendered('{% ui "readers" count=17 words="Everybody" / %}')
    assert "#i-read-1" in rendered('{% ui "readers" count=0 words="Nobody" / %}')
