"""From declarations to rows: nothing that stays leans on something that goes."""

from django.apps import apps

from alongside.foundation import privacy, sets
from alongside.foundation.privacy.paths import leaning_first, path_to
from alongside.meetings.models import PrivateNote
from alongside.programmes.models import Programme


def goes(held: privacy.Declaration | None) -> bool:
    """Do a table's rows go when their person is erased?"""
    return bool(held and held.paths and not held.stays and not held.is_a_person)


def leaning(declared: list[privacy.Declaration]) -> list[str]:
    """Tables that stay and refer to a table whose rows go."""
    return [
        f"{model.__name__}.{name} leans on {held.label}"
        for held in declared
        if goes(held)
        for model, name in sets.referring(held.model)
        if not goes(privacy.declaration_of(model)) and not model._meta.get_field(name).null
    ]


def test_what_stays_leans_on_nothing_that_goes():
    assert leaning(privacy.declarations()) == []


def test_a_planted_one_is_caught():
    """Were pairs to go, all that hangs on them would hang in the air."""
    pair = apps.get_model("relationships", "Relationship")
    held = privacy.declaration_of(pair)
    gone = privacy.Declaration(pair, held.purpose, held.basis, held.subject, held.keep, held.personal, held.plain)
    assert "Session.relationship leans on relationships.relationship" in leaning([gone])


def test_whoever_refers_goes_first():
    order = [held.model for held in leaning_first(privacy.declarations())]
    for model in order:
        for referring, _name in sets.referring(model):
            if referring in order and referring is not model:
                assert order.index(referring) < order.index(model), referring


def test_paths_lead_through_keys_alone():
    assert path_to(PrivateNote, "relationships.relationship") == "session__relationship"
    assert path_to(Programme, "programmes.programme") == "pk"
    assert path_to(Programme, "relationships.relationship") is None
