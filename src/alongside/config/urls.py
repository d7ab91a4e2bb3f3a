"""Every address, one include a package."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
