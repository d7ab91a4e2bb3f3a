from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "alongside.foundation.vault"
    label = "vault"
