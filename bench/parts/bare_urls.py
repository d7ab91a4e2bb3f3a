"""Addresses of the minimal project."""

from django.urls import path

from parts.bare import bare

urlpatterns = [path("bare/", bare)]
