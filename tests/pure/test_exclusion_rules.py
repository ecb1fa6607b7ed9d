"""Who may be meant by an entry of the debarment list, and the clocks that follow."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.exclusions import rules
from flsf.market.exclusions.enums import Alike, CaseStatus, Weight
from flsf.market.exclusions.rules import Candidate, Debarred

DAY = date(2026, 1, 5)


def entry(name="Bad Apple Limited", number="", **more):
    told = {"weight": Weight.MANDATORY, "ground": "A cartel", "first_day": DAY}
    return Debarred(name=name, number=number, **told | more)


def supplier(*names, numbers=(), pk=1):
    return Candidate(pk, frozenset(names), frozenset(numbers))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Bad Apple Limited", "bad apple"),
        ("BAD-APPLE (UK) LTD.", "bad apple"),
        ("The Bad Apple Company", "bad apple"),
        ("St. John's CIO", "st johns"),
        ("St John\u2019s", "st johns"),
        ("The Company", "the company"),
        ("...", ""),
        ("", ""),
    ],
)
def test_names_are_compared_by_the_words_that_tell(name, kept):
    assert rules.plain(name) == kept


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (entry(), supplier("Bad Apple Ltd"), Alike.NAME),
        (entry(number="01234567"), supplier("Good Pear", numbers=["01234567"]), Alike.NUMBER),
        (entry(number="01234567"), supplier("Bad Apple", numbers=["07654321"]), Alike.NAME),
        (entry(), supplier("Bad Apples"), None),
        (entry("..."), supplier("..."), None),
        (entry(number=""), supplier("Good Pear", numbers=[""]), None),
    ],
)
def test_a_supplier_is_found_by_number_or_by_name(one, other, how):
    assert rules.alike(one, other) is how


words = st.sampled_from(["bad", "apple", "Ltd", "pear", "CIO", "the", "green"])
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
numbers = st.sampled_from(["", "00000001", "00000002"])


@given(
    st.lists(st.tuples(names, numbers), max_size=6),
    st.lists(st.tuples(st.frozensets(names, max_size=2), st.frozensets(numbers)), max_size=6),
)
def test_one_pass_finds_what_asking_each_of_each_finds(listed, suppliers):
    entries = [entry(name, number) for name, number in listed]
    there = [Candidate(pk, *one) for pk, one in enumerate(suppliers)]
    slowly = [
        (one, other, how) for one in entries for other in there if (how := rules.alike(one, other))
    ]
    quickly = rules.matches(entries, there)
    assert sorted(map(repr, quickly)) == sorted(map(repr, slowly))


def test_an_entry_is_the_same_in_another_version_of_the_list():
    assert entry("Bad Apple Limited").key == entry("BAD APPLE LTD").key
    assert entry().key != entry(ground="Fraud").key
    assert entry().key != entry(first_day=DAY + timedelta(days=1)).key


@pytest.mark.parametrize(
    ("last", "on", "holds"),
    [
        (None, DAY, True),
        (None, DAY - timedelta(days=1), False),
        (DAY, DAY, True),
        (DAY, DAY + timedelta(days=1), False),
    ],
)
def test_an_entry_holds_from_its_first_to_its_last_day(last, on, holds):
    assert entry(last_day=last).is_in_force(on) is holds


@pytest.mark.parametrize(
    ("ground", "happened", "too_long"),
    [
        ("misconduct", date(2021, 5, 15), False),
        ("misconduct", date(2021, 5, 14), True),
        ("insolvency", date(2023, 5, 15), False),
        ("insolvency", date(2023, 5, 14), True),
        ("misconduct", date(2020, 2, 29), True),
    ],
)
def test_what_happened_before_the_look_back_does_not_count(ground, happened, too_long):
    known = rules.GROUNDS[ground]
    assert rules.is_too_long_ago(known, happened, on=date(2026, 5, 15)) is too_long


def test_a_leap_day_counts_to_the_first_of_march():
    known = rules.GROUNDS["misconduct"]
    assert not rules.is_too_long_ago(known, date(2020, 2, 29), on=date(2025, 3, 1))
    assert rules.is_too_long_ago(known, date(2020, 2, 29), on=date(2025, 3, 2))


@pytest.mark.parametrize(
    ("outcome", "only_a_person", "fits"),
    [
        (CaseStatus.EXCLUDED, False, True),
        (CaseStatus.NOT_EXCLUDED, False, True),
        (CaseStatus.REPLACED, True, True),
        (CaseStatus.REPLACED, False, False),
        (CaseStatus.OPEN, True, False),
        (CaseStatus.ENDED, True, False),
    ],
)
def test_only_a_person_can_be_replaced(outcome, only_a_person, fits):
    assert rules.outcome_fits(outcome, only_a_person=only_a_person) is fits


@pytest.mark.parametrize(
    ("outcome", "listed_for", "told"),
    [
        (CaseStatus.EXCLUDED, None, True),
        (CaseStatus.EXCLUDED, "A cartel", False),
        (CaseStatus.EXCLUDED, "Threat to National Security", True),
        (CaseStatus.REPLACED, None, True),
        (CaseStatus.NOT_EXCLUDED, None, False),
    ],
)
def test_the_minister_is_told_of_what_the_list_did_not_tell(outcome, listed_for, told):
    assert rules.minister_is_told(outcome, listed_for=listed_for) is told


def test_every_ground_says_where_it_is_from():
    assert all(one.source.startswith(("Schedule", "Section")) for one in rules.GROUNDS.values())
    assert {one.weight for one in rules.GROUNDS.values()} == set(Weight)
