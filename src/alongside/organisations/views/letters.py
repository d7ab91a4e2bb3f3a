"""What mails say: the list of all, one of them with its preview, writing it in one's own words."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications import letters as rules
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications import registry, rendering
from alongside.foundation.notifications.actions import wording as actions
from alongside.organisations.forms.letters import LetterForm
from alongside.organisations.queries import letters as queries

FRAMES = {"frame-src": [SELF]}
ALONE = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    **dict.fromkeys(("script-src", "img-src", "font-src", "connect-src")),
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": [],
}


@access.requires("organisations.letters", methods="GET")
def letters(request: HttpRequest) -> HttpResponse:
    """Every mail that Alongside sends, and whose words it has."""
    languages = outbox.languages_of(request.actor.organisation)
    chosen = request.GET.get("language", "")
    language = chosen if chosen in dict(languages) else languages[0][0]
    with translation.override(language):
        context = {
            "all": queries.all_letters(request.actor, language),
            "language": language,
            "languages": languages if len(languages) > 1 else [],
            "may_change": access.may(request.actor, "organisations.change_letters"),
            "columns": [_("When it goes"), _("To whom"), _("Its words")],
            "labels": {"whom": _("To whom"), "words": _("Its words")},
        }
    return render(request, "organisations/letters.html", context)


def _context(request: HttpRequest, key: str, language: str) -> dict[str, Any]:
    letter, languages = queries.find(request.actor, key, language)
    kept = queries.kept(request.actor, letter, language)
    return {
        "letter": letter,
        "kind": registry.words_of(letter.kind),
        "kept": kept,
        "language": language,
        "languages": [(code, words) for code, words in languages.items() if code != language],
        "language_name": languages[language] if len(languages) > 1 else "",
        "may_change": access.may(request.actor, "organisations.change_letters"),
    }


def _shown(request: HttpRequest, context: dict[str, Any], which: str) -> rendering.Shown:
    wording = queries.wording(context["kept"], which)
    with translation.override(context["language"]):
        return rendering.preview(context["letter"], wording, request.actor.organisation, {})


@access.requires("organisations.letters", methods="GET")
@csp_update(FRAMES)
def letter(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """What one mail says now, as it would be read; and what it said before."""
    context = _context(request, letter, language)
    context |= {
        "shown": _shown(request, context, "now"),
        "versions": queries.versions(request.actor, context["letter"], language),
        "broken": queries.is_broken(context["letter"], context["kept"]),
    }
    return render(request, "organisations/letter.html", context)


@access.requires("organisations.change_letters")
def write_letter(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """Own words for one mail. Saving sends nothing, and changes no mail yet."""
    context = _context(request, letter, language)
    held, kept = context["letter"], context["kept"]
    with translation.override(language):
        ours = held.ours
    begins = kept.draft or kept.in_force
    wording = ours if begins is None or request.GET.get("ours") else begins.wording
    form = LetterForm(request.POST if request.method == "POST" else None, letter=held, wording=wording)
    if request.method == "POST" and form.is_valid():
        actions.draft_words(held, language, form.wording(), by=request.actor)
        return redirect("organisations:letter_draft", held.key, language)
    return render(request, "organisations/write_letter.html", context | {"form": form})


@access.requires("organisations.change_letters")
@csp_update(FRAMES)
def letter_draft(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """What was written, as it would be read, and using it from now on."""
    context = _context(request, letter, language)
    held, kept = context["letter"], context["kept"]
    if request.method == "POST":
        return _use(request, held, language)
    if kept.draft is None:
        return redirect("organisations:write_letter", held.key, language)
    context |= {"shown": _shown(request, context, "draft"), "seen": rules.digest(kept.draft.wording)}
    return render(request, "organisations/letter_draft.html", context)


def _use(request: HttpRequest, held: rules.Letter, language: str) -> HttpResponse:
    try:
        actions.use_words(held, language, seen=request.POST.get("seen", ""), by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("organisations:letter_draft", held.key, language)
    messages.success(request, _("From now on this mail says what you wrote."))
    return redirect("organisations:letter", held.key, language)


@access.requires("organisations.change_letters", methods="POST")
def discard_letter(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """Throw away what was written."""
    held, _languages = queries.find(request.actor, letter, language)
    actions.discard_words(held, language, by=request.actor)
    messages.success(request, _("Thrown away. The mail says what it said before."))
    return redirect("organisations:letter", held.key, language)


@access.requires("organisations.change_letters")
def our_words(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """Back to what Alongside says, after asking."""
    context = _context(request, letter, language)
    if request.method == "POST":
        try:
            actions.end_words(context["letter"], language, by=request.actor)
            messages.success(request, _("From now on this mail says what Alongside says."))
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("organisations:letter", letter, language)
    with translation.override(language):
        ours = rendering.preview(context["letter"], None, request.actor.organisation, {})
    return render(request, "organisations/our_words.html", context | {"shown": ours})


@access.requires("organisations.letters", methods="POST")
def try_letter(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """Send it to myself."""
    held, _languages = queries.find(request.actor, letter, language)
    which = "draft" if request.POST.get("which") == "draft" else "now"
    wording = queries.wording(queries.kept(request.actor, held, language), which)
    try:
        mail = actions.try_out(held, language, wording, by=request.actor)
        words = _("It is on its way to %(address)s, with “Trial” in its subject.")
        messages.success(request, words % {"address": mail.to_address})
    except NotPossible as reason:
        messages.error(request, str(reason))
    back = "organisations:letter_draft" if which == "draft" else "organisations:letter"
    return redirect(back, held.key, language)


@access.requires("organisations.letters", methods="GET")
@xframe_options_sameorigin
@csp_replace(ALONE)
def letter_shown(request: HttpRequest, letter: str, language: str, which: str) -> HttpResponse:
    """The mail itself, as a mail program shows it: in a frame of the pages above, where nothing in it acts."""
    if which not in ("now", "draft"):
        raise Http404
    context = _context(request, letter, language)
    return HttpResponse(_shown(request, context, which).html)
