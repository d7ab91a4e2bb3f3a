"""The organisation's words for skills: the list, one of them, merging and taking back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.people import actions
from alongside.people.forms.skills import MergeForm, VocabularyFilter, WordForm
from alongside.people.models import Skill, SkillMerge
from alongside.people.queries import skills as queries
from alongside.people.terms import SkillState

A_PAGE = 50


@access.requires("people.curate_skills")
def skills(request: HttpRequest) -> HttpResponse:
    """The vocabulary: search, filter, fifty a page; the ticked words, or all that are found, are accepted."""
    filters = VocabularyFilter(request.GET)
    chosen = filters.chosen()
    sort = request.GET.get("sort", "name")
    found = queries.search(request.actor, **chosen, sort=sort)
    if request.method == "POST":
        return _accept(request, found)
    labels = {"state": _("State"), "offered": _("Offer it"), "wanted": _("Want it")}
    columns = [
        Column(_("Word"), sort="name"),
        labels["state"],
        Column(labels["offered"], sort="offered", num=True),
        Column(labels["wanted"], sort="wanted", num=True),
        Column(_("Choose"), hidden=True),
    ]
    context = {"form": filters, "page": Paginator(found, A_PAGE).get_page(request.GET.get("page"))}
    context |= {"columns": columns, "labels": labels, "sort": sort, "narrowed": bool(chosen)}
    context |= {"waiting": queries.proposed(request.actor).count()}
    return render(request, "people/skills.html", context)


def _accept(request: HttpRequest, found: Any) -> HttpResponse:
    able = found.filter(state=SkillState.PROPOSED)
    if not request.POST.get("all"):
        able = found.filter(ref__in=[ref for ref in request.POST.getlist("skill") if ref.isalpha()])
    count = actions.accept_skills(able, organisation=request.actor.organisation, by=request.actor)
    if count:
        words = ngettext("%(count)s word is accepted.", "%(count)s words are accepted.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Tick the words to accept first."))
    return redirect(request.get_full_path())


@access.requires("people.curate_skills")
def add(request: HttpRequest) -> HttpResponse:
    """Put a word into the vocabulary."""
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_skill(
                form.cleaned_data["name"], organisation=request.actor.organisation, by=request.actor
            )
        except NotPossible as reason:
            form.add_error("name", str(reason))
        else:
            messages.success(request, _("“%(word)s” is in the vocabulary.") % {"word": made.name})
            return redirect("people:skills")
    return render(request, "people/add_skill.html", {"form": form})


def _skill(request: HttpRequest, ref: str) -> Skill:
    return access.fetch(queries.counted(queries.visible_to(request.actor)).select_related("organisation"), ref=ref)


@access.requires("people.curate_skills")
def skill(request: HttpRequest, ref: str) -> HttpResponse:
    """One word: what it is called, how many hold it, other words for it, what was merged into it."""
    held = _skill(request, ref)
    form = WordForm(
        request.POST if request.method == "POST" else None, initial={"name": held.name}, label=_("What it is called")
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_skill(held, form.cleaned_data["name"], by=request.actor)
        except NotPossible as reason:
            form.add_error("name", str(reason))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:skill", ref)
    merged = list(queries.merges_into(held))
    context = {"skill": held, "form": form, "merges": merged, "merged": {merge.word_id for merge in merged}}
    return render(request, "people/skill.html", context | {"word_form": WordForm(label=_("Another word for it"))})


def _try(request: HttpRequest, ref: str, words: str, action: Callable[..., Any], *args: Any) -> HttpResponse:
    try:
        action(*args, by=request.actor)
        messages.success(request, words)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("people:skill", ref)


@access.requires("people.curate_skills", methods="POST")
def accept_skill(request: HttpRequest, ref: str) -> HttpResponse:
    """Accept a word that was proposed, or take a retired one up again."""
    held = _skill(request, ref)
    able = Skill.objects.filter(pk=held.pk)
    actions.accept_skills(able, organisation=held.organisation, by=request.actor)
    messages.success(request, _("“%(word)s” is accepted: it is suggested from now on.") % {"word": held.name})
    return redirect("people:skill", ref)


@access.requires("people.curate_skills")
def retire_skill(request: HttpRequest, ref: str) -> HttpResponse:
    """Suggest a word no more, after asking."""
    held = _skill(request, ref)
    if request.method == "POST":
        words = _("“%(word)s” is retired. Whoever has it keeps it.") % {"word": held.name}
        return _try(request, ref, words, actions.retire_skill, held)
    return render(request, "people/retire_skill.html", {"skill": held})


@access.requires("people.curate_skills", methods="POST")
def add_word(request: HttpRequest, ref: str) -> HttpResponse:
    """Another word for a skill."""
    held, form = _skill(request, ref), WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter a word of 80 characters at most."))
        return redirect("people:skill", ref)
    name = form.cleaned_data["name"]
    words = _("“%(word)s” leads to “%(skill)s” from now on.") % {"word": name, "skill": held.name}
    return _try(request, ref, words, actions.add_other_word, held, name)


@access.requires("people.curate_skills", methods="POST")
def remove_word(request: HttpRequest, ref: str, word: str) -> HttpResponse:
    """Let another word lead nowhere any more."""
    held = _skill(request, ref)
    other = access.fetch(Skill.objects.filter(same_as=held).select_related("organisation", "same_as"), ref=word)
    words = _("“%(word)s” leads nowhere any more.") % {"word": other.name}
    return _try(request, ref, words, actions.remove_other_word, other)


@access.requires("people.curate_skills")
def merge_skill(request: HttpRequest, ref: str) -> HttpResponse:
    """Make a word another word for a skill, after saying what would happen."""
    held = _skill(request, ref)
    form = MergeForm(request.POST if request.method == "POST" else None, skill=held)
    context = {"skill": held, "form": form, "words": queries.suggestions(held.organisation)}
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            merge = actions.merge_skills(held, into, by=request.actor)
        except NotPossible as reason:
            form.add_error("into", str(reason))
        else:
            said = {"word": held.name, "skill": merge.into.name}
            messages.success(request, _("“%(word)s” is another word for “%(skill)s” now.") % said)
            return redirect("people:skill", into.ref)
    return render(request, "people/merge_skill.html", context)


@access.requires("people.curate_skills", methods="POST")
def undo_merge(request: HttpRequest, ref: str, word: str) -> HttpResponse:
    """Take a merger back."""
    held = _skill(request, ref)
    merges = SkillMerge.objects.filter(into=held).select_related("word__organisation", "into")
    merge = access.fetch(merges, word__ref=word)
    words = _("“%(word)s” is a word of its own again.") % {"word": merge.word.name}
    return _try(request, ref, words, actions.undo_merge, merge)
