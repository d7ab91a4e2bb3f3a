"""The wording of events of goals."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("goal.added", _("A goal was written"))
declare_event("goal.changed", _("A goal was changed"))
declare_event("goal.shared", _("A goal was shared with the mentor"))
declare_event("goal.unshared", _("A goal was made private again"))
declare_event("goal.marked", _("A goal was marked"))
declare_event("goal.reached", _("A goal was reached"))
declare_event("goal.let_go", _("A goal was let go"))
declare_event("goal.reopened", _("A goal was taken up again"))
