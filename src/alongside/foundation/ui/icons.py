"""The small pictures of the sprite."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.foundation.ui.registry import ComponentError

ICONS = {
    "done", "due", "overdue", "waiting", "empty", "early", "paused", "held", "lock", "swap", "on", "down", "mail",
    "print", "add", "search",
}  # fmt: skip


def icon(name: str, turns: bool = False) -> SafeString:
    """A small picture from the sprite, hidden from screen readers because the word stands beside it."""
    if name not in ICONS:
        raise ComponentError(f'There is no icon "{name}". There are: {", ".join(sorted(ICONS))}.')
    return _drawn(name, turns)


@cache
def _drawn(name: str, turns: bool) -> SafeString:
    kind = "icon icon-turns" if turns else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', kind, static("ui/sprite.svg"), name
    )
