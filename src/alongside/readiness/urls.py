from django.urls import path

from alongside.readiness.views import code, competences, conflicts, own, programme, training, vetting

app_name = "readiness"
_of = "programmes/<slug:slug>/readiness/"
urlpatterns = [
    path("getting-ready/", own.own, name="own"),
    path("getting-ready/competences/", competences.competences, name="competences"),
    path("getting-ready/competences/rate/", competences.rate, name="rate"),
    path("getting-ready/competences/rate/keep/", competences.keep_rating, name="keep_rating"),
    path("getting-ready/competences/ratings/<slug:ref>/", competences.rating, name="rating"),
    path("getting-ready/<slug:slug>/conflicts/", conflicts.own_conflicts, name="own_conflicts"),
    path("code-of-ethics/", code.code, name="code"),
    path("code-of-ethics/write/", code.write_code, name="write_code"),
    path("code-of-ethics/versions/<slug:ref>/", code.code_version, name="code_version"),
    path("training/", training.training, name="training"),
    path("training/put-together/", training.put_together, name="put_together"),
    path("training/put-together/adopt/", training.adopt, name="adopt"),
    path("training/put-together/add/", training.add_module, name="add_module"),
    path("training/put-together/<slug:ref>/", training.change_module, name="change_module"),
    path("training/put-together/<slug:ref>/take-out/", training.retire_module, name="retire_module"),
    path("training/<slug:ref>/", training.module, name="module"),
    path(_of, programme.people, name="people"),
    path(f"{_of}conflicts/", conflicts.conflicts, name="conflicts"),
    path(f"{_of}conflicts/<slug:ref>/", conflicts.conflict, name="conflict"),
    path("vetting/", vetting.everybody, name="vetting_list"),
    path(f"{_of}vetting/<slug:ref>/", vetting.person, name="vetting"),
    path(f"{_of}rule/", programme.rule, name="rule"),
    path(f"{_of}remind/", programme.remind, name="remind"),
    path(f"{_of}export/", programme.export, name="export"),
]
