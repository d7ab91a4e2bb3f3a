"""Forms: `programmes`, its people and dates; `sections` of the design, with their `lines`; `handbook`; `joining`."""

from alongside.programmes.forms.announcing import AnnouncementForm
from alongside.programmes.forms.asking import AskedFilter, Asking, Yes
from alongside.programmes.forms.barriers import Barriers
from alongside.programmes.forms.handbook import HandbookWords
from alongside.programmes.forms.handing_over import HandOver, NameCoordinator
from alongside.programmes.forms.joining import Application, ApplicationsFilter, Decision, Room
from alongside.programmes.forms.model import Model
from alongside.programmes.forms.programmes import (
    Duplicate,
    NewProgramme,
    PeopleFilter,
    Places,
    ProgrammeForm,
    RosterFilter,
)
from alongside.programmes.forms.sections import (
    Calendar,
    How,
    Privacy,
    SectionForm,
    Tools,
    Who,
    Whom,
    Why,
    draft_words,
    drafted,
    seen_of,
)

SECTIONS: dict[str, type[SectionForm]] = {
    form.section.value: form for form in (Why, Whom, How, Model, Who, Barriers, Tools, Calendar, Privacy)
}

__all__ = [
    "SECTIONS",
    "AnnouncementForm",
    "Application",
    "ApplicationsFilter",
    "AskedFilter",
    "Asking",
    "Calendar",
    "Decision",
    "Duplicate",
    "HandOver",
    "HandbookWords",
    "Model",
    "NameCoordinator",
    "NewProgramme",
    "PeopleFilter",
    "Places",
    "ProgrammeForm",
    "Room",
    "RosterFilter",
    "SectionForm",
    "Yes",
    "draft_words",
    "drafted",
    "seen_of",
]
