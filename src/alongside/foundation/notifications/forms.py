"""The form of mail preferences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Account
from alongside.foundation.notifications import queries, registry


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
