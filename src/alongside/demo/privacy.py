"""What the demo holds of people: nothing."""

from django.utils.translation import gettext_lazy as _

from alongside.demo.models import Invented
from alongside.foundation import privacy

privacy.declare(
    Invented,
    purpose=_("Which organisations are invented"),
    basis="none",
    subject="",
    keep="account",
    plain=["id", "organisation"],
)
