"""The wording of what happens to records. Nobody is mailed about it from here."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("person.exported", _("Somebody’s data was exported"))
declare_event("person.erasure_begun", _("The erasure of somebody was begun"))
declare_event("person.erased", _("Somebody was erased"), tombstone=True)
declare_event("person.name_taken_out", _("The name of somebody who left long ago was taken out"), tombstone=True)
declare_event("hold.set", _("A hold was put on somebody’s records"))
declare_event("hold.lifted", _("A hold on somebody’s records was lifted"))
declare_event("retention.run", _("Records whose day had come were deleted"), tombstone=True)
