from django.urls import path

from alongside.people.views import columns, joining, leavers, people, rosters, undoing

app_name = "people"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add"),
    path("people/invite/", people.invite, name="invite"),
    path("people/imports/", rosters.imports, name="imports"),
    path("people/imports/new/", rosters.upload, name="upload"),
    path("people/imports/<slug:ref>/", rosters.roster, name="roster"),
    path("people/imports/<slug:ref>/columns/", columns.columns, name="columns"),
    path("people/imports/<slug:ref>/guesses/", columns.guesses, name="guesses"),
    path("people/imports/<slug:ref>/check/", rosters.check, name="check"),
    path("people/imports/<slug:ref>/questions/<slug:row>/", rosters.question, name="question"),
    path("people/imports/<slug:ref>/refused.csv", rosters.refused_rows, name="refused_rows"),
    path("people/imports/<slug:ref>/commit/", rosters.commit, name="commit"),
    path("people/imports/<slug:ref>/undo/", undoing.undo, name="undo"),
    path("people/imports/<slug:ref>/everybody/", leavers.everybody, name="everybody"),
    path("people/imports/<slug:ref>/leavers/", leavers.leavers, name="leavers"),
    path("people/imports/<slug:ref>/leavers/leave/", leavers.leave, name="leave"),
    path("people/imports/<slug:ref>/leavers/stay/", leavers.others_stay, name="others_stay"),
    path("people/imports/<slug:ref>/discard/", rosters.discard, name="discard"),
    path("people/<slug:ref>/", people.person, name="person"),
    path("me/profile/", people.own_profile, name="own_profile"),
    path("join/<str:token>/", joining.join, name="join"),
]
