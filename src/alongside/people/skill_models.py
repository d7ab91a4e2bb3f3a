"""What must be known to take a merger of two skills back."""

from django.db import models

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.people.terms import Side, SkillState


class SkillMerge(models.Model):
    """One word became another word for a skill. It can be taken back while this row is there: 30 days."""

    ref = RefField()
    word = models.ForeignKey("people.Skill", models.CASCADE, related_name="+")
    into = models.ForeignKey("people.Skill", models.CASCADE, related_name="+")
    state_before = models.CharField(max_length=10, choices=SkillState.choices)
    other_words = models.JSONField(default=list)  # keys of the words that led to `word`
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word"], name="skill_merge_once")]


class MergedEntry(models.Model):
    """Somebody held the word that was merged. `had_both`: the other one as well, so that one entry went."""

    merge = models.ForeignKey(SkillMerge, models.CASCADE, related_name="+", db_index=False)
    profile = models.ForeignKey("people.Profile", models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    had_both = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "profile", "side"], name="merged_entry_once")]
