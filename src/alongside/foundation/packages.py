"""How each package joins in: its declarations are loaded when Django is ready."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

_DECLARATIONS = ("policy", "privacy", "notices", "tasks", "hooks")


class Package(AppConfig):
    """A package of Alongside: loads its policy, privacy, notices, tasks and hooks, where it has them."""

    default = False  # each apps.py also sees this class; Django shall choose the package's own

    def __init_subclass__(cls) -> None:
        """The class in a package's apps.py is the one that Django takes."""
        cls.default = True

    def ready(self) -> None:
        """Called by Django once every model is loaded."""
        for name in _DECLARATIONS:
            if module_has_submodule(self.module, name):
                import_module(f"{self.name}.{name}")
