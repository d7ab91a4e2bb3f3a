"""`{% load guidance %}`: `{{ text|markdown }}` and `{% for block in text|blocks %}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from alongside.guidance import rules

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Guidance's Markdown as safe HTML."""
    from alongside.guidance import markdown as reader  # noqa: PLC0415 -- only what is to be read needs its 3 MB

    return mark_safe(reader.html(text))  # noqa: S308 -- cleaned by nh3


@register.filter
def blocks(text: str) -> tuple[rules.Block, ...]:
    """A rendered clause in paragraphs and lists."""
    return rules.blocks(text)
