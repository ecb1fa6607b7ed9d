"""The council names itself once, and every page and message says so."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from flsf.jobs.outbox import words
from flsf.shared.accounts.enums import Role
from flsf.shared.council import queries
from flsf.web.components import council
from tests.factories import council_member

PAGE = reverse("setup-council")
TOLD = {
    "name": "Borsetshire Council",
    "colour": "#5c1450",
    "phone": "01632 960 001",
    "email": "support@borsetshire.example",
    "office_hours": "9 to 5, Monday to Friday",
    "duty_phone": "01632 960 099",
    "duty_hours": "day and night",
}


@pytest.fixture
def client(db):
    council.forget()
    client = Client()
    client.force_login(council_member(Role.ADMINISTRATOR))
    return client


def page_of(name):
    return Client().get(reverse(name)).content.decode()


def test_every_page_and_message_says_what_the_council_told(client):
    assert "01632 960 099" not in page_of("ask-danger")
    assert client.post(PAGE, TOLD).status_code == 302
    for name in ("start", "ask", "ask-danger", "contact"):
        assert "Borsetshire Council" in page_of(name)
    for name in ("ask", "ask-danger", "contact"):
        assert "01632 960 099" in page_of(name)
    assert "mailto:support@borsetshire.example" in page_of("contact")
    _, body = words("request-received", {"reference": "R-1", "key": ""})
    assert "To talk to us, call 01632 960 001 (9 to 5, Monday to Friday)." in body
    assert body.rstrip().endswith("Borsetshire Council")


def test_the_councils_colour_is_a_sheet_of_its_own(client):
    link = reverse("council-colour")
    assert link not in page_of("start")
    client.post(PAGE, TOLD)
    assert f"{link}?5c1450" in page_of("start")
    sheet = Client().get(link)
    assert sheet.content.decode() == ":root { --govuk-brand-colour: #5c1450; }\n"
    assert sheet["Content-Type"].startswith("text/css")


def test_shows_what_is_told_already(client):
    client.post(PAGE, TOLD)
    page = client.get(PAGE).content.decode()
    assert all(value in page for value in TOLD.values())


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "", "Enter the council&#39;s name"),
        ("colour", "yellow", "Enter the colour as #"),
        ("colour", "#ffff00", "contrast of 1.1 to 1"),
        ("phone", "ring Ann", "with its area code"),
        ("duty_phone", "", "Enter the number, or take away when it is answered"),
        ("email", "at home", "Enter an email address like"),
    ],
)
def test_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(client, field, typed, says):
    page = client.post(PAGE, TOLD | {field: typed}).content.decode()
    assert says in page
    assert "9 to 5, Monday to Friday" in page
    assert not queries.is_told()


def test_a_broken_database_leaves_the_name_of_the_settings(monkeypatch, settings):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(queries, "particulars", broken)
    council.forget()
    assert council.particulars().name == settings.COUNCIL_NAME


def test_is_asked_once_and_not_for_every_page(client, django_assert_num_queries):
    council.forget()
    with django_assert_num_queries(1):
        council.particulars()
        council.particulars()
