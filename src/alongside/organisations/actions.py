"""Setting up an organisation, with the people it names first."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events.models import AuditHead
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.identity.queries import organisations_exist
from alongside.foundation.identity.terms import OrganisationRoleName


def set_up(facts: dict[str, Any]) -> Membership:
    """The first organisation, its administrator and its safeguarding lead and alternate, wholly or not at all.

    Raises NotPossible when somebody else has set one up meanwhile.
    """
    with transaction.atomic():
        # The one row that every installation has: whoever holds it sets up alone, also when two begin at once.
        AuditHead.objects.get_or_create(pk=1)
        AuditHead.objects.select_for_update().get(pk=1)
        if organisations_exist():
            raise identity.NotPossible(_("This copy has been set up already. Sign in instead."))
        if Account.objects.filter(email__iexact=facts["email"]).exists():
            raise identity.NotPossible(_("There is an account with this e-mail address already. Use another one."))
        account = identity.create_account(
            email=facts["email"], password=facts["password"], timezone=facts["timezone"], language=facts["language"]
        )
        membership = identity.set_up_organisation(
            name=facts["organisation"],
            timezone=facts["timezone"],
            language=facts["language"],
            privacy_contact=facts["privacy_contact"],
            account=account,
            person=facts["name"],
        )
        for part, role in (
            ("lead", OrganisationRoleName.SAFEGUARDING_LEAD),
            ("alternate", OrganisationRoleName.SAFEGUARDING_ALTERNATE),
        ):
            if facts.get(f"{part}_email"):
                named = _listed(membership.organisation, facts[f"{part}_name"], facts[f"{part}_email"])
                identity.grant_role(named, role, by=System(membership.organisation))
    return membership


def _listed(organisation: Organisation, name: str, address: str) -> Membership:
    found = Membership.objects.filter(organisation=organisation, work_address__iexact=address).first()
    return found or identity.add_membership(
        organisation=organisation, name=name, work_address=address, by=System(organisation)
    )
