from django.urls import path

from alongside.organisations import views
from alongside.organisations.views import notice

app_name = "organisations"
urlpatterns = [
    path("set-up/", views.set_up, name="set_up"),
    path("organisation/", views.settings, name="settings"),
    path("organisation/roles/", views.roles, name="roles"),
    path("organisation/roles/<str:role>/<str:ref>/end/", views.end_role, name="end_role"),
    path("organisation/mail/", views.mails, name="mails"),
    path("organisation/mail/<slug:mail_ref>/again/", views.try_again, name="try_again"),
    path("organisation/privacy-notice/", notice.write_notice, name="write_notice"),
    path("organisation/privacy-notice/preview/", notice.preview_notice, name="preview_notice"),
    path("organisation/privacy-notice/discard/", notice.discard_notice, name="discard_notice"),
    path("privacy-notice/", notice.privacy_notice, name="privacy_notice"),
    path("privacy-notice/versions/<slug:ref>/", notice.notice_version, name="notice_version"),
    path("me/", views.own_settings, name="own_settings"),
    path("me/address/", views.address, name="address"),
    path("me/address/stop/", views.stop_address, name="stop_address"),
    path("me/address/confirm/<str:token>/", views.confirm_address, name="confirm_address"),
    path("me/organisation/", views.switch, name="switch"),
]
