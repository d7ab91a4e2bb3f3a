"""What a component is: its name, its properties, its slots, and the examples that the gallery shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.template import TemplateSyntaxError

Kind = Literal["text", "bool", "int", "list", "url", "date", "any"]
Values = dict[str, Any]
Write = Callable[[Any], str]  # a value as `{{ value }}` writes it: escaped, and as the reader's language has it


class ComponentError(TemplateSyntaxError):
    """A page uses a component that does not exist, or uses it in a way that it does not declare."""


@dataclass(frozen=True)
class Prop:
    """One property. Without `required` it falls back to `default`; `allowed` lists its only values."""

    kind: Kind
    about: str = ""
    required: bool = False
    default: Any = None
    allowed: tuple[str, ...] = ()

    def first_value(self) -> Any:
        if self.default is not None:
            return self.default
        return {"bool": False, "list": (), "text": "", "url": ""}.get(self.kind)


@dataclass(frozen=True)
class Example:
    """One state for the gallery: template text that pages can copy, and the values that it names."""

    title: str
    source: str
    data: Callable[[], Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Component:
    """A component: one template, one file of CSS, one declaration.

    The few that a long list holds by the hundred are drawn by a function (`draw`) instead: a third of such a page's
    time went into their templates.
    """

    name: str
    about: str
    props: Mapping[str, Prop]
    examples: tuple[Example, ...]
    slots: tuple[str, ...] = ()
    content: bool = False
    uid: bool = False
    part_of: str = ""  # the component whose CSS it shares
    compute: Callable[[Values], Mapping[str, Any]] | None = None
    draw: Callable[[Values, Write], str] | None = None  # in place of the template; what it returns is not escaped
    defaults: dict[str, Any] = field(init=False, repr=False)
    required: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "defaults", {name: prop.first_value() for name, prop in self.props.items()})
        object.__setattr__(self, "required", frozenset(name for name, prop in self.props.items() if prop.required))

    @property
    def template(self) -> str:
        return f"ui/components/{self.name}.html"

    def check_names(self, given: Iterable[str]) -> None:
        """Raises ComponentError for a property that is not declared, or a required one that is not given."""
        names = set(given)
        if unknown := sorted(names - self.props.keys()):
            known = ", ".join(self.props) or "none"
            raise ComponentError(f'"{self.name}" has no property {", ".join(unknown)}. It has: {known}.')
        if missing := sorted(self.required - names):
            raise ComponentError(f'"{self.name}" needs {", ".join(missing)}.')

    def check_value(self, name: str, value: Any) -> None:
        """Raises ComponentError for a value that the property does not allow."""
        allowed = self.props[name].allowed
        if allowed and value not in allowed:
            raise ComponentError(f'"{self.name}": {name} is "{value}", not one of {", ".join(allowed)}.')


_components: dict[str, Component] = {}


def register(component: Component) -> Component:
    """Adds a component under its name. Raises ValueError when the name is taken."""
    if component.name in _components:
        raise ValueError(f"There are two components named {component.name}.")
    _components[component.name] = component
    return component


def get(name: str) -> Component:
    """The component of that name. Raises ComponentError when there is none."""
    try:
        return _components[name]
    except KeyError:
        raise ComponentError(f'There is no component "{name}". There are: {", ".join(sorted(_components))}.') from None


def every() -> list[Component]:
    """All components, in the order of the gallery."""
    return list(_components.values())
