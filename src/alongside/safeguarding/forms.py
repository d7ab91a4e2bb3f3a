"""Forms of concerns: raising one, and what whoever handles it does."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.events.refs import LENGTH, new_ref
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.relationships.models import Relationship
from alongside.safeguarding import queries, rules
from alongside.safeguarding.actions import Written
from alongside.safeguarding.models import Case, Signpost
from alongside.safeguarding.terms import LONGEST, CaseState, Closing, Decision, SignpostKind


def _text(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea)


class RaiseForm(Form):
    """What somebody is worried about. Only what happened is needed."""

    happened = _text(
        _("What happened?"),
        _("What you saw or heard yourself, or what you were told: then in the words in which it was said."),
        required=True,
    )
    about = forms.MultipleChoiceField(
        label=_("Whom is it about?"),
        help_text=_("Whoever you tick never comes to see this, also if they handle concerns here."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = _text(_("Anybody else, in your own words"), _("Names, or how you would know them."))
    when_where = _text(_("When and where was it, and who else was there?"))
    opinion = _text(
        _("What do you think of it yourself?"),
        _("Apart from what happened, so that whoever reads it can tell the two from each other."),
    )
    urgent = forms.BooleanField(label=_("Somebody could come to harm in the next days"), required=False)
    ref = forms.RegexField(rf"^[a-z]{{{LENGTH}}}$", widget=forms.HiddenInput(), initial=new_ref)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = {held.ref: held for held in queries.people_around(actor)}
        choices = [(ref, held.name) for ref, held in self.around.items() if ref != actor.ref]
        self.fields["about"].choices = [*choices, (actor.ref, _now("Me: I am worried about myself"))]  # type: ignore[attr-defined]
        label = access.label("safeguarding.read_report")
        self.readers = dict.fromkeys(("happened", "people", "when_where", "opinion"), label)

    def about_whom(self) -> list[Membership]:
        """Those who were ticked."""
        return [self.around[ref] for ref in self.cleaned_data["about"]]

    def written(self) -> Written:
        """What was written, as the action takes it."""
        return Written(**{name: self.cleaned_data[name] for name in (*queries.REPORT, "urgent")})


def draft_words(data: QueryDict) -> dict[str, Any]:
    """The fields of a posted form that a draft keeps."""
    kept = {name: data.getlist(name) for name in RaiseForm.base_fields if name in data}
    return {name: values if name == "about" else values[-1] for name, values in kept.items() if values}


class AddForm(Form):
    """Something more, by whoever raised it."""

    words = _text(_("What do you want to add?"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"words": access.label("safeguarding.read_report")}


class CaseFilter(FilterForm):
    """Which cases are listed."""

    show = forms.ChoiceField(
        label=_("Show"), choices=[("", _("All")), ("open", _("Open")), ("closed", _("Closed"))]
    )  # fmt: skip


class Deed(Form):
    """Something that is done in a case. Two forms stand on one page, so each names its fields apart."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)
        self.case = case


class ToRaiser(Deed):
    """Words to whoever raised it."""

    words = _text(_("What do you write to them?"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"words": access.label("safeguarding.read_report")}


class FirstAnswer(ToRaiser):
    """The first answer, with words to begin from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        begun = _now(
            "Thank you for writing this down. I have read it and will look after it. "
            "I tell only those who must know, and I write to you here about what happens next."
        )
        super().__init__(*args, **{"initial": {"words": begun}, **kwargs})


class Noted(Deed):
    """Something to be noted."""

    words = _text(_("Note"), _("Facts, and who said or did what; what you make of it marked as such."), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"words": (1, _("Only whoever handles this case can read this"))}


_WAYS = {
    CaseState.REFERRED: _("It is passed on to another body"),
    CaseState.MONITORING: _("Watch over it from here on"),
}


class WayOn(Noted):
    """Which step is taken, and why."""

    step = forms.ChoiceField(label=_("What next?"), widget=forms.RadioSelect)
    words = _text(
        _("Why, and what exactly"),
        _("Where you pass it on: to which body and person, when, and under which reference of theirs."),
        required=True,
    )
    field_order = ["step", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = {step.key: step for step in rules.steps(self.case.state)}
        self.fields["step"].choices = [(key, self._words(step)) for key, step in self.ways.items()]  # type: ignore[attr-defined]

    def _words(self, step: rules.Step) -> str:
        if self.case.state == CaseState.CLOSED:
            return _now("Open it again, and watch over it")
        if step.to == CaseState.TRIAGED:
            return _now("Decide: %(what)s") % {"what": _lower(Decision(step.code).label)}
        if step.to == CaseState.CLOSED:
            return _now("Close it: %(why)s") % {"why": _lower(Closing(step.code).label)}
        return str(_WAYS[CaseState(step.to)])

    def chosen(self) -> rules.Step:
        """The step that was chosen."""
        return self.ways[self.cleaned_data["step"]]


def _lower(words: Any) -> str:
    said = str(words)
    return said[:1].lower() + said[1:]


class Named(Deed):
    """Somebody else whom it is about."""

    who = forms.CharField(label=_("Their whole name, or their work e-mail"), max_length=254)

    def clean_who(self) -> str:
        """One person of this organisation, or what is the matter."""
        said: str = self.cleaned_data["who"]
        found = queries.find_member(self.case.organisation, said)
        if len(found) != 1:
            nobody, several = (
                _("Nobody of that name is in this organisation."),
                _("Two have that name: take the e-mail."),
            )
            words = several if found else nobody
            raise ValidationError(words)
        self.member = found[0]
        return said


class ThePair(Deed):
    """A pair of somebody concerned."""

    pair = forms.CharField(max_length=LENGTH, widget=forms.HiddenInput)

    def clean_pair(self) -> str:
        """A pair that is there."""
        about = [held.pk for held in queries.concerned(self.case)]
        found = queries.pairs.holds.pairs_of(about).filter(ref=self.cleaned_data["pair"]).first()
        if found is None:
            raise ValidationError(_("Only meetings of those whom this is about can be put on hold."))
        self.relationship: Relationship = found
        return found.ref


class ThePerson(Deed):
    """Somebody whom it is about."""

    person = forms.CharField(max_length=LENGTH, widget=forms.HiddenInput)

    def clean_person(self) -> str:
        """One of them."""
        found = [held for held in queries.concerned(self.case) if held.ref == self.cleaned_data["person"]]
        if not found:
            raise ValidationError(_("This is about nobody of that name."))
        self.member = found[0]
        return found[0].ref


class SignpostsForm(Form):
    """Whom people can turn to: a name and how to reach them, for each kind."""

    def __init__(self, *args: Any, held: list[Signpost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = {one.kind: one for one in held}
        for kind in SignpostKind:
            one = before.get(kind)
            name = forms.CharField(label=kind.label, max_length=100, required=False, initial=one.name if one else "")
            reach = forms.CharField(
                label=_now("How to reach them: %(whom)s") % {"whom": _lower(kind.label)},
                max_length=100,
                required=False,
                initial=one.reach if one else "",
            )
            self.fields |= {f"{kind}_name": name, f"{kind}_reach": reach}

    def clean(self) -> dict[str, Any]:
        """A name has a way to reach it, and the other way round."""
        cleaned: dict[str, Any] = super().clean() or {}
        for kind in SignpostKind:
            name, reach = cleaned.get(f"{kind}_name"), cleaned.get(f"{kind}_reach")
            if name and not reach:
                self.add_error(f"{kind}_reach", _("Say how to reach them: a number, or an address."))
            if reach and not name:
                self.add_error(f"{kind}_name", _("Say who that is."))
        return cleaned

    def said(self) -> dict[str, tuple[str, str]]:
        """Name and way by kind."""
        return {
            kind.value: (self.cleaned_data[f"{kind}_name"], self.cleaned_data[f"{kind}_reach"])
            for kind in SignpostKind
        }  # fmt: skip
