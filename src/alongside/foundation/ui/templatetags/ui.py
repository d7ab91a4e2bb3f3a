"""The tags `{% ui %}`, `{% slot %}` and `{% icon %}`, in every template without a load."""

from functools import partial
from typing import Any

from django import template
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Token,
    Variable,
    render_value_in_context,
    token_kwargs,
)
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.foundation.ui import components as _components  # noqa: F401 -- fills the registry
from alongside.foundation.ui import devices, registry
from alongside.foundation.ui.icons import icon
from alongside.foundation.ui.registry import Component, ComponentError

register = template.Library()
register.simple_tag(icon)

_SLOTS = "_ui_slots"


class UiNode(Node):
    """One use of a component."""

    child_nodelists = ("nodelist",)

    def __init__(self, component: Component, props: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.component = component
        self.props = props
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:  # type: ignore[override]
        component = self.component
        values = dict(component.defaults)
        for name, expression in self.props.items():
            value = expression.resolve(context, ignore_failures=True)
            if value is None:
                if name in component.required:
                    raise ComponentError(f'"{component.name}" needs {name}, and {expression.token} has no value.')
                continue
            if component.props[name].allowed:
                component.check_value(name, value)
            values[name] = value
        values["content"], values["slots"] = self._content(context)
        if component.draw:
            return SafeString(component.draw(values, partial(render_value_in_context, context=context)))
        request = values["request"] = context.get("request")
        values["csrf_token"] = context.get("csrf_token")
        if component.uid:
            values["uid"] = _uid(request)
        if component.compute:
            values.update(component.compute(values))
        return _template(context, component.template).render(_inner(context, values))

    def _content(self, context: Context) -> tuple[SafeString, dict[str, SafeString]]:
        if not self.nodelist:
            return SafeString(""), {}
        slots: dict[str, SafeString] = {}
        with context.push(**{_SLOTS: slots}):
            return SafeString(self.nodelist.render(context).strip()), slots


class SlotNode(Node):
    """Named content, handed to the component around it."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:  # type: ignore[override]
        slots = context[_SLOTS]
        slots[self.name] = SafeString(self.nodelist.render(context).strip())
        return SafeString("")


def _template(context: Context, name: str) -> Any:
    return context.template.engine.get_template(name)  # type: ignore[union-attr]


def _inner(context: Context, values: dict[str, Any]) -> Context:
    """What a component sees. `Context.new` gives the same, but copies the page's context first: half of a long list."""
    inner = Context(values, context.autoescape, context.use_l10n, context.use_tz)
    inner.template, inner.render_context = context.template, context.render_context
    return inner


def _uid(request: Any) -> str:
    """An id that is unique on the page; a fragment adds its target, so that it stays so after the swap."""
    if request is None:
        return "u0"
    request.ui_count = getattr(request, "ui_count", 0) + 1
    target = request.headers.get("HX-Target", "")
    return f"u{request.ui_count}-{target}" if target.isidentifier() else f"u{request.ui_count}"


def _constant(expression: FilterExpression) -> Any:
    """The value, when it is written in the template itself; None when only the page knows it."""
    if expression.filters:
        return None
    var = expression.var
    return var.literal if isinstance(var, Variable) else var


def _named(parser: Parser, bits: list[str], tag: str) -> str:
    if len(bits) < 2 or bits[1][0] not in "\"'" or bits[1][-1] != bits[1][0]:
        raise ComponentError(f'{{% {tag} %}} wants a name in quotes first: {{% {tag} "name" %}}.')
    return bits[1][1:-1]


@register.tag
def ui(parser: Parser, token: Token) -> UiNode:
    """`{% ui "name" prop=value / %}`, or with content `{% ui "name" %}…{% endui %}`."""
    bits = token.split_contents()
    closed = bits[-1] == "/"
    component = registry.get(_named(parser, bits, "ui"))
    rest = bits[2:-1] if closed else bits[2:]
    props = token_kwargs(rest, parser)
    if rest:
        raise ComponentError(f'"{component.name}": {" ".join(rest)} is not of the form property=value.')
    component.check_names(props)
    for name, expression in props.items():
        if (constant := _constant(expression)) is not None:
            component.check_value(name, constant)
    return UiNode(component, props, NodeList() if closed else _parse_content(parser, component))


def _parse_content(parser: Parser, component: Component) -> NodeList:
    if not component.content and not component.slots:
        raise ComponentError(f'"{component.name}" takes no content: close it with / before the end of the tag.')
    stack = parser.__dict__.setdefault("ui_stack", [])
    stack.append(component)
    nodelist = parser.parse(("endui",))
    parser.delete_first_token()
    stack.pop()
    return nodelist


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """`{% slot "name" %}…{% endslot %}` inside a component that declares that slot."""
    name = _named(parser, token.split_contents(), "slot")
    stack = parser.__dict__.get("ui_stack")
    if not stack:
        raise ComponentError(f'The slot "{name}" stands outside a component.')
    component: Component = stack[-1]
    if name not in component.slots:
        raise ComponentError(
            f'"{component.name}" has no slot "{name}". It has: {", ".join(component.slots) or "none"}.'
        )
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


@register.simple_tag
def figures(count: int) -> SafeString:
    """One small figure a reader, four for four or more."""
    shown = max(1, min(int(count), 4))
    return format_html(
        '<svg class="icon" viewBox="0 0 {} 16" aria-hidden="true"><use href="{}#i-read-{}"/></svg>',
        shown * 6, static("ui/sprite.svg"), shown,
    )  # fmt: skip


@register.simple_tag
def listed(*words: Any) -> list[Any]:
    """A list of words for a property: `{% listed _("Name") _("Since") as columns %}`. Empty ones are left out."""
    return [word for word in words if word not in (None, "")]


@register.filter
def device(agent: str) -> str:
    """What a browser says of itself, in words that its owner knows."""
    return devices.in_words(agent)
