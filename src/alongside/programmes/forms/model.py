"""The section of the model: the situation, how the models fit it, and one's own choice with its reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.programmes import advice
from alongside.programmes.forms.sections import SectionForm, offer, one_of, text
from alongside.programmes.queries import Dossier
from alongside.programmes.terms import ProgrammeState, Section


class Model(SectionForm):
    """Answers from 0 to 3, a model, a reason. What the answers point to is shown; it chooses nothing."""

    section = Section.MODEL
    shown_to_all = frozenset({"model_reason"})
    own = ("model_reason",)
    model_key = one_of(_("Which model do you choose?"))
    model_reason = text(
        _("Why this one?"),
        _("In your own words. It stands on the programme’s page, where mentors and mentees read it."),
    )

    def __init__(
        self, dossier: Dossier, data: Mapping[str, Any] | None = None, *, asked: Mapping[str, Any] | None = None
    ) -> None:
        self.asked = asked or {}
        is_open = dossier.programme.state == ProgrammeState.DRAFT
        self.by = advice.fit_table(dossier.ours, "" if is_open else dossier.design.fit_table)
        self.table = self.by.fit
        super().__init__(dossier, data)

    def first(self) -> dict[str, Any]:
        answers = {f"fit_{key}": str(answer) for key, answer in self.design.fit_answers.items()}
        return {"model_key": self.programme.model_key, **answers, **self.asked}

    def prepare(self) -> None:
        offer(
            self.fields["model_key"],
            (advice.Option(one.key, one.name, one.suits) for one in advice.models(self.dossier.ours)),
        )
        for held in self.table.situations:
            marks = [(str(mark), f"{mark}: {words}") for mark, words in enumerate(held.levels)]
            levels = [("", _("No answer")), *marks]
            self.fields[f"fit_{held.key}"] = forms.TypedChoiceField(
                label=held.question, choices=levels, coerce=int, empty_value=None, required=False
            )
        if self.programme.state != ProgrammeState.DRAFT:
            self.fields["model_key"].disabled = True

    @property
    def situation(self) -> list[Any]:
        """The fields that ask about the situation."""
        return [self[f"fit_{held.key}"] for held in self.table.situations]

    @property
    def answers(self) -> dict[str, int]:
        """The answers as they stand in the form, whether it is being written or shown."""
        said = {held.key: str(self[f"fit_{held.key}"].value() or "") for held in self.table.situations}
        return {key: int(value) for key, value in said.items() if value in ("0", "1", "2", "3")}

    @property
    def found(self) -> guidance.Recommendation:
        """What the answers point to."""
        return advice.recommend(self.table, self.answers)

    def clean_model_key(self) -> str:
        """The one that is chosen already, where nothing is said."""
        return str(self.cleaned_data["model_key"] or self.programme.model_key)

    def check_reason(self) -> bool:
        """A choice needs a reason; looking does not."""
        if not self.is_valid():
            return False
        if not self.cleaned_data["model_reason"]:
            self.add_error("model_reason", _("Say in a sentence or two why this model fits you."))
        return not self.errors
