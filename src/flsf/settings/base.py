"""What is the same wherever the system runs."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from environs import Env

from flsf.settings import logs
from flsf.settings.sign_in import *  # noqa: F403
from flsf.settings.sign_in import OIDC_ORIGINS

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent

COUNCIL_NAME = env.str("COUNCIL_NAME", "Marlbeck Council")
# The made-up borough: personas one click away, a banner on every page.
# Staff and providers set up a second factor before their first page.
FLSF_SECOND_FACTOR = env.bool("FLSF_SECOND_FACTOR", True)
# Whether the council's identity service asks for a second factor itself, so that we need not.
FLSF_OIDC_HAS_SECOND_FACTOR = env.bool("FLSF_OIDC_HAS_SECOND_FACTOR", False)
FLSF_DEMO = False

# Where messages lead people back to.
FLSF_ADDRESS = env.str("FLSF_ADDRESS", "http://127.0.0.1:8000")
# Messages go to the worker's output until a mail server is named.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# A ClamAV daemon that looks at every file handed in: the path of its socket, or machine:port.
# Named, nothing is kept that it has not seen; empty, files are looked into by ourselves only.
FLSF_CLAMD = env.str("FLSF_CLAMD", "")

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
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "procrastinate.contrib.django",
    "flsf.shared",
    "flsf.mandate",
    "flsf.market",
    "flsf.casework",
    "flsf.delivery",
    "flsf.money",
    "flsf.oversight",
    "flsf.demo",
]

MIDDLEWARE = [
    "flsf.web.request_log.RequestLog",
    "flsf.web.health.AskedByAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "flsf.web.demo_clock.DemoClock",
    "flsf.web.private_pages.PrivatePages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "flsf.web.errors.BusyDatabase",
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

# A page that waits for a lock tells the person so, rather than hanging. Commands and the
# worker, whose work is as long as their file is, ask for more time.
STATEMENT_TIMEOUT = env.str("FLSF_STATEMENT_TIMEOUT", "15s")
DATABASE_OPTIONS = {
    "options": f"-c lock_timeout=4s -c statement_timeout={STATEMENT_TIMEOUT}",
    "connect_timeout": 5,
}
# Threads of the web server share open connections; one that went stale is replaced.
DATABASE_POOL = {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0}
POOL_SIZE = {"min_size": 1, "max_size": 10, "timeout": 5}

AUTH_USER_MODEL = "shared.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "start"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

SESSION_COOKIE_HTTPONLY = True
# A message may name a child: it waits in our database, not in a cookie on the phone.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "flsf.web.errors.stale_form"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing comes from elsewhere, and no script or style stands in a page itself but GOV.UK's
# one line, which carries the nonce. The empty icon of our pages is a data address.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Signing in at the council's own OpenID provider is a form that leads there.
        "form-action": [SELF, *OIDC_ORIGINS, *env.list("FLSF_SIGN_IN_PROVIDERS", [])],
        "frame-ancestors": [NONE],
    }
}

# Uploads beyond this are kept in a file, not in memory; beyond the second, refused.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

LOGGING_CONFIG = "flsf.settings.logs.configure"
LOGGING = logs.for_people()

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = [
    "flsf.jobs.nightly",
    "flsf.jobs.outbox",
    "flsf.jobs.rounds",
    "flsf.jobs.feed",
    "flsf.jobs.stalled",
]
PROCRASTINATE_WORKER_DEFAULTS = {"wait": True, "delete_jobs": "successful"}

ROOT_URLCONF = "flsf.web.urls"
WSGI_APPLICATION = "flsf.web.wsgi.application"
STATIC_URL = "/static/"
STATIC_ROOT: str | Path = ""
STATICFILES_DIRS = [PACKAGE / "static"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
