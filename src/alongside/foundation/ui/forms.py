"""Forms in our look: the renderer that every form uses, and the bases that ours add."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator, ProhibitNullCharactersValidator
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Readers(NamedTuple):
    """Who can read what is written into a field: how many (four stands for four or more), and in words."""

    count: int
    words: str | Promise


class BoundField(forms.BoundField):
    """A field on a page: knows its readers, names its hint, readers and error to screen readers."""

    @property
    def data(self) -> Any:
        value = super().data
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    @property
    def readers(self) -> Readers | None:
        """From the field's own attribute `readers`, else from the form's mapping of that name."""
        given = getattr(self.field, "readers", None) or getattr(self.form, "readers", {}).get(self.name)
        return Readers(*given) if given else None

    @property
    def readers_id(self) -> str:
        """Where the readers stand: beside the field, or (`readers_at`) said once for several fields."""
        return getattr(self.field, "readers_at", "") or f"{self.auto_id}_readers"

    @property
    def aria_describedby(self) -> str | None:
        named = super().aria_describedby
        if named is None or not (self.readers or hasattr(self.field, "readers_at")) or self.is_hidden:
            return named
        return f"{named} {self.readers_id}".strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden and not isinstance(widget, _PLAIN):
            attrs["placeholder"] = False  # what a field wants stands in its label and hint, and stays there
            attrs["class"] = f"{widget.attrs.get('class', '')} control".strip()
        if isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows")) == "10":
            attrs["rows"] = "3"
        return attrs


class Renderer(DjangoTemplates):
    """Renders forms and fields with our components, widgets with Django's own templates.

    Django's takes two more templates for each choice of a select; ours is one for all of them.
    """

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = BoundField

    def get_template(self, template_name: str) -> Any:
        if template_name == "django/forms/widgets/select.html":
            template_name = "ui/forms/select.html"
        if template_name.startswith("django/"):
            return super().get_template(template_name)
        return loader.get_template(template_name)


class NoControlCharacters:
    """Refuses what no keyboard writes: NUL and other control characters, which break exports and mails."""

    message = _("There is a character here that cannot be shown (%(name)s). Delete it, or type the words again.")

    def __init__(self, lines: bool) -> None:
        self.kept = "\n\t" if lines else ""

    def __call__(self, value: str) -> None:
        for character in value:
            if unicodedata.category(character) in {"Cc", "Cs"} and character not in self.kept:
                raise ValidationError(self.message, code="control", params={"name": f"U+{ord(character):04X}"})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoControlCharacters) and self.kept == other.kept

    __hash__ = None  # type: ignore[assignment]


class EntriesInput(forms.Widget):
    """A line for each entry, and some to spare; `words` are suggested, and need no script for it."""

    template_name = "ui/forms/entries.html"
    words: Sequence[str] = ()

    def __init__(self, attrs: dict[str, Any] | None = None, *, least: int = 6, spare: int = 3) -> None:
        super().__init__(attrs)
        self.least, self.spare = least, spare

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Every line that was sent, empty ones too."""
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, ()))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The lines, each with an id of its own."""
        context = super().get_context(name, value, attrs)
        held = [entry for entry in value or () if entry]
        lines = [*held, *[""] * max(self.spare, self.least - len(held))]
        return context | {"lines": lines, "words": self.words, "given": context["widget"]["attrs"]}

    def id_for_label(self, id_: str) -> str:
        """No single line: the field has a legend."""
        return ""


class EntriesField(forms.Field):
    """Some short entries, as a list of texts without empty ones."""

    widget = EntriesInput
    default_error_messages = {
        "too_long": _("“%(entry)s…” is longer than %(most)d characters."),
        "too_many": _("List at most %(most)d things."),
    }

    def __init__(self, *, longest: int = 80, most: int = 30, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest, self.most = longest, most
        self.widget.attrs["maxlength"] = longest

    def to_python(self, value: Any) -> list[str]:
        """The entries in the order given."""
        return [entry for given in value or () if (entry := str(given).strip())]

    def validate(self, value: list[str]) -> None:
        """Each short enough and of characters that can be shown, and not too many."""
        super().validate(value)
        for entry in value:
            NoControlCharacters(lines=False)(entry)
            if len(entry) > self.longest:
                raise ValidationError(
                    self.error_messages["too_long"], "too_long", {"entry": entry[:20], "most": self.longest}
                )
        if len(value) > self.most:
            raise ValidationError(self.error_messages["too_many"], "too_many", {"most": self.most})


_REQUIRED = _("Fill this in.")
_CHOOSE = _("Choose one.")
_WORDS: list[tuple[type[forms.Field], dict[str, Any]]] = [
    (forms.Field, {"required": _REQUIRED}),
    (forms.ChoiceField, {"required": _CHOOSE, "invalid_choice": _("Choose one from the list.")}),
    (forms.ModelChoiceField, {"required": _CHOOSE, "invalid_choice": _("Choose one from the list.")}),
    (forms.MultipleChoiceField, {"required": _("Choose one or more.")}),
    (forms.ModelMultipleChoiceField, {"required": _("Choose one or more.")}),
    (forms.BooleanField, {"required": _("Tick this to go on.")}),
    (forms.DateField, {"required": _("Choose a date."), "invalid": _("Enter a whole date: day, month and year.")}),
    (forms.TimeField, {"required": _("Choose a time."), "invalid": _("Enter a time, for example 14:30.")}),
    (forms.IntegerField, {"invalid": _("Enter a whole number.")}),
    (forms.DecimalField, {"invalid": _("Enter a number.")}),
    (forms.EmailField, {"invalid": _("Enter an e-mail address, for example name@example.org.")}),
    (forms.URLField, {"invalid": _("Enter a whole address, for example https://example.org/page.")}),
    (
        forms.FileField,
        {
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
    ),
]


class PlainForm:
    """What `Form` and `ModelForm` share: plain sentences, clean text, date and time pickers, readers labels."""

    readers: Mapping[str, tuple[int, str | Promise]] = {}
    fields: dict[str, forms.Field]
    label_suffix: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)


class Form(PlainForm, forms.Form):
    """The base of our forms."""


class ModelForm(PlainForm, forms.ModelForm):
    """The base of our forms on a model."""


class FilterForm(Form):
    """The controls above a list: nothing is required, and a bad value filters nothing."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data or {}, *args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def chosen(self) -> dict[str, Any]:
        """The filters that are set and sound, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


def prepare(field: forms.Field) -> None:
    """Gives one field our sentences, our checks of text, and the picker for its kind."""
    for kind, words in _WORDS:
        if isinstance(field, kind):
            for code, sentence in words.items():
                if _is_default(field, code):
                    field.error_messages[code] = sentence
    if isinstance(field, forms.CharField):
        _prepare_text(field)
    if isinstance(field.widget, forms.DateInput):
        field.widget.input_type, field.widget.format = "date", "%Y-%m-%d"
    elif isinstance(field.widget, forms.TimeInput):
        field.widget.input_type, field.widget.format = "time", "%H:%M"
    elif isinstance(field.widget, forms.DateTimeInput):
        field.widget.input_type, field.widget.format = "datetime-local", "%Y-%m-%dT%H:%M"


def _is_default(field: forms.Field, code: str) -> bool:
    """Whether the sentence is Django's own, or already ours for a wider kind, and not the form's."""
    current = field.error_messages.get(code)
    ours = [words[code] for kind, words in _WORDS if code in words]
    defaults = [vars(kind).get("default_error_messages", {}).get(code) for kind in type(field).__mro__]
    return any(current is known for known in [*ours, *defaults])


def _prepare_text(field: forms.CharField) -> None:
    field.validators = [v for v in field.validators if not isinstance(v, ProhibitNullCharactersValidator)]
    for index, validator in enumerate(field.validators):
        if type(validator) is MaxLengthValidator:
            message = _("Keep this to %(limit_value)d characters. It has %(show_value)d.")
            field.validators[index] = MaxLengthValidator(validator.limit_value, message)
        elif type(validator) is MinLengthValidator:
            message = _("Write at least %(limit_value)d characters. It has %(show_value)d.")
            field.validators[index] = MinLengthValidator(validator.limit_value, message)
    field.validators.insert(0, NoControlCharacters(lines=isinstance(field.widget, forms.Textarea)))
