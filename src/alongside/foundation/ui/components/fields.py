"""Components that take something in: fields, forms, filters, a page that asks before it acts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseForm, BaseFormSet
from django.utils.html import format_html, format_html_join

from alongside.foundation.ui import samples
from alongside.foundation.ui.address import with_query
from alongside.foundation.ui.forms import EntriesInput
from alongside.foundation.ui.registry import Component, Example, Prop, register


def _field(values: dict[str, Any]) -> Mapping[str, Any]:
    field = values["field"]
    widget = field.field.widget
    kind = "line"
    if isinstance(widget, forms.CheckboxInput):
        kind = "box"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, EntriesInput):
        kind = "entries"
    given = values["readers"]
    fixed = field.field.disabled or widget.attrs.get("readonly")
    return {
        "kind": kind,
        "label": values["label"] or field.label,
        "optional": not field.field.required and not values["no_mark"] and not fixed,
        "readers": {"count": given[0], "words": given[1]} if given else getattr(field, "readers", None),
        "readers_id": getattr(field, "readers_id", ""),
        "choices": tuple(_choices(field)) if kind == "choices" else (),
    }


def _choices(field: forms.BoundField) -> Iterable[Mapping[str, Any]]:
    hints = getattr(field.field, "choice_hints", {})
    for choice in field.subwidgets:
        value = str(choice.data["value"])
        label = choice.choice_label
        yield {"id": choice.id_for_label, "tag": choice.tag(), "label": label, "hint": hints.get(value, "")}


def errors_of(form: Any) -> list[dict[str, Any]]:
    """Every error of a form, a formset or a list of forms, with the id of its field."""
    if form is None or form == "":
        return []
    if isinstance(form, BaseFormSet):
        found = [{"id": "", "label": "", "words": words} for words in form.non_form_errors()]
        return found + [error for one in form.forms for error in errors_of(one)]
    if isinstance(form, BaseForm):
        return _errors_of_form(form)
    return [error for one in form for error in errors_of(one)]


def _errors_of_form(form: BaseForm) -> list[dict[str, Any]]:
    if not form.is_bound:
        return []
    found = [{"id": "", "label": "", "words": words} for words in form.non_field_errors()]
    for field in form:
        hidden = field.is_hidden
        for words in field.errors:
            many = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | EntriesInput)
            target = "" if hidden else f"{field.auto_id}_0" if many else field.id_for_label
            found.append({"id": target, "label": field.label, "words": words})
    return found


def _summary(values: dict[str, Any]) -> Mapping[str, Any]:
    return {"errors": errors_of(values["form"])}


def _form(values: dict[str, Any]) -> Mapping[str, Any]:
    form = values["form"]
    if not isinstance(form, BaseForm | BaseFormSet):
        return {"hidden": "", "multipart": values["multipart"]}
    if isinstance(form, BaseForm):
        hidden = format_html_join("", "{}", ((field,) for field in form.hidden_fields()))
    else:
        hidden = format_html("{}", form.management_form)
    return {"hidden": hidden, "multipart": values["multipart"] or form.is_multipart()}


def _filters(values: dict[str, Any]) -> Mapping[str, Any]:
    """Other parts of the address (the sorting) stay; the page number does not."""
    form, request = values["form"], values["request"]
    own = {form.add_prefix(name) for name in form.fields} if form else set()
    query = request.GET if request else {}
    kept = [(name, query[name]) for name in query if name not in own | {"page"} and name in values["keep"]]
    is_set = any(form.data.get(name) for name in own) if form else False
    return {"kept": kept, "clear": with_query(request, page=None, **dict.fromkeys(own)) if is_set else ""}


register(
    Component(
        name="field",
        about="A label, who can read it, a hint, the error, the control. Takes a field of a Django form.",
        props={
            "field": Prop("any", "a bound field, such as `form.name`", required=True),
            "label": Prop("text", "instead of the field's own"),
            "readers": Prop("any", "(how many, words), instead of the field's own", default=None),
            "no_mark": Prop("bool", "leaves out “(optional)”"),
        },
        compute=_field,
        examples=tuple(
            Example(title, f'{{% ui "field" field=form.{name} / %}}', lambda: {"form": samples.fields()})
            for name, title in samples.FIELDS.items()
        )
        + tuple(
            Example(f"{samples.FIELDS[name]}, with an error", f'{{% ui "field" field=form.{name} / %}}',
                    lambda: {"form": samples.fields(wrong=True)})
            for name in samples.WRONG
        ),
    )
)  # fmt: skip
register(
    Component(
        name="numbers",
        about="Fields of numbers, one below the other, each with its control beside its words. Holds `field`.",
        props={},
        content=True,
        examples=(
            Example(
                "Two",
                '{% ui "numbers" %}{% ui "field" field=form.name / %}{% ui "field" field=form.address / %}{% endui %}',
                lambda: {"form": samples.small()},
            ),
        ),
    )
)
register(
    Component(
        name="error_summary",
        about="All errors of a form at the top, each a link to its field. `form` holds one already.",
        props={"form": Prop("any", "a form, a formset, or a list of them", default=None)},
        compute=_summary,
        examples=(
            Example("Two errors", '{% ui "error_summary" form=form / %}', lambda: {"form": samples.small(wrong=True)}),
        ),
    )
)
register(
    Component(
        name="form",
        about="A form with its error summary, fields, button and a way back. With content, the content stands in"
        " place of the fields: then write each `field` (hidden ones and a formset's own are added).",
        props={
            "form": Prop("any", "a Django form or formset", default=None),
            "submit": Prop("text", "the words of the button"),
            "action": Prop("url", "this page when left out"),
            "method": Prop("text", default="post", allowed=("post", "get")),
            "first": Prop("bool", "the button is the one thing to do here"),
            "danger": Prop("bool"),
            "cancel": Prop("url", "a quiet link beside the button"),
            "cancel_words": Prop("text", "instead of “Cancel”"),
            "id": Prop("text"),
            "multipart": Prop("bool", "set by itself when the form has a file"),
        },
        slots=("before", "actions"),
        content=True,
        compute=_form,
        examples=(
            Example("New", '{% ui "form" form=form submit="Save" first=True cancel="#back" / %}',
                    lambda: {"form": samples.small()}),
            Example("With errors", '{% ui "form" form=form submit="Save" / %}',
                    lambda: {"form": samples.small(wrong=True)}),
            Example("Own order of fields", '{% ui "form" form=form submit="Send" %}'
                    '{% ui "field" field=form.address / %}<p>Carys reads it first.</p>{% endui %}',
                    lambda: {"form": samples.small(prefix="own")}),
        ),
    )
)  # fmt: skip
register(
    Component(
        name="confirm",
        about="The middle of a page that asks before it acts: names what will happen, a button, a way back.",
        props={
            "what": Prop("list", "sentences: what will happen"),
            "submit": Prop("text", "the act, in the same words as the button that led here", required=True),
            "back": Prop("url", required=True),
            "back_words": Prop("text", "instead of “Cancel”"),
            "action": Prop("url"),
            "danger": Prop("bool"),
            "first": Prop("bool"),
            "form": Prop("any", "when something must be filled in", default=None),
        },
        slots=("fields",),
        content=True,
        examples=(
            Example(
                "Something that cannot be undone",
                '{% ui "confirm" what=what submit="End this pair" danger=True back="#back" back_words="Keep it" / %}',
                lambda: {
                    "what": [
                        "Meetings, messages and links between Ben and Amara stop at once.",
                        "Each keeps what they wrote; shared notes stay readable until 18 June 2029.",
                        "Carys offers both of them someone new.",
                    ]
                },
            ),
        ),
    )
)
register(
    Component(
        name="filters",
        about="The search and the choices above a list. A GET form: the address can be kept and shared. Inside another"
        " form its button sends that one, with the name `look`, or `clear` to show everything again.",
        props={
            "label": Prop("text", "what is searched, for screen readers", required=True),
            "form": Prop("any", "a `forms.FilterForm`", default=None),
            "action": Prop("url"),
            "keep": Prop("list", "names of the query that stay", default=("sort",)),
            "inside": Prop("bool", "it stands in a form of the page: what is ticked there comes along"),
        },
        slots=("end",),
        content=True,
        compute=_filters,
        examples=(
            Example("Pairs", '{% ui "filters" label="Pairs" form=form %}{% slot "end" %}{% ui "act"'
                    ' words="Download the list" url="#csv" icon="down" / %}{% endslot %}{% endui %}',
                    lambda: {"form": samples.filters()}),
            Example("In a form", '{% ui "filters" label="Mentees" form=form inside=True / %}',
                    lambda: {"form": samples.filters()}),
        ),
    )
)  # fmt: skip
