from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands and checks of the installation as a whole."""

    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        """Registers the checks, what happens to the installation, and which copies of it no erasure reaches."""
        from alongside.config import checks, notices, privacy  # noqa: F401, PLC0415 -- models load after the apps
