"""What the two do with their agreement, in one call each."""

from alongside.contracts import actions, queries
from alongside.contracts.models import Version
from tests.cast import Cast


def draft(cast: Cast) -> Version:
    """Ben opens the agreement."""
    return actions.open_agreement(cast.pair(cast.ben), by=cast.ben).versions.get()


def answers(cast: Cast, **changes: str) -> dict[str, str]:
    """The draft's answers with some changed."""
    held = queries.agreement(cast.pair(cast.ben)).draft
    return queries.answers(held) | changes


def write(cast: Cast, actor=None, **changes: str) -> Version:
    """One of the two (Ben) changes the draft."""
    actor = actor or cast.ben
    held = queries.agreement(cast.pair(actor)).draft
    said = answers(cast, **changes)
    return actions.save_draft(cast.pair(actor), revision=held.revision, answers=said, by=actor)


def propose(cast: Cast, actor=None) -> Version:
    """One of the two (Ben) shows the draft for signing; opens the agreement first where needed."""
    actor = actor or cast.ben
    actions.open_agreement(cast.pair(actor), by=actor)
    held = queries.agreement(cast.pair(actor)).draft
    return actions.propose(cast.pair(actor), revision=held.revision, by=actor)


def shown(version: Version, actor) -> actions.Showing:
    """What the form brings back from the page of this version."""
    hashes = {text.layer: text.sha256 for text in version.texts.all()}
    return actions.read_showing(actions.showing(version, hashes, to=actor).token())


def sign(cast: Cast, actor, version: Version) -> Version:
    """Read and sign."""
    seen = shown(version, actor)
    return actions.sign(cast.pair(actor), version.ref, shown=seen, method="password", by=actor)


def sign_both(cast: Cast) -> Version:
    """From nothing to an agreement that holds."""
    version = propose(cast)
    sign(cast, cast.ben, version)
    sign(cast, cast.amara, version)
    version.refresh_from_db()
    return version


def change(cast: Cast, actor=None, **changes: str) -> Version:
    """Begin the next version and write in it."""
    actor = actor or cast.ben
    actions.ask_change(cast.pair(actor), by=actor)
    return write(cast, actor, **changes)
