"""Writing an organisation's own edition: a form for each kind of part, one for the head, one to save it by."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import Form, prepare
from alongside.guidance import Role, Side, adapting, pages
from alongside.guidance.rules import MARKS

LINE, SENTENCE, TEXT, MOST_DUTIES = 120, 400, 3000, 12
READERS_AT = "read-by"
FITS = [_("0: not at all"), _("1: a little"), _("2: fairly well"), _("3: well")]


def line(label: Any, hint: Any = "") -> forms.CharField:
    """One line of words."""
    return forms.CharField(label=label, help_text=hint, max_length=LINE)


def sentence(label: Any, hint: Any = "", most: int = SENTENCE) -> forms.CharField:
    """A sentence or two."""
    return forms.CharField(label=label, help_text=hint, max_length=most, widget=forms.Textarea)


class PartForm(Form):
    """The base: begins with a part of a document, or with nothing for a new one; gives the part as it is written.

    Who reads it is said once, beside the form.
    """

    readers_at = READERS_AT
    names: tuple[str, ...] = ()  # fields that are kept as they are written

    def __init__(
        self, content: Mapping[str, Any], part: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        self.content, self.was = content, dict(part or {})
        super().__init__(data, initial=self.first())
        self.add_fields()
        for field in self.fields.values():
            prepare(field)
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                field.readers_at = READERS_AT  # type: ignore[attr-defined]

    def first(self) -> dict[str, Any]:
        """What it begins with."""
        return {name: self.was.get(name, "") for name in self.names}

    def add_fields(self) -> None:
        """What depends on the document."""

    def clean(self) -> dict[str, Any]:
        """Lines end as they do in the shipped documents, so that untouched words do not look changed."""
        cleaned: dict[str, Any] = super().clean() or {}
        return {name: said.replace("\r\n", "\n") if isinstance(said, str) else said for name, said in cleaned.items()}

    @property
    def readers_words(self) -> access.Label:
        """Who reads what is written here, once it is saved."""
        return access.label("guidance.read_own")

    def part(self) -> dict[str, Any]:
        """The part as it is written, with a key of its own."""
        said = {name: self.cleaned_data[name] for name in self.names}
        taken = {one["key"] for one in adapting.parts_of(self.content)}
        key = self.was.get("key") or adapting.new_key(said["name"], taken)
        return {**self.was, **said, "key": key}


class SituationForm(PartForm):
    """One situation: what is asked, what the answers mean, and for each model how well it fits and why."""

    names = ("name", "question")
    name = line(_("Name"), _("In a few words, as it stands beside the numbers."))
    question = sentence(_("The question"))

    def first(self) -> dict[str, Any]:
        held = super().first()
        held |= {f"level_{mark}": words for mark, words in enumerate(self.was.get("levels", ()))}
        for key, cell in self.was.get("cells", {}).items():
            held |= {f"fit_{key}": str(cell["fit"]), f"why_{key}": cell["why"]}
        return held

    def add_fields(self) -> None:
        for mark in MARKS:
            self.fields[f"level_{mark}"] = line(_("What the answer %(mark)s means") % {"mark": mark})
        for option in self.content["options"]:
            said = {"model": option["name"]}
            self.fields[f"fit_{option['key']}"] = forms.TypedChoiceField(
                label=_("%(model)s: how well does it fit?") % said,
                choices=[(str(mark), words) for mark, words in enumerate(FITS)],
                coerce=int,
                widget=forms.RadioSelect,
            )
            self.fields[f"why_{option['key']}"] = sentence(_("%(model)s: why?") % said)

    @property
    def levels(self) -> list[Any]:
        """The fields of what the answers mean."""
        return [self[f"level_{mark}"] for mark in MARKS]

    @property
    def models(self) -> list[tuple[Any, Any]]:
        """For each model how well it fits, and why."""
        return [(self[f"fit_{one['key']}"], self[f"why_{one['key']}"]) for one in self.content["options"]]

    def part(self) -> dict[str, Any]:
        said = self.cleaned_data
        cells = {
            one["key"]: {"fit": said[f"fit_{one['key']}"], "why": said[f"why_{one['key']}"]}
            for one in self.content["options"]
        }
        return {**super().part(), "levels": [said[f"level_{mark}"] for mark in MARKS], "cells": cells}


class HidingForm(PartForm):
    """A part that can be left out, and is kept for those who have chosen it."""

    hidden = forms.BooleanField(
        label=_("Leave this out of our guidance"),
        help_text=_("Programmes that have chosen it keep it. You can bring it back at any time."),
        required=False,
    )

    def first(self) -> dict[str, Any]:
        return {**super().first(), "hidden": self.was.get("hidden", False)}

    def add_fields(self) -> None:
        if not self.was:
            del self.fields["hidden"]

    def part(self) -> dict[str, Any]:
        return {**super().part(), "hidden": self.cleaned_data.get("hidden", False)}


class BarrierForm(HidingForm):
    """One barrier. With whom it lies is said once: designs refer to it."""

    names = ("name", "shows", "remedy")
    field_order = ("side", "name", "shows", "remedy", "owner", "hidden")
    side = forms.ChoiceField(
        label=_("With whom does it lie?"),
        choices=[(side.value, _("The two together") if side is Side.PAIR else _(side.words)) for side in Side],
        widget=forms.RadioSelect,
    )
    name = line(_("What gets in the way"))
    shows = sentence(_("How it shows"))
    remedy = sentence(_("What helps"))
    owner = forms.ChoiceField(
        label=_("Who could see to it"),
        choices=[("", _("Nobody in particular")), *((role.value, _(role.words)) for role in Role)],
        required=False,
    )

    def first(self) -> dict[str, Any]:
        return {**super().first(), "owner": self.was.get("owner") or ""}

    def add_fields(self) -> None:
        super().add_fields()
        if self.was:
            del self.fields["side"]

    def part(self) -> dict[str, Any]:
        said = self.cleaned_data
        side = self.was.get("side") or said["side"]
        return {**super().part(), "side": side, "owner": said["owner"] or None}


class PurposeForm(HidingForm):
    """One purpose, and what each side may hope for."""

    names = ("name", "words", "mentee", "mentor", "organisation")
    field_order = (*names, "hidden")
    name = line(_("Purpose"))
    words = sentence(_("What it is"))
    mentee = sentence(_("What a mentee may hope for"))
    mentor = sentence(_("What a mentor may hope for"))
    organisation = sentence(_("What the organisation may hope for"))


class GoalToolForm(HidingForm):
    """One way to find a goal."""

    names = ("name", "words", "asks", "how", "gives", "needs")
    field_order = (*names, "hidden")
    name = line(_("Name"))
    words = sentence(_("What it is"))
    asks = sentence(_("What it asks for"), _("What somebody writes down or brings along."))
    how = sentence(_("How it goes"))
    gives = sentence(_("What it gives"), _("What somebody has in hand at its end."))
    needs = sentence(_("How it suits people"), _("Whom it helps, what can be left out, and what stays private."))


class ReviewMethodForm(HidingForm):
    """One way to see how it goes. Whose idea it was, and which questions belong to it, stays as it is."""

    names = ("name", "words", "how", "when", "who", "read_by", "suits", "caution")
    field_order = (*names, "hidden")
    name = line(_("Name"))
    words = sentence(_("What it is"))
    how = sentence(_("How it goes"))
    when = sentence(_("When"))
    who = forms.MultipleChoiceField(
        label=_("Who takes part"),
        choices=[(role.value, _(role.words)) for role in Role],
        widget=forms.CheckboxSelectMultiple,
    )
    read_by = sentence(_("Who reads it"))
    suits = sentence(_("What it suits"))
    caution = sentence(_("Where to take care"))

    def first(self) -> dict[str, Any]:
        return {**super().first(), "who": list(self.was.get("who", ()))}


class CompetenceForm(HidingForm):
    """One competence. Its group is said once: ratings stand by it."""

    names = ("name", "words", "shows", "learn")
    field_order = ("group", *names, "hidden")
    group = forms.ChoiceField(label=_("Where does it belong?"), widget=forms.RadioSelect)
    name = line(_("Name"))
    words = sentence(_("What it is"), _("What a mentor knows, is able to do, or is like."))
    shows = sentence(_("How it shows"))
    learn = forms.MultipleChoiceField(
        label=_("Where it is learnt"),
        help_text=_("Named to mentors who rate themselves low. Parts of your own training say for themselves."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hidden = forms.BooleanField(
        label=_("Leave this out of our guidance"),
        help_text=_("Mentors who have rated it keep that. You can bring it back at any time."),
        required=False,
    )

    def first(self) -> dict[str, Any]:
        return {**super().first(), "learn": list(self.was.get("learn", ()))}

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["learn"].choices = [(place.key, place.words) for place in pages.every_place()]  # type: ignore[attr-defined]
        groups = [(group["key"], group["name"]) for group in self.content["groups"]]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        if self.was:
            del self.fields["group"]

    def part(self) -> dict[str, Any]:
        return {**super().part(), "group": self.was.get("group") or self.cleaned_data["group"]}


class DutiesField(forms.CharField):
    """Some duties, each on a line of its own."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        """The lines, without empty ones and leading marks."""
        held = [row for said in super().clean(value).splitlines() if (row := said.strip().lstrip("-•* ").strip())]
        if len(held) > MOST_DUTIES:
            raise ValidationError(gettext("List at most %(most)d things.") % {"most": MOST_DUTIES})
        for number, row in enumerate(held, 1):
            if len(row) > SENTENCE:
                said = {"number": number, "most": SENTENCE, "length": len(row)}
                words = gettext("Line %(number)d has %(length)d characters. Keep it to %(most)d.")
                raise ValidationError(words % said)
        if not held:
            raise ValidationError(self.error_messages["required"], code="required")
        return held


class StageForm(PartForm):
    """What each role does at one stage: words only, every role has at least one duty."""

    names = ("summary",)
    summary = sentence(_("What this stage is about"))

    def first(self) -> dict[str, Any]:
        duties = {role: "\n".join(held) for role, held in self.was.get("duties", {}).items()}
        return {**super().first(), **duties}

    def add_fields(self) -> None:
        for role in Role:
            self.fields[role.value] = DutiesField(label=_(role.words), help_text=_("Each duty on a line of its own."))

    def part(self) -> dict[str, Any]:
        return {**super().part(), "duties": {role.value: self.cleaned_data[role.value] for role in Role}}


class PhaseForm(PartForm):
    """The words of one phase; its stages, and what shows that it is over, stay as they are."""

    names = ("name", "summary")
    name = line(_("Name"), _("Pairs read it on their path."))
    summary = sentence(_("What it is about"), most=TEXT)


PARTS: Mapping[str, type[PartForm]] = {
    "fit": SituationForm,
    "barriers": BarrierForm,
    "purposes": PurposeForm,
    "goal-tools": GoalToolForm,
    "review-methods": ReviewMethodForm,
    "competences": CompetenceForm,
    "duties": StageForm,
    "lifecycle": PhaseForm,
}


class HeadForm(PartForm):
    """The title and the introduction, where a document has them."""

    def first(self) -> dict[str, Any]:
        return {name: self.content[name] for name in self.head}

    def add_fields(self) -> None:
        for name in {"title", "name"} & set(self.head):
            self.fields[name] = line(_("Title"))
        self.fields["introduction"] = sentence(_("Introduction"), most=TEXT)

    @property
    def head(self) -> tuple[str, ...]:
        """What belongs to the head."""
        return adapting.ADAPTABLE[self.content["kind"]].head

    def written(self) -> dict[str, Any]:
        """The document with its head as it is written."""
        return {**self.content, **{name: self.cleaned_data[name] for name in self.head}}


class SaveForm(Form):
    """Why there is a new edition. `seen` is the newest one that stood on the page."""

    note = forms.CharField(
        label=_("What changes, and why?"),
        help_text=_("Whoever comes after you will want to know."),
        max_length=500,
        widget=forms.Textarea,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def __init__(self, data: Mapping[str, Any] | None = None, *, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        self.fields["note"].readers = access.label("guidance.write")  # type: ignore[attr-defined]


class GoBackForm(SaveForm):
    """Why an earlier edition counts again."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, seen: int) -> None:
        super().__init__(data, seen=seen)
        self.fields["note"].label = _("Why do you go back?")
