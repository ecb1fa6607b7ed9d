"""Two officers, one place or one child, the same moment: why the rows are held first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from flsf.casework.timetable import actions, queries
from flsf.casework.timetable.models import Booking
from flsf.core.half_days import BY_CODE
from flsf.core.people import SYSTEM
from tests.factories import NOW
from tests.factories_casework import child, service

SEPTEMBER, DECEMBER = date(2026, 9, 7), date(2026, 12, 18)
MONDAY = BY_CODE["mon-am"].bit


def at_once(*wanted):
    """Each tries to hold Monday morning; who was told what."""
    together = Barrier(len(wanted))

    def hold(number, child_id, service_id):
        try:
            together.wait(timeout=10)
            actions.hold(
                child_id=child_id,
                service_id=service_id,
                award_ref=f"A-RACE{number}",
                half_days_mask=MONDAY,
                minutes=150,
                since=SEPTEMBER,
                until=DECEMBER,
                by=SYSTEM,
                at=NOW,
            )
        except (actions.NoPlaceLeft, actions.ChildIsElsewhere) as refusal:
            return type(refusal)
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(max_workers=len(wanted)) as pool:
        return list(pool.map(hold, range(len(wanted)), *zip(*wanted, strict=True)))


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_want_the_last_place_get_one_between_them():
    place = service(1)
    told = at_once((child().pk, place.pk), (child().pk, place.pk))
    assert sorted(map(str, told)) == sorted(["held", str(actions.NoPlaceLeft)])
    assert Booking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_officers_who_want_two_places_get_two():
    place = service(2)
    told = at_once(*((child().pk, place.pk) for _ in range(6)))
    assert (told.count("held"), told.count(actions.NoPlaceLeft)) == (2, 4)
    assert not queries.free_half_days(place.pk, since=SEPTEMBER, until=DECEMBER) & MONDAY


@pytest.mark.django_db(transaction=True)
def test_one_child_is_not_held_in_two_places_at_once():
    one, here, there = child(), service(5), service(5)
    told = at_once((one.pk, here.pk), (one.pk, there.pk))
    assert sorted(map(str, told)) == sorted(["held", str(actions.ChildIsElsewhere)])
    assert Booking.objects.count() == 1
