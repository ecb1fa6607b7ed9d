"""Whoever declared an interest in an applicant has no part in what becomes of it (rule P32)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import DecidersInterest
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member
from tests.factories_evaluation import (
    agreed,
    free_to_decide,
    judgements,
    mark_all,
    opened,
    reported,
    scene,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PLAIN = "past"


def test_whoever_has_an_interest_has_no_part_in_it_now_or_when_it_applies_again():
    at = scene()
    made = opened(at)
    sister = council_member(Role.COMMISSIONER)
    actions.assign(evaluation_id=made.pk, person_id=sister.pk, by=at.first, at=NOW)
    actions.declare(
        evaluation_id=made.pk, has_interest=True, interest="My sister.", by=sister, at=NOW
    )
    by = {"evaluation_id": made.pk, "by": sister, "at": NOW}
    with pytest.raises(actions.HasInterest, match="somebody else names who marks it"):
        actions.assign(person_id=at.first.pk, **by)
    for one in (at.first, at.second):
        actions.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=NOW)
        actions.declare(evaluation_id=made.pk, has_interest=False, by=one, at=NOW)
    with pytest.raises(actions.HasInterest, match="somebody else reopens it"):
        actions.reopen(criterion=PLAIN, because="So.", **by)
    with pytest.raises(actions.HasInterest, match="somebody else asks"):
        actions.ask(words="Since when?", **by)
    asked = actions.ask(evaluation_id=made.pk, words="Which floor?", by=at.first, at=NOW)
    with pytest.raises(actions.HasInterest, match="somebody else goes on"):
        actions.close_question(
            clarification_id=asked.pk, because="Late.", by=sister, at=NOW + 90 * DAY
        )
    actions.answer(clarification_id=asked.pk, words="The first.", by=at.first, at=NOW)
    for one in (at.first, at.second):
        mark_all(made, one)
    given = {"judgements": judgements(made), "notes": {}}
    with pytest.raises(actions.HasInterest, match="somebody else agrees"):
        actions.agree(**given, **by)
    actions.agree(**given, **by | {"by": at.first})
    said = {"outcome": Outcome.ACCEPT, "words": "Take them."}
    with pytest.raises(actions.HasInterest, match="somebody else reports"):
        actions.report(**said, **by)
    actions.report(**said, **by | {"by": at.first})
    other = council_member(Role.COMMISSIONER)
    actions.declare_to_decide(
        evaluation_id=made.pk, has_interest=True, interest="My aunt.", by=other, at=NOW
    )
    with pytest.raises(actions.TheyHaveInterest):
        actions.assign(evaluation_id=made.pk, person_id=other.pk, by=at.first, at=NOW)


def test_only_an_evaluator_of_it_reports():
    at = scene()
    made = agreed(at)
    with pytest.raises(actions.NotYourEvaluation):
        actions.report(
            evaluation_id=made.pk,
            outcome=Outcome.ACCEPT,
            words="All met.",
            by=council_member(Role.COMMISSIONER),
            at=NOW,
        )


def test_whoever_decides_says_before_whether_they_have_an_interest():
    at = scene()
    made = agreed(at)
    said = {"evaluation_id": made.pk, "by": at.director, "at": NOW}
    for stranger, refusal in (
        (council_member(Role.PROCUREMENT), actions.MayNotDecide),
        (at.first, actions.WasEvaluator),
    ):
        with pytest.raises(refusal):
            actions.declare_to_decide(**said | {"by": stranger}, has_interest=False)
    actions.report(
        evaluation_id=made.pk, outcome=Outcome.ACCEPT, words="All met.", by=at.second, at=NOW
    )
    yes = {"outcome": Outcome.ACCEPT, "reason": "As reported."}
    with pytest.raises(actions.DeclareFirst):
        actions.decide(**said, **yes)
    with pytest.raises(actions.InterestMissing):
        actions.declare_to_decide(**said, has_interest=True, interest=" ")
    actions.declare_to_decide(**said, has_interest=True, interest="My son works there.")
    with pytest.raises(actions.AlreadyDeclared):
        actions.declare_to_decide(**said, has_interest=False)
    with pytest.raises(actions.HasInterest, match="somebody else decides"):
        actions.decide(**said, **yes)
    assert queries.is_kept_from(made.application.organisation_id, person=at.director)
    [kept] = DecidersInterest.objects.all()
    assert (kept.person, kept.declared_at, kept.interest) == (
        at.director, NOW, "My son works there.",
    )  # fmt: skip
    other = council_member(Role.DIRECTOR)
    free_to_decide(made, other)
    actions.decide(**said | {"by": other}, **yes)
    with pytest.raises(actions.AlreadyDecided):
        free_to_decide(made, council_member(Role.DIRECTOR))


@pytest.mark.parametrize(
    "broken",
    [{"has_interest": True}, {"interest": "My son."}, {"has_interest": True, "interest": ""}],
)
def test_the_database_keeps_what_a_decider_said_whole(broken):
    made = reported(at := scene())
    free_to_decide(made, at.director)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecidersInterest.objects.update(**broken)
