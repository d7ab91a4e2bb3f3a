"""Forms for the gallery: every kind of field, empty and wrong."""

from datetime import date, time

from django import forms

from alongside.foundation.ui.forms import EntriesField, FilterForm, Form

FIELDS = {
    "name": "A line",
    "agenda": "Ruled lines",
    "goal": "One from a list",
    "how": "One of a few",
    "days": "Several of a few",
    "skills": "A line for each entry",
    "read": "A tick",
    "start": "A date",
    "at": "A time",
    "roster": "A file",
    "places": "A number",
    "email": "An address",
    "password": "A password",
    "fixed": "Read only",
    "closed": "Disabled",
}
WRONG = ("name", "agenda", "how", "read")
_HOW = [("video", "By video"), ("phone", "By phone"), ("person", "In person")]
_DAYS = [("1", "Monday"), ("2", "Tuesday"), ("3", "Wednesday")]


class Fields(Form):
    readers = {"agenda": (2, "You and Amara can read this"), "name": (4, "Everybody here can read this")}
    name = forms.CharField(label="Your full name", help_text="As it should stand under the contract.", max_length=60)
    agenda = forms.CharField(label="What you want to talk about", widget=forms.Textarea, required=False, max_length=40)
    goal = forms.ChoiceField(label="Which goal", choices=[("", "Choose one"), ("1", "Lead the budget talk")])
    how = forms.ChoiceField(label="How you meet", choices=_HOW, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label="Days that suit you", choices=_DAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    skills = EntriesField(label="What you can offer", help_text="One in each line.", required=False)
    read = forms.BooleanField(label="I have read both parts, and I know what Amara may have to pass on.")
    start = forms.DateField(label="First day", help_text="A Monday is easiest.", widget=forms.DateInput)
    at = forms.TimeField(label="Time", widget=forms.TimeInput)
    roster = forms.FileField(label="Roster", help_text="CSV or Excel, up to 5 MB.", required=False)
    places = forms.IntegerField(label="How many mentees", min_value=0, max_value=6)
    email = forms.EmailField(label="Work e-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"}), strip=False
    )
    fixed = forms.CharField(label="Programme", widget=forms.TextInput({"readonly": True}), required=False)
    closed = forms.CharField(label="Mentor", disabled=True, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].widget.words = ["Budgeting", "Chairing meetings"]  # type: ignore[attr-defined]
        self.fields["how"].choice_hints = {"person": "At Eastgate or Harbour."}  # type: ignore[attr-defined]


DAYS = [("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday")]
PARTS = [("morning", "Morning", "8 – 12"), ("midday", "Midday", "12 – 14"), ("evening", "Evening", "17 – 20")]


class Week(Form):
    readers = {"week": (2, "You and Amara can read this")}
    week = forms.MultipleChoiceField(
        label="When you can usually meet",
        choices=[(f"{day}-{part}", f"{name}, {words}") for day, name in DAYS for part, words, _hours in PARTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class Small(Form):
    name = forms.CharField(label="Name", max_length=60)
    address = forms.EmailField(label="Work e-mail")


class Filters(FilterForm):
    q = forms.CharField(label="Name", widget=forms.TextInput({"type": "search", "size": "18"}))
    state = forms.ChoiceField(label="State", choices=[("", "All 40"), ("look", "Worth a look (2)")])


def fields(wrong: bool = False) -> Fields:
    """The form with one field of each kind, filled or refused. Ids differ, so that both fit on one page."""
    if wrong:
        data = {"wrong-name": "Ben\x00", "wrong-agenda": "The budget talk, and where I get lost in it. " * 2}
        return Fields(data, prefix="wrong")
    start = {"start": date(2026, 9, 14), "at": time(12, 30), "places": 2, "fixed": "Rising leaders"}
    said = {"agenda": "The budget talk: where I get lost.", "skills": ["Chairing meetings"]}
    return Fields(initial={**start, **said, "closed": "Amara Okafor"})


def small(wrong: bool = False, prefix: str | None = None) -> Small:
    """Two fields; wrong: both are refused."""
    return Small({"small-address": "priya@"}, prefix="small") if wrong else Small(prefix=prefix or "new")


def filters() -> Filters:
    """The controls above a list."""
    return Filters()
