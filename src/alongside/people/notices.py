"""The wording of what happens to people's profiles and to rosters."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event
from alongside.foundation.notifications import declare_kind

declare_event("profile.changed", _("A profile was changed"))
declare_event("person.added", _("A person was added by hand"))
declare_event("people.invited", _("People were invited"))
declare_event("roster.begun", _("A roster was handed in"))
declare_event("roster.columns_chosen", _("The columns of a roster were looked through"))
declare_event("roster.answered", _("A question about a roster was answered"))
declare_event("roster.taken_in", _("A roster was taken in"))
declare_event("roster.undone", _("A roster was taken back"))
declare_event("roster.everybody", _("Somebody said whether a roster holds everybody"))
declare_event("roster.leavers_chosen", _("People who are not in a roster were let go"))
declare_event("roster.others_stay", _("Nobody else who is not in a roster leaves"))
declare_event("roster.discarded", _("A roster was discarded"))
declare_event("roster.rows_deleted", _("The rows of an old roster were deleted"))
declare_event("manager.changed", _("A line manager was changed"))
declare_kind("membership.invitation", _("Invitations to join"), required=True, open_to_administrators=True)
