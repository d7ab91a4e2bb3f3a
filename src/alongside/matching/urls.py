from django.urls import path

from alongside.matching.views import board

app_name = "matching"
urlpatterns = [
    path("programmes/<slug:slug>/matching/", board.board, name="board"),
    path("programmes/<slug:slug>/matching/begin/", board.begin, name="begin"),
    path("programmes/<slug:slug>/matching/run/", board.run, name="run"),
    path("programmes/<slug:slug>/matching/questions/<str:ref>/", board.question, name="question"),
]
