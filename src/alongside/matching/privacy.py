"""What matching holds of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.matching.models import (
    Left,
    LookAgain,
    Mark,
    MatchingPolicy,
    Offer,
    OfferedMentor,
    Opened,
    Proposal,
    Published,
    Question,
    Round,
    Run,
    Taker,
    Wish,
)

_STAYS = _("What was worked out for the others stands on it; it names nobody any more")

privacy.declare(
    MatchingPolicy,
    purpose=_("By which rules and weights a programme matches"),
    basis="legitimate interests",
    subject="changed_by",
    keep="shared_record",
    stays=_("The programme’s own rules"),
    lasts=True,
    personal=["changed_by"],
    plain=["id", "programme", "way", "kept", "revision", "nightly", "changed_at"],
)
privacy.declare(
    Round,
    purpose=_("When a programme was matched, and who published it"),
    basis="legitimate interests",
    subject="begun_by",
    also=("published_by", "changed_by"),
    keep="shared_record",
    stays=_STAYS,
    lasts=True,
    personal=["begun_by", "changed_by", "published_by"],
    plain=["id", "ref", "programme", "state", "words", "revision", "job_ref", "begun_at", "published_at"],
)
privacy.declare(
    Run,
    purpose=_("What a matching was worked out from, so that it can be shown that it was"),
    basis="legitimate interests",
    subject="by",
    keep="shared_record",
    stays=_STAYS,
    lasts=True,
    personal=["by"],
    plain=[
        "id", "ref", "round", "number", "state", "seed", "after", "fixed", "policy", "apart", "pins", "bans",
        "fingerprint", "figures", "fault", "job_ref", "begun_at", "done_at",
    ],
)  # fmt: skip
privacy.declare(
    Taker,
    purpose=_("What a matching knew of somebody: their places, and what its rules and weights look at"),
    basis="legitimate interests",
    subject="participation__membership",
    keep="application",
    stays=_STAYS,
    emptied={"said": {}},
    personal=["participation", "places", "said"],
    plain=["id", "run"],
)
privacy.declare(
    Proposal,
    purpose=_("Which pairs a matching found, and why"),
    basis="legitimate interests",
    subject="mentee__membership",
    also=("mentor__membership",),
    keep="application",
    stays=_STAYS,
    emptied={"points": {}, "others": []},
    personal=["mentee", "mentor", "score", "points", "others"],
    plain=["id", "ref", "run", "pinned", "worth_a_look"],
)
privacy.declare(
    Left,
    purpose=_("Who was not placed by a matching, why, and what would help"),
    basis="legitimate interests",
    subject="mentee__membership",
    keep="application",
    stays=_STAYS,
    emptied={"detail": {}, "changes": []},
    personal=["mentee", "lack", "detail", "changes"],
    plain=["id", "ref", "run"],
)
privacy.declare(
    Mark,
    purpose=_("Whom a coordinator kept together or apart in a matching"),
    basis="legitimate interests",
    subject="mentee__membership",
    also=("mentor__membership", "by"),
    keep="application",
    personal=["mentee", "mentor", "kind", "by"],
    plain=["id", "round", "at"],
)
privacy.declare(
    Opened,
    purpose=_("Whom a coordinator looked at before a matching was published"),
    basis="legitimate interests",
    subject="mentee__membership",
    also=("mentor__membership", "by"),
    keep="application",
    personal=["mentee", "mentor", "by"],
    plain=["id", "round", "at"],
)
privacy.declare(
    Question,
    purpose=_("Why two people were not paired, asked by a coordinator"),
    basis="legitimate interests",
    subject="mentee__membership",
    also=("mentor__membership", "by"),
    keep="application",
    personal=["mentee", "mentor", "answer", "by"],
    plain=["id", "ref", "run", "job_ref", "asked_at"],
)
privacy.declare(
    Published,
    purpose=_("Why two people were proposed to each other"),
    basis="legitimate interests",
    subject="relationship__parties__participation__membership",
    keep="shared_record",
    stays=_("The partner’s history stands on it; it names nobody any more"),
    personal=["relationship", "score", "points", "shared"],
    plain=["id", "round"],
)
privacy.declare(
    Wish,
    purpose=_("Whom somebody would like to be paired with"),
    basis="consent",
    subject="by__membership",
    also=("about__membership",),
    keep="application",
    personal=["by", "about", "rank", "at"],
    plain=["id"],
)
privacy.declare(
    Offer,
    purpose=_("From whom a mentee could choose their mentor, and whether they did"),
    basis="legitimate interests",
    subject="mentee__membership",
    keep="application",
    stays=_STAYS,
    personal=["mentee", "state", "until", "made_at", "answered_at"],
    plain=["id", "ref", "round"],
)
privacy.declare(
    OfferedMentor,
    purpose=_("Which mentors a mentee could choose from, and why"),
    basis="legitimate interests",
    subject="offer__mentee__membership",
    also=("mentor__membership",),
    keep="application",
    stays=_STAYS,
    emptied={"points": {}, "shared": []},
    personal=["mentor", "score", "points", "shared"],
    plain=["id", "ref", "offer", "place", "kept", "gone"],
)
privacy.declare(
    LookAgain,
    purpose=_("Who asked that a person looks again at a matching, and what was answered"),
    basis="legitimate interests",
    subject="mentee__membership",
    also=("answered_by",),
    keep="application",
    stays=_STAYS,
    emptied={"words": "–"},
    personal=["mentee", "asked_at", "words", "answered_by", "answered_at"],
    plain=["id", "ref", "round"],
)
