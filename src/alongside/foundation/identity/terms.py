"""States of a membership and roles in an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipState(models.TextChoices):
    """How far a person has come in an organisation."""

    LISTED = "listed", _("Not invited yet")
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Joined")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")
    ERASED = "erased", _("Erased")


GONE = frozenset({MembershipState.SUSPENDED, MembershipState.LEFT, MembershipState.ERASED})
"""States in which nobody can be part of anything new."""


class OrganisationRoleName(models.TextChoices):
    """What a person is trusted with across a whole organisation."""

    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead")
    SAFEGUARDING_ALTERNATE = "safeguarding_alternate", _("Safeguarding alternate")
    COMPLAINTS_PANEL = "complaints_panel", _("Complaints panel")
    SUPERVISOR = "supervisor", _("Supervisor")
    ASSESSOR = "assessor", _("Assessor")
    VERIFIER = "verifier", _("Verifier")


ROLE_DUTIES = {
    OrganisationRoleName.ADMINISTRATOR: _("Settings, people and roles; reads no record of any pair"),
    OrganisationRoleName.COORDINATOR: _("Imports people, starts programmes and runs those they are named for"),
    OrganisationRoleName.PRIVACY_OFFICER: _("Handles data requests, complaints about data, retention and breaches"),
    OrganisationRoleName.SAFEGUARDING_LEAD: _("Handles every concern about somebody’s safety"),
    OrganisationRoleName.SAFEGUARDING_ALTERNATE: _("Takes over when the lead is away or concerned themselves"),
    OrganisationRoleName.COMPLAINTS_PANEL: _("Answers complaints and questions of ethics; never one about themselves"),
    OrganisationRoleName.SUPERVISOR: _("Supervises mentors"),
    OrganisationRoleName.ASSESSOR: _("Judges the evidence for a mentor’s qualification"),
    OrganisationRoleName.VERIFIER: _("Checks the assessors’ judgement"),
}


class SecondStep(models.TextChoices):
    """Whom an organisation asks for a second step when signing in."""

    NOBODY = "nobody", _("Nobody: each decides for themselves")
    ROLES = "roles", _("People with certain roles")
    EVERYBODY = "everybody", _("Everybody")


KEEP_ME = _("Keep me signed in: nobody else uses this device")
