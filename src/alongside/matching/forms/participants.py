"""Forms of those who take part, and of a coordinator's answer to them."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import FilterForm, Form, Readers


class AnswerLook(Form):
    """What came of looking again, in the coordinator's own words."""

    words = forms.CharField(
        label=_("What you write to them"),
        help_text=_("Who you looked at, what you found, and what happens next. It goes out as a mail."),
        widget=forms.Textarea,
        max_length=2000,
    )

    def __init__(self, *args: object, name: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        figures = access.label("matching.look_again").figures
        words = _now("%(name)s and the programme’s coordinators can read this") % {"name": name}
        self.fields["words"].readers = Readers(figures, words)  # type: ignore[attr-defined]


class WishFilter(FilterForm):
    """Finding somebody to name."""

    q = forms.CharField(label=_("Name, skill or department"), max_length=100)


class ChangeWish(Form):
    """Whom to put on the list, take off, or move up or down."""

    person = forms.SlugField(max_length=12)
    how = forms.ChoiceField(choices=[("add", ""), ("remove", ""), ("up", ""), ("down", "")])
