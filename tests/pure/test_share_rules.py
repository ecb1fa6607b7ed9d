"""Shares and concentration in whole numbers, held against exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.oversight.shares import rules
from flsf.oversight.shares.enums import Crowding, Trait
from flsf.oversight.shares.rules import Member

AMOUNTS = st.lists(st.integers(0, 10**9), max_size=40)


@given(AMOUNTS)
def test_the_index_is_the_sum_of_squared_shares_cut_to_a_whole_number(amounts):
    told = rules.concentration(amounts)
    whole = sum(amounts)
    exact = sum((Fraction(one, whole) * 100) ** 2 for one in amounts) if whole else Fraction(0)
    assert told.index == int(exact)
    assert told.providers == sum(one > 0 for one in amounts)
    assert 0 <= told.first_five_share <= 10_000


@given(AMOUNTS, st.integers(1, 1000))
def test_it_is_the_same_in_any_order_and_any_unit(amounts, times):
    there = rules.concentration(amounts)
    back = rules.concentration([one * times for one in reversed(amounts)])
    assert (there.index, there.first_five_share) == (back.index, back.first_five_share)


@pytest.mark.parametrize(
    ("amounts", "index", "crowding"),
    [
        ([], 0, Crowding.NONE),
        ([0, -5], 0, Crowding.NONE),
        ([7], 10_000, Crowding.HIGHLY),
        ([1] * 5, 2_000, Crowding.CONCENTRATED),
        ([1] * 10, 1_000, Crowding.SPREAD),
        ([51, 49], 5_002, Crowding.HIGHLY),
    ],
)
def test_examples(amounts, index, crowding):
    told = rules.concentration(amounts)
    assert (told.index, told.crowding) == (index, crowding)


@pytest.mark.parametrize(
    ("part", "whole", "share", "said"),
    [(0, 0, 0, "0%"), (1, 3, 3_333, "33%"), (2, 3, 6_667, "67%"), (1, 1, 10_000, "100%"),
     (1, 1_000, 10, "under 1%")],
)  # fmt: skip
def test_shares(part, whole, share, said):
    assert rules.share(part, whole) == share
    assert rules.in_words(share) == said


def member(kind="Company", *traits, in_pool=True, awards=1, awarded=100, paid=50):
    return Member(
        ref="P",
        name="N",
        kind=kind,
        traits=frozenset(traits),
        is_in_pool=in_pool,
        awards=awards,
        awarded=awarded,
        paid=paid,
    )


def test_a_provider_counts_for_each_of_its_traits_and_for_one_kind():
    every = [
        member("Company", Trait.LOCAL, Trait.SMALL),
        member("Charity", in_pool=False, paid=150),
    ]
    local, small, voluntary = rules.by_trait(every)
    assert (local.pool, local.pool_share, local.paid_share) == (1, 10_000, 2_500)
    assert (small.awarded_share, voluntary.pool) == (5_000, 0)
    assert [(one.words, one.awards, one.paid) for one in rules.by_kind(every)] == [
        ("Charity", 1, 150),
        ("Company", 1, 50),
    ]
