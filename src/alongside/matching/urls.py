from django.urls import path

from alongside.matching.views import after, board, comparing, finish, pairs, participants, ready, weighing

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
_after = [
    path(f"{_of}after/", after.after, name="after"),
    path(f"{_of}after/nightly/", after.nightly, name="nightly"),
    path(f"{_of}after/find/", after.find_again, name="find_again"),
    path(f"{_of}after/<slug:ref>/back/", after.take_offer_back, name="take_offer_back"),
    path(f"{_of}after/<slug:ref>/", after.look, name="look"),
]
_own = [
    path("programmes/<slug:slug>/not-placed/", participants.not_placed, name="not_placed"),
    path("programmes/<slug:slug>/choose/", participants.choose, name="choose"),
    path("programmes/<slug:slug>/choose/nobody/", participants.choose_nobody, name="choose_nobody"),
    path("programmes/<slug:slug>/wishes/<slug:part>/", participants.wish, name="wish"),
]
urlpatterns = [*_board, *_rules, *_after, *_own]
