"""What goals hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.goals.models import Goal, GoalMark

privacy.declare(
    Goal,
    purpose=_("What the mentee wants from the mentoring, in their own words"),
    basis="legitimate interests",
    subject="owner",
    keep="shared_record",
    about="relationship__parties__participation__membership",
    personal=["owner", "words", "why", "signs", "start", "start_words", "hope", "target_on", "shared", "state"],
    plain=["id", "ref", "relationship", "created_at", "settled_at"],
)
privacy.declare(
    GoalMark,
    purpose=_("How far the mentee says that a goal has come"),
    basis="legitimate interests",
    subject="goal__owner",
    keep="shared_record",
    about="goal__relationship__parties__participation__membership",
    personal=["value", "words"],
    plain=["id", "ref", "goal", "on", "at"],
)
