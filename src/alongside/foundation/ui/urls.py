from django.urls import path

from alongside.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("ui/<slug:name>/", views.component, name="component"),
]
