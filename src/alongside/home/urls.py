from django.urls import path

from alongside.home import views

app_name = "home"
urlpatterns = [path("", views.first_page, name="first_page")]
