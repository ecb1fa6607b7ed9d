"""Steps about a provider: each higher than the last, each answered or its time passed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.oversight.escalations import actions, queries, rules
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.models import Escalation
from flsf.oversight.escalations.rules import Before, NewStep
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def of():
    return provider()


def take(of, rung=Rung.NOTE, *, by=None, at=NOW, **changed):
    on = at.date()
    said = {
        "rung": rung,
        "signal": Signal.VISIT,
        "reason": "Registers come late.",
        "takes_effect_on": on,
        "due_on": on + 28 * DAY,
    }
    step = NewStep(**said | changed)
    return actions.take_step(provider_id=of.pk, step=step, by=by or council_member(), at=at)


def reply(step, of, words="We have put it right.", at=NOW):
    return actions.reply(step_id=step.pk, words=words, by=member_of(of.organisation), at=at)


def case(of):
    [found] = queries.cases(person=SYSTEM, provider_id=of.pk)
    return found


def test_a_step_has_a_reason_a_day_and_ten_working_days_to_reply(of):
    officer = council_member()
    take(of, by=officer)
    step = case(of).latest
    assert (step.rung, step.decided_by, step.without_reply) == (Rung.NOTE, officer.name, False)
    # From Friday 15 May, with Monday 25 May a bank holiday.
    assert step.reply_by == TODAY + 17 * DAY


def test_a_higher_step_waits_for_the_reply_or_for_its_day(of):
    first = take(of)
    with pytest.raises(actions.ReplyStillOpen) as refused:
        take(of, Rung.ACTION_PLAN)
    assert "1 June 2026" in str(refused.value)
    reply(first, of)
    take(of, Rung.ACTION_PLAN)
    assert not case(of).latest.without_reply


def test_when_nobody_replies_the_next_step_goes_on_with_a_note(of):
    take(of)
    take(of, Rung.NOTICE, at=NOW + 18 * DAY)
    assert case(of).latest.without_reply


@pytest.mark.parametrize("signal", [Signal.SAFEGUARDING, Signal.EVIDENCE])
def test_safety_and_a_date_that_passed_wait_for_nobody(of, signal):
    take(of)
    take(of, Rung.SUSPENDED, signal=signal)
    assert case(of).latest.rung is Rung.SUSPENDED


def test_another_part_is_suspended_without_waiting_and_nothing_goes_down(of):
    take(of, Rung.SUSPENDED)
    take(of, Rung.SUSPENDED)
    for lower in (Rung.NOTE, Rung.ACTION_PLAN, Rung.NOTICE):
        with pytest.raises(actions.NotHigher):
            take(of, lower)


def test_a_late_reply_is_kept_and_says_so(of):
    step = take(of)
    reply(step, of, at=NOW + 17 * DAY)
    reply(step, of, "And another thing.", at=NOW + 18 * DAY)
    assert [one.is_late for one in case(of).latest.replies] == [False, True]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"by": SYSTEM}, actions.NeedsAPerson),
        ({"reason": " "}, actions.ReasonMissing),
        ({"takes_effect_on": TODAY - DAY}, actions.Backdated),
        ({"due_on": TODAY - DAY}, actions.DueTooEarly),
    ],
)
def test_a_step_is_refused(of, changed, refusal):
    with pytest.raises(refusal):
        take(of, **changed)
    assert not Escalation.objects.exists()


def test_closing_and_what_is_refused_after_it(of):
    step = take(of)
    with pytest.raises(actions.ReasonMissing):
        actions.close(provider_id=of.pk, because=" ", by=council_member(), at=NOW)
    with pytest.raises(actions.NeedsAPerson):
        actions.close(provider_id=of.pk, because="Done.", by=SYSTEM, at=NOW)
    with pytest.raises(actions.NothingSaid):
        reply(step, of, " ")
    actions.close(provider_id=of.pk, because="Put right.", by=council_member(), at=NOW)
    with pytest.raises(actions.NothingOpen):
        actions.close(provider_id=of.pk, because="Put right.", by=council_member(), at=NOW)
    with pytest.raises(actions.CaseClosed):
        reply(step, of)
    take(of)  # a new one begins at the foot of the ladder
    assert len(queries.cases(person=SYSTEM, provider_id=of.pk)) == 2
    assert len(queries.cases(person=SYSTEM, open_only=True)) == 1


def test_half_a_closing_cannot_be_kept(of):
    take(of)
    with pytest.raises(IntegrityError):
        Escalation.objects.update(closed_on=TODAY)


def test_a_provider_sees_its_own_steps_alone(of):
    step, other = take(of), provider()
    assert queries.case_of_step(step.ref, person=member_of(of.organisation)) is not None
    assert queries.case_of_step(step.ref, person=member_of(other.organisation)) is None


@pytest.mark.parametrize("many", [1, 3])
def test_cases_cost_three_questions(many, django_assert_num_queries):
    for _ in range(many):
        one = provider()
        reply(take(one), one)
    with django_assert_num_queries(3):
        assert len(queries.cases(person=SYSTEM)) == many


before = st.builds(
    Before, st.sampled_from(list(Rung)), st.dates(TODAY - 9 * DAY, TODAY + 9 * DAY), st.booleans()
)


@given(
    before=st.none() | before, to=st.sampled_from(list(Rung)), signal=st.sampled_from(list(Signal))
)
def test_a_step_waits_only_while_a_reply_may_come(before, to, signal):
    waits = rules.must_wait(before, to, signal, on=TODAY)
    if before is None or before.was_answered or signal in rules.AT_ONCE or before.reply_by < TODAY:
        assert not waits
    elif to is not before.rung:
        assert waits
