"""Personas one click away, in a demonstration and nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.web.public.demo.personas import WORDS
from tests.factories import NOW, organisation

DEMO = reverse("demo")


def as_(persona):
    return reverse("demo-as", kwargs={"persona": persona})


@pytest.fixture
def finance(settings, db):
    settings.FLSF_DEMO = True
    person = actions.open_account(
        email="f@marlbeck.example", name="Fay", password=None, persona="finance", by=SYSTEM, at=NOW
    )
    place = organisation(OrganisationKind.COUNCIL)
    actions.add_member(
        user_id=person.pk, organisation_id=place.pk, role=Role.FINANCE, by=SYSTEM, at=NOW
    )
    return person


def test_every_persona_that_is_there_has_a_card(finance):
    page = Client().get(DEMO).content.decode()
    assert f'action="{as_("finance")}"' in page
    assert "Fay." in page
    assert f'action="{as_("director")}"' not in page


def test_one_click_makes_you_that_person(finance):
    client = Client()
    response = client.post(as_("finance"))
    assert response.status_code == 302
    page = client.get(reverse("your-pages")).content.decode()
    assert "nothing here is real." in page
    assert "You are Fay." in page
    assert f'href="{DEMO}"' in page


def test_a_link_alone_changes_nobody(finance):
    client = Client()
    assert client.get(as_("finance")).status_code == 405
    assert client.get(reverse("your-pages")).status_code == 302


def test_a_stop_of_the_tour_begins_at_its_page_and_never_elsewhere(finance):
    asked = reverse("your-pages")
    assert Client().post(as_("finance"), {"next": asked}).url == asked
    elsewhere = Client().post(as_("finance"), {"next": "https://evil.example/"}).url
    assert "evil" not in elsewhere


def test_a_persona_that_is_not_there_is_not_found(finance):
    assert Client().post(as_("nobody")).status_code == 404


def test_outside_a_demonstration_there_is_nothing(finance, settings):
    settings.FLSF_DEMO = False
    client = Client()
    assert client.get(DEMO).status_code == 404
    assert client.post(as_("finance")).status_code == 404
    assert client.get(reverse("your-pages")).status_code == 302


def test_the_addresses_of_the_personas_are_those_promised():
    promised = {
        *("commissioner", "caseworker", "virtual-school", "finance", "director", "quality"),
        *("safeguarding", "councillor", "procurement", "information-governance"),
        *("administrator", "senco", "parent", "young-person", "sole-provider"),
        *("tuition-manager", "mentor"),
    }
    assert {persona for words in WORDS.values() for persona in words} == promised
