"""What a coordinator writes to the people of a programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events.refs import LENGTH, new_ref
from alongside.foundation.ui.forms import Form


class AnnouncementForm(Form):
    """Subject and words; the reference makes one mail of a form that is sent twice."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    words = forms.CharField(
        label=_("What you write"),
        help_text=_("A blank line begins a new paragraph. Nothing about one person or pair: everybody reads it."),
        widget=forms.Textarea,
        max_length=4000,
    )
    ref = forms.RegexField(rf"^[a-z]{{{LENGTH}}}$", widget=forms.HiddenInput, initial=new_ref)
