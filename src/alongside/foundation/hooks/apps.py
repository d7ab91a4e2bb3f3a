from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "alongside.foundation.hooks"
    label = "hooks"
