from django.urls import path

from alongside.foundation.access import views

urlpatterns = [path("who-may-read-what/", views.who_may_read_what, name="who_may_read_what")]
