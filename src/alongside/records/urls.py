from django.urls import path

from alongside.records.views import complaining, handling

app_name = "records"
_own_deeds = ("add", "hand_on", "take_back", "settle")
_deeds = ("acknowledge", "look_into", "answer", "write", "close", "told")
urlpatterns = [
    path("complaints/", complaining.guidance, name="complaints"),
    path("complaints/write/<str:kind>/", complaining.write, name="write_complaint"),
    path("complaints/keep/<str:kind>/", complaining.keep, name="keep_complaint"),
    path("complaints/send/<str:kind>/", complaining.send, name="send_complaint"),
    path("complaints/handled/", handling.complaints, name="complaints_handled"),
    path("complaints/handled/<str:ref>/", handling.complaint, name="complaint"),
    path("complaints/handled/<str:ref>/keep/", handling.keep, name="keep_answer"),
    *(path(f"complaints/handled/<str:ref>/{deed}/", handling.act, {"deed": deed}, name=deed) for deed in _deeds),
    path("complaints/own/<str:ref>/", complaining.own, name="own_complaint"),
    *(path(f"complaints/own/<str:ref>/{deed}/", complaining.act, {"deed": deed}, name=deed) for deed in _own_deeds),
]
