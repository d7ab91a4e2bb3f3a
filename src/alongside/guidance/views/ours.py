"""An organisation's own edition while it is written: part by part, then what changes, then saved."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance import actions, adapting, changes, forms, pages, queries, samples
from alongside.guidance.views.reading import language_of

A_PAGE = 20
View = Callable[..., HttpResponse]


def _asked_once(view: View) -> View:
    """What a page that only reads asks for several times is asked once; whoever writes asks anew."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        with hooks.assembling():
            return view(request, *args, **kwargs)

    return page


def _begun(request: HttpRequest, kind: str, key: str) -> dict[str, Any]:
    """What the actor writes on. Raises 404 for what cannot be adapted."""
    try:
        return queries.begun(request.actor, kind, key)
    except guidance.NotFound:
        raise Http404 from None


def _in_force(request: HttpRequest, kind: str, key: str) -> dict[str, Any]:
    try:
        return queries.in_force(request.actor, kind, key)
    except guidance.NotFound:
        raise Http404 from None


@access.requires("guidance.write", methods="GET")
@_asked_once
def overview(request: HttpRequest) -> HttpResponse:
    """Every document that can be adapted, and how it stands."""
    ours = queries.ours(request.actor.organisation.pk, language_of(request))
    begun = {(one.kind, one.key) for one in queries.drafts_visible_to(request.actor)}
    rows = []
    for kind, key in adapting.adaptable():
        held = ours.held(kind, key)
        rows.append({"page": pages.page_of(held.document), "held": held, "begun": (kind, key) in begun})
    return render(request, "guidance/ours.html", {"rows": rows})


@access.requires("guidance.write", methods="GET")
@_asked_once
def desk(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One document: its parts to change, what is begun, and every edition so far."""
    content, base = _begun(request, kind, key), _in_force(request, kind, key)
    different = {one.key: one.what for one in changes.differences(base, content)}
    editions = Paginator(queries.history(request.actor, kind, key), A_PAGE).get_page(request.GET.get("page"))
    held = queries.ours(request.actor.organisation.pk, language_of(request)).held(kind, key)
    context = {
        "page": pages.page_of(content),
        "held": held,
        "draft": queries.draft_of(request.actor, kind, key),
        "parts": [(part, changes.name_of(part), different.get(part["key"], "")) for part in adapting.parts_of(content)],
        "head_changed": "" in different,
        "removed": [one for one in changes.differences(base, content) if one.what == "removed"],
        "editions": editions,
        "may_remove": adapting.ADAPTABLE[kind].removes,
    }
    return render(request, "guidance/desk.html", context)


@access.requires("guidance.write")
@_asked_once
def head(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The title and the introduction."""
    content = _begun(request, kind, key)
    if not adapting.ADAPTABLE[kind].head:
        raise Http404
    form = forms.HeadForm(content, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _keep(request, form, form.written()):
        return redirect("guidance:desk", kind, key)
    return render(request, "guidance/head.html", {"form": form, "page": pages.page_of(content)})


@access.requires("guidance.write")
@_asked_once
def add(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A new part."""
    content = _begun(request, kind, key)
    if not adapting.ADAPTABLE[kind].adds:
        raise Http404
    return _part(request, content, None)


@access.requires("guidance.write")
@_asked_once
def part(request: HttpRequest, kind: str, key: str, part: str) -> HttpResponse:
    """One part; one that was taken out and not saved yet is put back by keeping it."""
    content = _begun(request, kind, key)
    held = adapting.part_of(content, part) or adapting.part_of(_in_force(request, kind, key), part)
    if held is None:
        raise Http404
    return _part(request, content, held)


def _part(request: HttpRequest, content: dict[str, Any], held: dict[str, Any] | None) -> HttpResponse:
    kind, key = content["kind"], content["key"]
    form = forms.PARTS[kind](content, held, request.POST if request.method == "POST" else None)
    following = _next(content, held)
    if request.method == "POST" and form.is_valid() and _keep(request, form, adapting.with_part(content, form.part())):
        if request.POST.get("then") == "next" and following:
            return redirect("guidance:part", kind, key, following)
        return redirect("guidance:desk", kind, key)
    page = pages.page_of(content)
    context = {
        "form": form,
        "page": page,
        "part": held,
        "heading": changes.name_of(held) if held else page.add,
        "following": following,
        "number": next((n for n, one in enumerate(adapting.parts_of(content), 1) if one == held), 0),
        "of": len(adapting.parts_of(content)),
        "may_remove": page.shape.removes and held is not None and adapting.part_of(content, held["key"]) is not None,
    }
    return render(request, f"guidance/part_{kind}.html", context)


def _next(content: dict[str, Any], held: dict[str, Any] | None) -> str:
    keys = [one["key"] for one in adapting.parts_of(content)]
    place = keys.index(held["key"]) + 1 if held and held["key"] in keys else len(keys)
    return keys[place] if place < len(keys) else ""


def _keep(request: HttpRequest, form: forms.PartForm, content: dict[str, Any]) -> bool:
    try:
        actions.keep_draft(content, by=request.actor)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("Kept for you. It counts once you save the edition."))
    return True


@access.requires("guidance.write")
@_asked_once
def remove(request: HttpRequest, kind: str, key: str, part: str) -> HttpResponse:
    """Take a situation out, after asking."""
    content = _begun(request, kind, key)
    held = adapting.part_of(content, part)
    if held is None or not adapting.ADAPTABLE[kind].removes:
        raise Http404
    if reason := adapting.why_not_remove(content):
        messages.info(request, _(reason))
        return redirect("guidance:desk", kind, key)
    if request.method == "POST":
        actions.keep_draft(adapting.without_part(content, part), by=request.actor)
        messages.success(request, _("“%(name)s” is taken out of your draft.") % {"name": changes.name_of(held)})
        return redirect("guidance:desk", kind, key)
    context = {"page": pages.page_of(content), "name": changes.name_of(held)}
    return render(request, "guidance/remove.html", context)


@access.requires("guidance.write", methods="POST")
def discard(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Forget what was begun."""
    _in_force(request, kind, key)
    actions.drop_draft(kind, key, by=request.actor)
    messages.success(request, _("What you had begun is gone. What counts is as it was."))
    return redirect("guidance:desk", kind, key)


@access.requires("guidance.write")
@_asked_once
def preview(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What changes, how answers would come out, and saving it as a new edition."""
    base = _in_force(request, kind, key)
    content, newest = _begun(request, kind, key), queries.history(request.actor, kind, key).first()
    if adapting.same(base, content):
        messages.info(request, _("There is nothing to save: your guidance says that already."))
        return redirect("guidance:desk", kind, key)
    seen = newest.number if newest else 0
    form = forms.SaveForm(request.POST if request.method == "POST" else None, seen=seen)
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_edition(content, by=request.actor, **form.cleaned_data)
        except actions.DoesNotFit as found:
            form.add_error(None, str(found))
            problems = [_problem(content, one) for one in found.problems]
        except NotPossible as reason:
            form = _again(request, form, reason, seen)
        else:
            messages.success(request, _("Saved. From now on your organisation goes by it."))
            return redirect("guidance:desk", kind, key)
    context = {"form": form, "page": pages.page_of(content), "differences": changes.differences(base, content)}
    return render(request, "guidance/preview.html", context | {"problems": problems} | _tried(request, base, content))


def _again(request: HttpRequest, form: forms.SaveForm, reason: NotPossible, seen: int) -> forms.SaveForm:
    """The form once more with what was typed, ready to be sent by whoever has now read what is newest."""
    data = request.POST.copy()
    data["seen"] = str(seen)
    fresh = forms.SaveForm(data, seen=seen)
    fresh.add_error(None, str(reason))
    return fresh


def _problem(content: dict[str, Any], problem: guidance.Problem) -> dict[str, Any]:
    """A problem with the way to it in words, and where it is mended."""
    way = problem.field.split("/")
    held = next((part for part in adapting.parts_of(content) if part["key"] in way), None)
    models = {one["key"]: one["name"] for one in content.get("options", ())}
    named = [changes.name_of(held)] if held else []
    named += [models[step] for step in way if step in models]
    said = _(problem.said) % problem.values if problem.values else _(problem.said)
    address = (content["kind"], content["key"])
    url = reverse("guidance:part", args=[*address, held["key"]]) if held else reverse("guidance:desk", args=address)
    return {"where": ", ".join(named), "said": said, "url": url}


def _tried(request: HttpRequest, base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """For a table: what sample answers give before and after, and answers of one's own."""
    if content["kind"] != "fit":
        return {}
    try:
        before, after = (cast("guidance.Fit", guidance.load(one)) for one in (base, content))
    except guidance.Invalid:
        return {}
    answering = forms.AnswersForm(after, request.GET if request.method == "GET" else {})
    answers = answering.answers() if answering.is_valid() else {}
    found = samples.samples(before, after)
    return {
        "samples": found,
        "changing": sum(one.changes for one in found),
        "answering": answering,
        "compared": samples.compared(before, after, answers),
        "asked": bool(answers),
    }
