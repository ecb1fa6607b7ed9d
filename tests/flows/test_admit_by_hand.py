"""An admission decided on paper goes round nobody: neither role, application nor limit."""

import pytest

from flsf.flows.issue_agreements import ApplicationInHand, MayNotAdmit, ModelRefuses, admit_provider
from flsf.flows.register_provider import register_provider
from flsf.flows.release_round import release_round
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.admissions import queries
from flsf.market.admissions.enums import Status
from flsf.market.evaluation.enums import Outcome
from flsf.market.providers.enums import ProviderKind
from flsf.market.providers.models import Provider
from flsf.market.providers.rules import ProviderFacts
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, lot, works_as
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, application_of, decided, marking, scene
from tests.factories_market import provider

pytestmark = pytest.mark.django_db


def admit(of, inside, by=None, at=NOW):
    admit_provider(
        provider_id=of.pk,
        lot_id=inside.pk,
        takes_effect_on=at.date(),
        reason="Decided on paper in March.",
        by=by or council_member(Role.COMMISSIONER),
        at=at,
    )


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.DIRECTOR])
def test_whoever_may_decide_records_it(role):
    of, inside = provider(), lot()
    admit(of, inside, by=council_member(role))
    [stands] = queries.standings([of.pk], on=TODAY, person=council_member())[of.pk]
    assert stands.status is Status.IN_POOL


@pytest.mark.parametrize("role", [Role.QUALITY, Role.PROCUREMENT, Role.CASEWORKER])
def test_nobody_else_does(role):
    with pytest.raises(MayNotAdmit):
        admit(provider(), lot(), by=council_member(role))


def test_it_does_not_go_round_an_application():
    at = scene()
    sent = application_of(marking(at))
    register_provider(
        facts=ProviderFacts(name="Kind Steps", kind=ProviderKind.SOLE_TRADER), by=at.first, at=NOW
    )
    Provider.objects.filter(name="Kind Steps").update(organisation=sent.organisation)
    of = Provider.objects.get(organisation=sent.organisation)
    with pytest.raises(ApplicationInHand, match=sent.ref):
        admit(of, lot(inside=at.framework))
    # Of another framework it says nothing.
    admit(of, lot())


def test_it_does_not_go_round_the_commercial_model():
    at = scene()
    works_as(at.framework, CommercialModel.OPEN_FRAMEWORK)
    with pytest.raises(ModelRefuses):
        admit(provider(), lot(inside=at.framework))


def test_a_further_lot_counts_under_the_limit_until_our_first_visit():
    at = scene()
    person = applicant()
    made = decided(at, person, outcome=Outcome.ACCEPT_WITH_LIMIT, most_children=3)
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    of = Provider.objects.get(organisation=application_of(made).organisation)
    further = lot(inside=at.framework)
    admit(of, further, at=AFTER)
    limit, lots = queries.locked_limit(of.pk, further.pk, on=AFTER.date())
    assert limit == 3
    assert len(lots) == 2
