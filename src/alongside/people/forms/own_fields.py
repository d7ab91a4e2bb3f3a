"""The form of one field of the organisation's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms import Form
from alongside.people.roster.own_columns import LONGEST_NAME


class FieldForm(Form):
    """What a field is called."""

    name = forms.CharField(
        label=_("What it is called"),
        max_length=LONGEST_NAME,
        help_text=_("Rosters know the field by the heading that it had first, or by this name."),
    )
