"""Forms of guidance: `answers` to the questions of a table, `parts` of an organisation's own edition."""

from alongside.guidance.forms.answers import ASKED, AnswersForm
from alongside.guidance.forms.parts import PARTS, GoBackForm, HeadForm, PartForm, SaveForm

__all__ = ["ASKED", "PARTS", "AnswersForm", "GoBackForm", "HeadForm", "PartForm", "SaveForm"]
