"""Whether a person must set up a second factor before going on."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from flsf.shared.accounts import rules

REMEMBERED = "second_factor_of"


def must_set_up(request: HttpRequest) -> bool:
    """Whether the person signed in still owes a second factor.

    Staff and providers need one; families do not. A persona of the demonstration has none to
    give. Signing in through the council's own identity service counts when the settings say
    that it asks for a second factor itself. The answer is looked up once in a session.
    """
    user = request.user
    if isinstance(user, AnonymousUser) or not settings.FLSF_SECOND_FACTOR:
        return False
    if settings.FLSF_DEMO and user.persona:
        return False
    if not rules.need_second_factor(user.roles) or request.session.get(REMEMBERED) == user.pk:
        return False
    if not (_came_with_one(request) or is_mfa_enabled(user)):
        return True
    request.session[REMEMBERED] = user.pk
    return False


def _came_with_one(request: HttpRequest) -> bool:
    counted = {"mfa"}
    if settings.FLSF_OIDC_HAS_SECOND_FACTOR:
        counted.add("socialaccount")
    if isinstance(request.user, AnonymousUser):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in counted for record in records)
