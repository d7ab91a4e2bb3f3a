from django.urls import path

from alongside.reviews import views

app_name = "reviews"
urlpatterns = [
    path("pairs/<str:ref>/closing/", views.closing, name="closing"),
    path("pairs/<str:ref>/afterwards/", views.afterwards, name="afterwards"),
]
