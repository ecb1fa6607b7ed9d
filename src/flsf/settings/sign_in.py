"""How people sign in: django-allauth, without names of users and without open sign-up.

Accounts are opened by an administrator. Staff and providers use a password and a second
factor, or a passkey; families a link sent to their address; a council may connect its own
identity service by OpenID Connect.
"""

from typing import Any
from urllib.parse import urlsplit

from environs import Env

env = Env()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "flsf.web.public.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An administrator vouches for the address; the invitation proves it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "flsf.web.public.sign_in.forms.SignInForm",
    "reset_password": "flsf.web.public.sign_in.forms.ForgottenForm",
    "reset_password_from_key": "flsf.web.public.sign_in.forms.NewPasswordForm",
    "change_password": "flsf.web.public.sign_in.forms.ChangePasswordForm",
    "set_password": "flsf.web.public.sign_in.forms.SetPasswordForm",
    "reauthenticate": "flsf.web.public.sign_in.forms.ConfirmPasswordForm",
}

MFA_ADAPTER = "flsf.web.public.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Clocks of phones drift; one step either way.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "flsf.web.public.sign_in.forms.CodeForm",
    "reauthenticate": "flsf.web.public.sign_in.forms.ConfirmCodeForm",
    "activate_totp": "flsf.web.public.sign_in.forms.AppForm",
    "add_webauthn": "flsf.web.public.sign_in.forms.PasskeyForm",
    "edit_webauthn": "flsf.web.public.sign_in.forms.NamePasskeyForm",
}
# A passkey is bound to https, but for a demonstration on this machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.bool("FLSF_DEMO", False)

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# An invitation, or a link to a new password, holds for three days.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
# A link that signs a parent in holds for a quarter of an hour, and once.
FLSF_SIGN_IN_LINK_MINUTES = 15
ACCOUNT_RATE_LIMITS = {"sign_in_link": "20/m/ip,3/10m/key"}

# Long enough for a working day, and over when the browser is closed.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Attempts are counted where every process of the server sees them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "flsf_cache",
    }
}

SOCIALACCOUNT_ADAPTER = "flsf.web.public.sign_in.adapters.CouncilSignInAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False

OIDC_SERVER = env.str("FLSF_OIDC_SERVER", "")
# A form that leads there is let through; one that leads on from there must be named besides.
OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))] if OIDC_SERVER else []
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            # The council's own directory says whose address it is, so it may be believed.
            "EMAIL_AUTHENTICATION": True,
            "VERIFIED_EMAIL": True,
            "APPS": [
                {
                    "provider_id": "council",
                    "name": env.str("FLSF_OIDC_NAME", "your council account"),
                    "client_id": env.str("FLSF_OIDC_CLIENT_ID", ""),
                    "secret": env.str("FLSF_OIDC_SECRET", ""),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }
