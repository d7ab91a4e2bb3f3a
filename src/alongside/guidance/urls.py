from django.urls import path

from alongside.guidance import views

app_name = "guidance"
urlpatterns = [
    path("", views.index, name="index"),
    path("models/<slug:key>/", views.model, name="model"),
    path("roles/", views.roles, name="roles"),
    path("first-meeting/", views.first_meeting, name="first_meeting"),
    path("agreement/", views.agreement, name="agreement"),
    path("goals/", views.goals, name="goals"),
    path("barriers/", views.barriers, name="barriers"),
    path("purposes/", views.purposes, name="purposes"),
    path("records/", views.records, name="records"),
]
