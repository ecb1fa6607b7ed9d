"""What differs between two versions of a listing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.listings import rules
from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import ServiceFacts

DAY = date(2026, 5, 15)
WALKS = ServiceFacts(name="Walks", lot_id=1, mode=Mode.COMMUNITY, lowest_age=5, highest_age=11)

facts = st.builds(
    ServiceFacts,
    name=st.text(max_size=5),
    lot_id=st.integers(1, 3),
    mode=st.sampled_from(Mode),
    lowest_age=st.integers(0, 25),
    highest_age=st.integers(0, 25),
    first_start_on=st.none() | st.dates(),
    needs_mask=st.integers(0, 7),
    what_it_is=st.text(max_size=5),
    is_listed=st.booleans(),
)


@given(facts)
def test_a_row_gives_back_what_was_put_in(one):
    assert rules.from_row(rules.to_row(one)) == one


def test_a_row_of_before_a_field_was_known_reads_as_usual():
    row = rules.to_row(WALKS)
    del row["travel"]
    assert rules.from_row(row) == WALKS


@given(facts, facts, facts)
def test_only_what_the_provider_changed_is_put_in(now, base, wanted):
    merged = rules.merged(now, base, wanted)
    changed = {one.field for one in rules.differences(base, wanted)}
    for name in ServiceFacts.__dataclass_fields__:
        assert getattr(merged, name) == getattr(wanted if name in changed else now, name)


@given(facts, facts)
def test_two_versions_have_one_name_only_if_they_are_one(one, other):
    same = rules.fingerprint(one, one) == rules.fingerprint(one, other)
    assert same == (one == other)


def test_a_new_service_and_a_changed_one_are_told_apart():
    assert rules.fingerprint(None, WALKS) != rules.fingerprint(WALKS, WALKS)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"what_it_is": "Longer walks.", "travel": "By bus."}, []),
        ({"largest_group": 9}, ["largest_group"]),
        ({"mode": Mode.SITE, "site_id": 4}, ["mode", "site_id"]),
        ({"lowest_age": 3, "name": "Strolls"}, ["lowest_age"]),
    ],
)
def test_a_change_of_what_was_checked_is_looked_at_again(changed, fields):
    assert rules.to_recheck(WALKS, replace(WALKS, **changed)) == fields


def test_everything_about_a_new_service_is_looked_at():
    assert set(rules.to_recheck(None, WALKS)) == rules.CHECK_RELEVANT


def test_what_was_checked_comes_first():
    found = rules.differences(WALKS, replace(WALKS, name="Strolls", largest_group=4, travel="Bus"))
    assert [one.field for one in rules.in_order(found)] == ["largest_group", "name", "travel"]


@pytest.mark.parametrize(
    ("age", "asked_ago", "is_to_prompt"),
    [
        (89, None, False),
        (90, None, True),
        (120, 29, False),
        (120, 30, True),
        (95, 100, True),  # asked before it was last confirmed
        (89, 100, False),
    ],
)
def test_asked_when_old_enough_then_once_a_month(age, asked_ago, is_to_prompt):
    asked = DAY - timedelta(days=asked_ago) if asked_ago is not None else None
    confirmed = DAY - timedelta(days=age)
    assert rules.is_to_prompt(confirmed, asked, on=DAY, after_days=90) is is_to_prompt
