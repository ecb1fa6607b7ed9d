"""Who was accepted begins its first listing from what it said, at the price it offered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows.agree_listing import agree, propose_listing
from flsf.flows.release_round import release_round
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.models import Lot
from flsf.mandate.framework.rules import LotTerms
from flsf.market.applications import queries as applications
from flsf.market.listings import queries as listings
from flsf.market.listings.models import Revision
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode
from flsf.market.providers.models import Provider
from flsf.market.providers.rules import ServiceFacts
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, decided, scene

pytestmark = pytest.mark.django_db

THEN = AFTER.date()


@pytest.fixture
def at():
    return scene()


@pytest.fixture
def person(at):
    """Somebody whose application for mentoring was accepted, at £45 an hour."""
    made = applicant()
    decided(at, made)
    release_round(round_of=at.round(THEN), by=at.director, at=AFTER)
    return type(made).objects.get(pk=made.pk)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def facts(lot_id):
    return ServiceFacts(
        name="Walks and bicycles",
        lot_id=lot_id,
        mode=Mode.COMMUNITY,
        lowest_age=9,
        highest_age=16,
        what_it_is="We walk.",
        what_to_expect="Boots.",
    )


def settled(at, person):
    """Its first service, sent by the provider and agreed to."""
    [provider] = Provider.objects.all()
    [offered] = applications.offered(provider.pk, on=THEN).values()
    ref = propose_listing(
        provider_id=provider.pk,
        organisation_id=provider.organisation_id,
        facts=facts(offered.lot_id),
        by=person,
        at=AFTER,
    )
    revision = listings.with_ref(ref, person=at.director)
    return agree(
        revision_id=revision.pk,
        provider_id=provider.pk,
        ref=ref,
        seen=listings.compared(revision).seen,
        by=at.director,
        at=AFTER,
    )


def test_what_was_offered_is_known_once_it_is_accepted(at, person):
    [provider] = Provider.objects.all()
    [offered] = applications.offered(provider.pk, on=THEN).values()
    assert (offered.lot_name, offered.price_pence) == ("Mentoring", 4500)
    assert offered.what_it_is.startswith("We walk, cook and mend bicycles.")
    assert offered.what_to_expect.startswith("A talk with the child")
    assert applications.offered(provider.pk, on=THEN - timedelta(days=1)) == {}


def test_the_first_price_is_the_one_offered(at, person):
    service_id = settled(at, person)
    assert providers.rates_of([service_id]) == {service_id: {THEN: 4500}}


def test_a_second_service_of_the_lot_begins_at_that_price_too_and_no_price_is_changed(at, person):
    first, second = settled(at, person), settled(at, person)
    assert providers.rates_of([first, second]) == {
        first: {THEN: 4500},
        second: {THEN: 4500},
    }


def test_a_cap_lowered_since_leaves_the_price_to_the_provider(at, person):
    lot = Lot.objects.get(code="mentoring")
    capped = LotTerms(price_cap_pence=4000)
    framework.change_lot(lot_id=lot.pk, name=lot.name, terms=capped, by=at.director, at=AFTER)
    service_id = settled(at, person)
    assert not providers.rates_of([service_id]).get(service_id)


def test_its_pages_lead_to_the_first_listing_with_what_it_said(at, person):
    client = as_(person)
    with clock.stopped_at(AFTER):
        home = text(client.get(reverse("provider-home")))
        assert "Tell families about Mentoring" in home
        page = text(client.get(reverse("provider-services")))
        assert "families cannot find you yet" in page
        assert "You have no services yet" not in page
        [offered] = applications.offered(Provider.objects.get().pk, on=THEN).values()
        address = f"{reverse('service-add')}?lot={offered.lot_id}"
        assert address in page
        form = text(client.get(address))
        assert "We walk, cook and mend bicycles." in form
        assert "£45.00 without VAT" in form
        assert f'value="{offered.lot_id}" selected' in form


def test_the_officer_sees_the_price_that_agreeing_sets(at, person):
    [provider] = Provider.objects.all()
    [lot_id] = applications.offered(provider.pk, on=THEN)
    ref = propose_listing(
        provider_id=provider.pk,
        organisation_id=provider.organisation_id,
        facts=facts(lot_id),
        by=person,
        at=AFTER,
    )
    with clock.stopped_at(AFTER):
        page = text(as_(at.second).get(reverse("listing-version", kwargs={"ref": ref})))
    assert "Its price will be £45.00 an hour without VAT" in page


def test_once_it_is_sent_nothing_more_is_asked(at, person):
    settled(at, person)
    assert Revision.objects.count() == 1
    client = as_(person)
    with clock.stopped_at(AFTER):
        assert "Tell families about" not in text(client.get(reverse("provider-home")))
        assert "families cannot find you yet" not in text(client.get(reverse("provider-services")))


@pytest.mark.parametrize("lot", ["", "0", "x", "99999999", "²", "1' or 1"])
def test_a_lot_that_was_not_offered_begins_an_empty_page(at, person, lot):
    with clock.stopped_at(AFTER):
        html = text(as_(person).get(reverse("service-add"), {"lot": lot}))
    assert "when you applied" not in html
