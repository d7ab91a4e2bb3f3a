"""What a browser says of itself, in words that its owner knows."""

from django.utils.translation import gettext as _

_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux",
}  # fmt: skip


def in_words(agent: str) -> str:
    """ "Firefox on Windows"; what is not known is left out."""
    browser = next((words for sign, words in _BROWSERS.items() if sign in agent), "")
    system = next((words for sign, words in _SYSTEMS.items() if sign in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")
