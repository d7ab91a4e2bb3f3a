from django.apps import AppConfig


class ReadsConfig(AppConfig):
    name = "alongside.foundation.reads"
    label = "reads"
