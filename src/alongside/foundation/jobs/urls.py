from django.urls import path

from alongside.foundation.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<slug:ref>/", views.job, name="job"),
    path("jobs/<slug:ref>/cancel/", views.cancel, name="cancel"),
]
