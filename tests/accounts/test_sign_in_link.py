"""A link by email that signs a parent in."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions, queries
from flsf.shared.accounts.enums import Role
from tests.factories import NOW

NONCE = re.compile(rb'nonce="[^"]+"')

ASK, SENT, HOME = reverse("sign-in-link"), reverse("sign-in-link-sent"), reverse("home")


@pytest.fixture
def parent(db):
    person = actions.open_account(
        email="parent@example.org", name="Ann", password=None, by=SYSTEM, at=NOW
    )
    actions.add_member(user_id=person.pk, organisation_id=None, role=Role.PARENT, by=SYSTEM, at=NOW)
    return person


def link_for(email="parent@example.org"):
    assert Client().post(ASK, {"email": email}).url == SENT
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


def signed_in(client):
    return client.get(reverse("your-pages")).status_code == 200


def test_the_link_signs_in_and_works_once(parent):
    link, client = link_for(), Client()
    assert "Sign in now" in client.get(link).content.decode()
    assert not signed_in(client)
    assert client.post(link).url == HOME
    assert signed_in(client)
    assert Client().post(link).status_code == 410


def test_to_open_it_uses_nothing_up(parent):
    link = link_for()
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert Client().post(link).status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(15, 302), (16, 410)])
def test_the_link_lasts_a_quarter_of_an_hour(parent, minutes, status):
    link = link_for()
    with clock.stopped_at(NOW + timedelta(minutes=minutes)):
        assert Client().post(link).status_code == status


def test_a_forged_link_is_refused(parent):
    link = link_for()
    assert Client().get(f"{link[:-3]}xx/").status_code == 410
    assert Client().get(reverse("sign-in-by-link", kwargs={"token": "x"})).status_code == 410


def test_a_new_password_or_a_closed_account_ends_the_link(parent):
    link = link_for()
    actions.close_account(user_id=parent.pk, by=SYSTEM, at=NOW)
    assert Client().post(link).status_code == 410
    assert queries.sign_in_token(parent.pk, at=NOW) is None


def test_does_not_tell_who_is_known(parent):
    answers = [
        Client().post(ASK, {"email": email}, follow=True)
        for email in ("parent@example.org", "PARENT@example.org", "nobody@example.org")
    ]
    assert len({NONCE.sub(b"", one.content) for one in answers}) == 1
    assert [letter.subject for letter in mail.outbox] == [
        "Your link to sign in",
        "Your link to sign in",
        "Your request to sign in",
    ]
    assert "http" not in mail.outbox[-1].body


def test_the_letter_names_nobody(parent):
    link_for()
    assert "Ann" not in mail.outbox[0].body + mail.outbox[0].subject


def test_asking_again_and_again_is_stopped(parent):
    statuses = [Client().post(ASK, {"email": "parent@example.org"}).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("typed", ["", "not an address"])
def test_says_what_to_enter(db, typed):
    page = Client().post(ASK, {"email": typed}).content.decode()
    assert "Enter " in page
    assert "Error:" in page


def test_the_link_does_not_step_over_a_second_factor(parent, second_factor):
    """An account with a second factor is still asked for it."""
    second_factor(parent)
    client = Client()
    assert client.post(link_for()).url == reverse("mfa_authenticate")
    assert not signed_in(client)
