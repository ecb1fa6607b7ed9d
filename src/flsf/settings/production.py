"""A council's own installation. Everything comes from the environment; docs/operating.md lists it.

What is missing or unsafe is told all at once, by the name of the variable, and nothing starts.
"""

from pathlib import Path

from flsf.settings import logs
from flsf.settings.base import *  # noqa: F403
from flsf.settings.base import DATABASE_OPTIONS, DATABASE_POOL, POOL_SIZE, env
from flsf.settings.reading import Reading, is_off, is_on
from flsf.settings.sign_in import OIDC_SERVER

_LEAST_CHARACTERS, _LEAST_DIFFERENT = 50, 20
_LOCAL = ("localhost", "127.0.0.1", "[::1]")

_given = Reading()

SECRET_KEY = _given.required(
    "SECRET_KEY",
    'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(60))"',
)
if SECRET_KEY and (len(SECRET_KEY) < _LEAST_CHARACTERS or len(set(SECRET_KEY)) < _LEAST_DIFFERENT):
    _given.wrong(
        "SECRET_KEY",
        f"is too weak: {_LEAST_CHARACTERS} characters or more, made by chance. "
        'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(60))"',
    )

ALLOWED_HOSTS = [
    one.strip()
    for one in _given.required(
        "ALLOWED_HOSTS",
        "Name the addresses people use, with commas between: support.council.example",
    ).split(",")
    if one.strip()
]
if "*" in ALLOWED_HOSTS:
    _given.wrong("ALLOWED_HOSTS", "is *, which lets anybody's address through. Name yours.")

COUNCIL_NAME = _given.required("COUNCIL_NAME", "Set it to the council's name as pages show it.")

_url = _given.required(
    "DATABASE_URL", "It reads postgres://USER:PASSWORD@HOST:5432/DATABASE (PostgreSQL 15 or newer)."
)

for _switch in ("DEBUG", "FLSF_DEMO"):
    if is_on(_switch):
        _given.wrong(_switch, "is on. It is for demonstrations and development: take it away.")
for _switch in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
    if is_off(_switch):
        _given.wrong(_switch, "is off, so sign-ins could be read on the way. Take it away.")

if OIDC_SERVER:
    _given.required("FLSF_OIDC_CLIENT_ID", "Your identity service gives it to you.")
    _given.required("FLSF_OIDC_SECRET", "Your identity service gives it to you.")
    if not OIDC_SERVER.startswith("https://"):
        _given.wrong("FLSF_OIDC_SERVER", "must begin with https://, or anybody could answer.")

# To try an installation on one's own machine before there is a certificate.
_plain = is_on("FLSF_PLAIN_HTTP")
if _plain and not set(ALLOWED_HOSTS) <= set(_LOCAL):
    _given.wrong(
        "FLSF_PLAIN_HTTP", "is on, which is for trying it on this machine: ALLOWED_HOSTS=localhost."
    )

_given.refuse_if_wrong()

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL")
    | {"OPTIONS": DATABASE_OPTIONS | {"pool": POOL_SIZE}}
    | DATABASE_POOL
}

DEBUG = False
FLSF_DEMO = False

FLSF_ADDRESS = env.str("FLSF_ADDRESS", f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
if env.str("EMAIL_URL", ""):
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
    EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("FLSF_MAIL_FROM", f"no-reply@{ALLOWED_HOSTS[0].lstrip('.')}")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not _plain
SECURE_HSTS_SECONDS = 0 if _plain else env.int("FLSF_HSTS_SECONDS", 31_536_000)
# A browser counts this machine as safe without a certificate, and so may a passkey.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _plain
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # other services may live under the council's name
# The watchman and the load balancer ask over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if not env.str("FLSF_TLS_CERTIFICATE", ""):
    # HTTPS ends at the council's proxy, which must set this header itself, always.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{one.lstrip('.')}" for one in ALLOWED_HOSTS]

STATIC_ROOT = Path(env.str("FLSF_STATIC_ROOT", "build/static")).resolve()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = logs.for_machines()
