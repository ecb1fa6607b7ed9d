import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import encrypt


@pytest.fixture
def second_factor(db):
    """Gives a person an authenticator app; returns the secret it holds."""

    def give(person):
        secret = totp.generate_totp_secret()
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)}
        )
        return secret

    return give
