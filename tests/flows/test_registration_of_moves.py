"""No service moves to where its children would make a school that is not registered (E18-E19)."""

from dataclasses import replace

import pytest

from flsf.core.people import SYSTEM
from flsf.flows import agree_listing, offer_service
from flsf.flows.keep_registration import MoveMakesASchool
from flsf.market.listings import queries as listings
from flsf.market.listings.enums import RevisionStatus
from flsf.market.listings.models import Revision
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode, Registration
from flsf.market.providers.models import Provider, Site
from tests.factories import NOW, council_member
from tests.factories_market import version
from tests.factories_matching import child, proposed, scene, service
from tests.flows.test_registration import REASON, booked, with_plan

pytestmark = pytest.mark.django_db

FIVE_HOURS = 0b101


def apart(at):
    """Another service of the provider at another place, where the child is for sixteen hours."""
    other = service(at.lot, at.service.provider, largest_group=8)
    booked(at.child, other, 120)
    return other


def two_places():
    """A child with a plan, for five hours at one place and for sixteen at another."""
    at = scene()
    with_plan(at)
    other = apart(at)
    booked(at.child, at.service, 150, half_days_mask=FIVE_HOURS)
    return at, other


def propose(of, **changed):
    return agree_listing.propose_listing(
        provider_id=of.provider_id,
        organisation_id=of.provider.organisation_id,
        facts=replace(of.facts, **changed),
        service_id=of.pk,
        by=SYSTEM,
        at=NOW,
    )


def agree(revision):
    return agree_listing.agree(
        revision_id=revision.pk,
        provider_id=revision.provider_id,
        ref=revision.ref,
        seen=listings.compared(Revision.objects.get(pk=revision.pk)).seen,
        by=council_member(),
        at=NOW,
    )


def test_a_move_that_brings_a_childs_hours_together_is_not_proposed():
    at, other = two_places()
    with pytest.raises(MoveMakesASchool) as told:
        propose(other, site_id=at.service.site_id)
    assert f"21 hours a week at {at.service.site.name}" in str(told.value)
    assert str(told.value).endswith("Keep the service where it is, or choose another place.")
    assert not Revision.objects.exists()


def test_nor_agreed_when_the_hours_came_since():
    at, other = two_places()
    waiting = version(other, site_id=at.service.site_id)
    with pytest.raises(MoveMakesASchool, match="21 hours a week at"):
        agree(waiting)
    waiting.refresh_from_db()
    other.refresh_from_db()
    assert waiting.status == RevisionStatus.WAITING
    assert other.site_id != at.service.site_id


def test_nor_changed_by_anybody_else():
    at, other = two_places()
    facts = replace(other.facts, site_id=at.service.site_id)
    with pytest.raises(MoveMakesASchool):
        offer_service.change_service(service_id=other.pk, facts=facts, by=SYSTEM, at=NOW)


def test_a_place_that_is_held_counts_for_the_council_and_is_not_told_to_the_provider():
    at = scene()
    with_plan(at)
    other = apart(at)
    proposed(at, **REASON)
    propose(other, site_id=at.service.site_id)
    with pytest.raises(MoveMakesASchool):
        agree(Revision.objects.get())


def test_a_service_that_is_held_is_not_told_by_a_refusal_either():
    at = scene()
    with_plan(at)
    proposed(at)
    elsewhere = service(at.lot, at.service.provider, largest_group=8)
    booked(at.child, elsewhere, 140)  # above full time there without the service that moves
    assert propose(at.service, site_id=elsewhere.site_id)


def test_a_move_to_no_fixed_place_is_judged_the_same():
    at = scene()
    with_plan(at)
    moving = service(at.lot, at.service.provider, site=None, mode=Mode.HOME)
    booked(at.child, moving, 150, half_days_mask=FIVE_HOURS)
    other = apart(at)
    with pytest.raises(MoveMakesASchool, match="21 hours a week at no fixed place"):
        propose(other, site_id=None, mode=Mode.COMMUNITY)


def test_the_fifth_child_full_time_is_no_more_moved_there():
    at = scene()
    other = service(at.lot, at.service.provider, largest_group=8)
    for _ in range(4):
        booked(child(), at.service, 120, half_days_mask=0b1111111111)
    fifth = child()
    booked(fifth, other, 120)
    assert propose(other, site_id=at.service.site_id)
    booked(fifth, at.service, 150, half_days_mask=FIVE_HOURS)
    with pytest.raises(MoveMakesASchool, match="4 other children are full time at"):
        propose(other, what_it_is="Said anew.", site_id=at.service.site_id)


def test_what_does_not_move_may_change_where_the_hours_are_too_many_already():
    at, other = two_places()
    booked(at.child, other, 150, half_days_mask=FIVE_HOURS)
    assert propose(other, what_it_is="Said anew.")


def test_a_move_to_another_door_of_one_address_moves_nothing():
    at, other = two_places()
    Site.objects.filter(pk=other.site_id).update(postcode=at.service.site.postcode)
    assert propose(other, site_id=at.service.site_id)


def test_children_of_other_services_hold_no_move_up():
    at, _ = two_places()
    booked(at.child, at.service, 180, half_days_mask=0b1111110000)  # 23 hours there already
    moving = service(at.lot, at.service.provider, largest_group=8)
    booked(child(), moving, 60)
    assert propose(moving, site_id=at.service.site_id)


def test_a_registered_school_moves_as_it_will():
    at, other = two_places()
    Provider.objects.filter(pk=at.service.provider_id).update(registration=Registration.SCHOOL)
    waiting = version(other, site_id=at.service.site_id)
    assert agree(waiting) == other.pk
    assert providers.facts_of(other.pk).site_id == at.service.site_id
