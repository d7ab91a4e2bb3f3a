"""What programmes hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.programmes.models import FunnelCount, Participation, Programme

privacy.declare(
    Programme,
    purpose=_("What the organisation runs, and why"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=[
        "id",
        "ref",
        "organisation",
        "slug",
        "name",
        "purpose",
        "starts_on",
        "ends_on",
        "model_key",
        "model_edition",
        "state",
        "created_at",
        "launched_at",
        "counts_begun",
    ],
)
privacy.declare(
    FunnelCount,
    purpose=_("How many people of a programme have come how far: numbers, no names"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "programme", "step", "count", "counted_at"],
)
privacy.declare(
    Participation,
    purpose=_("Who takes part in which programme, and as what"),
    basis="legitimate interests",
    subject="membership",
    keep="shared_record",
    personal=["membership", "part", "capacity"],
    plain=["id", "ref", "programme", "since", "until"],
)
