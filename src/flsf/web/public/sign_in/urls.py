"""Addresses of allauth's pages under names that say what they are.

Each keeps the name allauth calls it by, for allauth finds its way about by them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as council
from django.conf import settings
from django.urls import path, re_path

from flsf.web.access import public, signing_in
from flsf.web.public.sign_in import views

WITH_KEY = r"^sign-in/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

entering = [
    path("sign-in/", public(account.login), name="sign-in"),
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="sign-out"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("sign-in/closed/", public(account.account_inactive), name="account_inactive"),
    path("sign-in/new/", public(account.signup), name="account_signup"),
    path("sign-in/forgotten/", public(account.password_reset), name="account_reset_password"),
    path(
        "sign-in/forgotten/sent/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "sign-in/new-password/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        WITH_KEY,
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("sign-in/second-step/", public(factor.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/link/", public(views.sign_in_link), name="sign-in-link"),
    path("sign-in/link/sent/", public(views.sign_in_link_sent), name="sign-in-link-sent"),
    path("sign-in/link/<str:token>/", public(views.sign_in_by_link), name="sign-in-by-link"),
]

own_account = [
    path("account/", signing_in(factor.index), name="second-factor"),
    path("account/", signing_in(factor.index), name="mfa_index"),
    path("account/confirm/", signing_in(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm-code/", signing_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/confirm-key/",
        signing_in(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/password/", signing_in(account.password_change), name="account_change_password"),
    path("account/password/set/", signing_in(account.password_set), name="account_set_password"),
    path("account/app/", signing_in(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/remove/", signing_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/codes/", signing_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "account/codes/new/",
        signing_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/codes/download/",
        signing_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/keys/", signing_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/keys/add/", signing_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/keys/<int:pk>/remove/",
        signing_in(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/keys/<int:pk>/name/", signing_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"
    ),
]

# Only where the council has connected its identity service.
council_account = [
    path(
        "sign-in/council/cancelled/",
        public(social.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("sign-in/council/error/", public(social.login_error), name="socialaccount_login_error"),
    path("sign-in/council/new/", public(social.signup), name="socialaccount_signup"),
    path("account/council/", signing_in(social.connections), name="socialaccount_connections"),
    path("sign-in/<str:provider_id>/start/", public(council.login), name="openid_connect_login"),
    path(
        "sign-in/<str:provider_id>/callback/",
        public(council.callback),
        name="openid_connect_callback",
    ),
]

urlpatterns = [
    *entering,
    *own_account,
    *(council_account if settings.SOCIALACCOUNT_PROVIDERS else []),
]
