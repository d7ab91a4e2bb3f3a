from django.urls import path

from alongside.relationships.views import pair, programme

app_name = "relationships"
urlpatterns = [
    path("pairs/", pair.own, name="own"),
    path("pairs/<str:ref>/", pair.pair, name="pair"),
    path("pairs/<str:ref>/accept/", pair.accept, name="accept"),
    path("pairs/<str:ref>/decline/", pair.decline, name="decline"),
    path("pairs/<str:ref>/end/", pair.end, name="end"),
    path("pairs/<str:ref>/move/", pair.move, name="move"),
    path("pairs/<str:ref>/withdraw/", programme.withdraw, name="withdraw"),
    path("programmes/<slug:slug>/pairs/", programme.of_programme, name="of_programme"),
    path("programmes/<slug:slug>/pairs/by-hand/", programme.by_hand, name="by_hand"),
]
