from django.urls import path

from alongside.organisations import views
from alongside.organisations.views import letters, notice, provider, sign_in, single_sign_on

app_name = "organisations"
_letter = "organisation/mail/words/<str:letter>/<str:language>/"
urlpatterns = [
    path("set-up/", views.set_up, name="set_up"),
    path("organisation/", views.settings, name="settings"),
    path("organisation/roles/", views.roles, name="roles"),
    path("organisation/roles/<str:role>/<str:ref>/end/", views.end_role, name="end_role"),
    path("organisation/sign-in/", sign_in.sign_in_settings, name="sign_in_settings"),
    path("organisation/sign-in/provider/", provider.provider, name="provider"),
    path("organisation/sign-in/provider/try/", provider.try_provider, name="try_provider"),
    path("organisation/sign-in/provider/tried/", provider.tried, name="provider_tried"),
    path("organisation/sign-in/provider/remove/", provider.remove, name="remove_provider"),
    path("organisation/sign-in/reset/<slug:ref>/", sign_in.reset, name="reset_second_step"),
    path("organisation/mail/", views.mails, name="mails"),
    path("organisation/mail/<slug:mail_ref>/again/", views.try_again, name="try_again"),
    path("organisation/mail/words/", letters.letters, name="letters"),
    path(_letter, letters.letter, name="letter"),
    path(f"{_letter}write/", letters.write_letter, name="write_letter"),
    path(f"{_letter}draft/", letters.letter_draft, name="letter_draft"),
    path(f"{_letter}draft/discard/", letters.discard_letter, name="discard_letter"),
    path(f"{_letter}ours/", letters.our_words, name="our_words"),
    path(f"{_letter}try/", letters.try_letter, name="try_letter"),
    path(f"{_letter}shown/<slug:which>/", letters.letter_shown, name="letter_shown"),
    path("organisation/privacy-notice/", notice.write_notice, name="write_notice"),
    path("organisation/privacy-notice/preview/", notice.preview_notice, name="preview_notice"),
    path("organisation/privacy-notice/discard/", notice.discard_notice, name="discard_notice"),
    path("privacy-notice/", notice.privacy_notice, name="privacy_notice"),
    path("privacy-notice/versions/<slug:ref>/", notice.notice_version, name="notice_version"),
    path("me/", views.own_settings, name="own_settings"),
    path("me/address/", views.address, name="address"),
    path("me/address/stop/", views.stop_address, name="stop_address"),
    path("me/address/confirm/<str:token>/", views.confirm_address, name="confirm_address"),
    path("sign-in/at/", single_sign_on.find, name="find_provider"),
    path("sign-in/at/<slug:slug>/", single_sign_on.entrance, name="provider_entrance"),
    path("sign-in/at/<slug:slug>/go/", single_sign_on.go, name="provider_go"),
    path("sign-in/back/", single_sign_on.back, name="provider_back"),
    path("sign-in/code/", single_sign_on.code, name="provider_code"),
    path("me/connect/", single_sign_on.own_connection, name="own_connection"),
    path("me/connect/go/", single_sign_on.connect, name="connect_provider"),
    path("me/second-step/", sign_in.second_step, name="second_step"),
    path("me/device/", sign_in.own_device, name="own_device"),
    path("me/way-in/", sign_in.own_way_in, name="own_way_in"),
    path("me/organisation/", views.switch, name="switch"),
]
