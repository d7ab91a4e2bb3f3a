from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "alongside.foundation.privacy"
    label = "privacy"
