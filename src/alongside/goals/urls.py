from django.urls import path

from alongside.goals import views

app_name = "goals"
urlpatterns = [
    path("pairs/<str:ref>/goals/", views.goals, name="goals"),
    path("pairs/<str:ref>/goals/new/", views.new, name="new"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/", views.goal, name="goal"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/change/", views.change, name="change"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/mark/", views.mark, name="mark"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/share/", views.share, name="share"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/unshare/", views.unshare, name="unshare"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/reach/", views.reach, name="reach"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/let-go/", views.let_go, name="let_go"),
    path("pairs/<str:ref>/goals/<str:goal_ref>/reopen/", views.reopen, name="reopen"),
]
