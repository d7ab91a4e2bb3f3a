from importlib import import_module

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "alongside.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        """Declares the components."""
        import_module(f"{self.name}.components")
