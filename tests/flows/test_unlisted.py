"""Children found to be with a provider in no service that we know count all the same (E18-E19)."""

from datetime import date, timedelta
from itertools import count

import pytest

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs.enums import AwardStatus
from flsf.casework.calloffs.queries import registration
from flsf.casework.calloffs.rules import Found
from flsf.core.people import SYSTEM
from flsf.flows.keep_limit import OverLimit
from flsf.flows.keep_registration import TogetherASchool, WouldBeASchool
from flsf.mandate.budgets.enums import Route
from flsf.market.providers.models import Site
from tests import factories_awards
from tests.factories import NOW, TODAY
from tests.factories_matching import child, decided, proposed, scene, service
from tests.flows.test_first_visit import another, limited
from tests.flows.test_registration import REASON, with_plan

pytestmark = pytest.mark.django_db

EIGHT = 0b1111111100
_refs = count(1)


def unlisted(at, of_child=None, *, minutes=120, status=AwardStatus.AWARDED, ended_on=None):
    """The child was found to be with the scene's provider: sixteen hours, of no service of its."""
    calloffs.record_found_many(
        found=[
            Found(
                ref=f"A-FOUND{next(_refs)}",
                proposal=factories_awards.proposal(
                    at.budget,
                    child_id=(of_child or child()).pk,
                    provider_id=at.service.provider_id,
                    terms=factories_awards.terms(mask=EIGHT, minutes=minutes),
                    route=Route.DIRECT_AWARD,
                ),
                status=status,
                reason="Found in the records.",
                ended_on=ended_on,
            )
        ],
        by=SYSTEM,
        at=NOW,
    )


def test_they_count_at_the_only_place_there_is():
    at = scene()
    with_plan(at)
    unlisted(at, at.child)
    with pytest.raises(WouldBeASchool, match=f"21 hours a week at {at.service.site.name}"):
        proposed(at, **REASON)


def test_where_there_are_several_the_place_is_not_known_and_a_reason_is_asked_for():
    at = scene()
    with_plan(at)
    service(at.lot, at.service.provider)
    unlisted(at, at.child)
    with pytest.raises(TogetherASchool) as told:
        proposed(at)
    assert "16 at a place we do not know" in str(told.value)
    award = proposed(at, **REASON)
    assert decided(award, at.director)


def test_what_has_ended_counts_no_more():
    at = scene()
    with_plan(at)
    unlisted(at, at.child, status=AwardStatus.ENDED, ended_on=date(2026, 5, 29))
    assert proposed(at)


def test_a_child_found_without_a_service_counts_under_the_limit():
    at = scene()
    limited(at)
    unlisted(at)
    with pytest.raises(OverLimit, match="1 other child has a place"):
        proposed(at)
    assert proposed(another(at), starts_on=date(2026, 7, 20), ends_on=date(2026, 7, 21))


def test_the_child_itself_is_no_other():
    at = scene()
    limited(at)
    unlisted(at, at.child, minutes=60)
    assert proposed(at)


def test_each_place_says_how_many_are_where_we_do_not_know():
    at = scene()
    provider = at.service.provider_id
    unlisted(at)
    of = {"is_school": False, "on": TODAY}
    assert [one.place for one in registration.at_places(provider, **of)] == [at.service.site.name]
    service(at.lot, at.service.provider)
    [found] = registration.at_places(provider, **of)
    assert found.place == "a place we do not know"
    assert found.words == "1 child, at most 16 hours a week. Nobody is there full time"
    Site.objects.filter(provider=provider).update(postcode=at.service.site.postcode)
    [found] = registration.at_places(provider, **of)
    assert found.place.endswith("(one address)")
    assert not registration.at_places(provider, is_school=False, on=TODAY + timedelta(days=90))
