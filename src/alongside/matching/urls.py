from django.urls import path

from alongside.matching.views import after, board, participants, ready, weighing

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
    path("programmes/<slug:slug>/matching/after/", after.after, name="after"),
    path("programmes/<slug:slug>/matching/after/nightly/", after.nightly, name="nightly"),
    path("programmes/<slug:slug>/matching/after/find/", after.find_again, name="find_again"),
    path("programmes/<slug:slug>/matching/after/<str:ref>/back/", after.take_offer_back, name="take_offer_back"),
    path("programmes/<slug:slug>/matching/after/<str:ref>/", after.look, name="look"),
    path("programmes/<slug:slug>/not-placed/", participants.not_placed, name="not_placed"),
    path("programmes/<slug:slug>/choose/", participants.choose, name="choose"),
    path("programmes/<slug:slug>/choose/nobody/", participants.choose_nobody, name="choose_nobody"),
    path("programmes/<slug:slug>/wishes/<str:part>/", participants.wish, name="wish"),
]
