"""What the table of reads holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.reads.models import Read

privacy.declare(
    Read,
    purpose=_("Lets people see who has read about them"),
    basis="legal obligation",
    subject="subject_ref",
    keep="reads",
    since="day",
    withheld={"shown": False},
    personal=["reader_ref", "subject_ref"],
    plain=["id", "organisation_ref", "kind", "record_ref", "day", "shown"],
)
