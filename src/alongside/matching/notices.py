"""The wording of events of matching."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("matching.policy_changed", _("The rules of matching were changed"))
declare_event("matching.exported", _("The list of people to look at before a matching was downloaded"))
declare_event("matching.begun", _("Matching was begun"))
declare_event("matching.run_begun", _("Pairs began to be worked out"))
declare_event("matching.worked_out", _("Pairs were worked out"))
declare_event("matching.marked", _("Two people were locked together or kept apart in a matching"))
declare_event("matching.looked", _("A coordinator looked at somebody in a matching"))
declare_event("matching.words_written", _("Words were written that go out with a matching"))
declare_event("matching.moved", _("A matching came a step on, or went back"))
declare_event("matching.asked", _("It was asked why two people are not paired"))
declare_event("matching.handed_over", _("A matching was handed over to be published"))
declare_event("matching.published", _("A matching was published"))
declare_event("matching.mentees_told", _("Mentees were told of their proposed mentor"))
declare_event("matching.mentors_told", _("Mentors were told of their proposed mentees"))
declare_event("matching.left_told", _("Mentees who were not placed were told"))
declare_event("matching.taken_back", _("A published matching was taken back"))
declare_event("matching.exported", _("A list of proposed pairs was downloaded"))
