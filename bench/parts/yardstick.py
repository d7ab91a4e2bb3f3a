"""Sets the yardstick up: its tables, one account, and a sign-in."""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

call_command("migrate", verbosity=0)
settings.STATIC_ROOT.mkdir(exist_ok=True)
user = get_user_model().objects.create_user("amara", "amara@large.example")
client = Client()
client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
print(json.dumps({"signed_in": client.cookies["session"].value}))
