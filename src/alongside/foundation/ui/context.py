"""What the page frame needs on every page: who is here, where they can go, and who runs this copy."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from alongside.foundation.hooks import NavigationItem, navigation, ways_in
from alongside.foundation.identity.devices import is_known


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor. The frame is worked out when a template first asks for it, so fragments pay nothing."""
    return {"frame": SimpleLazyObject(lambda: frame(request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Everything around the content of a page. Makes no query of its own beyond those of the navigation."""
    actor = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    organisation = actor.organisation if actor else getattr(request, "invited_by", None)
    return {
        "actor": actor,
        "organisation": organisation,
        "name": actor.membership.name if actor else _nobody(request) if signed_in else "",
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "items": _items(request, actor) if actor else [],
        "menu": _menu(actor) if signed_in else [],
        "switch": _others(request, actor),
        "sign_out": address("account_logout") if signed_in else "",
        "sign_in": "" if signed_in or request.path == address("account_login") else address("account_login"),
        "known_device": partial(is_known, request),  # this and the next are asked where a page shows them
        "ways_in": _ways_in,
        "links": _links(request, actor, organisation),
        "mails": address("notifications:mails") if settings.SHOW_MAIL else "",
        "mail_goes": bool(settings.MAIL_URL or settings.SHOW_MAIL),
        "show_mail": settings.SHOW_MAIL,
    }


def _ways_in() -> list[NavigationItem]:
    return sorted((item for give in ways_in for item in give()), key=lambda item: item.weight)


def _nobody(request: HttpRequest) -> str:
    """Whoever is signed in and acts for no organisation: by their address, or where they have none by their name."""
    held = getattr(request, "memberships", [])
    return getattr(request.user, "email", "") or (held[0].name if held else _("You"))


def address(name: str) -> str:
    """The address of a named page; empty where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _items(request: HttpRequest, actor: Any) -> list[dict[str, Any]]:
    """The main menu. The entry whose address is the longest beginning of this page's is the present one."""
    items = navigation.items(actor)
    begins = [item.link for item in items if request.path == item.link or _within(request.path, item.link)]
    present = max(begins, key=len, default=None)
    return [{"words": item.words, "url": item.link, "current": item.link == present} for item in items]


def _within(path: str, link: str) -> bool:
    return link != "/" and link.endswith("/") and path.startswith(link)


def _menu(actor: Any) -> list[dict[str, str]]:
    of_member = [
        ("relationships:expected", _("What is expected of you")),
        ("people:own_profile", _("Your profile")),
        ("notifications:preferences", _("Your mail")),
    ]
    pages = [
        *(of_member if actor else []),
        ("organisations:own_settings", _("Your settings")),
        ("usersessions_list", _("Where you are signed in")),
    ]
    return [{"words": words, "url": url} for name, words in pages if (url := address(name))]


def _others(request: HttpRequest, actor: Any) -> list[dict[str, str]]:
    url = address("organisations:switch")
    others = [held for held in getattr(request, "memberships", []) if not actor or held.ref != actor.ref]
    return [
        {
            "words": _("Go to %(organisation)s") % {"organisation": held.organisation.name},
            "url": url, "name": "ref", "value": held.ref,
        }
        for held in others if url
    ]  # fmt: skip


def _links(request: HttpRequest, actor: Any, organisation: Any) -> list[dict[str, str]]:
    """Where the foot leads. A page for somebody invited names their organisation, and where they read its notice."""
    pages = [("who_may_read_what", _("Who may read what"))]
    if actor:
        pages.append(("safeguarding:raise", _("Worried about something?")))
    links = [{"words": words, "url": url} for name, words in pages if (url := address(name))]
    contact = organisation.privacy_contact if organisation else ""
    if url := getattr(request, "notice_url", "") or address("organisations:privacy_notice"):
        words = _("Privacy notice") if contact else _("Privacy notice, questions and complaints")
        links.append({"words": words, "url": url})
    if contact:
        links.append({"words": _("Questions or complaints about your data"), "url": f"mailto:{contact}"})
    return links
