"""Letters to people without e-mail, one on a sheet, and who else tells them that something waits."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actions.without_email import set_contact
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import WITHOUT_EMAIL, contact_of
from alongside.foundation.identity.rules import CODE_LASTS
from alongside.foundation.identity.terms import GONE
from alongside.foundation.ui.components.tables import Column
from alongside.people import queries
from alongside.people.actions.letters import make_codes
from alongside.people.forms.without_email import LettersFilter, NameContact
from alongside.people.queries.without_email import as_unreached, unreached

A_PAGE, MOST_LETTERS = 50, 200


@access.requires("people.manage", methods="GET")
def letters(request: HttpRequest) -> HttpResponse:
    """The people without e-mail: who has a code, for whom something waits, and the way to their letters."""
    form = LettersFilter(request.GET)
    page = Paginator(unreached(request.actor, **form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = as_unreached(list(page.object_list))
    labels = {"state": _("Joined"), "code": _("Code on a letter"), "waits": _("Waits for them")}
    columns = [_("Name"), *labels.values(), Column(_("Choose"), hidden=True)]
    context = {"form": form, "page": page, "labels": labels, "columns": columns, "narrowed": bool(form.chosen())}
    return render(request, "people/letters.html", context)


@access.requires("people.manage", methods="POST")
def print_letters(request: HttpRequest) -> HttpResponse:
    """The letters of the ticked people, to be printed now. With `code` each bears a new code, shown only here."""
    refs = [ref for ref in request.POST.getlist("person") if ref.isalpha()]
    chosen = list(unreached(request.actor).filter(ref__in=refs).select_related("organisation")[:MOST_LETTERS])
    codes: dict[int, str] = {}
    left_out: list[tuple[str, str]] = []
    try:
        if request.POST.get("what") == "code":
            made = make_codes(chosen, by=request.actor)
            codes, left_out = made.codes, made.left_out
        elif not chosen:
            raise NotPossible(_("Tick the people first whose letters you want to print."))
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("people:letters")
    written = [_letter(held, codes.get(held.person.pk, "")) for held in as_unreached(chosen)]
    with_code = request.POST.get("what") == "code"
    context = {"letters": [one for one in written if one["code"] or not with_code], "left_out": left_out}
    return render(request, "people/print_letters.html", context)


def _letter(held: Any, code: str) -> dict[str, Any]:
    organisation = held.person.organisation
    address = settings.SITE_URL + reverse("people:by_number_at", args=[organisation.slug])
    until = clock.now() + CODE_LASTS
    return {"held": held, "organisation": organisation, "address": address, "code": code, "until": until}


@access.requires("people.manage")
def contact(request: HttpRequest, ref: str) -> HttpResponse:
    """Naming who tells somebody without e-mail that something waits."""
    person = access.fetch(queries.visible_to(request.actor).filter(WITHOUT_EMAIL).exclude(state__in=GONE), ref=ref)
    members = Membership.objects.filter(organisation=request.actor.organisation).exclude(state__in=GONE)
    present = contact_of(person)
    said = {"person": (present.work_address or present.employee_number) if present else ""}
    form = NameContact(request.POST if request.method == "POST" else None, members=members, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            set_contact(person, form.cleaned_data["person"], by=request.actor)
        except NotPossible as reason:
            form.add_error("person", str(reason))
        else:
            messages.success(request, _("It is kept."))
            return redirect("people:person", person.ref)
    return render(request, "people/contact.html", {"person": person, "form": form})
