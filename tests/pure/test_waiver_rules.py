import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.waivers import rules
from flsf.mandate.waivers.enums import Standing
from flsf.mandate.waivers.rules import Span

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def spans(draw):
    starts, length = draw(DAYS), draw(st.integers(0, 40))
    ended = draw(st.none() | st.integers(0, 60))
    return Span(
        starts_on=starts,
        expires_on=starts + timedelta(days=length),
        ended_on=None if ended is None else starts + timedelta(days=ended),
    )


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 3, 31), Standing.TO_COME),
        (date(2026, 4, 1), Standing.LIVE),
        (date(2026, 5, 15), Standing.LIVE),
        (date(2026, 5, 16), Standing.OVERDUE),
    ],
)
def test_a_waiver_stands_by_its_days(day, standing):
    assert rules.standing(Span(date(2026, 4, 1), date(2026, 5, 15)), on=day) is standing


def test_a_waiver_ended_late_was_overdue_until_then():
    span = Span(date(2026, 4, 1), date(2026, 5, 15), ended_on=date(2026, 6, 1))
    assert rules.standing(span, on=date(2026, 5, 31)) is Standing.OVERDUE
    assert rules.standing(span, on=date(2026, 6, 1)) is Standing.ENDED
    assert rules.days_left(span, on=date(2026, 5, 31)) == -16


@given(st.lists(spans(), max_size=8), DAYS)
def test_the_run_down_says_of_every_day_how_many_are_live(some, day):
    steps = rules.run_down(some, first=FIRST, last=FIRST + timedelta(days=120))
    told = max((step for step in steps if step.day <= day), key=lambda step: step.day).live
    assert told == sum(rules.standing(one, on=day) is Standing.LIVE for one in some)


@given(st.lists(spans(), max_size=8))
def test_the_run_down_has_no_step_that_changes_nothing(some):
    steps = rules.run_down(some, first=FIRST, last=FIRST + timedelta(days=120))
    assert all(one.live != after.live for one, after in itertools.pairwise(steps))
