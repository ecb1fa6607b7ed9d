"""What the registers ask, and the days that follow."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.dates import last_day_of_months
from flsf.mandate.governance.enums import FieldKind, Kind
from flsf.mandate.governance.rules import KINDS, clocks, problems
from flsf.mandate.law.enums import Key

NUMBERS = {
    Key.CHALLENGE_DAYS: 30,
    Key.CHALLENGE_MOST_MONTHS: 3,
    Key.CHALLENGE_SEED_MONTHS: 3,
    Key.SET_ASIDE_MOST_MONTHS: 6,
}
RISK = {
    "risk": "A challenge",
    "likelihood": "Low",
    "impact": "High",
    "owner": "Head of commissioning",
    "mitigation": "Rounds.",
    "review_on": "2026-06-01",
}


def challenge(**changed):
    usual = {"knew_on": "2026-05-01", "standing": "May still come"}
    return clocks(Kind.CHALLENGE, usual | changed, NUMBERS)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 1, 1), 3, date(2026, 3, 31)),
        (date(2026, 5, 15), 3, date(2026, 8, 14)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 30)),
    ],
)
def test_the_last_day_of_a_term_of_months(first, months, last):
    assert last_day_of_months(first, months) == last


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_a_longer_term_ends_later_and_after_it_began(first, months):
    ends = last_day_of_months(first, months)
    assert first < ends <= first + timedelta(days=31 * months)
    assert last_day_of_months(first, months + 1) > ends


def test_a_challenge_has_the_laws_window_beside_the_reports():
    found = [(one.last_day, one.presses) for one in challenge(published_on="2026-01-10")]
    assert found == [
        (date(2026, 4, 9), False),  # three months from first publication, as the report counts
        (date(2026, 5, 30), True),  # thirty days, the first of May counted
        (date(2026, 7, 31), False),  # three months at most
    ]


def test_without_a_details_notice_a_contract_may_be_set_aside_for_six_months():
    entered = {"entered_on": "2026-03-01"}
    assert date(2026, 8, 31) in [one.last_day for one in challenge(**entered, details_notice="No")]
    assert len(challenge(**entered, details_notice="Yes")) == 2


@pytest.mark.parametrize("standing", ["Settled", "Window closed, none came"])
def test_a_challenge_that_is_over_presses_nobody(standing):
    assert not any(one.presses for one in challenge(standing=standing))


def test_everything_else_is_looked_at_again_on_its_day():
    [one] = clocks(Kind.RISK, RISK, NUMBERS)
    assert (one.last_day, one.presses) == (date(2026, 6, 1), True)
    assert clocks(Kind.ADVICE, {}, NUMBERS) == []


def test_what_is_missing_or_makes_no_sense_is_told_by_field():
    assert problems(Kind.RISK, RISK) == {}
    wrong = RISK | {"risk": " ", "impact": "Huge", "review_on": "soon", "colour": "red"}
    assert problems(Kind.RISK, wrong) == {
        "risk": "Enter: What could go wrong?",
        "impact": "Choose one of: Low, Medium, High",
        "review_on": "Enter a day",
        "colour": "The register does not ask that",
    }


@pytest.mark.parametrize("register", KINDS.values(), ids=lambda one: one.slug)
def test_every_register_is_whole(register):
    names = [one.name for one in register.fields]
    assert len(names) == len(set(names))
    assert all(one.choices for one in register.fields if one.kind is FieldKind.CHOICE)
    assert problems(register.slug, {}).keys() == {
        one.name for one in register.fields if one.is_needed
    }


def test_the_position_says_both_things_that_the_report_says():
    words = " ".join(words for words, _ in KINDS[Kind.POSITION].stated)
    assert "aligns with the principles" in words
    assert "currently not compliant" in words
    read_apart = [kind for kind, one in KINDS.items() if one.read_with != "view-framework"]
    assert read_apart == [Kind.CONFLICT, Kind.ADVICE]
