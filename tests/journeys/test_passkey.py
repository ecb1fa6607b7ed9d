"""A passkey in a real browser: set up, signed out, signed in with nothing else."""

import pytest
from allauth.mfa.models import Authenticator

from flsf.shared.accounts.enums import Role
from tests.factories import council_member

PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.FLSF_SECOND_FACTOR = True
    # The browser counts this machine as safe without a certificate.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True


@pytest.fixture
def fingerprint(page):
    """The browser has a reader, and the person always puts their finger on it."""
    told = page.context.new_cdp_session(page)
    told.send("WebAuthn.enable")
    told.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})


def test_a_passkey_is_set_up_and_signs_in_alone(page, server, fingerprint):
    officer = council_member(Role.FINANCE)
    here = server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{here}/sign-in/")
    page.get_by_label("Email address").fill(officer.email)
    page.get_by_label("Password").fill("x")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account/")
    page.goto(f"{here}/account/keys/add/")
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add this key").click()
    page.wait_for_url("**/account/codes/**")
    kept = Authenticator.objects.get(user=officer, type=Authenticator.Type.WEBAUTHN)
    assert kept.wrap().name == "My laptop"
    page.goto(f"{here}/your-pages/")
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{here}/your-pages/")
    page.wait_for_url("**/sign-in/**")
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(f"{here}/your-pages/")
    assert page.get_by_role("heading", level=1).inner_text() == "Your pages"
    page.goto(f"{here}/account/confirm-key/")
    assert page.get_by_role("heading", level=1).inner_text() == "Confirm it is you"
    assert page.get_by_role("button", name="Use a key").is_visible()
