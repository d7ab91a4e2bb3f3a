"""The forms of mail preferences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Account
from alongside.foundation.notifications import queries, registry
from alongside.foundation.notifications.terms import CHOICES_A_DAY, Rhythm

_HOURS = [(str(hour), f"{hour}:00") for hour in range(24)]


def _hour(words: Any, *, empty: Any = "", **more: Any) -> forms.TypedChoiceField:
    choices = [("", empty), *_HOURS] if empty else _HOURS
    return forms.TypedChoiceField(label=words, choices=choices, coerce=int, empty_value=None, **more)


class TimingForm(forms.Form):
    """When somebody’s mail comes."""

    rhythm = forms.ChoiceField(
        label=_("Mail that can wait comes"),
        help_text=_("Codes, invitations and changes of a session’s time never wait to be gathered."),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
    )
    hour = _hour(_("Gathered mail comes at"))
    quiet_from = _hour(
        _("Quiet from"),
        empty=_("No quiet hours"),
        required=False,
        help_text=_("Mail of the quiet hours is sent when they end. Codes to sign in and invitations always come."),
    )
    quiet_until = _hour(_("Quiet until"), empty=_("No quiet hours"), required=False)
    most_a_day = forms.TypedChoiceField(
        label=_("Mails a day, at most"),
        help_text=_("More than that is gathered into one mail the next day."),
        choices=[(str(many), many) for many in CHOICES_A_DAY],
        coerce=int,
    )

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end."""
        cleaned: dict[str, Any] = super().clean() or {}
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if self.errors:
            return cleaned
        if begin is None and end is not None:
            self.add_error("quiet_from", _("Choose from when it is quiet, or no quiet hours in both."))
        elif end is None and begin is not None:
            self.add_error("quiet_until", _("Choose until when it is quiet, or no quiet hours in both."))
        elif begin is not None and begin == end:
            self.add_error("quiet_until", _("Choose another hour than the one from which it is quiet."))
        return cleaned


class PreferencesForm(forms.Form):
    """A box for each kind of mail that a person can do without."""

    wanted = forms.MultipleChoiceField(
        label=_("Tell me by mail when"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        optional = [kind for kind in registry.kinds() if not kind.required]
        refused = queries.refused_by(account)
        kwargs["initial"] = {"wanted": [kind.name for kind in optional if kind.name not in refused]}
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.name, kind.words) for kind in optional]  # type: ignore[attr-defined]
