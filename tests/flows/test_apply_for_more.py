"""An accepted applicant applies for other lots, and keeps what it joined whatever comes of it."""

from datetime import timedelta

import pytest
from django.test import Client

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.mandate.framework import actions as framework
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.market.admissions import queries as admissions
from flsf.market.applications import actions, queries
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as evaluated
from flsf.market.evaluation.enums import Outcome
from flsf.market.providers.models import Provider
from tests.factories import NOW
from tests.factories_applications import applicant
from tests.factories_evaluation import (
    AFTER,
    decided,
    free_to_decide,
    judgements,
    scene,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MORE = AFTER + timedelta(hours=1)
LATER = AFTER + 28 * DAY


def joined(person=None):
    """Somebody joined for mentoring, and a second round and lot are open."""
    at = scene()
    person = person or applicant()
    made = decided(at, person)
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    lot = framework.open_lot(
        framework_id=at.framework.pk, code="tuition", name="Tuition", by=SYSTEM, at=NOW
    )
    rounds.open_round(
        framework_id=at.framework.pk,
        opens_on=AFTER.date(),
        closes_on=AFTER.date() + 13 * DAY,
        decide_by=AFTER.date() + 40 * DAY,
        by=SYSTEM,
        at=AFTER,
    )
    return at, person, made.application, lot


def sent_for_more(application, person):
    actions.apply_for_more(application_id=application.pk, by=person, at=MORE)
    actions.choose_lots(application_id=application.pk, codes=["tuition"], by=person, at=MORE)
    working = queries.working(application, on=AFTER.date())
    typed = {one.question.code: ["30"] for one in working.sheet.waiting}
    actions.answer(application_id=application.pk, typed=typed, by=person, at=MORE)
    return actions.submit(application_id=application.pk, version=1, by=person, at=MORE)


def test_what_was_joined_is_kept_while_more_is_applied_for():
    _, person, application, lot = joined()
    on, provider = AFTER.date(), Provider.objects.get()
    before = admissions.in_pool(on)
    [mentoring] = queries.lots_joined(application.pk, on=on)
    assert before == {(provider.pk, mentoring)}
    assert [one.code for one in queries.may_be_added(application, on=on)] == ["tuition"]
    actions.apply_for_more(application_id=application.pk, by=person, at=MORE)
    assert queries.status_on(on, application_id=application.pk) is Status.IN_PROGRESS
    with pytest.raises(actions.NoSuchLot):
        actions.choose_lots(application_id=application.pk, codes=["mentoring"], by=person, at=MORE)
    working = queries.working(application, on=on)
    assert working.lots == ()
    assert any(one.value for one in working.sheet.judged)
    assert admissions.in_pool(on) == before
    assert mentoring in queries.offered(provider.pk, on=on)
    actions.withdraw(application_id=application.pk, because="Not now.", by=person, at=MORE)
    assert admissions.in_pool(on) == before
    assert list(queries.lots_joined(application.pk, on=on)) == [mentoring]
    assert lot.pk not in queries.offered(provider.pk, on=on)


def test_only_who_was_accepted_applies_for_more_and_only_where_there_is_more():
    at = scene()
    person = applicant()
    made = decided(at, person)
    said = {"application_id": made.application_id, "by": person, "at": MORE}
    with pytest.raises(actions.MayNotMove):
        actions.apply_for_more(**said)
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    with pytest.raises(actions.NoOtherLots):
        actions.apply_for_more(**said)
    with pytest.raises(actions.MayNotMove):
        actions.move(**said, status=Status.IN_PROGRESS)


@pytest.mark.parametrize("outcome", [Outcome.ACCEPT, Outcome.DECLINE])
def test_whatever_becomes_of_more_what_was_joined_stays(outcome):
    at, person, application, lot = joined()
    provider = Provider.objects.get()
    [mentoring] = queries.lots_joined(application.pk, on=AFTER.date())
    sent_for_more(application, person)
    made = evaluation.open_evaluation(application_id=application.pk, by=at.first, at=MORE)
    # What did not change stands by the first decision: nobody answers or marks it again.
    fresh = [one.code for one in evaluated.to_mark(made)]
    assert len(fresh) < len(evaluated.criteria(made))
    for one in (at.first, at.second):
        evaluation.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=MORE)
        evaluation.declare(evaluation_id=made.pk, has_interest=False, by=one, at=MORE)
    if outcome is Outcome.DECLINE:
        evaluation.reopen(
            evaluation_id=made.pk, criterion="teaching", because="Anew.", by=at.first, at=MORE
        )
        fresh.append("teaching")
    marks(at, made, fresh, declines=outcome is Outcome.DECLINE)
    said = {"evaluation_id": made.pk, "outcome": outcome, "at": AFTER + 14 * DAY}
    evaluation.report(**said, words="So.", by=at.first)
    free_to_decide(made, at.director, when=MORE)
    evaluation.decide(**said, reason="So.", by=at.director)
    second = find_rounds.with_number(at.framework.pk, 2, on=LATER.date())
    release_round(round_of=second, by=at.director, at=LATER)
    found = admissions.in_pool(LATER.date())
    gained = {(provider.pk, lot.pk)} if outcome is Outcome.ACCEPT else set()
    assert found == {(provider.pk, mentoring)} | gained
    assert set(queries.lots_joined(application.pk, on=LATER.date())) == {
        lot_id for _, lot_id in found
    }
    times = evaluated.joining_times(None, since=AFTER.date(), until=LATER.date())
    assert times.altogether.counted == 1


def marks(at, made, codes, *, declines):
    """Each part that is judged anew is marked by both alike, and agreed on."""
    there = {one.code: one for one in evaluated.criteria(made)}
    for by in (at.first, at.second):
        for code in codes:
            found = (
                {"score": 2 if declines else 4} if there[code].is_scored else {"verdict": "meets"}
            )
            evaluation.mark(
                evaluation_id=made.pk, criterion=code, reason="So.", by=by, at=MORE, **found
            )
        evaluation.finish(evaluation_id=made.pk, by=by, at=MORE)
    given = judgements(made, 2 if declines else 4)
    evaluation.agree(
        evaluation_id=made.pk,
        judgements={code: given[code] for code in codes},
        notes={},
        by=at.first,
        at=MORE,
    )


def test_the_page_offers_more_and_says_that_what_was_joined_stays():
    _, person, application, _ = joined()
    client = Client()
    client.force_login(type(person).objects.get(pk=person.pk))
    page = f"/provider/application/{application.ref}/"
    with clock.stopped_at(AFTER):
        html = client.get(page).content.decode()
        assert "You can also apply for: Tuition." in html
        answered = client.post(page, {"more": "yes"})
        assert answered.url.endswith("/lots/")
        html = client.get(answered.url).content.decode()
        kept = "You have joined for: Mentoring. That stays as it is"
        assert kept in html
        assert 'value="tuition"' in html
        assert 'value="mentoring"' not in html
        client.post(answered.url, {"lots": ["tuition"]})
        assert kept in client.get(page).content.decode()
        client.post(f"{page}withdraw/", {"because": "Not now."})
        html = client.get(page).content.decode()
        assert kept in html
        assert "You withdrew." in html
