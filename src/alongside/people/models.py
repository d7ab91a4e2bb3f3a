"""Profiles, skills, who manages whom, and rosters on their way in.

A foreign key has no index of its own where another one begins with it: every index is paid for by every import.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.people.field_models import OwnChoice, OwnField, OwnValue  # noqa: F401 -- Django looks for models here
from alongside.people.own_models import (  # noqa: F401 -- Django looks for models here
    Needs,
    NeedsPart,
    Pause,
    PauseWords,
    WeeklyTime,
)
from alongside.people.skill_models import MergedEntry, SkillMerge  # noqa: F401 -- Django looks for models here
from alongside.people.terms import (
    MOST_PLACES,
    TAKEN_IN,
    Answer,
    ImportState,
    LinkKind,
    Outcome,
    RosterRole,
    Side,
    SkillState,
)


class Profile(models.Model):
    """What an organisation and a person say about them. Nothing protected: people are asked for that themselves."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    job_title = models.CharField(_("job title"), max_length=160, blank=True)
    grade = models.CharField(_("grade"), max_length=40, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    team = models.CharField(_("team"), max_length=120, blank=True)
    site = models.CharField(_("site"), max_length=120, blank=True)
    start_date = models.DateField(_("start date"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    ways_to_meet = models.JSONField(_("ways to meet"), default=list, blank=True)  # of `WayToMeet`; none: any way
    interests = models.JSONField(_("interests"), default=list, blank=True)  # as they were written, each once
    working_days = models.CharField(_("working days"), max_length=120, blank=True)
    career_aim = models.CharField(_("career aim"), max_length=500, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    most_mentees = models.PositiveSmallIntegerField(_("most mentees altogether"), null=True, blank=True)
    show_headline = models.BooleanField(default=True)
    show_skills = models.BooleanField(default=True)
    show_work = models.BooleanField(default=True)
    show_pronouns = models.BooleanField(default=True)
    show_times = models.BooleanField(default=False)
    saved_parts = models.JSONField(default=list, blank=True)  # the pages that its owner has saved, empty or not
    roster_role = models.CharField(_("said in the roster"), max_length=8, choices=RosterRole.choices, blank=True)
    roster_capacity = models.PositiveSmallIntegerField(_("places said in the roster"), null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "department"], name="profile_department"),
            models.Index(fields=["organisation", "site"], name="profile_site"),
            models.Index(fields=["organisation", "team"], name="profile_team"),
            models.Index(
                fields=["organisation", "roster_role"], name="profile_roster_role", condition=~Q(roster_role="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(most_mentees__isnull=True) | Q(most_mentees__lte=MOST_PLACES), name="profile_most_mentees"
            )
        ]


class Skill(models.Model):
    """One word of an organisation's vocabulary of skills. `folded` makes it one, whatever its capitals.

    A word that is `same_as` another one leads there: nobody holds it, and whoever writes it gets the other one.
    """

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=SkillState.choices, default=SkillState.PROPOSED)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="other_words")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "folded"], name="skill_once"),
            models.CheckConstraint(
                condition=Q(state=SkillState.OTHER_WORD, same_as__isnull=False)
                | ~Q(state=SkillState.OTHER_WORD) & Q(same_as__isnull=True),
                name="skill_other_word_leads_on",
            ),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="skill_not_its_own_other_word"),
        ]

    def __str__(self) -> str:
        return self.name


class ProfileSkill(models.Model):
    """A skill that somebody can offer, or wants to develop."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="skills", db_index=False)
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(max_length=8, choices=Side.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "skill", "side"], name="profile_skill_once")]
        indexes = [models.Index(fields=["skill", "side"], name="profile_skill")]


class Link(models.Model):
    """One person manages another, while `until` is empty."""

    ref = RefField()
    kind = models.CharField(max_length=8, choices=LinkKind.choices, default=LinkKind.MANAGES)
    source = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    target = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target"], name="link_one_manager", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_not_oneself"),
        ]
        indexes = [models.Index(fields=["kind", "source"], name="link_source", condition=Q(until__isnull=True))]


class RosterImport(models.Model):
    """One roster on its way in. Its rows are deleted 30 days after it was made."""

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    file_name = models.CharField(max_length=200)
    upload_ref = models.CharField(max_length=12, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    programme = models.CharField(_("programme"), max_length=80, blank=True)
    mapping = models.JSONField(default=dict)
    columns_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    columns_at = models.DateTimeField(null=True, blank=True)  # before created_at: as last time; empty: as guessed
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.COLUMNS)
    counts = models.JSONField(default=dict)
    holds_everybody = models.BooleanField(_("this file holds everybody"), default=False)
    fault = models.CharField(max_length=300, blank=True)
    job_ref = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    made = models.JSONField(default=dict)  # the last numbers of skills, own fields and choices before and after it
    indexed_to = models.CharField(max_length=12, blank=True)  # ref of the last row whose person is found by their words

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation", "-created_at", "-id"], name="roster_import_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TAKEN_IN, committed_at__isnull=False)
                | ~Q(state__in=TAKEN_IN) & Q(committed_at__isnull=True),
                name="roster_import_done",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.UNDONE, undone_at__isnull=False)
                | ~Q(state=ImportState.UNDONE) & Q(undone_at__isnull=True),
                name="roster_import_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterRow(models.Model):
    """One row of a roster, checked, before anything of it is taken in."""

    ref = RefField()
    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows", db_index=False)
    spreadsheet_row = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    data = models.JSONField(null=True)
    cells = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    changes = models.JSONField(default=list)
    before = models.JSONField(null=True)  # what a changed person was, so that the import can be undone
    keys = models.JSONField(default=list)  # address and number in a row that is nobody new: they are not missing
    remarks = models.JSONField(default=list)
    has_doubt = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    taken_back = models.BooleanField(null=True)  # by the undoing of the import; False: stays, for somebody acted since
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["spreadsheet_row"]
        constraints = [models.UniqueConstraint(fields=["roster_import", "spreadsheet_row"], name="roster_row_once")]
        indexes = [models.Index(fields=["roster_import", "outcome", "spreadsheet_row"], name="roster_row_list")]


class RosterLeaver(models.Model):
    """Somebody who was here and is not in a roster that holds everybody: proposed, chosen, gone."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="leavers", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    perhaps_row = models.PositiveIntegerField(null=True, blank=True)  # not taken in, and of the same name
    chosen = models.BooleanField(default=False)
    state_before = models.CharField(max_length=12, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["membership__name", "membership_id"]
        constraints = [models.UniqueConstraint(fields=["roster_import", "membership"], name="roster_leaver_once")]


class RememberedColumns(models.Model):
    """What somebody said of the columns of one shape of file, for the next one that looks like it. No values."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    shape = models.CharField(max_length=40)
    mapping = models.JSONField(default=dict)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "shape"], name="remembered_columns_once")]
