from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.delivery.placements import rules
from flsf.delivery.placements.enums import Status

PLANNED, INTRODUCTION, ACTIVE, ON_HOLD, ENDED = Status
LEGAL = {
    (PLANNED, INTRODUCTION),
    (PLANNED, ACTIVE),
    (PLANNED, ENDED),
    (INTRODUCTION, ACTIVE),
    (INTRODUCTION, ON_HOLD),
    (INTRODUCTION, ENDED),
    (ACTIVE, ON_HOLD),
    (ACTIVE, ENDED),
    (ON_HOLD, ACTIVE),
    (ON_HOLD, ENDED),
}


@pytest.mark.parametrize("before", list(Status))
@pytest.mark.parametrize("to", list(Status))
def test_a_placement_moves_only_as_the_table_says(before, to):
    assert rules.may_move(before, to) is ((before, to) in LEGAL)


def test_a_placement_without_any_status_moves_nowhere():
    assert not any(rules.may_move(None, to) for to in Status)


FIRST = date(2026, 4, 1)
changes = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(list(Status))), min_size=1, max_size=6
).map(
    lambda raw: [
        rules.Change(FIRST + timedelta(days=ahead), number, status)
        for number, (ahead, status) in enumerate(raw)
    ]
)


@given(changes=changes, end=st.integers(0, 70))
def test_it_runs_on_the_days_a_daily_look_at_its_status_says(changes, end):
    last = FIRST + timedelta(days=end)
    spells = rules.running_spells(changes, planned_end_on=last)
    for ahead in range(80):
        day = FIRST + timedelta(days=ahead)
        status = None
        for change in sorted(changes, key=lambda one: (one.takes_effect_on, one.number)):
            if change.takes_effect_on <= day:
                status = change.status
        runs = status in {INTRODUCTION, ACTIVE} and day <= last
        assert any(spell.contains(day) for spell in spells) is runs


def test_a_spell_without_a_last_day_goes_on():
    assert rules.Spell(FIRST, None).contains(FIRST + timedelta(days=9999))
