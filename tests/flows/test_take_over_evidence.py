"""Nobody accepted is asked again for what they showed, and what they promised is still due."""

from datetime import date, timedelta

import pytest

from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.market.applications import actions as applications
from flsf.market.checks import actions as checks
from flsf.market.checks import queries
from flsf.market.checks.enums import Standing
from flsf.market.checks.models import Evidence
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation.enums import Outcome
from flsf.market.providers.models import Provider
from tests.factories import NOW
from tests.factories_applications import answered, applicant
from tests.factories_evaluation import AFTER, decided, finish, scene

pytestmark = pytest.mark.django_db

THEN = AFTER.date()


def released(at):
    release_round(round_of=at.round(THEN), by=at.director, at=AFTER)


def standings(provider):
    found = queries.standings([provider.pk], on=THEN)[provider.pk]
    return {one.code: one for one in found}


def test_what_was_shown_is_evidence_and_what_was_promised_is_due():
    at = scene()
    made = decided(at, applicant())
    released(at)
    found = standings(Provider.objects.get())
    assert found["public-liability"].expires_on == date(2027, 3, 31)
    assert found["safeguarding-lead"].standing is Standing.IN_DATE
    assert found["professional-indemnity"].standing is Standing.OVERDUE
    numbers = set(Evidence.objects.values_list("number", flat=True))
    assert numbers == {f"Application {made.application.ref}"}
    assert set(Evidence.objects.values_list("seen_by", flat=True)) == {at.director.pk}


def test_evidence_there_already_that_lasts_longer_stays():
    at = scene()
    person = applicant()
    decided(at, person)
    released(at)
    provider = Provider.objects.get()
    before = Evidence.objects.count()
    checks.see_evidence(
        provider_id=provider.pk,
        code="professional-indemnity",
        number="PI-1",
        holds_from=THEN,
        expires_on=THEN + timedelta(days=300),
        by=SYSTEM,
        at=NOW,
    )
    assert standings(provider)["professional-indemnity"].standing is Standing.IN_DATE
    assert Evidence.objects.count() == before + 1


def test_whoever_is_declined_shows_nothing():
    at = scene()
    decided(at, applicant(), but={"teaching": 2}, outcome=Outcome.DECLINE)
    released(at)
    assert not Evidence.objects.exists()


def test_nothing_is_taken_over_for_longer_than_evidence_may_hold():
    at = scene()
    made = answered(applicant(), at.framework, public_liability_until=["31 12 9999"])
    applications.submit(application_id=made.pk, version=1, by=SYSTEM, at=NOW)
    judged = evaluation.open_evaluation(application_id=made.pk, by=at.first, at=NOW)
    for one in (at.first, at.second):
        evaluation.assign(evaluation_id=judged.pk, person_id=one.pk, by=at.first, at=NOW)
        evaluation.declare(evaluation_id=judged.pk, has_interest=False, by=one, at=NOW)
    finish(at, judged, on=NOW)
    released(at)
    found = standings(Provider.objects.get())
    assert found["public-liability"].expires_on == date(2029, 5, 29)
