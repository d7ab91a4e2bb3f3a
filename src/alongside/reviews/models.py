"""Reviews and what each of the two answers in them."""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import SealedField
from alongside.relationships.models import Relationship
from alongside.reviews.terms import Contact, ReviewKind


class Review(models.Model):
    """A pair looks back: the questions in the edition that was asked, and when both answers were in."""

    ref = RefField()
    relationship = models.ForeignKey(Relationship, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ReviewKind.choices)
    instrument = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "kind"], name="review_once")]


class ReviewAnswer(models.Model):
    """One person's review. A draft until it is sent; the author's key seals it, the pair's key what is for both."""

    ref = RefField()
    review = models.ForeignKey(Review, models.CASCADE, related_name="answers")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ratings = SealedField()
    words = SealedField()
    released = models.BooleanField(default=False)
    contact = models.CharField(max_length=4, choices=Contact.choices, blank=True)
    contact_words = SealedField()
    saved_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "author"], name="review_answer_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(contact=""), name="review_answer_sent_with_contact"
            ),
        ]
