from django.urls import path

from alongside.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/new/", views.create, name="create"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("programmes/<slug:slug>/change/", views.change, name="change"),
    path("programmes/<slug:slug>/launch/", views.launch, name="launch"),
    path("programmes/<slug:slug>/close/", views.close, name="close"),
    path("programmes/<slug:slug>/people/", views.people, name="people"),
    path("programmes/<slug:slug>/people/add/", views.add_people, name="add_people"),
    path("programmes/<slug:slug>/people/<str:ref>/places/", views.places, name="places"),
    path("programmes/<slug:slug>/people/<str:ref>/remove/", views.remove, name="remove"),
    path("programmes/<slug:slug>/funnel/<slug:key>/", views.funnel, name="funnel"),
]
