from django.urls import path

from alongside.relationships.views import expected, exports, holds, pair, programme, rating, running, telling

app_name = "relationships"
urlpatterns = [
    path("pairs/", pair.own, name="own"),
    path("pairs/<str:ref>/", pair.pair, name="pair"),
    path("pairs/<str:ref>/accept/", pair.accept, name="accept"),
    path("pairs/<str:ref>/decline/", pair.decline, name="decline"),
    path("pairs/<str:ref>/end/", pair.end, name="end"),
    path("pairs/<str:ref>/move/", pair.move, name="move"),
    path("pairs/<str:ref>/competences/", rating.rate, name="rate"),
    path("pairs/<str:ref>/competences/ask/", rating.ask, name="ask_rating"),
    path("pairs/<str:ref>/competences/keep/", rating.keep, name="keep_rating"),
    path("pairs/<str:ref>/hold/", holds.hold, name="hold"),
    path("pairs/<str:ref>/release/", holds.release, name="release"),
    path("pairs/<str:ref>/withdraw/", programme.withdraw, name="withdraw"),
    path("pairs/<str:ref>/duties/", expected.tick, name="tick"),
    path("expected-of-me/", expected.own, name="expected"),
    path("expected-of-me/<str:ref>/", expected.tick_in_programme, name="tick_in_programme"),
    path("programmes/<slug:slug>/pairs/", programme.of_programme, name="of_programme"),
    path("programmes/<slug:slug>/pairs/export/", exports.export_pairs, name="export_pairs"),
    path("programmes/<slug:slug>/pairs/by-hand/", programme.by_hand, name="by_hand"),
    path("programmes/<slug:slug>/pairs/running/", running.files, name="running"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/", running.file, name="running_file"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/columns/", running.columns, name="running_columns"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/check/", running.check, name="running_check"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/commit/", running.commit, name="running_commit"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/refused.csv", running.refused, name="running_refused"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/discard/", running.discard, name="running_discard"),
    path("programmes/<slug:slug>/pairs/running/<str:ref>/take-out/", running.take_out, name="running_take_out"),
    path("programmes/<slug:slug>/pairs/tell/", telling.tell, name="tell"),
]
