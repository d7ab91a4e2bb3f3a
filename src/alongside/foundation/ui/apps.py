from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "alongside.foundation.ui"
    label = "ui"
