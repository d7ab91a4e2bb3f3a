"""Forms of what somebody says of themselves, one for each page."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import EntriesField, Form, Readers
from alongside.organisations.forms import ZoneField
from alongside.people import rules
from alongside.people.actions import NeedsSaid, PauseWanted
from alongside.people.models import Pause, Profile
from alongside.people.queries.needs import Said
from alongside.people.roster.values import LONGEST_LISTED, MOST_LISTED, Wrong, listed
from alongside.people.rules import LONGEST_INTEREST, MOST_INTERESTS
from alongside.people.terms import (
    MOST_PLACES,
    Arranging,
    DayPart,
    NeedsKind,
    NeedsSharing,
    Showing,
    Together,
    WayToMeet,
)

_KEPT_SHORT = {
    "too_many": _("List at most %(most)s things."),
    "too_long": _("Each entry may have %(most)s characters."),
}


def _several(entries: list[str], *, most: int = MOST_LISTED, longest: int = LONGEST_LISTED) -> list[str]:
    """Entries, each once; commas part what was written into one line."""
    try:
        found = listed("\n".join(part for entry in entries for part in (*entry.split(","), "")))
    except Wrong as wrong:
        raise ValidationError(_KEPT_SHORT[wrong.code], params={"most": _most_of(wrong.code, most, longest)}) from wrong
    if len(found) > most:
        raise ValidationError(_KEPT_SHORT["too_many"], params={"most": most})
    if any(len(entry) > longest for entry in found):
        raise ValidationError(_KEPT_SHORT["too_long"], params={"most": longest})
    return found


def _most_of(code: str, most: int, longest: int) -> int:
    return most if code == "too_many" else longest


def _given_to(form: Form, *names: str, permission: str) -> None:
    for name in names:
        form.fields[name].readers = access.label(permission)  # type: ignore[attr-defined]


class AboutForm(Form):
    """Who somebody is."""

    known_as = forms.CharField(
        label=_("What people call you"),
        max_length=60,
        required=False,
        help_text=_("If it differs from your first name."),
    )
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "pronouns", "autocomplete": "off"}),
    )
    headline = forms.CharField(
        label=_("Headline"), max_length=200, required=False, help_text=_("One line about you, as you would say it.")
    )
    languages = forms.CharField(
        label=_("Languages you could meet in"), max_length=300, required=False, help_text=_("Commas between them.")
    )
    interests = forms.CharField(
        label=_("Interests"),
        max_length=300,
        required=False,
        help_text=_(
            "Up to eight, a word or two each, with commas between them: choirs, cycling, old maps. A programme may"
            " count those that two people share. Name only what you would tell any colleague; nobody asks for your"
            " health, faith, politics or family here."
        ),
    )
    career_aim = forms.CharField(
        label=_("Where you would like to get to"), max_length=500, required=False, widget=forms.Textarea
    )
    timezone = ZoneField(label=_("Time zone in which you are"), help_text=_("All times are shown to you in it."))

    def __init__(self, *args: Any, profile: Profile, timezone: str, **kwargs: Any) -> None:
        said = {name: getattr(profile, name) for name in ("pronouns", "headline", "career_aim")}
        own = {"known_as": profile.membership.known_as, "languages": ", ".join(profile.languages)}
        own["interests"] = ", ".join(profile.interests)
        super().__init__(*args, initial={**said, **own, "timezone": timezone}, **kwargs)
        _given_to(self, "known_as", permission="people.directory")
        _given_to(self, "pronouns", "headline", "languages", "interests", "career_aim", permission="people.details")

    def clean_languages(self) -> list[str]:
        """Each once."""
        return _several([self.cleaned_data["languages"]])

    def clean_interests(self) -> list[str]:
        """Each once, and few and short."""
        return _several([self.cleaned_data["interests"]], most=MOST_INTERESTS, longest=LONGEST_INTEREST)


class SkillsForm(Form):
    """One side of somebody's skills: a line for each, with the organisation's words suggested."""

    skills = EntriesField(
        label=_("Skills"),
        required=False,
        most=MOST_LISTED,
        longest=300,
        help_text=_("One in each line. Take a word that is suggested where one fits, or your own."),
    )

    def __init__(self, *args: Any, label: Any, held: list[str], suggested: list[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"skills": held}, **kwargs)
        self.fields["skills"].label = label
        self.fields["skills"].widget.words = suggested
        _given_to(self, "skills", permission="people.details")

    def clean_skills(self) -> list[str]:
        """Each once."""
        return _several(self.cleaned_data["skills"])


class TimesForm(Form):
    """When somebody can usually meet."""

    times = forms.MultipleChoiceField(
        label=_("When you can usually meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (f"{day}-{part.value}", f"{WEEKDAYS[day]}, {part.label}") for day in range(7) for part in DayPart
        ],
    )  # fmt: skip
    ways = forms.MultipleChoiceField(
        label=_("How you can meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=WayToMeet.choices,
        help_text=_(
            "Tick none if any way is fine. A programme may ask that two people have a way in common. What you need so"
            " that you can take part stands on a page of its own, which nobody is matched by."
        ),
    )
    working_days = forms.CharField(
        label=_("Anything else about your times"),
        max_length=120,
        required=False,
        help_text=_("For example: not in school holidays, or shifts that change."),
    )

    def __init__(self, *args: Any, times: list[rules.Weekly], profile: Profile, **kwargs: Any) -> None:
        said = {"times": [f"{held.day}-{held.part}" for held in times], "ways": profile.ways_to_meet}
        super().__init__(*args, initial={**said, "working_days": profile.working_days}, **kwargs)
        _given_to(self, "times", "ways", "working_days", permission="people.details")

    def clean_times(self) -> list[tuple[int, str]]:
        """Day and part of the day."""
        return [(int(day), part) for day, part in (value.split("-") for value in self.cleaned_data["times"])]


class RoomForm(Form):
    """How many mentees, and a pause."""

    most = forms.IntegerField(
        label=_("How many mentees altogether"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("Over all programmes. Leave it empty to have as many as your programmes give you places."),
    )
    pause_from = forms.DateField(
        label=_("Take nobody new from"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Pairs that you are in go on."),
    )
    pause_until = forms.DateField(
        label=_("The day you are back"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Leave it empty if you do not know yet."),
    )
    pause_words = forms.CharField(
        label=_("Why, for yourself"),
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text=_("You need give no reason."),
    )

    def __init__(
        self, *args: Any, profile: Profile, pause: Pause | None, words: str, today: date, **kwargs: Any
    ) -> None:
        held = {"pause_from": pause.starts_on, "pause_until": pause.ends_on, "pause_words": words} if pause else {}
        super().__init__(*args, initial={"most": profile.most_mentees, **held}, **kwargs)
        self.today = today
        _given_to(self, "most", "pause_from", "pause_until", permission="people.room")
        _given_to(self, "pause_words", permission="people.read_pause_words")

    def clean(self) -> dict[str, Any]:
        """The days of a pause fit each other."""
        given: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = given.get("pause_from"), given.get("pause_until")
        if starts_on is None and (ends_on or given.get("pause_words")) and not self.errors:
            given["pause_from"] = starts_on = self.today
        if starts_on and (reason := rules.fault_of_pause(starts_on, ends_on, self.today)):
            self.add_error("pause_until", reason)
        return given

    def pause(self) -> PauseWanted | None:
        """The pause that was asked for."""
        given = self.cleaned_data
        if not given["pause_from"]:
            return None
        return PauseWanted(given["pause_from"], given["pause_until"], given["pause_words"])


class NeedsForm(Form):
    """Preferences and needs: asked of everyone, each optional."""

    together = forms.MultipleChoiceField(
        label=NeedsKind.TOGETHER.label,
        required=False,
        choices=Together.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    together_words = forms.CharField(
        label=_("More about that, in your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text=_(
            "For example how names and titles, hierarchy or eye contact work for you, which holidays you keep,"
            " or that a goal is also your family’s."
        ),
    )
    arranging = forms.MultipleChoiceField(
        label=NeedsKind.ARRANGING.label,
        required=False,
        choices=Arranging.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    arranging_words = forms.CharField(
        label=_("More about rooms, times or technology"), required=False, max_length=1000, widget=forms.Textarea
    )
    shared = forms.ChoiceField(
        label=_("Who may read this"), choices=NeedsSharing.choices, widget=forms.RadioSelect
    )  # fmt: skip

    def __init__(self, *args: Any, shared: str, said: dict[str, Said], **kwargs: Any) -> None:
        initial: dict[str, Any] = {"shared": shared}
        for kind, one in said.items():
            initial |= {str(kind): list(one.chosen), f"{kind}_words": one.words}
        super().__init__(*args, initial=initial, **kwargs)
        for kind in NeedsKind:
            given = access.label(f"people.read_needs_{kind}")
            for name in (str(kind), f"{kind}_words"):
                self.fields[name].readers = Readers(*given)  # type: ignore[attr-defined]
        self.fields["shared"].choice_hints = {  # type: ignore[attr-defined]
            NeedsSharing.NOBODY.value: _("It helps you to think about it; you can tell people yourself."),
            NeedsSharing.PARTNER.value: _("It stands on the page of the two of you, and goes when the pair ends."),
            NeedsSharing.COORDINATOR.value: _(
                "Coordinators read the second part alone, and you see when they did. The first part they never read."
            ),
        }

    def said(self) -> dict[NeedsKind, NeedsSaid]:
        """What was said, by kind."""
        given = self.cleaned_data
        return {kind: NeedsSaid(tuple(given[str(kind)]), given[f"{kind}_words"]) for kind in NeedsKind}


class DirectoryForm(Form):
    """What the members of one's programmes see."""

    shows = forms.MultipleChoiceField(
        label=_("Members of my programmes see my name, and"),
        required=False,
        choices=Showing.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        shown = [what.value for what in Showing if getattr(profile, f"show_{what}")]
        super().__init__(*args, initial={"shows": shown}, **kwargs)
        self.fields["shows"].choice_hints = {  # type: ignore[attr-defined]
            Showing.WORK.value: _("Coordinators and administrators see it anyway: your organisation’s list says it."),
            Showing.SKILLS.value: _("Coordinators see it anyway: it is how they find somebody for you."),
        }
