"""The first pages, and what every public service says of itself."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from tests.factories import council_member, user
from tests.factories_casework import parent

STYLES = [
    Path(project.PACKAGE, "static", name)
    for name in ("vendor/govuk-frontend.min.css", "council.css")
]
KILOBYTE = 1024


def page(name, client=None):
    response = (client or Client()).get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["start", "accessibility", "privacy", "sign-in", "sign-in-link"])
def test_public_pages_are_light_and_whole(db, name):
    html = page(name)
    assert html.count("<h1") == 1
    sent = sum(len(gzip.compress(one.read_bytes())) for one in STYLES) + len(html.encode())
    assert sent <= 60 * KILOBYTE


def test_the_start_page_leads_only_to_pages_that_are_there(db):
    html = page("start")
    assert 'href="/accessibility/"' in html
    assert "999" in html
    assert "Go to your pages" not in html


def test_a_person_signed_in_is_led_to_their_pages(db):
    client = Client()
    client.force_login(council_member(Role.FINANCE))
    html = page("start", client)
    assert "Go to your pages" in html
    assert "Sign out" in html


def test_a_person_without_a_role_is_told_what_to_do(db):
    client = Client()
    client.force_login(user())
    assert client.get(reverse("home")).url == reverse("your-pages")
    assert "There is nothing here for you yet" in page("your-pages", client)


def test_outside_a_demonstration_no_page_says_it_is_fictional(db, settings):
    settings.FLSF_DEMO = False
    assert "Fictional borough" not in page("start")


def test_not_found_is_said_in_our_own_words(db):
    response = Client().get("/no/such/page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_the_start_page_leads_to_how_it_works(db):
    assert reverse("framework-public") in page("start")


def test_only_those_who_can_have_a_request_are_led_to_one(db):
    assert reverse("sign-in-link") in page("start")
    staff, family = Client(), Client()
    staff.force_login(council_member(Role.FINANCE))
    family.force_login(parent())
    assert "See where things are up to" not in page("start", staff)
    assert reverse("family-requests") in page("start", family)
