"""The list of what must be published: staff look, the public sees what is missing."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from tests.factories import council_member

pytestmark = pytest.mark.django_db

FIRST = reverse("duty-check", kwargs={"number": 1})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_staff_say_where_it_is_and_the_public_sees_what_is_missing(officer_client, client):
    said = {"is_published": "yes", "where": "Find support", "link": "/directory/", "note": ""}
    assert officer_client.post(FIRST, said).url == reverse("duty-list")
    assert "Published" in text(officer_client.get(reverse("duty-list")))
    assert "published, Find support" in text(officer_client.get(FIRST))
    html = text(client.get(reverse("directory-duties")))
    assert "22 of 23 are missing" in html
    assert '<a class="govuk-link" href="/directory/">Find support</a>' in html
    assert officer_client.get(reverse("duty-list-csv")).content.count(b"Missing") == 22


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"is_published": ""}, "Select whether it is published"),
        ({"where": ""}, "Say where it is published"),
        ({"link": "javascript:alert(1)"}, "Enter an address like"),
        ({"link": "//elsewhere.example"}, "Enter an address like"),
    ],
)
def test_what_makes_no_sense_is_said(officer_client, changed, says):
    said = {"is_published": "yes", "where": "There", "link": "", "note": "My note"} | changed
    html = text(officer_client.post(FIRST, said))
    assert says in html
    assert "My note" in html


def test_the_list_costs_as_many_queries_however_much_was_found(
    officer_client, client, django_assert_num_queries
):
    for number in (1, 2):
        # What must be said, what was found.
        with django_assert_num_queries(2):
            client.get(reverse("directory-duties"))
        said = {"is_published": "yes", "where": "There"}
        officer_client.post(reverse("duty-check", kwargs={"number": number}), said)


def test_no_such_item_and_no_such_right(officer_client):
    there = reverse("duty-check", kwargs={"number": 99})
    assert officer_client.get(there).status_code == 404
    client = Client()
    client.force_login(council_member(Role.CASEWORKER))
    assert client.post(FIRST, {}).status_code == 403
