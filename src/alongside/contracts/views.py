"""The agreement: reading it, writing it, showing it for signing, signing, changing it."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.contracts import actions, forms, queries
from alongside.contracts.models import Version
from alongside.contracts.queries import Agreement, Deed
from alongside.contracts.terms import VersionState
from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance import Unfilled
from alongside.relationships.queries import own_pair, pair
from alongside.relationships.terms import State


@access.requires("contracts.read", methods="GET")
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """The newest version that can be read; while there is none, the draft, or the page that begins one."""
    held = queries.agreement(pair(request.actor, ref))
    # A coordinator can read nothing of a version before both have signed it, so theirs is the one that holds.
    shown = held.newest_shown if held.pair.standing.part else held.in_force or held.newest_shown
    if shown:
        return _deed(request, held, shown)
    if held.draft and held.pair.standing.part:
        return redirect("contracts:preview" if held.pair.may_write else "relationships:pair", ref)
    context = {"held": held, "pair": held.pair, "may_open": _may_open(held)}
    context["elsewhere"] = queries.agreed_elsewhere(held.pair.relationship)
    return render(request, "contracts/not_yet.html", context)


def _may_open(held: Agreement) -> bool:
    return held.pair.may_write and held.pair.relationship.state != State.PROPOSED


@access.requires("contracts.read", methods="GET")
def version(request: HttpRequest, ref: str, version_ref: str) -> HttpResponse:
    """Any version that has been shown, with what it changed."""
    held = queries.agreement(pair(request.actor, ref))
    found = access.fetch(Version.objects.filter(contract=held.contract, proposed_at__isnull=False), ref=version_ref)
    return _deed(request, held, next(one for one in held.versions if one.pk == found.pk))


def _deed(request: HttpRequest, held: Agreement, shown: Version, form: forms.Sign | None = None) -> HttpResponse:
    # What is signed reads and prints clean; what is to be signed shows what it would change.
    marked = shown.state == VersionState.PROPOSED or "changes" in request.GET
    deed = queries.deed(request.actor, held, shown, marked=marked)
    my_part = held.pair.standing.part
    may_sign = shown.state == VersionState.PROPOSED and held.pair.may_write and deed.is_readable
    may_sign = may_sign and my_part not in queries.signed_parts(shown)
    if may_sign and form is None:
        proof = actions.showing(shown, deed.hashes, to=request.actor)
        form = forms.Sign(actions.intent(shown), initial={"shown": proof.token()})
    context = {
        "deed": deed,
        "held": held,
        "pair": held.pair,
        "version": shown,
        "may_sign": may_sign,
        "form": form if may_sign else None,
        "may_change": held.pair.may_write and shown == held.newest_shown and not held.draft,
        "my_name": deed.parties.get(my_part, ""),
        "before": held.compared_with(shown) if my_part and not deed.against else None,
        "signatures": _signatures(held, deed),
    }
    return render(request, "contracts/deed.html", context)


def _signatures(held: Agreement, deed: Deed) -> list[dict[str, Any]]:
    given = {one.part: one for one in deed.version.signatures.all()}
    mine, open_for = held.pair.standing.part, deed.version.state == VersionState.PROPOSED
    parties = (("mentee", held.pair.mentee, _("mentee")), ("mentor", held.pair.mentor, _("mentor")))
    return [
        {
            "who": f"{deed.parties.get(part, person.name)}, {words}",
            "hand": deed.parties.get(part, person.name),
            "short": person.short_name,
            "given": given.get(part),
            "state": "signed" if part in given else "mine" if part == mine and open_for else "open",
        }
        for part, person, words in parties
    ]


@access.requires("contracts.write", methods="POST")
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Open the agreement."""
    try:
        actions.open_agreement(own_pair(request.actor, ref), by=request.actor)
    except NotPossible as reason:
        return _refused(request, ref, reason)
    return redirect("contracts:edit", ref)


def _refused(request: HttpRequest, ref: str, reason: NotPossible) -> HttpResponse:
    messages.error(request, str(reason))
    return redirect("contracts:agreement", ref)


@access.requires("contracts.write")
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the draft. What is saved stays, half written or whole."""
    held = queries.agreement(own_pair(request.actor, ref))
    if held.draft is None or not held.pair.may_write:
        return redirect("contracts:agreement", ref)
    if request.method == "POST":
        return _save(request, held, held.draft)
    initial = queries.answers(held.draft) | {"revision": held.draft.revision}
    return _editing(request, held, held.draft, _form(held, held.draft, initial=initial, whole=True))


def _form(held: Agreement, draft: Version, *args: Any, whole: bool, **kwargs: Any) -> forms.Draft:
    partner = held.pair.partner.short_name
    private = access.label("contracts.read_private", partner=partner)
    shared = access.label("contracts.read_shared", partner=partner)
    return forms.Draft(queries.clause_set(draft), private, shared, *args, whole=whole, **kwargs)


def _editing(request: HttpRequest, held: Agreement, draft: Version, form: forms.Draft) -> HttpResponse:
    return render(request, "contracts/edit.html", {"form": form, "held": held, "pair": held.pair, "draft": draft})


def _save(request: HttpRequest, held: Agreement, draft: Version) -> HttpResponse:
    stay = request.POST.get("then") == "stay"
    form = _form(held, draft, request.POST, whole=not stay)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.save_draft(held.pair, revision=revision, answers=form.answers, by=request.actor)
            if stay:
                words = _("Saved. %(name)s can go on from here too.")
                messages.success(request, words % {"name": held.pair.partner.short_name})
            return redirect("contracts:edit" if stay else "contracts:preview", held.pair.ref)
        except actions.Overtaken as overtaken:
            other = overtaken.version
            form.show_other(other.changed_by.short_name, queries.answers(other), other.revision)
        except NotPossible as reason:
            return _refused(request, held.pair.ref, reason)
    return _editing(request, held, draft, form)


@access.requires("contracts.write", methods="GET")
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft as it would be frozen, both parts side by side."""
    held = queries.agreement(own_pair(request.actor, ref))
    if held.draft is None or not held.pair.may_write:
        return redirect("contracts:agreement", ref)
    try:
        with hooks.assembling():  # the draft and what it replaces are sealed with the same key
            deed = queries.preview(held, held.draft)
    except Unfilled:
        return redirect("contracts:edit", ref)
    private, shared = deed.layers
    other = {clause.key: clause for clause in shared.clauses}
    rows = [(clause, other.pop(clause.key, None)) for clause in private.clauses]
    rows += [(None, clause) for clause in other.values()]
    context = {"deed": deed, "held": held, "pair": held.pair, "draft": held.draft, "rows": rows}
    columns = [_("Clause"), _("Between the two of you"), _("Shared part")]
    context |= {"private": private, "shared": shared, "columns": columns}
    return render(request, "contracts/preview.html", context)


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


@access.requires("contracts.write", methods="POST")
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """Freeze the draft and show it to both for signing."""
    seen = own_pair(request.actor, ref)
    try:
        actions.propose(seen, revision=_revision(request), by=request.actor)
    except Unfilled:
        return redirect("contracts:edit", ref)
    except NotPossible as reason:
        return _refused(request, ref, reason)
    messages.success(request, _("%(name)s is told, and can read and sign it.") % {"name": seen.partner.short_name})
    return redirect("contracts:agreement", ref)


@access.requires("contracts.sign", methods="POST")
def sign(request: HttpRequest, ref: str, version_ref: str) -> HttpResponse:
    """Sign the version that stood on the page."""
    seen = own_pair(request.actor, ref)
    held = queries.agreement(seen)
    if all(one.ref != version_ref for one in held.versions):
        raise Http404  # no version of this pair's
    found = next((one for one in held.versions if one.ref == version_ref and one.proposed_at), None)
    form = forms.Sign(actions.intent(found) if found else "", request.POST)
    if found == held.proposed and found and not form.is_valid():
        return _deed(request, held, found, form)
    try:
        shown = actions.read_showing(request.POST.get("shown", "")[:2000])
        actions.sign(seen, version_ref, shown=shown, method=_method(request), by=request.actor)
        messages.success(request, _("Signed. Thank you."))
    except actions.SignedAlready as reason:
        messages.info(request, str(reason))
    except NotPossible as reason:
        return _refused(request, ref, reason)
    return redirect("contracts:agreement", ref)


def _method(request: HttpRequest) -> str:
    """How the signer had signed in, as far as the session knows."""
    records = get_authentication_records(request, request.user)
    methods = dict.fromkeys(str(record.get("method", "")) for record in records)
    return "+".join(method for method in methods if method)[:60] or "session"


@access.requires("contracts.write", methods="POST")
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin the next version."""
    try:
        actions.ask_change(own_pair(request.actor, ref), by=request.actor)
    except NotPossible as reason:
        return _refused(request, ref, reason)
    return redirect("contracts:edit", ref)


@access.requires("contracts.write")
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Leave an agreement as it is signed, after asking."""
    held = queries.agreement(own_pair(request.actor, ref))
    if held.draft is None or held.in_force is None or not held.pair.may_write:
        return redirect("contracts:agreement", ref)
    if request.method == "POST":
        try:
            actions.drop_draft(held.pair, revision=_revision(request), by=request.actor)
            messages.success(request, _("The agreement stays as you both signed it."))
        except NotPossible as reason:
            return _refused(request, ref, reason)
        return redirect("contracts:agreement", ref)
    return render(request, "contracts/drop.html", {"held": held, "pair": held.pair, "draft": held.draft})
