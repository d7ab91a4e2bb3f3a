"""Writing what a mail says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.notifications import letters
from alongside.foundation.notifications.letters import LONGEST_BUTTON, LONGEST_SUBJECT, LONGEST_TEXT, Letter, Wording
from alongside.foundation.ui.forms import Form, Readers

_READERS = Readers(4, _("Everybody who gets this mail"))


class LetterForm(Form):
    """Subject, text and button of one mail. What is wrong is said beside the field, and nothing typed is lost."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("A blank line parts paragraphs, a hyphen begins a line of a list, **two stars** make words bold."),
    )
    button = forms.CharField(label=_("Words on the button"), max_length=LONGEST_BUTTON)
    readers = {"subject": _READERS, "text": _READERS, "button": _READERS}

    def __init__(self, *args: Any, letter: Letter, wording: Wording, **kwargs: Any) -> None:
        self.letter = letter
        initial = {"subject": wording.subject, "text": wording.text, "button": wording.button}
        super().__init__(*args, initial=initial, **kwargs)
        if not letter.button:
            del self.fields["button"]

    def clean(self) -> dict[str, Any]:
        """Every place that is needed is there, and no other."""
        held = super().clean() or self.cleaned_data
        if not self.errors:
            for field, said in letters.faults(self.letter, self.wording()).items():
                for words in said:
                    self.add_error(field, words)
        return held

    def wording(self) -> Wording:
        """What was written."""
        return Wording(**{name: self.cleaned_data.get(name, "") for name in ("subject", "text", "button")})
