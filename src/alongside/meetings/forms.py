"""Forms of sessions: when and how, writing down, correcting, actions."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation import access, clock
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.ui.forms import Form
from alongside.meetings import rules
from alongside.meetings.actions import NewAction, Plan, Record
from alongside.meetings.models import Session
from alongside.meetings.queries import Opened
from alongside.meetings.terms import LONGEST, LONGEST_LINE, LONGEST_TEXT, SHORTEST, USUAL_LENGTH, USUAL_LENGTHS, Mode
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart

OTHER = "other"
_TEXT = {"widget": forms.Textarea, "max_length": LONGEST_TEXT, "required": False}


class WhenForm(Form):
    """A day, a time on the wall clock of whoever writes, and a length: in chips, or any other.

    `kept` is the instant that the form began with: left as it was, it stays, even in an hour that comes twice.
    """

    day = forms.DateField(label=lazy("Day"), widget=forms.DateInput)
    at = forms.TimeField(label=lazy("Time"), widget=forms.TimeInput)
    minutes = forms.ChoiceField(
        label=lazy("Length in minutes"),
        choices=[
            *((str(minutes), str(minutes)) for minutes in USUAL_LENGTHS),
            (OTHER, lazy("Other")),
        ],
        widget=forms.RadioSelect,
    )
    other_minutes = forms.IntegerField(
        label=lazy("Another length, in minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        required=False,
        error_messages={
            "min_value": lazy("Choose a length from 5 to 600 minutes."),
            "max_value": lazy("Choose a length from 5 to 600 minutes."),
        },
    )

    def __init__(self, *args: Any, actor: Actor, pair: Pair, kept: datetime | None = None, **kwargs: Any) -> None:
        self.actor, self.pair, self.kept = actor, pair, kept
        self.zone = actor.account.timezone
        self.twice: list[datetime] = []
        super().__init__(*args, **kwargs)
        partner = pair.partner.short_name if pair.partner else ""
        shared, own = access.label("meetings.read_shared", partner=partner), access.label("meetings.read_note")
        self.readers = {
            **dict.fromkeys(("summary", "agenda", "place", "words"), tuple(shared)),
            "note": tuple(own),
        }  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["starts_at"] = self._instant("day", "at", kept=self.kept)
        cleaned["length"] = self._length()
        return cleaned

    def _length(self) -> int | None:
        chosen, other = self.cleaned_data.get("minutes"), self.cleaned_data.get("other_minutes")
        if chosen != OTHER:
            return int(chosen) if chosen else None
        if other is None and "other_minutes" not in self.errors:
            self.add_error("other_minutes", _("Say how many minutes."))
        return other

    def _instant(self, day_field: str, at_field: str, kept: datetime | None = None) -> datetime | None:
        day, at = self.cleaned_data.get(day_field), self.cleaned_data.get(at_field)
        if day is None or at is None:
            return None
        if kept is not None and as_wall(kept, self.zone) == {"day": day, "at": at}:
            return kept
        reading = rules.read(day, at, self.zone)
        if reading is None:
            before, after = rules.nearest(day, at, self.zone)
            words = _("The clocks go forward then, and this time does not exist. Choose %(before)s or %(after)s.")
            self.add_error(at_field, words % {"before": _clock(before, day), "after": _clock(after, day)})
            return None
        if reading.twice:
            self.twice.append(reading.instant)
        return reading.instant

    def remarks(self) -> list[str]:
        """What the writer should know about the times that were taken."""
        words = _("The clocks go back then, so %(time)s comes twice. This is the first of the two.")
        zone = ZoneInfo(self.zone)
        return [words % {"time": date_format(instant.astimezone(zone), "H:i")} for instant in self.twice]

    def fault(self, field: str, words: rules.Sentence | None) -> None:
        """Show a rule's sentence beside a field."""
        if words and field not in self.errors:
            self.add_error(field, str(words))


def _clock(wall: datetime, day: date) -> str:
    return date_format(wall, "H:i" if wall.date() == day else "l j F, H:i")


def as_wall(instant: datetime, zone: str) -> dict[str, Any]:
    """Day and time of an instant on somebody's wall clock, to the minute, as a form shows them."""
    wall = instant.astimezone(ZoneInfo(zone))
    return {"day": wall.date(), "at": time(wall.hour, wall.minute)}


def length_chips(minutes: int) -> dict[str, Any]:
    """A length as the form shows it."""
    if minutes in USUAL_LENGTHS:
        return {"minutes": str(minutes)}
    return {"minutes": OTHER, "other_minutes": minutes}


class PlanForm(WhenForm):
    """When, how long, how, where."""

    mode = forms.ChoiceField(label=lazy("How you meet"), choices=Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=lazy("Where, or the link"),
        max_length=LONGEST_LINE,
        required=False,
        help_text=lazy("A room, a telephone number, the address of a video call."),
    )
    agenda = forms.CharField(
        label=lazy("What you want to talk about"), help_text=lazy("Three lines are enough."), **_TEXT
    )
    field_order = ["day", "at", "minutes", "other_minutes", "mode", "place", "agenda"]

    def __init__(self, *args: Any, zones: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_words, partner = "", self.pair.partner
        if partner and not rules.same_clock(clock.now(), self.zone, zones[partner.pk]):
            words = _("%(place)s time. %(partner)s is on %(their_place)s time; both are shown once it is planned.")
            names = {"place": rules.place_of(self.zone), "their_place": rules.place_of(zones[partner.pk])}
            self.zone_words = words % {"partner": partner.short_name, **names}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (starts_at := cleaned.get("starts_at")) and starts_at != self.kept:
            self.fault("day", rules.fault_of_plan(starts_at, clock.now()))
        return cleaned

    def wanted(self) -> Plan:
        """What was asked for."""
        said = self.cleaned_data
        return Plan(said["starts_at"], said["length"], said["mode"], said["place"], said.get("agenda", ""))


class ChangeForm(PlanForm):
    """Another time, length or place; what the session is about goes along."""

    agenda = None  # type: ignore[assignment]


class AgendaForm(Form):
    """What a session should be about. `seen` is the revision that the writer began from."""

    agenda = forms.CharField(label=lazy("What you want to talk about"), **_TEXT)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = pair.partner.short_name if pair.partner else ""
        self.readers = {"agenda": tuple(access.label("meetings.read_shared", partner=partner))}  # type: ignore[assignment]


def _people(actor: Actor, pair: Pair) -> list[tuple[str, str]]:
    def called(member: Membership) -> str:
        return _("You") if member.pk == actor.membership.pk else member.short_name

    return [(PairPart.MENTEE.value, called(pair.mentee)), (PairPart.MENTOR.value, called(pair.mentor))]


class LogForm(WhenForm):
    """Writing a session down in under a minute. `key` makes it happen once, however often it is sent."""

    key = forms.RegexField(r"^[a-z]{12}$", widget=forms.HiddenInput)
    mode = forms.ChoiceField(label=lazy("How you met"), choices=Mode.choices)
    present = forms.MultipleChoiceField(
        label=lazy("Who was there"), widget=forms.CheckboxSelectMultiple, required=False
    )
    summary = forms.CharField(
        label=lazy("Shared summary"),
        help_text=lazy("What you talked about and what follows. Facts rather than opinions; others by their role."),
        **_TEXT,
    )
    note = forms.CharField(label=lazy("Private note"), **_TEXT)
    next_day = forms.DateField(label=lazy("Day of the next session"), widget=forms.DateInput, required=False)
    next_at = forms.TimeField(label=lazy("Time"), widget=forms.TimeInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = _people(self.actor, self.pair)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if starts_at := cleaned.get("starts_at"):
            self.fault("day", rules.fault_of_record(starts_at, clock.now()))
        if cleaned.get("next_day") and not cleaned.get("next_at"):
            cleaned["next_at"] = cleaned.get("at")
        cleaned["next_starts_at"] = self._instant("next_day", "next_at")
        if next_starts_at := cleaned["next_starts_at"]:
            self.fault("next_day", rules.fault_of_plan(next_starts_at, clock.now()))
        return cleaned

    def record(self, actions: "BaseFormSet[ActionForm]") -> Record:
        """The session as it was written down."""
        said = self.cleaned_data
        return Record(
            starts_at=said["starts_at"],
            minutes=said["length"],
            present=frozenset(said["present"]),
            key=said["key"],
            mode=said["mode"],
            summary=said["summary"],
            note=said["note"],
            actions=[wanted for form in actions.forms if (wanted := form.wanted())],
            next_at=said["next_starts_at"],
        )


class ActionForm(Form):
    """One action: what, whose, by when."""

    words = forms.CharField(label=lazy("Action"), max_length=LONGEST_LINE, required=False)
    owner = forms.ChoiceField(label=lazy("Whose"), required=False)
    due_on = forms.DateField(label=lazy("By when"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, actor: Actor, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.fields["owner"].choices = _people(actor, pair)  # type: ignore[attr-defined]
        self.fields["words"].widget.attrs["autocomplete"] = "off"
        partner = pair.partner.short_name if pair.partner else ""
        self.readers = {"words": tuple(access.label("meetings.read_shared", partner=partner))}  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("due_on") and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say what is to be done by then."))
        return cleaned

    def has_changed(self) -> bool:
        """An owner alone is no action."""
        return bool(set(self.changed_data) - {"owner"})

    def wanted(self) -> NewAction | None:
        """The action that was asked for, if any."""
        said = getattr(self, "cleaned_data", {})
        if not said.get("words"):
            return None
        owner = self.pair.mentor if said.get("owner") == PairPart.MENTOR else self.pair.mentee
        return NewAction(said["words"], owner, said.get("due_on"))


class OneAction(ActionForm):
    """An action added to a session that is written down."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True


Actions = formset_factory(ActionForm, extra=3, max_num=3, absolute_max=10)


class EditForm(WhenForm):
    """Correcting a session: when, how long, its summary, one's own note."""

    summary = forms.CharField(label=lazy("Shared summary"), **_TEXT)
    note = forms.CharField(label=lazy("Private note"), **_TEXT)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if starts_at := cleaned.get("starts_at"):
            self.fault("day", rules.fault_of_record(starts_at, clock.now()))
        return cleaned


def first_plan(now: datetime, zone: str, last: Session | None, again: Session | None) -> dict[str, Any]:
    """What the plan form begins with: a cancelled session once more, else the hour and length of the last one."""
    pattern = again or last
    initial = {"mode": pattern.mode if pattern else Mode.VIDEO.value}
    initial |= length_chips(pattern.planned_minutes if pattern else USUAL_LENGTH)
    if pattern:
        initial |= {"at": as_wall(pattern.starts_at, zone)["at"]}
    if again and again.starts_at > now:
        initial |= as_wall(again.starts_at, zone)
    return initial


def first_log(now: datetime, zone: str, session: Session | None, last: Session | None) -> dict[str, Any]:
    """What the log form begins with: the plan, or an hour that ended just now."""
    pattern = session or last
    minutes = pattern.planned_minutes if pattern else USUAL_LENGTH
    ended = now - timedelta(minutes=minutes)
    quarter = ended - timedelta(minutes=ended.minute % 15, seconds=ended.second, microseconds=ended.microsecond)
    wall = as_wall(session.starts_at if session else quarter, zone)
    return {
        **wall,
        **length_chips(minutes),
        "mode": pattern.mode if pattern else Mode.VIDEO.value,
        "present": [part.value for part in PairPart],
        "key": new_ref(),
        "next_at": wall["at"],
    }


def draft_words(data: QueryDict, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a posted form that a draft keeps: all but the token, and what is left out."""
    kept = {name: data.getlist(name) for name in data if name not in ("csrfmiddlewaretoken", *but)}
    return {name: values if name == "present" else values[-1] for name, values in kept.items() if values}


def drafted_actions(draft: Mapping[str, Any]) -> list[dict[str, str]]:
    """The actions of a draft, as the formset begins with them."""
    rows = [
        {name: str(draft.get(f"action-{number}-{name}", "")) for name in ("words", "owner", "due_on")}
        for number in range(Actions.max_num)
    ]
    return [row for row in rows if row["words"] or row["due_on"]]


def first_edit(opened: Opened, draft: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """What the edit form begins with: what stands there, with the words of a draft in their place."""
    session = opened.session
    return {
        **as_wall(session.starts_at, zone),
        **length_chips(session.held_minutes or session.planned_minutes),
        "summary": draft.get("summary") or opened.summary_words,
        "note": draft.get("note") or opened.note,
        "seen": opened.summary.revision if opened.summary else 0,
    }
