"""Every address, one include a package, in layer order."""

from django.conf import settings
from django.urls import include, path

handler400 = "alongside.config.faults.not_understood"
handler500 = "alongside.config.faults.went_wrong"
urlpatterns = [
    path("account/", include("alongside.config.sign_in")),
    path("", include("alongside.foundation.access.urls")),
    path("", include("alongside.foundation.files.urls")),
    path("", include("alongside.foundation.jobs.urls")),
    path("", include("alongside.foundation.notifications.urls")),
    path("", include("alongside.organisations.urls")),
    path("", include("alongside.people.urls")),
    path("guidance/", include("alongside.guidance.urls")),
    path("", include("alongside.programmes.urls")),
    path("", include("alongside.readiness.urls")),
    path("", include("alongside.relationships.urls")),
    path("", include("alongside.contracts.urls")),
    path("", include("alongside.matching.urls")),
    path("", include("alongside.goals.urls")),
    path("", include("alongside.meetings.urls")),
    path("", include("alongside.reviews.urls")),
    path("", include("alongside.records.urls")),
    path("", include("alongside.safeguarding.urls")),
    path("", include("alongside.home.urls")),
    path("", include("alongside.demo.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("alongside.foundation.ui.urls")))
