from django.urls import path

from alongside.safeguarding.views import cases, raising, signposts

app_name = "safeguarding"
_deeds = ("acknowledge", "step", "note", "tell", "involve", "hold", "release", "reveal")
urlpatterns = [
    path("worried/", raising.guidance, name="raise"),
    path("worried/write/", raising.write, name="write"),
    path("worried/keep/", raising.keep, name="keep"),
    path("worried/limits/", raising.limits, name="limits"),
    path("worried/whom-to-call/", signposts.change, name="signposts"),
    path("worried/<str:ref>/", raising.own, name="own"),
    path("concerns/", cases.cases, name="cases"),
    path("concerns/<str:ref>/", cases.case, name="case"),
    *(path(f"concerns/<str:ref>/{deed}/", cases.act, {"deed": deed}, name=deed) for deed in _deeds),
]
