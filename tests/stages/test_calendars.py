"""Calendars as they stand in the tables."""

from datetime import date

import pytest

from flsf.core.counts import Counts
from flsf.core.people import SYSTEM
from flsf.shared.calendars import actions, queries
from flsf.shared.calendars.enums import Nation
from flsf.shared.places import actions as places
from flsf.shared.places import queries as register
from tests.factories import NOW

pytestmark = pytest.mark.django_db

COUNCILS = [
    (None, "Autumn", date(2025, 9, 3), date(2025, 10, 24)),
    (None, "Autumn", date(2026, 9, 3), date(2026, 10, 23)),
]


@pytest.fixture
def school_id():
    places.take_in_schools(columns=("urn", "name"), rows=[(100, "High")], by=SYSTEM, at=NOW)
    return register.school_ids([100])[100]


def take_in(terms=(), closures=()):
    return actions.take_in_terms(terms=terms, closures=closures, by=SYSTEM, at=NOW)


def test_before_anything_is_entered_days_count_and_say_they_are_guessed():
    calendar = queries.school_calendar(None)
    assert not calendar.is_known
    assert calendar.nth_school_day(date(2026, 5, 1), 6) == date(2026, 5, 11)
    assert not queries.working_calendar().is_working_day(date(2026, 11, 30))


def test_a_school_without_its_own_terms_keeps_the_councils(school_id):
    take_in(COUNCILS)
    assert queries.school_calendar(school_id).terms == queries.school_calendar(None).terms


def test_a_schools_own_terms_stand_for_the_years_it_has_set(school_id):
    take_in([*COUNCILS, (school_id, "Michaelmas", date(2026, 9, 7), date(2026, 10, 16))])
    assert queries.school_calendar(school_id).terms == (
        (date(2025, 9, 3), date(2025, 10, 24)),
        (date(2026, 9, 7), date(2026, 10, 16)),
    )


def test_a_closure_is_of_one_school_or_of_all(school_id):
    take_in(COUNCILS, [(None, date(2026, 9, 4), "INSET"), (school_id, date(2026, 9, 8), "Flood")])
    theirs, councils = queries.school_calendar(school_id), queries.school_calendar(None)
    assert not theirs.is_school_day(date(2026, 9, 4))
    assert not theirs.is_school_day(date(2026, 9, 8))
    assert councils.is_school_day(date(2026, 9, 8))


def test_the_same_terms_again_change_nothing():
    closures = [(None, date(2026, 9, 4), "INSET")]
    assert take_in(COUNCILS, closures) == Counts(new=3)
    assert take_in(COUNCILS, closures) == Counts(same=3)
    longer = [(None, "Autumn", date(2026, 9, 3), date(2026, 10, 30))]
    assert take_in(longer) == Counts(changed=1)
    assert queries.terms(None).count() == 2
    assert queries.closures(None).count() == 1


def test_many_calendars_cost_three_questions(school_id, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.school_calendars([None])
    with django_assert_num_queries(3):
        queries.school_calendars([None, school_id, 0])


def test_bank_holidays_brought_in_hold_for_their_year():
    actions.take_in_holidays(
        rows=[(Nation.ENGLAND_AND_WALES, date(2026, 6, 12), "An extra day")], by=SYSTEM, at=NOW
    )
    assert not queries.working_calendar().is_working_day(date(2026, 6, 12))
    assert not queries.school_calendar(None).is_school_day(date(2026, 6, 12))
    assert queries.school_calendar(None).is_school_day(date(2026, 6, 15))
