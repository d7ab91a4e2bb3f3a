"""Every column of ours is declared: whose it is, why it is there and how long."""

from collections.abc import Iterable
from dataclasses import replace

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from alongside import guidance
from alongside.foundation import privacy


def undeclared(found: Iterable[type[models.Model]]) -> list[str]:
    """Columns that no declaration names."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.concrete_fields
        if field.name not in _declared(model)
    ]


def _declared(model: type[models.Model]) -> set[str]:
    held = privacy.declaration_of(model)
    return {*held.personal, *held.plain, *held.special} if held else set()


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("alongside.")]


def test_every_column_is_declared():
    assert len(_ours()) > 20
    assert undeclared(_ours()) == []


@isolate_apps("alongside.people")
def test_a_planted_column_is_caught():
    class Forgotten(models.Model):
        mother = models.TextField()

        class Meta:
            app_label = "people"

    class Half(models.Model):
        name = models.TextField()
        shoe_size = models.IntegerField()

        class Meta:
            app_label = "people"

    privacy.declare(Half, purpose="x", basis="none", subject="", keep="account", personal=["name"], plain=["id"])
    try:
        assert undeclared([Forgotten, Half]) == [
            "people.Forgotten.id",
            "people.Forgotten.mother",
            "people.Half.shoe_size",
        ]
    finally:
        privacy.registry._declared.pop(Half)


def test_the_way_to_the_person_exists():
    """`subject` is a path through foreign keys to somebody, `self`, or nothing."""
    for held in privacy.declarations():
        model = held.model
        for step in held.subject.split("__") if held.subject not in ("", "self") else ():
            field = model._meta.get_field(step)
            model = field.related_model or model


def kept_without_a_class(declared: Iterable[privacy.Declaration], classes: Iterable[str]) -> list[str]:
    """Tables whose retention class guidance does not know: nobody could say when their rows go."""
    return [f"{held.model.__name__}: {held.keep}" for held in declared if held.keep not in set(classes)]


def test_every_table_is_kept_as_a_retention_class_says():
    assert kept_without_a_class(privacy.declarations(), guidance.retention_classes()) == []


def test_a_planted_unknown_class_is_caught():
    [first, *_rest] = privacy.declarations()
    assert kept_without_a_class([replace(first, keep="for ever")], guidance.retention_classes()) == [
        f"{first.model.__name__}: for ever"
    ]
