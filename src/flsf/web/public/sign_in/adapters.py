"""What allauth asks us to decide."""

import base64
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from flsf.web.components import council

SIGNED_IN_JUST_NOW = 10 * 60  # seconds
WRONG_PAIR = "Enter the email address and password you signed up with"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account for themselves; words are ours."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask the council's administrator to open it.",
        "email_password_mismatch": WRONG_PAIR,
        "invalid_login": WRONG_PAIR,
        "enter_current_password": "Enter the password you use now",
        "incorrect_password": "Enter the password you use now",
        "incorrect_code": "That code is not right. Enter the newest one from your app.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of a person who gave a password or code within the last minutes."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = context.request
        records = get_authentication_records(request, request.user)
        given = [one["at"] for one in records if one.get("method") in {"password", "mfa"}]
        return not given or time.time() - max(given) > SIGNED_IN_JUST_NOW

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Errors only: to have signed in or out shows by itself."""
        if kwargs.get("message"):
            super().add_message(*args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are unreadable in the database and its copies."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Enter the newest one from your app.",
    }

    def get_totp_issuer(self) -> str:
        return council.particulars().name

    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The square alone, to stand within a page."""
        svg = super().build_totp_svg(url)
        return str(svg[svg.index("<svg") :])


class CouncilSignInAdapter(DefaultSocialAccountAdapter):
    """The council's own identity service lets in those who have an account here, and no others."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody we do not know is told so, and nothing is kept of them."""
        if not sociallogin.is_existing:
            told = render(request, "socialaccount/signup_closed.html", status=403)
            raise ImmediateHttpResponse(told)


def _safe() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(secret: str | bytes) -> bytes:
    digest = salted_hmac("second factor", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
