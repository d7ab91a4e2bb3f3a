"""Django's settings, derived from the environment (see env.py)."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from alongside.config import env as environment
from alongside.config import logs

_env = environment.read()
DATA_DIR = environment.data_dir(_env)
SECRET_KEY = environment.secret_key(_env, DATA_DIR)
DEBUG = _env.bool("ALONGSIDE_DEBUG", False)
DEMO = _env.bool("ALONGSIDE_DEMO", False)

# Where people reach this installation; links in mail are built from it.
SITE_URL = _env.str("ALONGSIDE_URL", f"http://localhost:{_env.str('PORT', '8000')}").rstrip("/")
_site = urlsplit(SITE_URL)
_https = _site.scheme == "https"
ALLOWED_HOSTS = _env.list("ALONGSIDE_ALLOWED_HOSTS", default=[_site.hostname or "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


LOOPBACK = _is_loopback(_site.hostname or "")
if DEBUG and not LOOPBACK:
    raise environment.BadEnvironment("ALONGSIDE_DEBUG shows the inside of the program: it is refused on a public host.")

_ours = [
    "foundation.events",
    "foundation.hooks",
    "foundation.vault",
    "foundation.identity",
    "foundation.access",
    "foundation.privacy",
    "foundation.reads",
    "foundation.files",
    "foundation.search",
    "foundation.jobs",
    "foundation.notifications",
    "foundation.ui",
    "organisations",
    "people",
    "guidance",
    "programmes",
    "readiness",
    "relationships",
    "contracts",
    "matching",
    "goals",
    "meetings",
    "reviews",
    "safeguarding",
    "home",
    "records",
    "demo",
]
INSTALLED_APPS = [
    *(f"alongside.{name}" for name in _ours),
    "alongside.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django_structlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # these two first: on every answer, also a refused host's
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "alongside.foundation.identity.devices.DeviceMiddleware",
    "alongside.foundation.identity.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "alongside.foundation.ui.unopened.UnopenedMiddleware",
    "alongside.relationships.views.holds.OnHoldMiddleware",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "alongside.foundation.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "alongside.foundation.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "alongside.foundation.ui.forms.Renderer"


def database_settings(url: str) -> dict[str, Any]:
    """One database's settings. On SQLite, writers wait instead of failing, and deleted text is overwritten."""
    database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON",
        }
        # A file, not memory: the tests of races need real locks.
        database["TEST"] = {"NAME": str(Path(database["NAME"]).with_suffix(".test.sqlite3"))}
    return database


DATABASES = {
    "default": database_settings(_env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'alongside.sqlite3'}")),
    "keys": database_settings(_env.str("ALONGSIDE_KEYS_URL", f"sqlite:///{DATA_DIR / 'keys.sqlite3'}")),
}
DATABASE_ROUTERS = ["alongside.foundation.vault.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits count here, so every process must see the same counts.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["alongside.foundation.identity.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "alongside.foundation.notifications.sign_in.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation link proves the address
ACCOUNT_FORMS = {
    "login": "alongside.config.sign_in.PasswordForm",
    "confirm_login_code": "alongside.config.sign_in.CodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# Django's own, which knows the address too: allauth's writes it into a table first, which takes longer for a known one.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a class
# Guessing at one account is slowed; a whole office behind one address is not locked out by one who forgot.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "change_address": "5/d/user,3/d/key",  # each asking mails somebody who may not have asked for it
}
ALLAUTH_TRUSTED_PROXY_COUNT = _env.int("ALONGSIDE_PROXIES", 0)  # reverse proxies whose word on addresses counts
ACCOUNT_SESSION_REMEMBER = None
USERSESSIONS_TRACK_ACTIVITY = False  # GET requests write nothing
MFA_ADAPTER = "alongside.foundation.identity.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Alongside"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
if DEBUG:
    LANGUAGES.append(("ar", "Right to left"))  # Django's own Arabic: shows every page mirrored (docs/building/ui.md)
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "alongside.foundation.ui.finders.StylesheetFinder",
]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LOGGING = logs.configure()
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # one line a request, when it ends
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # a header can claim any address

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # unless somebody says that a device is theirs (identity/devices.py)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Hosts inside the own network that outgoing requests may reach, such as an identity provider. No other private address.
OUTGOING_PRIVATE_HOSTS = [host.strip("[] ").lower() for host in _env.list("ALONGSIDE_PRIVATE_HOSTS", default=[])]

# Mail: an address of a server, or nothing. Without one, mails can be read on a page only in the demo
# or on a loopback start that asks for it; otherwise sign-in by mail is refused.
MAIL_URL = _env.str("ALONGSIDE_MAIL_URL", "")
SHOW_MAIL = not MAIL_URL and LOOPBACK and (DEMO or _env.bool("ALONGSIDE_SHOW_MAIL", False))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.str("ALONGSIDE_MAIL_FROM", f"alongside@{_site.hostname or 'localhost'}")
EMAIL_TIMEOUT = 10  # seconds for each step of the talk with a mail server
EMAIL_DEADLINE = 60  # and for a whole delivery; shorter than the lease of a mail
if MAIL_URL:
    vars().update(_env.email_url_config(MAIL_URL))
    if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "alongside.foundation.notifications.delivery.Backend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
