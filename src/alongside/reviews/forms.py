"""The form of the closing review, made of the instrument's questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import Form, prepare
from alongside.guidance import Item
from alongside.relationships.queries import Pair
from alongside.reviews.actions import Said
from alongside.reviews.queries import Closing, role_of
from alongside.reviews.terms import SCALE, Contact

_ITEM = "item-"


class ClosingForm(Form):
    """One field a question, then whether to stay in touch, and whether the other one may read the answers.

    As a draft nothing is needed.
    """

    def __init__(self, data: Mapping[str, Any] | None, *, pair: Pair, closing: Closing, draft: bool = False) -> None:
        self.partner = pair.partner.short_name if pair.partner else ""
        self.items = closing.instrument.items_for(role_of(pair.standing.part))
        super().__init__(data, initial=self._before(closing))
        for item in self.items:
            self._add(_ITEM + item.key, _scale(item) if item.kind == "scale" else _open(item), "reviews.read")
        self._add("released", _released(self.partner))
        self._add("contact", _contact(), "reviews.read_contact")
        self._add("contact_words", _contact_words(), "reviews.read_contact")
        for field in self.fields.values() if draft else ():
            field.required = False

    def _add(self, name: str, field: forms.Field, permission: str = "") -> None:
        if permission:
            field.readers = access.label(permission, partner=self.partner)  # type: ignore[attr-defined]
        self.fields[name] = field
        prepare(field)

    def _before(self, closing: Closing) -> dict[str, Any]:
        mine = closing.mine
        if mine is None:
            return {}
        before: dict[str, Any] = {
            _ITEM + reply.item.key: reply.rating if reply.item.kind == "scale" else reply.text for reply in mine.replies
        }
        return before | {
            "contact": mine.contact, "contact_words": mine.contact_words or "", "released": mine.released
        }  # fmt: skip

    def said(self) -> Said:
        """What was answered, as the actions take it."""
        held = self.cleaned_data
        ratings = {item.key: held.get(_ITEM + item.key) for item in self.items if item.kind == "scale"}
        words = {item.key: held.get(_ITEM + item.key, "") for item in self.items if item.kind == "open"}
        return Said(ratings, words, held["released"], held.get("contact", ""), held.get("contact_words", ""))


def _scale(item: Item) -> forms.TypedChoiceField:
    ends = {SCALE.start: item.low, SCALE.stop - 1: item.high}
    choices = [(place, f"{place}, {ends[place]}" if place in ends else str(place)) for place in SCALE]
    return forms.TypedChoiceField(
        label=item.text,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=not item.optional,
        widget=forms.RadioSelect,
    )


def _open(item: Item) -> forms.CharField:
    return forms.CharField(label=item.text, required=not item.optional, max_length=4000, widget=forms.Textarea)


def _released(partner: str) -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Share these answers with %(name)s") % {"name": partner},
        help_text=_("Only once both of you have sent yours. Without this, only you can read them."),
        required=False,
    )


def _contact() -> forms.ChoiceField:
    label = _("What shall you be to each other afterwards?")
    hint = _("Each of you learns what the other said once both of you have sent yours.")
    return forms.ChoiceField(label=label, help_text=hint, choices=Contact.choices, widget=forms.RadioSelect)


def _contact_words() -> forms.CharField:
    label = _("Anything to add to that?")
    return forms.CharField(label=label, required=False, max_length=1000, widget=forms.Textarea)
