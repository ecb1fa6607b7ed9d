from django.test import Client
from django.urls import reverse

from tests.factories import user

SIGN_IN = reverse("sign-in")


def test_signs_in_and_out(db):
    client, person = Client(), user()
    response = client.post(SIGN_IN, {"username": person.email, "password": "x"})
    assert response.status_code == 302
    assert client.post(reverse("sign-out")).url == SIGN_IN


def test_a_wrong_password_is_not_told_from_a_wrong_address(db):
    client, person = Client(), user()
    told = [
        client.post(SIGN_IN, {"username": email, "password": "no"}).content.decode()
        for email in (person.email, "nobody@example.org")
    ]
    assert all("Enter the email address and password you signed up with" in one for one in told)
    assert not any('value="no"' in one for one in told)
