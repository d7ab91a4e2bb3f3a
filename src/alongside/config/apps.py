from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands and checks of the installation as a whole."""

    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        """Registers the checks."""
        from alongside.config import checks  # noqa: F401, PLC0415 -- models load after the apps
