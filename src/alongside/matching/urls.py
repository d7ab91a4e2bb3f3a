from django.urls import path

from alongside.matching.views import board, ready, weighing

app_name = "matching"
urlpatterns = [
    path("programmes/<slug:slug>/matching/", board.board, name="board"),
    path("programmes/<slug:slug>/matching/begin/", board.begin, name="begin"),
    path("programmes/<slug:slug>/matching/run/", board.run, name="run"),
    path("programmes/<slug:slug>/matching/rules/", weighing.policy, name="rules"),
    path("programmes/<slug:slug>/matching/rules/effect/", weighing.effect, name="effect"),
    path("programmes/<slug:slug>/matching/ready/", ready.ready, name="ready"),
    path("programmes/<slug:slug>/matching/ready/export/", ready.export, name="ready_export"),
    path("programmes/<slug:slug>/matching/questions/<str:ref>/", board.question, name="question"),
]
