from django.urls import path

from alongside.organisations import views

app_name = "organisations"
urlpatterns = [
    path("set-up/", views.set_up, name="set_up"),
    path("organisation/", views.settings, name="settings"),
    path("organisation/roles/", views.roles, name="roles"),
    path("organisation/roles/<str:role>/<str:ref>/end/", views.end_role, name="end_role"),
    path("organisation/mail/", views.mails, name="mails"),
    path("organisation/mail/<slug:mail_ref>/again/", views.try_again, name="try_again"),
    path("me/", views.own_settings, name="own_settings"),
    path("me/address/", views.address, name="address"),
    path("me/address/stop/", views.stop_address, name="stop_address"),
    path("me/address/confirm/<str:token>/", views.confirm_address, name="confirm_address"),
    path("me/organisation/", views.switch, name="switch"),
]
