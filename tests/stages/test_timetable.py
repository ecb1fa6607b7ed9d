from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from flsf.casework.timetable import actions, queries
from flsf.casework.timetable.enums import Hold
from flsf.casework.timetable.models import Booking
from flsf.casework.timetable.rules import Booked
from flsf.core.half_days import BY_CODE, WHOLE_WEEK
from flsf.core.people import SYSTEM
from tests.factories import NOW
from tests.factories_casework import child, provider, service

pytestmark = pytest.mark.django_db

SEPTEMBER, DECEMBER = date(2026, 9, 7), date(2026, 12, 18)
MONDAY = BY_CODE["mon-am"].bit
FRIDAY = BY_CODE["fri-pm"].bit


def held(one=None, at_service=None, mask=MONDAY, ref="A-AAAAA", since=SEPTEMBER, until=DECEMBER):
    actions.hold(
        child_id=(one or child()).pk,
        service_id=at_service.pk,
        award_ref=ref,
        half_days_mask=mask,
        minutes=150,
        since=since,
        until=until,
        by=SYSTEM,
        at=NOW,
    )


def free(at_service, since=SEPTEMBER, until=DECEMBER):
    return queries.free_half_days(at_service.pk, since=since, until=until)


def test_a_place_is_held_booked_and_released():
    place, one = service({0: 1, 9: 2}), child()
    assert free(place) == MONDAY | FRIDAY
    held(one, place, MONDAY | FRIDAY)
    assert free(place) == FRIDAY
    actions.book(award_ref="A-AAAAA", by=SYSTEM, at=NOW)
    week = queries.week(one.pk, on=SEPTEMBER)
    assert [(str(entry.half_day), entry.hold) for entry in week] == [
        ("Monday morning", Hold.BOOKED),
        ("Friday afternoon", Hold.BOOKED),
    ]
    assert queries.minutes_by_provider(one.pk, on=SEPTEMBER) == {place.provider_id: 300}
    last = date(2026, 10, 2)
    assert actions.release(award_ref="A-AAAAA", last_day=last, by=SYSTEM, at=NOW) == 2
    assert actions.release(award_ref="A-AAAAA", last_day=last, by=SYSTEM, at=NOW) == 0
    assert queries.week(one.pk, on=last + timedelta(days=1)) == []
    assert free(place, since=last + timedelta(days=1)) == MONDAY | FRIDAY


def test_a_place_given_up_before_it_began_was_never_taken():
    place = service()
    held(at_service=place)
    actions.release(award_ref="A-AAAAA", last_day=SEPTEMBER - timedelta(days=1), by=SYSTEM, at=NOW)
    assert not Booking.objects.exists()
    held(at_service=place, ref="A-BBBBB")
    actions.release(award_ref="A-BBBBB", by=SYSTEM, at=NOW)
    assert free(place) == WHOLE_WEEK


def test_a_full_half_day_is_refused_by_name():
    place = service({0: 1, 1: 1})
    held(at_service=place)
    with pytest.raises(actions.NoPlaceLeft) as refused:
        held(at_service=place, mask=MONDAY | BY_CODE["mon-pm"].bit | FRIDAY, ref="A-BBBBB")
    assert "on Monday morning and Friday afternoon" in str(refused.value)
    assert Booking.objects.count() == 1


def test_a_child_is_in_one_place_at_a_time():
    one = child()
    held(one, service())
    with pytest.raises(actions.ChildIsElsewhere) as refused:
        held(one, service(), mask=MONDAY | FRIDAY, ref="A-BBBBB")
    assert "on Monday morning." in str(refused.value)
    held(one, service(), since=DECEMBER + timedelta(days=1), until=None, ref="A-CCCCC")


def test_a_place_is_free_again_the_day_after_the_last():
    place = service()
    held(at_service=place)
    held(at_service=place, ref="A-BBBBB", since=DECEMBER + timedelta(days=1), until=None)
    with pytest.raises(actions.NoPlaceLeft):
        held(at_service=place, ref="A-CCCCC", since=DECEMBER, until=DECEMBER)


def test_nothing_is_held_without_half_days_nor_booked_without_a_hold():
    with pytest.raises(actions.NoHalfDays):
        held(at_service=service(), mask=0)
    with pytest.raises(actions.NothingHeld):
        actions.book(award_ref="A-NONE2", by=SYSTEM, at=NOW)


def test_arrangements_that_stand_are_taken_in_even_over_capacity(django_assert_num_queries):
    place, ones = service(), [child() for _ in range(3)]
    found = [
        Booked(
            child_id=one.pk,
            service_id=place.pk,
            award_ref=f"A-{one.pk}",
            half_days_mask=MONDAY | FRIDAY,
            minutes=120,
            since=SEPTEMBER,
            until=None,
        )
        for one in ones
    ]
    assert actions.book_many(bookings=found, by=SYSTEM, at=NOW) == 6
    assert not free(place) & MONDAY
    ids = [one.pk for one in ones]
    with django_assert_num_queries(1):
        weeks = queries.weeks(ids, on=SEPTEMBER)
    assert [len(weeks[pk]) for pk in ids] == [2, 2, 2]
    assert queries.children_by_provider([place.provider_id], on=SEPTEMBER) == {
        place.provider_id: set(ids)
    }


def test_places_of_many_services_cost_as_many_queries_as_of_one(django_assert_num_queries):
    of = provider()
    services = [service(2, of=of) for _ in range(3)]
    held(at_service=services[0])
    for asked in (services[:1], services):
        with django_assert_num_queries(2):
            left = queries.places_left([one.pk for one in asked], since=SEPTEMBER, until=DECEMBER)
    assert [left[one.pk][0] for one in services] == [1, 2, 2]


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("half_day", 10, "booking_in_the_week"),
        ("minutes", 0, "booking_minutes_sensible"),
        ("until", SEPTEMBER - timedelta(days=1), "booking_dates_in_order"),
    ],
)
def test_the_database_refuses_what_no_week_holds(column, value, name):
    row = {
        "child": child(),
        "service": service(),
        "half_day": 0,
        "minutes": 150,
        "since": SEPTEMBER,
        "hold": Hold.HELD,
        "award_ref": "A-AAAAA",
    }
    with pytest.raises(IntegrityError, match=name):
        Booking.objects.create(**(row | {column: value}))
