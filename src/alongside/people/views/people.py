"""The list of people, one person, one's own profile, adding and inviting."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access, hooks, notifications
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import contact_of, invitable_from
from alongside.foundation.identity.terms import GONE, MembershipState
from alongside.foundation.ui.components.tables import Column
from alongside.foundation.ui.paging import LongPaginator
from alongside.people import actions, forms, queries, rules
from alongside.people.queries import directory, own_fields, room
from alongside.people.terms import DayPart, WayToMeet
from alongside.people.words import left_out, moment

A_PAGE, MOST_AT_ONCE = 50, 500
_INVITABLE = (MembershipState.LISTED, MembershipState.INVITED)


@access.requires("people.manage", methods="GET")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody in the organisation: search, filter, fifty a page."""
    form = forms.PeopleFilter(request.GET, **queries.choices(request.actor.organisation))
    sort = "-name" if request.GET.get("sort") == "-name" else "name"
    found = queries.search_people(request.actor, **form.chosen(), sort=sort)
    page = LongPaginator(queries.as_listed(found), A_PAGE).get_page(request.GET.get("page"))
    labels = {"work": _("Work"), "place": _("Where"), "state": _("Joined")}
    choose = Column(_("Choose"), hidden=True)
    columns = [Column(_("Name"), sort="name"), labels["work"], labels["place"], labels["state"], choose]
    context = {
        "form": form, "page": page, "sort": sort, "labels": labels, "columns": columns, "narrowed": bool(form.chosen()),
        "invitable": _INVITABLE,
    }  # fmt: skip
    return render(request, "people/people.html", context)


@access.requires("people.manage")
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody by hand."""
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_person(organisation=request.actor.organisation, by=request.actor, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("%(name)s is on the list. Nothing has been sent.") % {"name": made.name})
            return redirect("people:person", made.ref)
    return render(request, "people/add.html", {"form": form})


@access.requires("people.manage")
def invite(request: HttpRequest) -> HttpResponse:
    """Invite the ticked people, or everybody who was never invited: first who they are, then the mails.

    More people than an address holds are sent with `look`: they are shown, and nothing goes out.
    """
    given = request.POST if request.method == "POST" else request.GET
    able = queries.visible_to(request.actor).filter(state__in=_INVITABLE).exclude(work_address="")
    if given.get("all"):
        chosen = able.filter(state=MembershipState.LISTED)
    else:
        chosen = able.filter(ref__in=[ref for ref in given.getlist("person") if ref.isalpha()])
    chosen = list(chosen.select_related("organisation").order_by("name", "id")[:MOST_AT_ONCE])
    if request.method == "POST" and not given.get("look"):
        return _invite(request, chosen, _back(given))
    again = invitable_from(chosen)
    context = {
        "chosen": chosen,
        "to_invite": [person for person in chosen if person.pk not in again],
        "waiting": [(person, moment(again[person.pk])) for person in chosen if person.pk in again],
        "all": given.get("all", ""),
        "back": _back(given),
        "can_deliver": notifications.can_deliver(),
    }
    return render(request, "people/invite.html", context)


def _back(given: Mapping[str, str]) -> str:
    """The list that one came from, by an address of this site alone; else that of everybody."""
    back = given.get("back", "")
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_here else reverse("people:people")


def _invite(request: HttpRequest, chosen: list[Membership], back: str) -> HttpResponse:
    try:
        done = actions.invite(chosen, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect(back)
    count = len(done.people)
    words = ngettext("%(count)s person is invited.", "%(count)s people are invited.", count)
    messages.success(request, words % {"count": count})
    if done.left_out:
        messages.info(request, left_out([(held.name, again) for held, again in done.left_out]))
    return redirect(back)


@access.requires("people.directory", methods="GET")
def person(request: HttpRequest, ref: str) -> HttpResponse:
    """One person, as far as the viewer may see, and what later packages show of them."""
    shown = directory.fetch(request.actor, ref)
    membership = shown.membership
    manages = access.may(request.actor, "people.manage")
    is_self = membership.pk == request.actor.membership.pk
    can_invite = manages and membership.state in _INVITABLE and bool(membership.work_address)
    context = {
        "shown": shown,
        "manages": manages,
        "is_self": is_self,
        "facts": [
            *_work(shown),
            *_times(shown),
            *(_record(shown) if manages or is_self else ()),
            *_own_fields(request, shown),
            *(_links(membership, manages) if manages or is_self else ()),
        ],
        "can_invite": can_invite,
        "invite_reason": _invited_lately(membership) if can_invite else "",
        "panels": hooks.panels.shown("person", request.actor, membership),
        **(_without_email(membership) if manages else {}),
    }
    return render(request, "people/person.html", context)


def _without_email(membership: Membership) -> dict[str, Any]:
    """Who tells somebody without e-mail that something waits, for whoever prints their letters."""
    address = membership.account.email if membership.account else membership.work_address
    if address or membership.state in GONE:
        return {}
    return {"unreached": True, "contact": contact_of(membership)}


def _invited_lately(membership: Membership) -> str:
    """Why somebody cannot be invited just now; nothing when they can."""
    again = invitable_from([membership]).get(membership.pk)
    return _("Invited not long ago; again from %(when)s.") % {"when": moment(again)} if again else ""


Fact = dict[str, Any]


def _said(term: str, words: Any) -> list[Fact]:
    return [{"term": term, "words": str(words)}] if words else []


def _work(shown: queries.Person) -> list[Fact]:
    profile = shown.profile
    department = ", ".join(name for name in (profile.department, profile.team) if name)
    return [
        *_said(_("Department"), department),
        *_said(_("Grade"), profile.grade),
        *_said(_("Site"), profile.site),
        *_said(_("About their times"), profile.working_days),
        *_said(_("Languages"), ", ".join(profile.languages)),
        *_said(_("Interests"), ", ".join(profile.interests)),
    ]


def _times(shown: queries.Person) -> list[Fact]:
    """When somebody can usually meet, a line for each day, by their own clocks."""
    held = shown.times
    days = [
        f"{WEEKDAYS[day]}: {', '.join(str(DayPart(one.part).label) for one in parts)}"
        for day, parts in groupby(sorted(held, key=_by_day), key=lambda one: one.day)
    ]
    zone = _("(clocks of %(zone)s)") % {"zone": held[0].zone} if held else ""
    ways = ", ".join(str(way.label) for way in WayToMeet if way in shown.profile.ways_to_meet)
    return [*_said(_("Can usually meet"), "\n".join([*days, zone] if days else [])), *_said(_("Ways to meet"), ways)]


def _by_day(held: rules.Weekly) -> tuple[int, int]:
    return held.day, list(DayPart).index(DayPart(held.part))


def _record(shown: queries.Person) -> list[Fact]:
    """What only the person and whoever manages the list sees."""
    profile, count = shown.profile, shown.profile.roster_capacity
    role = profile.get_roster_role_display()
    if role and count is not None:
        places = ngettext("%(count)s place", "%(count)s places", count) % {"count": count}
        role = f"{role}, {places}"
    return [
        *_said(_("Work e-mail"), shown.membership.work_address),
        *_said(_("Employee number"), shown.membership.employee_number),
        *_said(_("Here since"), profile.start_date and date_format(profile.start_date, "DATE_FORMAT")),
        *_said(_("Said in the roster"), role),
        *_said(_("Mentees altogether, at most"), "" if profile.most_mentees is None else profile.most_mentees),
        *_said(_("Pause"), room.said_in(profile).pause_words),
    ]


def _own_fields(request: HttpRequest, shown: queries.Person) -> list[Fact]:
    if not getattr(shown.profile, "has_own_fields", False):  # told with the profile: most people have none
        return []
    said = own_fields.said_of(request.actor, shown.membership)
    return [fact for name, words in said for fact in _said(name, words)]


def _links(membership: Membership, manages: bool) -> list[Fact]:
    facts = []
    above, below = queries.above_and_below(membership, A_PAGE)
    for term, people in ((_("Line manager"), above), (_("Manages"), below)):
        for other in people:
            url = reverse("people:person", args=[other.ref]) if manages else ""
            facts.append({"term": term, "words": other.name, "url": url, "change": _("Look")})
    return facts
