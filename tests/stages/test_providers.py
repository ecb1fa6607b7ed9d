from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.core.geo import Point
from flsf.core.money import Money
from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework.rules import LotTerms
from flsf.market.providers import actions, queries
from flsf.market.providers.enums import Mode, ProviderKind, ServiceStatus
from flsf.market.providers.models import Provider, Rate, Service, Site
from flsf.market.providers.rules import NewProvider, NewService, NewSite, ProviderFacts
from flsf.shared.accounts.models import Organisation
from flsf.shared.places.models import Postcode
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_market import admitted, facts, provider, service

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
HERE = NewSite("The Boathouse", "ZZ1 1AA", Point(400_000, 290_000))


def offer(of=None, **changed):
    of = of or provider()
    return actions.offer_service(
        provider_id=of.pk, facts=facts(lot(), **changed), by=SYSTEM, at=NOW
    )


def test_a_company_number_is_known_with_or_without_its_zeros():
    provider(company_number="1234567")
    with pytest.raises(actions.AlreadyKnown):
        provider(company_number="01234567")
    with pytest.raises(IntegrityError), transaction.atomic():
        Provider.objects.bulk_create(
            [
                Provider(
                    ref="P-X",
                    slug="x",
                    organisation_id=Provider.objects.get().organisation_id,
                    company_number="01234567",
                )
            ]
        )


def test_change_keeps_the_address_and_refuses_anothers_number():
    one, _other = provider("Canal Side"), provider(charity_number="1000001")
    slug = one.slug
    changed = actions.change(
        provider_id=one.pk, facts=replace(one.facts, name="Canal Side Trust"), by=SYSTEM, at=NOW
    )
    assert (changed.name, changed.slug) == ("Canal Side Trust", slug)
    with pytest.raises(actions.AlreadyKnown):
        actions.change(
            provider_id=one.pk,
            facts=replace(one.facts, charity_number="1000001"),
            by=SYSTEM,
            at=NOW,
        )


def test_a_site_is_placed_by_its_postcode_however_typed():
    Postcode.objects.create(postcode="ZZ1 1AA", easting=400_000, northing=290_000)
    of = provider()
    known = actions.add_site(provider_id=of.pk, name="A", postcode="zz11aa", by=SYSTEM, at=NOW)
    unknown = actions.add_site(provider_id=of.pk, name="B", postcode="ZZ9 9ZZ", by=SYSTEM, at=NOW)
    assert (known.postcode, known.easting, known.northing) == ("ZZ1 1AA", 400_000, 290_000)
    assert (unknown.postcode, unknown.easting) == ("ZZ9 9ZZ", None)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"mode": Mode.SITE}, actions.PlaceDoesNotMatchMode),
        ({"lowest_age": 12, "highest_age": 11}, actions.AgesNotSensible),
        ({"highest_age": 26}, actions.AgesNotSensible),
    ],
)
def test_offer_refused(changed, refusal):
    with pytest.raises(refusal):
        offer(**changed)


def test_offer_refused_at_anothers_site():
    theirs = actions.add_site(
        provider_id=provider().pk, name="A", postcode="ZZ1 1AA", by=SYSTEM, at=NOW
    )
    with pytest.raises(actions.NotTheirSite):
        offer(mode=Mode.SITE, site_id=theirs.pk)


@pytest.mark.parametrize("wrong", [{"mode": Mode.SITE}, {"lowest_age": 19, "highest_age": 5}])
def test_the_database_refuses_it_too(wrong):
    made = offer()
    with pytest.raises(IntegrityError):
        Service.objects.filter(pk=made.pk).update(**wrong)


def test_a_change_confirms_the_service():
    made = offer()
    Service.objects.filter(pk=made.pk).update(confirmed_on=date(2025, 1, 1))
    changed = actions.change_service(
        service_id=made.pk, facts=replace(made.facts, largest_group=4), by=SYSTEM, at=NOW
    )
    assert (changed.largest_group, changed.confirmed_on) == (4, TODAY)


def rate(made, pounds=45, day=TODAY):
    return actions.set_rate(
        service_id=made.pk, rate=Money(pounds * 100), in_force_from=day, by=SYSTEM, at=NOW
    )


def test_a_new_rate_begins_on_its_day_and_the_old_one_is_kept():
    made = offer()
    rate(made)
    rate(made, 50, TOMORROW)
    assert queries.rate_on(made.pk, YESTERDAY) is None
    assert queries.rate_on(made.pk, TODAY) == 4_500
    assert queries.rate_on(made.pk, TOMORROW) == 5_000
    assert queries.rates_of([made.pk]) == {made.pk: {TODAY: 4_500, TOMORROW: 5_000}}


def test_rates_refused():
    made = offer()
    rate(made)
    with pytest.raises(actions.RateAlreadySet):
        rate(made, 46)
    with pytest.raises(actions.Backdated):
        rate(made, 46, YESTERDAY)
    with pytest.raises(actions.PriceNotFair):
        rate(made, 0, TOMORROW)
    capped = LotTerms(price_cap_pence=4_600)
    framework.change_lot(lot_id=made.lot_id, name="Tutoring", terms=capped, by=SYSTEM, at=NOW)
    rate(made, 46, TOMORROW)
    with pytest.raises(actions.AboveCap):
        rate(made, 47, TOMORROW + timedelta(days=1))
    with pytest.raises(IntegrityError):
        Rate.objects.filter(service=made).update(pence=0)


def test_places_replace_what_was_said_before():
    made = offer()
    actions.set_capacity(service_id=made.pk, places={0: 2, 9: 1}, by=SYSTEM, at=NOW)
    actions.set_capacity(service_id=made.pk, places={3: 4, 9: 0}, by=SYSTEM, at=NOW)
    assert queries.capacity([made.pk]) == {made.pk: {3: 4}}
    assert queries.all_capacity() == [(made.pk, 3, 4)]


@pytest.mark.parametrize("places", [{10: 1}, {-1: 1}, {0: -1}, {0: 501}])
def test_places_that_cannot_be_meant_are_refused(places):
    made = offer()
    with pytest.raises(actions.PlacesNotSensible):
        actions.set_capacity(service_id=made.pk, places=places, by=SYSTEM, at=NOW)


def test_a_closing_that_lies_ahead_takes_hold_by_itself():
    made = offer()
    actions.set_status(
        service_id=made.pk,
        status=ServiceStatus.CLOSED,
        closed_from=TOMORROW,
        by=SYSTEM,
        at=NOW,
    )
    made.refresh_from_db()
    assert made.status_on(TODAY) == ServiceStatus.OPEN
    assert made.status_on(TOMORROW) == ServiceStatus.CLOSED
    actions.set_status(service_id=made.pk, status=ServiceStatus.FULL, by=SYSTEM, at=NOW)
    made.refresh_from_db()
    assert made.status_on(TOMORROW) == ServiceStatus.FULL


def test_close_to_new_children_leaves_other_lots_and_sooner_closings_alone():
    tutoring, mentoring, of = lot(), lot(), provider()
    closing, staying = service(of, tutoring), service(of, mentoring)
    elsewhere = service(provider(), tutoring)
    for day in (TODAY, TOMORROW):
        closed = actions.close_to_new_children(
            provider_id=of.pk, lot_ids=[tutoring.pk], closed_from=day, by=SYSTEM, at=NOW
        )
        assert closed == ([closing.pk] if day == TODAY else [])
    assert set(Service.objects.filter(closed_from=None)) == {staying, elsewhere}
    assert Service.objects.get(closed_from=TODAY) == closing


def test_hundreds_of_providers_and_services_come_in_with_few_statements(
    django_assert_max_num_queries,
):
    inside, many = lot(), 300
    organisations = [
        Organisation.objects.create(name=f"O{number}", kind="provider") for number in range(many)
    ]
    new = [
        NewProvider(
            facts=ProviderFacts(name=f"Provider {number}", kind=ProviderKind.VOLUNTARY),
            organisation_id=organisation.pk,
            sites=(HERE,),
        )
        for number, organisation in enumerate(organisations)
    ]
    with django_assert_max_num_queries(8):
        made = actions.take_in_many(providers=new, by=SYSTEM, at=NOW)
    services = [
        NewService(
            provider_id=one.pk,
            facts=facts(inside, mode=Mode.SITE),
            site=HERE,
            rates=((date(2025, 4, 1), 4_000), (date(2026, 4, 1), 4_200)),
            places={0: 1, 1: 2},
        )
        for one in made
    ]
    with django_assert_max_num_queries(10):
        offered = actions.take_in_services(services=services, by=SYSTEM, at=NOW)
    assert Site.objects.count() == many
    rows = queries.catalogue(TODAY)
    assert [row.service_id for row in rows] == [one.pk for one in offered]
    assert {(row.rate_pence, row.easting, row.northing) for row in rows} == {
        (4_200, 400_000, 290_000)
    }
    assert set(queries.all_capacity()) == {
        (one.pk, day, day + 1) for one in offered for day in (0, 1)
    }


def test_a_provider_without_an_organisation_gets_one():
    new = NewProvider(facts=ProviderFacts(name="Canal Side", kind=ProviderKind.COMPANY))
    [made] = actions.take_in_many(providers=[new], by=SYSTEM, at=NOW)
    assert made.organisation.name == "Canal Side"
    assert queries.organisation_of(made.pk) == made.organisation_id


def test_many_come_in_all_or_none():
    named = ProviderFacts(name="A", kind=ProviderKind.COMPANY, company_number="12345678")
    rows = [NewProvider(facts=named), NewProvider(facts=replace(named, name="B"))]
    with pytest.raises(actions.AlreadyKnown):
        actions.take_in_many(providers=rows, by=SYSTEM, at=NOW)
    assert not Provider.objects.exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"rates": ((TODAY, 0),)}, actions.PriceNotFair),
        ({"places": {10: 1}}, actions.PlacesNotSensible),
        ({"site": HERE}, actions.PlaceDoesNotMatchMode),
    ],
)
def test_services_come_in_all_or_none(changed, refusal):
    inside, of = lot(), provider()
    good = NewService(provider_id=of.pk, facts=facts(inside))
    with pytest.raises(refusal):
        actions.take_in_services(services=[good, replace(good, **changed)], by=SYSTEM, at=NOW)
    assert not Service.objects.exists()


def test_a_batch_can_be_taken_out_until_something_rests_on_it():
    inside, of, other = lot(), provider(), provider()
    added = service(of, inside, site=HERE)
    admitted(other, in_lot=inside)
    with pytest.raises(actions.InUse, match=f"{added.name} of {of.name}"):
        actions.take_out_many(provider_ids=[of.pk], by=SYSTEM, at=NOW)
    everything = {"provider_ids": [of.pk, other.pk], "service_ids": [added.pk]}
    with pytest.raises(actions.InUse):
        actions.take_out_many(**everything, by=SYSTEM, at=NOW)
    assert Service.objects.exists()
    actions.take_out_many(provider_ids=[of.pk], service_ids=[added.pk], by=SYSTEM, at=NOW)
    assert list(Provider.objects.all()) == [other]


def test_a_provider_sees_itself_and_no_other():
    own, other = provider(), provider()
    manager = member_of(Organisation.objects.get(pk=own.organisation_id))
    assert queries.with_ref(own.ref, person=manager) == own
    assert queries.with_ref(other.ref, person=manager) is None
    assert queries.own(person=manager) == own
    assert set(queries.register(person=council_member())) == {own, other}


def test_the_version_of_the_catalogue_moves_with_every_change_and_when_tidied(monkeypatch):
    monkeypatch.setattr("flsf.market.providers.actions.bulk.TIDY_BEYOND", 2)
    seen = {queries.catalogue_version()}
    made = offer()
    seen.add(queries.catalogue_version())
    rate(made)
    seen.add(queries.catalogue_version())
    actions.confirm(service_id=made.pk, by=SYSTEM, at=NOW)
    seen.add(queries.catalogue_version())
    assert actions.tidy_changes(by=SYSTEM, at=NOW) > 0
    seen.add(queries.catalogue_version())
    assert len(seen) == 5
    assert actions.tidy_changes(by=SYSTEM, at=NOW) == 0
