"""The privacy notice: read by everybody, written by administrators and privacy officers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.organisations import notice as rules
from alongside.organisations.actions import notice as actions
from alongside.organisations.forms.notice import NoticeForm
from alongside.organisations.models import PrivacyNotice
from alongside.organisations.queries import notice as queries


@access.requires(access.PUBLIC)
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """The notice in force: of one's organisation, or of the only one here. Members say that they have read it."""
    if request.actor is None:
        if request.method == "POST":
            raise Http404
        organisation = queries.only_organisation()
        held = queries.current(organisation) if organisation else None
        return _show(request, held, organisation, can_note=False)
    held, seen = queries.current_for(request.actor)
    if request.method == "POST":
        return _note(request, held)
    return _show(request, held, request.actor.organisation, can_note=not seen)


def _note(request: HttpRequest, held: PrivacyNotice | None) -> HttpResponse:
    if held is None or request.POST.get("notice") != held.ref:
        messages.info(request, _("There is a newer version. Read that one."))
        return redirect("organisations:privacy_notice")
    actions.note_shown(request.actor.membership, held, by=request.actor)
    messages.success(request, _("Noted. You find it at the foot of every page."))
    return redirect("/")


def _show(request: HttpRequest, held: PrivacyNotice | None, organisation: Any, *, can_note: bool) -> HttpResponse:
    context = {"held": held, "organisation": organisation, "can_note": can_note, "parts": held.parts if held else []}
    if can_note and held:
        context["changed"] = _changed_since(request, held)
    if request.actor:
        context["versions"] = queries.visible_to(request.actor).order_by("-version")
    return render(request, "organisations/privacy_notice.html", context)


def _changed_since(request: HttpRequest, held: PrivacyNotice) -> list[str]:
    """Which parts differ from what the reader was shown before."""
    before = queries.last_shown(request.actor.membership)
    return rules.changed(before.notice.parts, held.parts) if before else []


@access.requires("organisations.read_notice", methods="GET")
def notice_version(request: HttpRequest, ref: str) -> HttpResponse:
    """An earlier version, as it was."""
    held = access.fetch(queries.visible_to(request.actor), ref=ref)
    context = {"held": held, "organisation": request.actor.organisation, "can_note": False, "parts": held.parts}
    context["versions"] = queries.visible_to(request.actor).order_by("-version")
    return render(request, "organisations/privacy_notice.html", context)


@access.requires("organisations.notice")
def write_notice(request: HttpRequest) -> HttpResponse:
    """The next version, part by part. Saving shows nobody anything."""
    organisation, draft = request.actor.organisation, queries.draft_of(request.actor)
    held = queries.current(organisation)
    ours = actions.default_sections(organisation)
    begins = ours if request.GET.get("ours") or not (draft or held) else (draft or held).parts
    form = NoticeForm(request.POST if request.method == "POST" else None, sections=begins)
    if request.method == "POST" and form.is_valid():
        actions.draft_notice(form.sections(), by=request.actor)
        return redirect("organisations:preview_notice")
    context = {"form": form, "draft": draft, "held": held, "reach": queries.reach(held) if held else None}
    return render(request, "organisations/write_notice.html", context)


@access.requires("organisations.notice")
def preview_notice(request: HttpRequest) -> HttpResponse:
    """How people will see it, what changes, and publishing it."""
    draft = queries.draft_of(request.actor)
    if request.method == "POST":
        try:
            made = actions.publish_notice(seen=request.POST.get("seen", ""), by=request.actor)
            words = _("Version %(number)s is in force. Everybody is asked to read it.") % {"number": made.version}
            messages.success(request, words)
        except NotPossible as reason:
            messages.error(request, str(reason))
            return redirect("organisations:write_notice")
        return redirect("organisations:privacy_notice")
    if draft is None:
        return redirect("organisations:write_notice")
    held = queries.current(request.actor.organisation)
    context = {
        "parts": draft.parts,
        "organisation": request.actor.organisation,
        "seen": rules.digest(draft.parts),
        "changed": rules.changed(held.parts, draft.parts) if held else [],
        "held": held,
        "reach": queries.reach(held) if held else None,
    }
    return render(request, "organisations/preview_notice.html", context)


@access.requires("organisations.notice", methods="POST")
def discard_notice(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    actions.discard_draft(by=request.actor)
    messages.success(request, _("The draft is thrown away. The notice in force stays as it is."))
    return redirect("organisations:write_notice")
