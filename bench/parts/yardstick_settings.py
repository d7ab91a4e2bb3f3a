"""A minimal Django project with our middleware on SQLite as ours is, and nothing else of ours."""

import os
from pathlib import Path

from alongside.config import settings as ours

SECRET_KEY = "a yardstick's"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "parts.bare_urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_structlog",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
]
MIDDLEWARE = [name for name in ours.MIDDLEWARE if not name.startswith("alongside.")]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
DATABASES = {
    "default": ours.DATABASES["default"] | {"NAME": Path(os.environ["ALONGSIDE_DATA_DIR"]) / "yardstick.sqlite3"}
}
TEMPLATES = ours.TEMPLATES[:0]
CONTENT_SECURITY_POLICY = ours.CONTENT_SECURITY_POLICY
MESSAGE_STORAGE = ours.MESSAGE_STORAGE
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ours.SESSION_COOKIE_NAME, ours.CSRF_COOKIE_NAME
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LOGGING = ours.LOGGING
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ["ALONGSIDE_DATA_DIR"]) / "static"
