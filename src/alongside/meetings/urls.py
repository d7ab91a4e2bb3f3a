from django.urls import path

from alongside.meetings import views

app_name = "meetings"
_pair = "pairs/<str:ref>/sessions/"
_one = f"{_pair}<str:session_ref>/"
urlpatterns = [
    path(_pair, views.sessions, name="sessions"),
    path(f"{_pair}plan/", views.plan, name="plan"),
    path(f"{_pair}write-down/", views.write_down, name="write_down"),
    path(f"{_pair}write-down/kept/", views.keep, name="keep"),
    path(_one, views.session, name="session"),
    path(f"{_one}move/", views.change, name="change"),
    path(f"{_one}cancel/", views.cancel, name="cancel"),
    path(f"{_one}agenda/", views.prepare, name="prepare"),
    path(f"{_one}write-down/", views.write_down, name="write_down_planned"),
    path(f"{_one}write-down/kept/", views.keep, name="keep_planned"),
    path(f"{_one}edit/", views.edit, name="edit"),
    path(f"{_one}actions/", views.add_action, name="add_action"),
    path(f"{_one}actions/<str:action_ref>/", views.tick, name="tick"),
]
