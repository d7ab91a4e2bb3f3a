from alongside.foundation.packages import Package
from alongside.foundation.spared import spared

# django-tasks loads this, to make more of Django's classes generic: those of the admin and of feeds too.
_UNUSED = ("contrib.admin", "contrib.admin.options", "contrib.sitemaps", "contrib.syndication.views")
with spared(*(f"django.{name}" for name in _UNUSED)):
    import django_stubs_ext  # noqa: F401


class JobsConfig(Package):
    name = "alongside.foundation.jobs"
    label = "jobs"
