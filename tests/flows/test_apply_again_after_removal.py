"""Whoever was taken out of the pool for good may apply again for what it left."""

import html

import pytest
from django.test import Client

from flsf.core import clock
from flsf.flows.escalate import take_step
from flsf.flows.release_round import release_round
from flsf.mandate.rounds import queries as find_rounds
from flsf.market.admissions import queries as admissions
from flsf.market.applications import actions, queries
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as evaluated
from flsf.market.evaluation.enums import Outcome
from flsf.market.providers.models import Provider
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.rules import NewStep
from flsf.shared.audit.models import AuditEntry
from tests.factories import council_member
from tests.factories_evaluation import AFTER, free_to_decide
from tests.factories_market import provider as another
from tests.flows.test_apply_for_more import DAY, LATER, MORE, joined, marks

pytestmark = pytest.mark.django_db
TODAY = AFTER.date()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def removed(provider, days=0):
    step = NewStep(
        rung=Rung.REMOVED,
        signal=Signal.SAFEGUARDING,
        reason="It could not be put right.",
        due_on=TODAY + 30 * DAY,
        takes_effect_on=TODAY + days * DAY,
    )
    take_step(provider_id=provider.pk, step=step, by=council_member(), at=AFTER)


def codes(application, on=TODAY):
    return [one.code for one in queries.may_be_added(application, on=on)]


def test_a_lot_that_was_left_may_be_applied_for_again_from_that_day():
    _, _, application, _ = joined()
    removed(Provider.objects.get(), days=2)
    before, after = TODAY + DAY, TODAY + 2 * DAY
    assert codes(application, before) == ["tuition"]
    assert queries.lots_left(application.pk, on=before) == {}
    assert codes(application, after) == ["mentoring", "tuition"]
    assert queries.lots_joined(application.pk, on=after) == {}
    assert queries.lots_left(application.pk, on=after) == {"Mentoring": after}
    [entry] = AuditEntry.objects.filter(tag="market:application:lots-left")
    assert list(entry.details["lots"].values()) == [after.isoformat()]


def test_what_another_provider_left_is_no_matter_of_ours():
    at, _, application, _ = joined()
    actions.note_lots_left(
        provider_id=another().pk,
        lot_days=dict.fromkeys(queries.lots_joined(application.pk, on=TODAY), TODAY),
        by=at.director,
        at=AFTER,
    )
    assert codes(application) == ["tuition"]


def sent_again(application, person):
    said = {"application_id": application.pk, "by": person, "at": MORE}
    actions.apply_for_more(**said)
    actions.choose_lots(**said, codes=["mentoring"])
    working = queries.working(application, on=TODAY)
    typed = {one.question.code: ["30"] for one in working.sheet.waiting}
    actions.answer(**said, typed=typed)
    return actions.submit(**said, version=1)


def test_nothing_judged_before_stands_and_admitted_again_it_has_joined_again():
    at, person, application, _ = joined()
    provider = Provider.objects.get()
    removed(provider)
    sent_again(application, person)
    made = evaluation.open_evaluation(application_id=application.pk, by=at.first, at=MORE)
    every = [one.code for one in evaluated.criteria(made)]
    assert [one.code for one in evaluated.to_mark(made)] == every
    for one in (at.first, at.second):
        evaluation.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=MORE)
        evaluation.declare(evaluation_id=made.pk, has_interest=False, by=one, at=MORE)
    marks(at, made, every, declines=False)
    said = {"evaluation_id": made.pk, "outcome": Outcome.ACCEPT, "at": AFTER + 14 * DAY}
    evaluation.report(**said, words="So.", by=at.first)
    free_to_decide(made, at.director, when=MORE)
    with clock.stopped_at(MORE):
        for who, page in ((at.first, "sheet/"), (at.first, "report/"), (at.director, "decision/")):
            said_there = text(as_(who).get(f"/applications/{application.ref}/{page}"))
            assert "removed from the framework before: Mentoring on 29 May 2026" in said_there, page
    evaluation.decide(**said, reason="So.", by=at.director)
    second = find_rounds.with_number(at.framework.pk, 2, on=LATER.date())
    release_round(round_of=second, by=at.director, at=LATER)
    [mentoring] = queries.lots_joined(application.pk, on=LATER.date())
    assert (provider.pk, mentoring) in admissions.in_pool(LATER.date() + 30 * DAY)
    assert codes(application, LATER.date()) == ["tuition"]
