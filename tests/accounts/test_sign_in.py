"""Signing in and out by password."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions
from flsf.shared.accounts.enums import OrganisationKind, Role
from tests.factories import NOW, council_member, member_of, organisation, user

SIGN_IN, SIGN_OUT, HOME = reverse("sign-in"), reverse("sign-out"), reverse("home")
PAIR = "Enter the email address and password you signed up with"


def given(person, password="x"):
    return {"login": person.email, "password": password}


def signed_in(client):
    return client.get(HOME).status_code == 302 and SIGN_IN not in client.get(HOME).url


def test_signs_in_and_out(db):
    client, person = Client(), user()
    assert client.post(SIGN_IN, given(person)).url == HOME
    assert signed_in(client)
    assert client.post(SIGN_OUT).url == reverse("start")
    assert not signed_in(client)


def test_does_not_sign_out_by_following_a_link(db):
    client = Client()
    client.force_login(user())
    assert "Sign out" in client.get(SIGN_OUT).content.decode()
    assert signed_in(client)


def test_a_wrong_password_is_not_told_from_a_wrong_address(db):
    client, person = Client(), user()
    told = [
        client.post(SIGN_IN, {"login": email, "password": "no"}).content.decode()
        for email in (person.email, "nobody@example.org")
    ]
    assert all(PAIR in one for one in told)
    assert not any('value="no"' in one for one in told)


def test_says_what_is_missing_at_each_field(db):
    page = Client().post(SIGN_IN, {}).content.decode()
    assert "Enter your email address" in page
    assert "Enter your password" in page
    assert "<title>Error: Sign in" in page


def test_a_new_session_begins_with_signing_in(db):
    client, person = Client(), user()
    client.get(reverse("sign-in-link"))
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post(SIGN_IN, given(person))
    assert client.cookies["sessionid"].value != session.session_key


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_never_sends_anybody_to_another_site(db, elsewhere):
    client, person = Client(), user()
    assert client.post(f"{SIGN_IN}?next={elsewhere}", given(person)).url == HOME


def test_goes_back_to_the_page_that_was_asked_for(db):
    client, person = Client(), user()
    asked = reverse("your-pages")
    response = client.get(asked)
    assert response.url == f"{SIGN_IN}?next={asked}"
    assert client.post(response.url, given(person)).url == asked


def closed(person):
    actions.close_account(user_id=person.pk, by=SYSTEM, at=NOW)


def test_a_closed_account_is_refused_and_its_session_ends_at_once(db):
    client, person = Client(), user()
    client.post(SIGN_IN, given(person))
    closed(person)
    assert not signed_in(client)
    again = Client()
    again.post(SIGN_IN, given(person))
    assert not signed_in(again)


def test_too_many_wrong_passwords_are_stopped_for_a_while(db):
    client, person = Client(), user()
    for _ in range(5):
        client.post(SIGN_IN, given(person, "no"))
    page = client.post(SIGN_IN, given(person)).content.decode()
    assert "Too many tries" in page
    assert not signed_in(client)


def test_nobody_opens_an_account_for_themselves(db):
    page = Client().get(reverse("account_signup")).content.decode()
    assert "Accounts are opened by the council" in page
    Client().post(
        reverse("account_signup"), {"email": "new@example.org", "password1": "a long password 1"}
    )
    assert not get_user_model().objects.filter(email="new@example.org").exists()


def link_in(letter):
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def test_a_forgotten_password_is_replaced_through_a_link_that_works_once(db):
    client, person = Client(), user()
    response = client.post(reverse("account_reset_password"), {"email": person.email})
    assert response.url == reverse("account_reset_password_done")
    address = link_in(mail.outbox[0])
    page = client.get(address, follow=True)
    new = {"password1": "three plain words 9", "password2": "three plain words 9"}
    done = client.post(page.redirect_chain[-1][0], new)
    assert done.url == reverse("account_reset_password_from_key_done")
    assert client.post(SIGN_IN, given(person, new["password1"])).url == HOME
    assert "no longer works" in Client().get(address, follow=True).content.decode()


def test_asking_for_a_new_password_does_not_tell_who_is_known(db):
    person = user()
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (person.email, "nobody@example.org")
    ]
    pages = [
        re.sub(r'value="[^"]{60,}"|nonce="[^"]+"', "", one.content.decode()) for one in answers
    ]
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2
    assert "Nobody\nsigns in with it" in mail.outbox[1].body


@pytest.mark.parametrize("password", ["short", "password1234", "qwertyuiop12"])
def test_a_weak_password_is_refused(db, password):
    client = Client()
    client.force_login(user())
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": "x", "password1": password, "password2": password},
    )
    assert page.status_code == 200
    assert "Error:" in page.content.decode()


@pytest.mark.parametrize(
    "name", ["account_inactive", "account_reset_password_from_key_done", "account_logout"]
)
def test_every_page_of_signing_in_is_in_our_dress(db, name):
    client = Client()
    client.force_login(user())
    page = client.get(reverse(name)).content.decode()
    assert page.count("<h1") == 1
    assert "govuk-service-navigation" in page


def test_a_person_without_a_password_may_choose_one(db):
    person = actions.open_account(email="p@example.org", name="P", password=None, by=SYSTEM, at=NOW)
    client = Client()
    client.force_login(person)
    page = client.get(reverse("account_set_password")).content.decode()
    assert "Choose a password" in page


def test_everybody_has_a_first_page(db):
    provider = member_of(organisation(OrganisationKind.PROVIDER), Role.PRACTITIONER)
    for person in (user(), council_member(Role.DIRECTOR), provider):
        client = Client()
        client.force_login(person)
        assert client.get(HOME, follow=True).status_code == 200
