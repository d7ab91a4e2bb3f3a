import pytest


@pytest.fixture(autouse=True)
def development(settings):
    """Static files straight from their sources, the gallery at /ui/, and a mirrored language."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ROOT_URLCONF = "tests.foundation.ui.urls"
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Right to left")]
