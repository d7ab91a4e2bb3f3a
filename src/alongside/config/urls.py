"""Every address, one include a package."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("alongside.foundation.jobs.urls")),
    path("", include("alongside.foundation.files.urls")),
    path("", include("alongside.foundation.notifications.urls")),
    path("guidance/", include("alongside.guidance.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("alongside.foundation.ui.urls")))
