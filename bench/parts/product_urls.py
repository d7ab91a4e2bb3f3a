"""The product's addresses and the bare view."""

from django.urls import include, path

from parts.bare import bare

urlpatterns = [path("bare/", bare), path("", include("alongside.config.urls"))]
