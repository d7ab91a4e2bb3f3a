"""What reviews hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.reviews.models import Review, ReviewAnswer

privacy.declare(
    Review,
    purpose=_("That a pair was asked to look back, and with which questions"),
    basis="none",
    subject="",
    keep="shared_record",
    plain=["id", "ref", "relationship", "kind", "instrument", "edition", "opened_at", "completed_at"],
)
privacy.declare(
    ReviewAnswer,
    purpose=_("What somebody says when they look back on their mentoring"),
    basis="legitimate interests",
    subject="author",
    keep="shared_record",
    about="review__relationship__parties__participation__membership",
    personal=["author", "ratings", "words", "released", "contact", "contact_words"],
    plain=["id", "ref", "review", "saved_at", "sent_at"],
)
