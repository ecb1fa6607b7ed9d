"""A council's installation does not start unsafe, and says which variable stands in the way.

Each case imports the settings in a process of its own, as the server does.
"""

import os
import subprocess
import sys

import pytest

SAFE = {
    "SECRET_KEY": "q8Z3nVx1LwT6yR0pKsJ4hGf7dAa2Bb5Cc9EeIiMmOoUuWw-_XkYtPrQv",
    "ALLOWED_HOSTS": "support.borsetshire.example",
    "COUNCIL_NAME": "Borsetshire Council",
    "DATABASE_URL": "postgres://flsf:secret@127.0.0.1:5432/flsf",
}
ASK = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in %r}, default=str))
"""


def settings(names=("DEBUG",), **changed):
    """Returns (whether they loaded, what was said)."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    given = {name: value for name, value in (SAFE | changed).items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", ASK % (tuple(names),)],
        env=kept | given | {"DJANGO_SETTINGS_MODULE": "flsf.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_what_is_safe_starts_and_is_safe():
    names = ("DEBUG", "FLSF_DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    loaded, said = settings(names)
    assert loaded, said
    assert said.strip() == (
        '{"DEBUG": false, "FLSF_DEMO": false, '
        '"SESSION_COOKIE_SECURE": true, "CSRF_COOKIE_SECURE": true}'
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is not set. Make one with"),
        ("SECRET_KEY", "short", "SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY is too weak"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS is not set. Name the addresses"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is *"),
        ("COUNCIL_NAME", None, "COUNCIL_NAME is not set"),
        ("DATABASE_URL", None, "DATABASE_URL is not set. It reads postgres://"),
        ("DEBUG", "1", "DEBUG is on"),
        ("FLSF_DEMO", "true", "FLSF_DEMO is on"),
        ("SESSION_COOKIE_SECURE", "0", "SESSION_COOKIE_SECURE is off"),
        ("CSRF_COOKIE_SECURE", "false", "CSRF_COOKIE_SECURE is off"),
        ("SECURE_SSL_REDIRECT", "no", "SECURE_SSL_REDIRECT is off"),
        ("FLSF_PLAIN_HTTP", "1", "FLSF_PLAIN_HTTP is on"),
        ("FLSF_OIDC_SERVER", "https://id.example", "FLSF_OIDC_CLIENT_ID is not set"),
        ("FLSF_OIDC_SERVER", "https://id.example", "FLSF_OIDC_SECRET is not set"),
        ("FLSF_OIDC_SERVER", "http://id.example", "FLSF_OIDC_SERVER must begin with https"),
    ],
)
def test_what_is_unsafe_is_named_with_how_to_mend_it(name, value, says):
    loaded, said = settings(**{name: value})
    assert not loaded
    assert says in said


def test_everything_that_is_wrong_is_said_at_once():
    loaded, said = settings(SECRET_KEY=None, ALLOWED_HOSTS=None, DEBUG="1")
    assert not loaded
    assert [name in said for name in ("SECRET_KEY is", "ALLOWED_HOSTS is", "DEBUG is")] == [
        True
    ] * 3


def test_plain_http_is_for_trying_it_on_this_machine():
    loaded, said = settings(["SECURE_SSL_REDIRECT"], FLSF_PLAIN_HTTP="1", ALLOWED_HOSTS="localhost")
    assert loaded, said
    assert "false" in said


def test_a_form_may_lead_to_the_councils_own_sign_in():
    loaded, said = settings(
        ["CONTENT_SECURITY_POLICY"],
        FLSF_OIDC_SERVER="https://id.borsetshire.example/tenant/v2.0",
        FLSF_OIDC_CLIENT_ID="flsf",
        FLSF_OIDC_SECRET="between-us",
    )
    assert loaded, said
    assert '"form-action": ["\'self\'", "https://id.borsetshire.example"]' in said
