from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.explore, name="explore"),
    path("demo/sign-in/", views.sign_in, name="sign_in"),
    path("demo/throw-away/", views.throw_away, name="throw_away"),
]
