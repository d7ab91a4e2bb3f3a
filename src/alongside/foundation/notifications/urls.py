from django.urls import path

from alongside.foundation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("me/mail/", views.preferences, name="preferences"),
    path("me/mail/timing/", views.timing, name="timing"),
    path("me/kept/", views.kept, name="kept"),
    path("mail/answer/<str:token>/", views.answer, name="answer"),
    path("mails/", views.mails, name="mails"),
    path("mails/<slug:ref>/", views.mail, name="mail"),
]
