"""What agreements hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.contracts import actions
from alongside.contracts.models import Contract, LayerText, Signature, Version
from alongside.foundation import privacy

_PARTIES = "contract__relationship__parties__participation__membership"
_STAYS = _("The other of the two has the agreement; the name is taken out of it")

privacy.declare(
    Contract,
    purpose=_("That two people have an agreement"),
    basis="legitimate interests",
    subject="relationship__parties__participation__membership",
    keep="shared_record",
    stays=_STAYS,
    personal=["opened_by"],
    plain=["id", "ref", "relationship", "opened_at"],
)
privacy.declare(
    Version,
    purpose=_("The versions of an agreement, and what the two filled in"),
    basis="legitimate interests",
    subject=_PARTIES,
    keep="shared_record",
    stays=_STAYS,
    frozen=True,
    personal=["answers", "created_by", "changed_by", "proposed_by"],
    plain=[
        "id", "ref", "contract", "number", "state", "revision", "clause_set", "language", "created_at", "changed_at",
        "proposed_at", "signed_at", "chain",
    ],
)  # fmt: skip
privacy.declare(
    LayerText,
    purpose=_("The words of an agreement as they were signed"),
    basis="legitimate interests",
    subject=f"version__{_PARTIES}",
    keep="shared_record",
    stays=_STAYS,
    frozen=True,
    personal=["document"],
    plain=["id", "ref", "version", "layer", "sha256"],
)
privacy.declare(
    Signature,
    purpose=_("Who signed which words, when, and how they were signed in"),
    basis="legitimate interests",
    subject="membership",
    keep="shared_record",
    stays=_STAYS,
    frozen=True,
    personal=["membership", "part", "method"],
    plain=["id", "ref", "version", "layer", "shown_at", "signed_at", "intent", "document_hash"],
)


@privacy.at_erasure
def take_the_name_out(person: privacy.Person) -> privacy.Counts:
    """Signed words are evidence: they change only so that `verify_contracts` still knows them."""
    return {"contracts.version": actions.take_name_out(person)}


privacy.before_removal("contracts.contract")(actions.tell_of_removal)
