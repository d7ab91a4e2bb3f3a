"""How the first page greets."""

from django.utils.translation import gettext as _


def greeting(hour: int, name: str) -> str:
    """Good morning, afternoon or evening, by the hour (0 to 23) where the person is."""
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
