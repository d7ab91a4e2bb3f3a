from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands and checks of the installation as a whole."""

    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        """Registers the checks, and what happens to the installation."""
        from alongside.config import checks, notices  # noqa: F401, PLC0415 -- models load after the apps
