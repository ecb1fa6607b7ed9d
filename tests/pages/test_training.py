"""Who gives training and apprenticeships, and places for supported internships (S259)."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as framework
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.models import Trainer
from flsf.oversight.internships.rules import LOT_CODE
from flsf.shared.accounts.enums import Role
from tests.factories import (
    NOW,
    TODAY,
    council_member,
    made_framework,
    member_of,
    organisation,
)
from tests.factories_casework import child, referral
from tests.factories_market import admitted, provider, route, service, trainer

pytestmark = pytest.mark.django_db

LIST, KEPT = reverse("training-list"), reverse("trainer-list")
PLACES, DEMAND = reverse("internship-places"), reverse("internship-list")


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def typed(**more):
    said = {
        "name": "Marl Skills",
        "kind": "training",
        "offers": ["internships", "apprenticeships"],
        "ukprn": "10001234",
        "place": "Marlbeck",
        "website": "marl.example",
        "about": "Hotels and health.",
    }
    return said | more


def lot():
    return framework.open_lot(
        framework_id=made_framework().pk,
        code=LOT_CODE,
        name="Supported internships",
        by=SYSTEM,
        at=NOW,
    )


def test_the_list_is_kept_and_everybody_reads_it(officer_client, client):
    assert "Nobody on the list is like that" in text(client.get(LIST))
    officer_client.post(reverse("trainer-add"), typed())
    html = text(client.get(LIST))
    for said in ("Marl Skills", "https://marl.example", "Apprenticeships, Supported internships"):
        assert said in html
    assert "10001234" in text(client.get(reverse("training-list-csv")))
    assert "Last changed: " in html

    one = Trainer.objects.get()
    page = reverse("trainer-change", kwargs={"ref": one.ref})
    assert 'value="10001234"' in text(officer_client.get(page))
    officer_client.post(page, typed(place="Marl Green"))
    officer_client.post(reverse("trainer-checked", kwargs={"ref": one.ref}))
    assert "Marl Green" in text(client.get(LIST))
    off = reverse("trainer-take-off", kwargs={"ref": one.ref})
    assert "Say why it is taken off" in text(officer_client.post(off, {"why": " "}))
    officer_client.post(off, {"why": "It has closed."})
    assert "Marl Skills" not in text(client.get(LIST))
    assert "It has closed." in text(officer_client.get(page))
    for there in (page, off, reverse("trainer-checked", kwargs={"ref": one.ref})):
        answer = officer_client.post(there, typed(why="x"), follow=True)
        assert "Somebody has taken it off" in text(answer)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"name": ""}, "name", "Enter what it is called"),
        ({"name": "--"}, "name", "Enter what it is called"),
        ({"kind": ""}, "kind", "Select what it is"),
        ({"offers": []}, "offers", "Select what it offers"),
        ({"ukprn": "123"}, "ukprn", "A UKPRN has 8 digits"),
        ({"phone": "ring me"}, "phone", "telephone"),
        ({"email": "nobody"}, "email", "Enter an email address like"),
        ({"website": "not one"}, "website", "Enter an address like"),
        ({"places": "many"}, "places", "Enter a whole number from 0 to 1,000"),
        ({"places": "-1"}, "places", "Enter a whole number from 0 to 1,000"),
        ({"open_places": "99999"}, "open_places", "Enter a whole number from 0 to 1,000"),
        ({"places": "3", "open_places": "4"}, "open_places", "no more open places than places"),
        ({"offers": ["skills"], "places": "3"}, "offers", "Select supported internships as well"),
        ({"name": "MARL SKILLS LTD", "ukprn": ""}, "name", "on the list already"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_typing_is_kept(
    officer_client, changed, field, says
):
    trainer("Marl Skills", ukprn="10001234")
    html = text(officer_client.post(reverse("trainer-add"), typed(**changed)))
    assert says in html
    assert f'href="#id_{field}' in html
    assert "Hotels and health." in html
    assert Trainer.objects.count() == 1


def test_everybody_narrows_it_by_what_is_offered_and_where(client):
    trainer("Marl College", kind=Kind.COLLEGE, offers=(Offer.STUDY,), place="Marlbeck")
    trainer("Beck Works", place="Beckford")
    assert "Beck Works" not in text(client.get(LIST, {"offer": "study"}))
    html = text(client.get(LIST, {"words": "beckford", "kind": "training"}))
    assert "Beck Works" in html
    assert "Marl College" not in html
    for odd in ({"offer": "x"}, {"kind": "<b>"}, {"words": "%"}, {"page": "x"}):
        text(client.get(LIST, odd))


def test_those_who_bring_in_data_are_led_to_the_sheet(officer_client):
    html = text(officer_client.get(KEPT))
    assert reverse("import-template", kwargs={"kind": "trainers"}) in html
    template = officer_client.get(reverse("import-template", kwargs={"kind": "trainers"}))
    assert "UKPRN" in text(template)
    quality = Client()
    quality.force_login(council_member(Role.QUALITY))
    assert "Bring in a sheet" not in text(quality.get(KEPT))


def test_lists_cost_the_same_for_one_row_and_three(officer_client, django_assert_num_queries):
    for count in (1, 3):
        while Trainer.objects.count() < count:
            trainer(f"Trainer {Trainer.objects.count()}")
        with django_assert_num_queries(3):  # how many, which, the day it changed
            Client().get(LIST)
        with django_assert_num_queries(5):  # session, person, memberships; how many, which
            officer_client.get(KEPT)


def wanting(inside, count):
    for _ in range(count):
        referral(child(birth_date=date(2008, 1, 1)), lot_id=inside.pk)


def internship(inside, places=6):
    of = provider("Ready Works")
    admitted(of, in_lot=inside)
    return service(of, inside, name="Hotel year", places={0: places, 1: places})


def test_staff_read_every_number_and_everybody_else_no_small_one(officer_client, client):
    inside = lot()
    internship(inside)
    wanting(inside, 4)
    html = text(officer_client.get(DEMAND))
    assert "On track" in html
    assert "4 young people want a supported internship. 6 places are open today" in html
    assert "Hotel year" in html
    html = text(client.get(PLACES))
    assert "6 places are open today" in html
    assert "Fewer than 5 young people have asked" in html
    assert not re.search(r"\b4 young", html)
    wanting(inside, 3)
    assert "7 young people have asked for one" in text(client.get(PLACES))
    assert "At risk" in text(officer_client.get(DEMAND))


def test_places_with_others_are_told_to_staff_and_to_everybody(officer_client, client):
    lot()
    trainer(
        "Told", offers=(Offer.INTERNSHIPS,), places=12, open_places=1, website="https://a.example"
    )
    trainer("Full", offers=(Offer.INTERNSHIPS,), places=4, open_places=0)
    trainer("Silent", offers=(Offer.INTERNSHIPS,))
    html = text(officer_client.get(DEMAND))
    assert "and 1 with others" in html
    assert "1 of 3 has not told us, and counts as none." in html
    assert html.count("Not told") == 2
    html = " ".join(text(client.get(PLACES)).split())
    assert "Told</a>: 1 open place, on 15 May 2026" in html
    assert "Full: no place open, on 15 May 2026" in html
    assert "Silent: ask them if they have a place, on" in html


def test_places_without_any_and_without_anybody(client, officer_client):
    assert "Nobody on our list gives supported internships yet" in text(client.get(PLACES))
    assert "Nobody waits for an offer today" in text(client.get(PLACES))
    assert "No service gives supported internships" in text(officer_client.get(DEMAND))
    internship(lot(), places=0)
    made = route("Supported internship")
    html = text(client.get(PLACES))
    assert "No place is open today" in html
    assert reverse("pathway", kwargs={"slug": made.slug}) in html


def test_who_does_not_answer_for_waiting_reads_no_demand():
    for person in (
        council_member(Role.QUALITY),
        council_member(Role.COUNCILLOR),
        member_of(organisation()),
    ):
        client = Client()
        client.force_login(person)
        assert client.get(DEMAND).status_code == 403


def test_the_keepers_first_page_leads_to_what_each_may_open(officer_client):
    home = reverse("local-offer")
    assert DEMAND in text(officer_client.get(home))
    quality = Client()
    quality.force_login(council_member(Role.QUALITY))
    assert DEMAND not in text(quality.get(home))
    assert KEPT in text(quality.get(home))
    assert DEMAND in text(officer_client.get(reverse("waiting-list")))
    assert f'dcterms.modified" content="{TODAY.isoformat()}"' in text(Client().get(PLACES))
