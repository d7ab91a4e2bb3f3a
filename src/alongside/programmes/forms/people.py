"""Naming somebody by their address, employee number or whole name: no list of everybody is sent along."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Membership, Organisation
from alongside.programmes.queries import find_member


class PersonField(forms.CharField):
    """One person on the organisation’s people list, or nobody."""

    organisation: Organisation

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 254, "required": False} | kwargs))
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> Membership | None:
        """Whom the words mean. Says what to do where that is nobody, or more than one."""
        said = super().clean(value)
        if not said:
            return None
        found = find_member(self.organisation, said)
        if not found:
            raise ValidationError(
                _("Nobody on the people list has this address, number or name. Add them there first.")
            )
        if len(found) > 1:
            raise ValidationError(_("Several people have this name. Give the work e-mail or the employee number."))
        return found[0]
