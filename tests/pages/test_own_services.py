"""A provider's own pages: its services and what it must show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.flows import keep_listings_fresh
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.rules import LotTerms
from flsf.market.directory import queries as directory
from flsf.market.directory.rules import Asked
from flsf.market.listings import actions, queries
from flsf.market.listings.models import Revision
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.market.providers.models import Service, Site
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import Organisation
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_market import admitted, provider, require, service, shown, version

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def own(db):
    return provider("Heron Trust")


@pytest.fixture
def manager(own):
    client = Client()
    client.force_login(member_of(Organisation.objects.get(pk=own.organisation_id)))
    return client


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def typed(inside, **changed):
    said = {
        "name": "Canal walks",
        "lot_id": inside.pk,
        "what_it_is": "Walks.",
        "how_to_get_it": "Ask.",
        "what_to_expect": "Boots.",
        "mode": "community",
        "lowest_age": "9",
        "highest_age": "16",
        "needs": ["SEMH", "EBSA"],
        "access": ["quiet_space"],
        "largest_group": "3",
        "days_to_start": "5",
        "travel": "",
        "is_listed": "on",
    }
    return said | changed


def listed():
    return [card.name for card in directory.search(Asked(), at=None, on=TODAY).cards]


def test_a_new_service_waits_for_the_council(manager, own):
    inside = lot()
    admitted(own, in_lot=inside)
    response = manager.post(reverse("service-add"), typed(inside))
    assert response.url == reverse("provider-services")
    [waiting] = Revision.objects.all()
    assert (waiting.provider, waiting.facts.name) == (own, "Canal walks")
    assert (Service.objects.count(), listed()) == (0, [])
    html = text(manager.get(reverse("provider-services")))
    assert "Canal walks" in html
    assert "Waiting for the council" in html


def test_a_new_service_is_changed_while_it_waits(manager, own):
    inside = lot()
    manager.post(reverse("service-add"), typed(inside))
    first = Revision.objects.get()
    assert "Boots." in text(manager.get(at("version-edit", first)))
    said = typed(inside, what_to_expect="Wellingtons.")
    assert manager.post(at("version-edit", first), said).status_code == 302
    newest = Revision.objects.get(status="waiting")
    assert (newest.facts.what_to_expect, newest.replaces) == ("Wellingtons.", first)
    # The page of the one replaced leads to what there is now.
    assert manager.get(at("version-edit", first)).url == reverse("provider-services")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Enter its name"),
        ({"mode": "site"}, "Say where the service happens"),
        ({"lowest_age": "17"}, "the lowest first"),
        ({"highest_age": "99"}, "whole number from 0 to 25"),
        ({"largest_group": "many"}, "whole number from 1 to"),
    ],
)
def test_a_service_that_makes_no_sense_is_said_and_typing_is_kept(manager, changed, says):
    html = text(manager.post(reverse("service-add"), typed(lot(), **changed)))
    assert says in html
    assert "Boots." in html
    assert not Revision.objects.exists()


def test_a_change_waits_and_families_read_what_they_read(manager, own):
    inside = lot()
    admitted(own, in_lot=inside)
    made = service(own, inside, name="Walks", confirmed_on=TODAY - timedelta(days=200))
    assert 'value="Walks"' in text(manager.get(at("service-change", made)))
    assert manager.post(at("service-change", made), typed(inside)).url == (
        reverse("provider-services")
    )
    assert listed() == ["Walks"]
    assert "Waiting for the council" in text(manager.get(reverse("provider-services")))
    # Whoever changes it again begins from what they sent.
    html = text(manager.get(at("service-change", made)))
    assert 'value="Canal walks"' in html
    assert "waits for the council" in html


def test_nothing_changed_says_so(manager, own):
    inside = lot()
    made = service(own, inside, name="Canal walks")
    manager.post(at("service-change", made), typed(inside))
    waiting = Revision.objects.get()
    actions.approve(
        revision_id=waiting.pk,
        seen=queries.compared(waiting).seen,
        by=council_member(),
        at=NOW,
    )
    html = text(manager.post(at("service-change", made), typed(inside)))
    assert "You have not changed anything" in html


def test_taken_back_and_too_late(manager, own):
    waiting = version(service(own, lot()))
    for said in ("You took your changes back", "no longer waits for a decision"):
        response = manager.post(at("version-take-back", waiting), follow=True)
        assert said in text(response)
    assert manager.get(at("version-take-back", waiting)).status_code == 405


def test_sent_back_is_read_with_its_words(manager, own):
    waiting = version(service(own, lot(), name="Walks"))
    actions.send_back(
        revision_id=waiting.pk, words="Who leads the walks?", by=council_member(), at=NOW
    )
    assert "Who leads the walks?" in text(manager.get(reverse("provider-services")))
    home = text(manager.get(reverse("provider-home")))
    assert "The council sent it back" in home


def test_what_is_taken_down_is_a_thing_to_do(manager, own):
    member_of(Organisation.objects.get(pk=own.organisation_id))
    inside = lot()
    service(own, inside, name="Old walks", confirmed_on=TODAY - timedelta(days=400))
    service(own, inside, name="Older than it was", confirmed_on=TODAY - timedelta(days=100))
    keep_listings_fresh.take_down_old(by=SYSTEM, at=NOW)
    home = text(manager.get(reverse("provider-home")))
    assert "Taken down" in home
    assert "Is it still right?" in home
    assert "Families no longer find this" in text(manager.get(reverse("provider-services")))


def test_places_of_the_week(manager, own):
    made = service(own, lot(), places={0: 2, 3: 1})
    html = text(manager.get(at("service-places", made)))
    assert html.count("<input class=") == 10
    said = {"mon-am": "4", "fri-pm": "1", "tue-pm": ""}
    assert manager.post(at("service-places", made), said).url == reverse("provider-services")
    assert providers.capacity([made.pk]) == {made.pk: {0: 4, 9: 1}}


def test_places_that_make_no_sense_are_said_at_their_box(manager, own):
    made = service(own, lot(), places={0: 2})
    html = text(manager.post(at("service-places", made), {"mon-am": "lots", "tue-am": "3"}))
    assert 'href="#id_mon-am"' in html
    assert 'value="lots"' in html
    assert 'value="3"' in html
    assert providers.capacity([made.pk]) == {made.pk: {0: 2}}


def new_rate(pounds, when=TODAY):
    return {
        "rate": pounds,
        "in_force_from-day": str(when.day),
        "in_force_from-month": str(when.month),
        "in_force_from-year": str(when.year),
    }


def test_a_new_price_from_a_day_with_all_prices_shown(manager, own):
    made = service(own, lot(), rates=((TODAY - timedelta(days=100), 4_000),))
    assert manager.post(at("service-rates", made), new_rate("£45.50", TOMORROW)).status_code == 302
    html = text(manager.get(at("service-rates", made)))
    for said in ("Today it is £40.00", "£45.50", "To come"):
        assert said in html


@pytest.mark.parametrize(
    ("pounds", "when", "says"),
    [
        ("45-60", TODAY, "Enter one price in pounds"),
        ("0", TODAY, "more than nothing"),
        ("99999999999", TODAY, "at most £1,000,000"),
        ("45", TODAY - timedelta(days=1), "a day that has passed"),
        ("61", TODAY, "above the most the framework pays"),
    ],
)
def test_a_price_refused_says_how_to_mend_it(manager, own, pounds, when, says):
    inside = lot()
    capped = LotTerms(price_cap_pence=6_000)
    framework.change_lot(lot_id=inside.pk, name=inside.name, terms=capped, by=SYSTEM, at=NOW)
    made = service(own, inside)
    html = text(manager.post(at("service-rates", made), new_rate(pounds, when)))
    assert says in html
    assert f'value="{pounds}"' in html
    assert providers.rates_of([made.pk]) == {made.pk: {}}


def test_still_right_makes_the_listing_fresh(manager, own):
    made = service(own, lot(), confirmed_on=TODAY - timedelta(days=200))
    assert "may be out of date" in text(manager.get(reverse("provider-services")))
    assert manager.post(at("service-confirm", made)).url == reverse("provider-services")
    made.refresh_from_db()
    assert made.confirmed_on == TODAY
    assert manager.get(at("service-confirm", made)).status_code == 405


def test_full_for_now_and_open_again(manager, own):
    made = service(own, lot())
    for status in (ServiceStatus.FULL, ServiceStatus.OPEN):
        manager.post(at("service-status", made), {"status": status.value})
        made.refresh_from_db()
        assert made.status_on(TODAY) == status
    assert "Select whether" in text(manager.post(at("service-status", made), {}))


def test_a_place_with_an_unknown_postcode_is_kept_and_said(manager, own):
    said = {"name": "The Boathouse", "postcode": "zz99zz"}
    manager.post(reverse("site-add"), said)
    assert Site.objects.get().postcode == "ZZ9 9ZZ"
    assert "postcode not known" in text(manager.get(reverse("provider-services")))
    html = text(manager.post(reverse("site-add"), said | {"postcode": "nowhere"}))
    assert "Enter a full postcode" in html


def test_what_is_due_is_said_in_words(manager, own):
    require()
    html = text(manager.get(reverse("provider-compliance")))
    assert "1 check is overdue" in html
    assert "Public liability insurance" in html
    shown(own, until=TODAY + timedelta(days=10))
    html = text(manager.get(reverse("provider-compliance")))
    assert "Runs out in 10 days" in html
    shown(own)
    assert "nothing to send now" in text(manager.get(reverse("provider-compliance")))


def test_one_service_costs_as_many_queries_as_three(manager, own, django_assert_num_queries):
    inside = lot()
    for _ in range(2):
        service(own, inside, rates=((TODAY, 4_000),), places={0: 1})
        manager.get(reverse("provider-services"))
        # Session, person, memberships; provider; services, places, rates; version, cards;
        # versions sent, taken down; sites.
        with django_assert_num_queries(13):
            manager.get(reverse("provider-services"))
        service(own, inside)


NAMES = ("service-change", "service-places", "service-rates", "service-status")


@pytest.mark.parametrize("name", [*NAMES, "service-confirm"])
def test_anothers_service_is_not_there(manager, name):
    theirs = service(provider(), lot())
    assert manager.post(at(name, theirs), {}).status_code == 404


@pytest.mark.parametrize("name", ["provider-services", "provider-compliance", "service-add"])
def test_a_practitioner_and_the_council_do_not_change_services(officer_client, own, name):
    worker = Client()
    place = Organisation.objects.get(pk=own.organisation_id)
    worker.force_login(member_of(place, Role.PRACTITIONER))
    for client in (worker, officer_client):
        assert client.get(reverse(name)).status_code == 403
