"""Personas one click away, in a demonstration and nowhere else."""

from datetime import timedelta

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.web import demo_clock
from flsf.web.public.demo.personas import WORDS
from tests.factories import NOW, TODAY, organisation
from tests.factories_market import provider, require, shown

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


def to(client, day):
    said = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    return client.post(reverse("demo-day"), said, follow=True).content.decode()


def test_it_can_be_a_later_day_and_the_night_before_has_been(finance):
    require()
    shown(provider(email="hello@canal.example"), until=TODAY + timedelta(days=2))
    client = Client()
    page = to(client, TODAY + timedelta(days=3))
    assert "It is 18 May 2026. Last night 1 message went to providers" in page
    assert "You pretend that it is <strong>18 May 2026</strong>, 3 days ahead" in page
    assert "You pretend that it is" not in Client().get(DEMO).content.decode()


def test_the_day_goes_on_when_somebody_else_looks_and_ends_with_the_real_one(finance):
    client = Client()
    to(client, TODAY + timedelta(days=3))
    client.post(as_("finance"))
    assert "You pretend that it is 18 May 2026." in client.get(DEMO).content.decode()
    assert "You pretend" not in to(client, TODAY)


@pytest.mark.parametrize("days", [-1, 401])
def test_time_runs_forward_and_not_too_far(finance, days):
    page = to(Client(), TODAY + timedelta(days=days))
    assert "Choose a day from 15 May 2026 to" in page
    assert f'value="{(TODAY + timedelta(days=days)).day}"' in page


def test_a_day_that_is_none_is_said_so(finance):
    client = Client()
    said = {"day-day": "31", "day-month": "2", "day-year": "2027"}
    assert "must be a real date" in client.post(reverse("demo-day"), said).content.decode()
    assert client.get(reverse("demo-day")).status_code == 200


def test_the_night_can_be_run_again_and_changes_nothing(finance):
    require()
    shown(provider(email="hello@canal.example"), until=TODAY)
    client = Client()
    night = reverse("demo-night")
    assert "1 message went" in client.post(night, follow=True).content.decode()
    assert "0 messages went" in client.post(night, follow=True).content.decode()


def test_outside_a_demonstration_the_clock_is_the_clock(finance, settings):
    settings.FLSF_DEMO = False
    client = Client()
    for name in ("demo-day", "demo-night"):
        assert client.post(reverse(name)).status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        demo_clock.DemoClock(get_response=print)
