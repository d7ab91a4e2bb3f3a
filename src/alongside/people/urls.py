from django.urls import path

from alongside.people.views import columns, directory, joining, leavers, own, people, rosters, skills, undoing

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
    path("people/skills/", skills.skills, name="skills"),
    path("people/skills/add/", skills.add, name="add_skill"),
    path("people/skills/<slug:ref>/", skills.skill, name="skill"),
    path("people/skills/<slug:ref>/accept/", skills.accept_skill, name="accept_skill"),
    path("people/skills/<slug:ref>/retire/", skills.retire_skill, name="retire_skill"),
    path("people/skills/<slug:ref>/merge/", skills.merge_skill, name="merge_skill"),
    path("people/skills/<slug:ref>/words/", skills.add_word, name="add_word"),
    path("people/skills/<slug:ref>/words/<slug:word>/remove/", skills.remove_word, name="remove_word"),
    path("people/skills/<slug:ref>/words/<slug:word>/undo/", skills.undo_merge, name="undo_merge"),
    path("people/<slug:ref>/", people.person, name="person"),
    path("directory/", directory.directory, name="directory"),
    path("me/profile/", own.own_profile, name="own_profile"),
    path("me/profile/<slug:part>/", own.own_part, name="own_part"),
    path("join/<str:token>/", joining.join, name="join"),
]
