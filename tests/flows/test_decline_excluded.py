"""Whoever is excluded after they were accepted is declined by a fresh decision, or holds nobody
up once they withdrew.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows import exclude
from flsf.flows.release_round import release_round
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.actions.declining import EXCLUDED
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Decision, EarlierDecision
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, council_member
from tests.factories_applications import applicant, sent
from tests.factories_evaluation import AFTER, decided, reported, scene
from tests.factories_exclusions import match

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
THEN = AFTER.date()
WHY = "They took part in a cartel."


@pytest.fixture
def at():
    return scene()


def release(at):
    return release_round(round_of=at.round(THEN), by=at.director, at=AFTER)


def bar(at, made):
    """The applicant is on the debarment list for certain, and so excluded."""
    found = match(made.application.organisation)
    exclude.settle_match(
        match_id=found.pk, is_them=True, because="Same number.", by=at.first, at=NOW + DAY
    )


def decline(at, made, *, by=None, reason=WHY):
    return actions.decline_excluded(
        evaluation_id=made.pk, reason=reason, by=by or at.director, at=AFTER
    )


def test_declined_by_a_fresh_decision_they_hold_nobody_up(at):
    made, other = decided(at, applicant()), decided(at, applicant())
    bar(at, made)
    with pytest.raises(actions.MayNotBeTaken) as refused:
        release(at)
    assert refused.value.excluded == refused.value.refs == (made.application.ref,)
    assert "declines it by a fresh decision" in str(refused.value)
    decline(at, made)
    assert release(at) == 2
    status = find_applications.statuses_on(
        THEN, application_ids=[made.application_id, other.application_id]
    )
    assert status == {
        made.application_id: Status.NOT_ACCEPTED,
        other.application_id: Status.ACCEPTED,
    }
    assert Provider.objects.get().organisation_id == other.application.organisation_id


def test_what_was_decided_before_stays_on_record_with_who_when_and_why(at):
    made = decided(at, outcome=Outcome.ACCEPT_WITH_LIMIT, most_children=3)
    bar(at, made)
    decline(at, made)
    [before] = queries.earlier_decisions(made)
    assert (Outcome(before.outcome), before.most_children, before.reason) == (
        Outcome.ACCEPT_WITH_LIMIT,
        3,
        "As reported.",
    )
    assert (before.decided_by, before.decided_at) == (at.director, NOW)
    assert (before.gave_way_because, before.gave_way_by, before.gave_way_at) == (
        WHY,
        at.director,
        AFTER,
    )
    now = Decision.objects.get()
    assert (Outcome(now.outcome), now.most_children, now.reason) == (
        Outcome.DECLINE,
        None,
        f"{EXCLUDED} {WHY}",
    )
    assert AuditEntry.objects.filter(tag="market:evaluation:declined-as-excluded").exists()


def test_who_withdrew_and_is_excluded_holds_nobody_up(at):
    person = applicant()
    made, _ = decided(at, person), decided(at, applicant())
    applications.withdraw(
        application_id=made.application_id, because="We closed.", by=person, at=NOW + DAY
    )
    bar(at, made)
    assert release(at) == 1


def test_each_refusal_of_a_fresh_decision(at):
    made = decided(at)
    with pytest.raises(actions.NotExcluded):
        decline(at, made)
    found = match(made.application.organisation)
    with pytest.raises(actions.NotExcluded):
        decline(at, made)  # only to be looked at so far
    exclude.settle_match(match_id=found.pk, is_them=True, because="So.", by=at.first, at=NOW)
    with pytest.raises(actions.MayNotDecide):
        decline(at, made, by=council_member(Role.QUALITY))
    with pytest.raises(actions.WordsMissing):
        decline(at, made, reason=" ")
    with pytest.raises(actions.NotReported):
        decline(at, reported(at))
    decline(at, made)
    with pytest.raises(actions.NotExcluded):
        decline(at, made)
    assert EarlierDecision.objects.count() == 1


def test_whoever_evaluated_it_does_not_decide_afresh(at):
    made = decided(at)
    bar(at, made)
    made.evaluators.filter(person=at.first).update(person=at.director)
    with pytest.raises(actions.WasEvaluator):
        decline(at, made)


def test_once_told_nothing_is_decided_afresh(at):
    made = decided(at)
    release(at)
    bar(at, made)
    with pytest.raises(actions.AlreadyTold):
        decline(at, made)


@pytest.mark.parametrize("field", ["reason", "gave_way_because"])
def test_an_earlier_decision_says_why_it_was_and_why_it_is_no_more(at, field):
    made = decided(at)
    bar(at, made)
    decline(at, made)
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierDecision.objects.update(**{field: ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierDecision.objects.update(gave_way_at=NOW - DAY)


# --- The pages ---


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_where_the_round_is_refused_it_says_what_to_do_about_each(at):
    made, other = decided(at), decided(at, applicant())
    tell = reverse("round-tell", kwargs={"number": 1})
    page = reverse("application-excluded", kwargs={"ref": made.application.ref})
    client = as_(at.director)
    bar(at, made)
    match(other.application.organisation)
    with clock.stopped_at(AFTER):
        html = text(client.get(tell))
        assert f'href="{page}"' in html
        assert f"Decline {made.application.ref} by a fresh decision" in html
        assert "Settle it under Exclusions and debarment" in html
        assert "Tell them all now" not in html
        ref = made.application.ref
        assert "Decline: they are excluded" in text(
            client.get(reverse("application-file", kwargs={"ref": ref}))
        )
        assert "Give the reason for the decision" in text(client.post(page, {"reason": ""}))
        assert client.post(page, {"reason": WHY}).status_code == 302
        html = text(client.get(reverse("application-file", kwargs={"ref": ref})))
        assert "Decided before, and gave way on" in html
        assert "Gave way because" in html
        assert f"{EXCLUDED} {WHY}" in html
        assert "You take no fresh decision" in text(client.get(page))
        assert "accepted and is excluded" in text(client.post(page, {"reason": WHY}))


def test_not_evaluated_yet_there_is_nothing_to_decide_afresh(at):
    one = sent(applicant(), at.framework).application
    page = reverse("application-excluded", kwargs={"ref": one.ref})
    assert as_(at.director).get(page).status_code == 302
