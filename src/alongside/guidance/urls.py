from django.urls import path

from alongside.guidance.views import choosing, reading

app_name = "guidance"
urlpatterns = [
    path("", reading.index, name="index"),
    path("models/<slug:key>/", reading.model, name="model"),
    path("choose/<slug:key>/", choosing.choose, name="choose"),
    path("conversations/", reading.conversations, name="conversations"),
    path("conversations/<slug:key>/", reading.conversation, name="conversation"),
    path("roles/", reading.roles, name="roles"),
    path("first-meeting/", reading.first_meeting, name="first_meeting"),
    path("agreement/", reading.agreement, name="agreement"),
    path("goals/", reading.goals, name="goals"),
    path("barriers/", reading.barriers, name="barriers"),
    path("purposes/", reading.purposes, name="purposes"),
    path("reviews/", reading.reviews, name="reviews"),
    path("competences/", reading.competences, name="competences"),
    path("styles/", reading.styles, name="styles"),
    path("records/", reading.records, name="records"),
]
