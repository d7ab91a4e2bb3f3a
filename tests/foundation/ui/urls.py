from django.urls import include, path

from alongside.config.urls import urlpatterns as ours

urlpatterns = [*ours, path("", include("alongside.foundation.ui.urls"))]
