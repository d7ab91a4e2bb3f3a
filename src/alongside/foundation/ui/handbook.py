"""The list of components in docs/building/ui.md, written from their declarations."""

from alongside.foundation.ui import registry
from alongside.foundation.ui.registry import Component, Prop

BEGIN, END = "<!-- components: written by `alongside write_ui_docs` -->\n", "<!-- end of components -->\n"


def with_components(page: str) -> str:
    """The page with the part between its two marks written anew. Raises ValueError when a mark is missing."""
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return page[:start] + "\n".join(["", *map(_entry, registry.every()), ""]) + page[end:]


def _entry(component: Component) -> str:
    lines = [f"### {component.name}", "", component.about, ""]
    lines += [_prop(name, prop) for name, prop in component.props.items()]
    takes = [f"slot `{name}`" for name in component.slots]
    if component.content:
        takes.insert(0, "content")
    if takes:
        lines.append(f"- takes {', '.join(takes)}")
    lines += ["", "```", *(example.source for example in component.examples[:3]), "```", ""]
    return "\n".join(lines)


def _prop(name: str, prop: Prop) -> str:
    notes: list[str] = [prop.kind]
    if prop.required:
        notes.append("required")
    if prop.default not in (None, ""):
        notes.append(f"else `{prop.default}`")
    if prop.allowed:
        notes.append("one of " + " ".join(f"`{value}`" for value in prop.allowed))
    return f"- `{name}` ({', '.join(notes)}){': ' + prop.about if prop.about else ''}"
