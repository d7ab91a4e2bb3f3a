from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "alongside.foundation.events"
    label = "events"
