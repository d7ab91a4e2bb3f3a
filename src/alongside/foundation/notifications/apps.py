from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "alongside.foundation.notifications"
    label = "notifications"
