"""What in somebody's words could say who a child is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.comments import rules


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("Ring me on 01632 960123", ["a telephone number"]),
        ("+44 7700 900 123 is my number", ["a telephone number"]),
        ("Write to me@example.org", ["an email address"]),
        ("Born 3/4/2015", ["a date of birth"]),
        ("We live at ZZ1 1AA", ["a postcode"]),
        ("My son Robin loves it", ["a child's name"]),
        ("our daughter's name is Ada", ["a child's name"]),
        ("my child goes twice a week since 2024, 10 of 10", []),
        ("My son loves it. Staff listened for 30 minutes.", []),
    ],
)
def test_signs_of_somebody(words, holds):
    assert rules.personal_details(words) == holds


@given(st.text())
def test_any_words_can_be_looked_at(words):
    rules.personal_details(words)
