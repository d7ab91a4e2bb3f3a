"""Words of the privacy notice, and of an organisation's own sign-in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticePart(models.TextChoices):
    """The parts of a privacy notice, in order."""

    WHO = "who", _("Who is responsible")
    WHAT = "what", _("What is held about you")
    SOURCE = "source", _("Where it comes from")
    WHY = "why", _("What it is for, and what allows it")
    READERS = "readers", _("Who can read it")
    HOW_LONG = "how_long", _("How long it is kept")
    MACHINES = "machines", _("What machines decide")
    RIGHTS = "rights", _("What you can ask for")
    COMPLAINTS = "complaints", _("If you want to complain")


class ShownWhen(models.TextChoices):
    """On which occasion somebody was shown the notice."""

    JOINING = "joining", _("Before joining")
    LATER = "later", _("On its page")


class SignInFault(models.TextChoices):
    """Why signing in at an organisation's provider did not work, and the cure, for whoever looks after it."""

    BARRED = "barred", _("Its address is not on the public internet. Whoever runs Alongside can allow it by name.")
    AWAY = "away", _("It cannot be reached. Check the address, and that it can be reached from this server.")
    NO_DISCOVERY = "no_discovery", _("Its description is missing something, or is no OpenID Connect. Check the issuer.")
    OTHER_ISSUER = "other_issuer", _("Its description names another issuer. Write the issuer just as it does.")
    CLIENT = "client", _("It does not accept the client id and secret, or the way they are sent. Copy both again.")
    CODE = "code", _("It did not hand out a token. Check there that the return address is registered as shown here.")
    SIGNATURE = "signature", _("Its token is not signed by one of its keys, or by a method that is not safe.")
    ISSUER = "issuer", _("Its token was issued by somebody else than the issuer set here.")
    AUDIENCE = "audience", _("Its token is for another application than this client id.")
    NONCE = "nonce", _("Its token does not belong to this sign-in. It has to repeat the nonce.")
    TIME = "time", _("Its token is too old, or not valid yet. Check the clocks of both servers.")
    TOKEN = "token", _("Its token lacks something that OpenID Connect asks for.")
    STALE = "stale", _("It was begun in another window, or more than ten minutes ago. Begin again.")
    CANCELLED = "cancelled", _("It was given up there, or the provider did not let you through.")
