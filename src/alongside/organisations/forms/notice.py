"""Writing the privacy notice, a field for each part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import Form, prepare
from alongside.organisations.notice import Section
from alongside.organisations.terms import NoticePart

_HINTS = {
    NoticePart.WHO: _("Name the organisation with its address, and your data protection officer if you have one."),
    NoticePart.SOURCE: _(
        "What does not come from people themselves has to be named with its source (Article 14 of the GDPR)."
    ),
    NoticePart.WHY: _("Each purpose with its lawful basis. If you are a public body, yours may be a public task."),
    NoticePart.READERS: _("Name whoever runs the server for you, and other countries if data goes there."),
    NoticePart.HOW_LONG: _("As the software has it. If your policy says otherwise, tell whoever runs it."),
    NoticePart.COMPLAINTS: _("An address of yours, and the authority of your country."),
}


class NoticeForm(Form):
    """Every part. Lines that begin with a hyphen become a list; a blank line parts paragraphs."""

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(sections), **kwargs)
        readers = access.label("organisations.read_notice")
        for part in NoticePart:
            field = forms.CharField(
                label=part.label, max_length=6000, widget=forms.Textarea, help_text=_HINTS.get(part, "")
            )
            field.readers = readers  # type: ignore[attr-defined]
            prepare(field)
            self.fields[part.value] = field

    def sections(self) -> list[Section]:
        """What was written."""
        return [Section(part.value, self.cleaned_data[part.value]) for part in NoticePart]
