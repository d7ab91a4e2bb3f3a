from django.urls import path

from alongside.readiness.views import code, own, programme

app_name = "readiness"
_of = "programmes/<slug:slug>/readiness/"
urlpatterns = [
    path("getting-ready/", own.own, name="own"),
    path("code-of-ethics/", code.code, name="code"),
    path("code-of-ethics/write/", code.write_code, name="write_code"),
    path("code-of-ethics/versions/<slug:ref>/", code.code_version, name="code_version"),
    path(_of, programme.people, name="people"),
    path(f"{_of}rule/", programme.rule, name="rule"),
    path(f"{_of}remind/", programme.remind, name="remind"),
    path(f"{_of}export/", programme.export, name="export"),
]
