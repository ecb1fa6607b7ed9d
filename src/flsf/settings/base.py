"""What is the same wherever the system runs."""

from pathlib import Path

from environs import Env

from flsf.settings.sign_in import *  # noqa: F403

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent

COUNCIL_NAME = env.str("COUNCIL_NAME", "Marlbeck Council")
# The made-up borough: personas one click away, a banner on every page.
FLSF_DEMO = env.bool("FLSF_DEMO", False)
# Staff and providers set up a second factor before their first page.
FLSF_SECOND_FACTOR = env.bool("FLSF_SECOND_FACTOR", True)
# Whether the council's identity service asks for a second factor itself, so that we need not.
FLSF_OIDC_HAS_SECOND_FACTOR = env.bool("FLSF_OIDC_HAS_SECOND_FACTOR", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "flsf.shared",
    "flsf.mandate",
    "flsf.market",
    "flsf.casework",
    "flsf.delivery",
    "flsf.money",
    "flsf.oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "environment": "flsf.web.jinja.environment",
            "context_processors": ["flsf.web.jinja.page_context"],
        },
    }
]

# A page that waits for a lock tells the person so, rather than hanging.
DATABASE_OPTIONS = {"options": "-c lock_timeout=4s -c statement_timeout=15s"}

AUTH_USER_MODEL = "shared.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "start"

ROOT_URLCONF = "flsf.web.urls"
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
