"""Shares and concentration in whole numbers, held against exact fractions."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
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


# --- What may be told to anybody ---

KINDS = ("Charity", "Company", "Sole trader", "Public body")
members = st.lists(
    st.builds(
        lambda kind, traits, awards, paid_for: Member(
            ref="P", name="N", kind=kind, traits=frozenset(traits), is_in_pool=True, awards=awards,
            awarded=awards * 1000, paid=paid_for * 1000, paid_for=paid_for,
        ),
        st.sampled_from(KINDS),
        st.sets(st.sampled_from(list(Trait))),
        st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 30]),
        st.sampled_from([0, 1, 3, 5, 8, 40]),
    ),
    max_size=12,
)  # fmt: skip


def lines_of(every):
    """Every line that could be told, as who is in it."""
    lines = {"All": [True] * len(every)}
    lines |= {kind: [one.kind == kind for one in every] for kind in {one.kind for one in every}}
    return lines | {str(trait): [trait in one.traits for one in every] for trait in Trait}


def given_away(rows, secret):
    """Whether a sum or difference of the rows is the secret: by least squares."""
    if not rows:
        return False
    rows, secret = np.array(rows, dtype=float), np.array(secret, dtype=float)
    answer = np.linalg.lstsq(rows.T, secret, rcond=None)[0]
    return bool(np.abs(rows.T @ answer - secret).max() < 1e-6)


def cuts(every):
    """Some of the kinds, having or lacking some of the traits: everything a reader could ask."""
    for many in range(1, len(KINDS) + 1):
        for kinds in combinations(KINDS, many):
            for wants in product((None, True, False), repeat=len(Trait)):
                yield [
                    one.kind in kinds
                    and all(
                        want is None or (trait in one.traits) is want
                        for trait, want in zip(Trait, wants, strict=True)
                    )
                    for one in every
                ]


@settings(max_examples=25, deadline=None)
@given(members)
def test_nobody_can_work_out_what_few_children_cost_from_what_is_told(every):
    told = rules.told(every)
    for shown, count in ((told.awarded, "awards"), (told.paid, "paid_for")):
        counts = [getattr(one, count) for one in every]
        # Of whom nothing was bought there is nothing to work out.
        behind = [at for at, many in enumerate(counts) if many]
        # A reader knows what each provider is, and not what one alone had: same ones are one.
        same = {}
        for at in behind:
            same.setdefault((every[at].kind, every[at].traits), []).append(at)
        firsts = [group[0] for group in same.values()]
        rows = [
            [row[at] for at in firsts] for words, row in lines_of(every).items() if words in shown
        ]
        for cut in cuts(every):
            children = sum(counts[at] for at in behind if cut[at])
            if 0 < children < 5:
                assert not given_away(rows, [cut[at] for at in firsts])


@given(members)
def test_whatever_many_children_are_behind_is_told_where_nothing_is_few(every):
    many = [replace(one, awards=one.awards and 50, paid_for=50) for one in every]
    told = rules.told(many)
    assert told.paid == told.awarded == frozenset(lines_of(every))


def test_the_least_that_helps_is_hidden_with_the_few():
    every = [
        member("Charity", Trait.VOLUNTARY, Trait.LOCAL, awards=3),
        member("Company", Trait.LOCAL, awards=8),
        member("Company", awards=40),
        member("Sole trader", awards=50),
    ]
    told = rules.told(every)
    assert "Charity" not in told.awarded
    assert "Voluntary" not in told.awarded  # the same children under another name
    assert "Company" not in told.awarded  # or the whole less the others would tell
    assert {"All", "Sole trader"} <= told.awarded


def test_too_few_in_all_are_told_nowhere():
    assert rules.told([member(awards=2), member("Charity", awards=1)]).awarded <= {
        "Local", "Small or medium", "Voluntary"
    }  # fmt: skip
