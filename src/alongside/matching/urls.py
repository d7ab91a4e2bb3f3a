from django.urls import path

from alongside.matching.views import board, comparing, finish, pairs, ready, weighing

app_name = "matching"
_of = "programmes/<slug:slug>/matching/"
_board = [
    path(_of, board.board, name="board"),
    path(f"{_of}begin/", board.begin, name="begin"),
    path(f"{_of}run/", board.run, name="run"),
    path(f"{_of}progress/", board.progress, name="progress"),
    path(f"{_of}stop/", board.stop, name="stop"),
    path(f"{_of}export/", board.export, name="export"),
    path(f"{_of}mark/", pairs.mark, name="mark"),
    path(f"{_of}ask/", pairs.ask, name="ask"),
    path(f"{_of}pairs/<slug:ref>/", pairs.pair, name="pair"),
    path(f"{_of}looked/<slug:ref>/", pairs.looked, name="looked"),
    path(f"{_of}mentees/<slug:ref>/", pairs.mentee, name="mentee"),
    path(f"{_of}questions/<slug:ref>/", pairs.question, name="question"),
    path(f"{_of}compare/<slug:ref>/", comparing.compare, name="compare"),
    path(f"{_of}check/", finish.check, name="check"),
    path(f"{_of}words/", finish.write, name="write"),
    path(f"{_of}move/<slug:step>/", finish.move, name="move"),
    path(f"{_of}publish/", finish.publish, name="publish"),
    path(f"{_of}discard/", finish.discard, name="discard"),
    path(f"{_of}take-back/", finish.take_back, name="take_back"),
]
_rules = [
    path(f"{_of}rules/", weighing.policy, name="rules"),
    path(f"{_of}rules/effect/", weighing.effect, name="effect"),
    path(f"{_of}ready/", ready.ready, name="ready"),
    path(f"{_of}ready/export/", ready.export, name="ready_export"),
]
urlpatterns = [*_board, *_rules]
