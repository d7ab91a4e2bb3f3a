"""Foreign keys point down a layer, hold on to what they point to and leave no name behind."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from alongside.people.models import Profile
from alongside.relationships.models import Relationship
from tests.architecture import house


def faults(found: Iterable[type[models.Model]]) -> list[str]:
    """What is wrong with the keys of these models, a line each."""
    lines = []
    for model in found:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.remote_field and field.remote_field.model
            if target and target.__module__.startswith("alongside."):
                name = f"{model.__name__}.{field.name}"
                lines += [f"{name} {fault}" for fault in _faults(field, _package(model), _package(target))]
    return lines


def _package(model: type[models.Model]) -> str:
    return house.package_of(model.__module__)


def _faults(field: models.Field, package: str, target: str) -> Iterable[str]:
    if package == target:
        return
    if not house.may_use(package, target):
        yield f"points up, from {package} to {target}"
    if not field.remote_field.hidden:
        yield 'needs related_name="+"'
    if getattr(field.remote_field, "on_delete", models.PROTECT) is not models.PROTECT:
        yield "needs on_delete=PROTECT"


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("alongside.")]


def test_keys_point_down():
    assert len(_ours()) > 20
    assert faults(_ours()) == []


@isolate_apps("alongside.people")
def test_planted_keys_are_caught():
    class Upward(models.Model):
        pair = models.ForeignKey(Relationship, models.PROTECT, related_name="+")

        class Meta:
            app_label = "people"

    class Loose(models.Model):
        profile = models.ForeignKey(Profile, models.CASCADE, related_name="loose")

        class Meta:
            app_label = "people"

    Upward.__module__ = "alongside.people.models"
    Loose.__module__ = "alongside.relationships.models"
    assert faults([Upward, Loose]) == [
        "Upward.pair points up, from people to relationships",
        'Loose.profile needs related_name="+"',
        "Loose.profile needs on_delete=PROTECT",
    ]


def test_generic_keys_are_not_used():
    used = [source.path for source in house.python() if "GenericForeignKey" in source.text]
    assert used == []
