from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "alongside.foundation.files"
    label = "files"
