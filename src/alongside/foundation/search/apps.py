from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "alongside.foundation.search"
    label = "search"
