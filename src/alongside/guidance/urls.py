from django.urls import path

from alongside.guidance.views import choosing, editions, ours, reading

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
    path("training/<slug:key>/", reading.course, name="course"),
    path("competences/", reading.competences, name="competences"),
    path("styles/", reading.styles, name="styles"),
    path("records/", reading.records, name="records"),
    path("ours/", ours.overview, name="ours"),
    path("ours/<slug:kind>/<slug:key>/", ours.desk, name="desk"),
    path("ours/<slug:kind>/<slug:key>/head/", ours.head, name="head"),
    path("ours/<slug:kind>/<slug:key>/add/", ours.add, name="add"),
    path("ours/<slug:kind>/<slug:key>/parts/<slug:part>/", ours.part, name="part"),
    path("ours/<slug:kind>/<slug:key>/parts/<slug:part>/remove/", ours.remove, name="remove"),
    path("ours/<slug:kind>/<slug:key>/preview/", ours.preview, name="preview"),
    path("ours/<slug:kind>/<slug:key>/discard/", ours.discard, name="discard"),
    path("ours/<slug:kind>/<slug:key>/newer/", editions.newer, name="newer"),
    path("ours/<slug:kind>/<slug:key>/editions/<slug:number>/", editions.edition, name="edition"),
]
