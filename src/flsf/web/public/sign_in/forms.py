"""allauth's forms in GOV.UK dress and in our words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.forms import EmailInput

from flsf.web.components.fields import GovukBoundField, GovukForm

EMAIL = ("Email address", "Enter your email address", "")
PASSWORD = ("Password", "Enter your password", "")
NEW = (
    "New password",
    "Enter a new password",
    "At least 12 characters. Three words make a good one.",
)
AGAIN = ("New password again", "Enter the new password again", "")
CODE = ("Code from your app", "Enter the code", "Six digits, or one of your recovery codes")


class _Dressed(forms.Form):
    """Label, what to enter, and hint of each field, by its name."""

    bound_field_class = GovukBoundField
    words: ClassVar[Mapping[str, tuple[str, str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, missing, hint) in self.words.items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.help_text = label, hint
                field.error_messages["required"] = missing


class SignInForm(_Dressed, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}  # noqa: RUF012 - declared by the base


class ForgottenForm(_Dressed, account.ResetPasswordForm):
    words = {"email": EMAIL}  # noqa: RUF012


class NewPasswordForm(_Dressed, account.ResetPasswordKeyForm):
    words = {"password1": NEW, "password2": AGAIN}  # noqa: RUF012


class ChangePasswordForm(_Dressed, account.ChangePasswordForm):
    words = {  # noqa: RUF012
        "oldpassword": ("Password you use now", "Enter the password you use now", ""),
        "password1": NEW,
        "password2": AGAIN,
    }


class SetPasswordForm(_Dressed, account.SetPasswordForm):
    words = {"password1": NEW, "password2": AGAIN}  # noqa: RUF012


class ConfirmPasswordForm(_Dressed, account.ReauthenticateForm):
    words = {"password": PASSWORD}  # noqa: RUF012


class CodeForm(_Dressed, factor.AuthenticateForm):
    words = {"code": CODE}  # noqa: RUF012


class ConfirmCodeForm(_Dressed, factor.ReauthenticateForm):
    words = {"code": CODE}  # noqa: RUF012


class AppForm(_Dressed, totp.ActivateTOTPForm):
    words = {"code": ("Code from your app", "Enter the code", "Six digits")}  # noqa: RUF012


class PasskeyForm(_Dressed, webauthn.AddWebAuthnForm):
    words = {  # noqa: RUF012
        "name": ("Name of this key", "Enter a name", "So that you can tell your keys apart"),
        "passwordless": ("Sign in with this key alone, without a password", "", ""),
    }


class NamePasskeyForm(_Dressed, webauthn.EditWebAuthnForm):
    words = {"name": ("Name of this key", "Enter a name", "")}  # noqa: RUF012


class LinkForm(GovukForm):
    """Where to send a link that signs somebody in."""

    email = forms.EmailField(
        label="Email address",
        help_text="We will send a link to this address. It works for 15 minutes.",
        widget=EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address like name@example.org",
        },
    )
