from django.urls import path

from alongside.meetings.views import planning, reading, recording

app_name = "meetings"
_pair = "pairs/<str:ref>/sessions/"
_one = f"{_pair}<str:session_ref>/"
urlpatterns = [
    path(_pair, reading.sessions, name="sessions"),
    path(f"{_pair}plan/", planning.plan, name="plan"),
    path(f"{_pair}write-down/", recording.write_down, name="write_down"),
    path(f"{_pair}write-down/kept/", recording.keep, name="keep"),
    path(_one, reading.session, name="session"),
    path(f"{_one}move/", planning.change, name="change"),
    path(f"{_one}cancel/", planning.cancel, name="cancel"),
    path(f"{_one}agenda/", planning.prepare, name="prepare"),
    path(f"{_one}write-down/", recording.write_down, name="write_down_planned"),
    path(f"{_one}write-down/kept/", recording.keep, name="keep_planned"),
    path(f"{_one}edit/", recording.edit, name="edit"),
    path(f"{_one}actions/", recording.add_action, name="add_action"),
    path(f"{_one}actions/<str:action_ref>/", recording.tick, name="tick"),
]
