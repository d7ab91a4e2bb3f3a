from django.urls import path

from alongside.readiness.views import code, conflicts, days, own, programme, questions, training, vetting

app_name = "readiness"
_part, _day = "training/put-together/<slug:ref>/", "training/put-together/<slug:ref>/days/<slug:day>/"
_of = "programmes/<slug:slug>/readiness/"
urlpatterns = [
    path("getting-ready/", own.own, name="own"),
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
    path(f"{_part}questions/", questions.questions, name="questions"),
    path(f"{_part}questions/<slug:key>/", questions.question, name="question"),
    path(f"{_part}questions/<slug:key>/leave-out/", questions.leave_out, name="leave_out_question"),
    path(f"{_part}days/", days.days, name="days"),
    path(_day, days.day, name="day"),
    path(f"{_day}change/", days.change_day, name="change_day"),
    path(f"{_day}call-off/", days.call_off, name="call_off_day"),
    path(f"{_day}expect/", days.expect, name="expect_at_day"),
    path("training/<slug:ref>/", training.module, name="module"),
    path("training/<slug:ref>/file/", training.file, name="module_file"),
    path("training/<slug:ref>/days/<slug:day>/come/", days.come, name="come"),
    path("training/<slug:ref>/days/<slug:day>/stay-away/", days.stay_away, name="stay_away"),
    path(_of, programme.people, name="people"),
    path(f"{_of}conflicts/", conflicts.conflicts, name="conflicts"),
    path(f"{_of}conflicts/<slug:ref>/", conflicts.conflict, name="conflict"),
    path("vetting/", vetting.everybody, name="vetting_list"),
    path(f"{_of}vetting/<slug:ref>/", vetting.person, name="vetting"),
    path(f"{_of}rule/", programme.rule, name="rule"),
    path(f"{_of}remind/", programme.remind, name="remind"),
    path(f"{_of}export/", programme.export, name="export"),
]
