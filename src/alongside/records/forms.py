"""Forms of complaints: writing one, choosing who reads it, and what is done with it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.events.refs import LENGTH, new_ref
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.records import rules
from alongside.records.actions.complaining import Complained
from alongside.records.queries import complaints as queries
from alongside.records.terms import LONGEST, ComplaintKind, Outcome

_REF = rf"^[a-z]{{{LENGTH}}}\Z"


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea)


def _ref() -> forms.RegexField:
    return forms.RegexField(_REF, widget=forms.HiddenInput(), initial=new_ref)


_ASKED = {
    ComplaintKind.QUESTION: (
        _("What do you ask?"),
        _("What happened or could happen, and what you are unsure about. Names are not needed."),
    ),
    ComplaintKind.COMPLAINT: (_("What happened?"), _("What you saw or heard yourself, when and where.")),
    ComplaintKind.DATA: (
        _("What is the matter with how your data is used?"),
        _("Which data, what is done with it or was not done, and since when you know."),
    ),
}
_ABOUT = {
    ComplaintKind.QUESTION: _("Has it to do with one of them?"),
    ComplaintKind.COMPLAINT: _("Whom is it about?"),
    ComplaintKind.DATA: _("Is it about one of them?"),
}


class WriteForm(Form):
    """What somebody asks or complains of. Only the first field is needed."""

    happened = _text("")
    wanted = _text(_("What would put it right?"), required=False)
    about = forms.MultipleChoiceField(
        help_text=_("Whoever you tick never comes to see this, also if they come to handle complaints later."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ref = _ref()

    def __init__(self, *args: Any, actor: Actor, kind: ComplaintKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.around = {held.ref: held for held in queries.people_around(actor)}
        self.fields["happened"].label, self.fields["happened"].help_text = _ASKED[kind]
        about = self.fields["about"]
        about.label = _ABOUT[kind]
        about.choices = [(ref, held.name) for ref, held in self.around.items()]  # type: ignore[attr-defined]
        if kind == ComplaintKind.QUESTION:
            del self.fields["wanted"]
        if not self.around:
            del self.fields["about"]
        label = access.label("records.complaint_draft")
        self.readers = dict.fromkeys(("happened", "wanted"), (label.figures, _now("Only you, until you send it")))

    def about_whom(self) -> list[Membership]:
        """Those who were ticked."""
        return [self.around[ref] for ref in self.cleaned_data.get("about", [])]

    def written(self) -> Complained:
        """What was written, as the action takes it."""
        said = {name: self.cleaned_data[name] for name in queries.TEXTS if name in self.cleaned_data}
        return Complained(self.kind, **said)


def ref_in(data: QueryDict) -> str:
    """The ref of a posted form; empty where it is none that we gave."""
    said = data.get("ref", "")
    return said if re.fullmatch(_REF, said) else ""


def draft_words(data: QueryDict) -> dict[str, Any]:
    """The fields of a posted form that a draft keeps."""
    kept = {name: data.getlist(name) for name in WriteForm.base_fields if name in data}
    kept["ref"] = [ref_in(data) or new_ref()]
    return {name: values if name == "about" else values[-1] for name, values in kept.items() if values}


class ReadersForm(Form):
    """Who is to read it."""

    to = forms.ChoiceField(label=_("Who reads it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, open_to: Sequence[queries.Readers], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_to = open_to
        to = self.fields["to"]
        to.choices = [(readers.key, readers.words) for readers in open_to]  # type: ignore[attr-defined]
        if len(open_to) == 1:  # nothing to choose: their names stand on the page
            to.widget, to.initial = forms.HiddenInput(), open_to[0].key


class SendForm(ReadersForm):
    """The last look before it is sent."""

    ref = _ref()


class Deed(Form):
    """Something that is done with a complaint. Several forms stand on one page, so each names its fields apart."""

    def __init__(self, *args: Any, opened: queries.Opened, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)
        self.opened = opened


class Words(Deed):
    """A message."""

    words = _text(_("What do you write?"))
    ref = _ref()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"words": _both(self.opened)}


def _both(opened: queries.Opened) -> tuple[int, str]:
    names = [held.name for held in [opened.complaint.writer, *opened.handlers]]
    said = _now("%(names)s can read this") % {"names": ", ".join(names)}
    return len(names), said


class First(Words):
    """The first answer, with words to begin from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        begun = _now("Thank you for writing. I have read it, and you hear from me here about what happens next.")
        super().__init__(*args, **{"initial": {"words": begun}, **kwargs})


def _seen() -> forms.CharField:
    """How far whoever acts has read: to this message."""
    return forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput())


class Close(Deed):
    """The end."""

    seen = _seen()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.opened.last_word


class Answer(Words):
    """The answer, and what came of it."""

    outcome = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    words = _text(_("Your answer"), _("What you found, why you judge it so, and what is done about it."))
    seen = _seen()
    field_order = ["outcome", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.opened.last_word
        held = rules.outcomes(self.opened.complaint.kind)
        outcome = self.fields["outcome"]
        outcome.choices = [(one.value, one.label) for one in held]  # type: ignore[attr-defined]
        if held == [Outcome.PLAIN_ANSWER]:
            outcome.widget, outcome.initial = forms.HiddenInput(), held[0].value
            self.fields["words"].help_text = ""


def answer_words(data: QueryDict) -> dict[str, str]:
    """The fields of a posted answer that a draft keeps: not `seen`, which is as far as its author reads next time."""
    return {name: data[name] for name in ("words", "outcome") if data.get(name)}


class ThePerson(Deed):
    """Somebody whom it is about."""

    person = forms.CharField(max_length=LENGTH, widget=forms.HiddenInput)

    def clean_person(self) -> str:
        """One of them."""
        found = {one.membership.ref: one.membership for one in self.opened.about}
        ref: str = self.cleaned_data["person"]
        if ref not in found:
            raise forms.ValidationError(_("This is about nobody of that name."))
        self.member = found[ref]
        return ref


class HandledFilter(FilterForm):
    """Which complaints are listed."""

    show = forms.ChoiceField(label=_("Show"), choices=[("", _("All")), ("open", _("Open")), ("ended", _("Closed"))])
