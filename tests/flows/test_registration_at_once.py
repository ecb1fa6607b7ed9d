"""Two officers who would take the last hours, or the last child, at one place at once."""

from dataclasses import replace

import pytest

from flsf.casework.calloffs.enums import DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.timetable.models import Booking
from flsf.flows.keep_registration import MoveMakesASchool, WouldBeASchool
from tests.factories import council_member
from tests.factories_market import version
from tests.factories_matching import child, decided, proposed, referral, scene, service
from tests.flows.test_agree_listing_at_once import agreeing, seen_of
from tests.flows.test_award_calloff_at_once import at_once
from tests.flows.test_registration import REASON, booked, same_place, with_plan

pytestmark = pytest.mark.django_db(transaction=True)

CHOSEN = {"ground": DirectGround.PREFERENCE, "override_reason": "They know each other."}


def test_the_last_hours_of_a_child_at_a_place_are_one_officers_and_the_other_is_told():
    at = scene(half_days_mask=0b11)
    with_plan(at)
    other = replace(at, service=same_place(at), referral=referral(at.child, half_days_mask=0b1100))
    booked(at.child, same_place(at), 140, half_days_mask=0b1111110000)  # fourteen
    told = at_once(  # 17 with two hours fifteen more, and 21 with both
        lambda: proposed(at, half_days_mask=0b11, minutes_a_half_day=105, **CHOSEN),
        lambda: proposed(other, half_days_mask=0b1100, minutes_a_half_day=105, **CHOSEN),
    )
    assert sorted(told, key=str) == sorted([WouldBeASchool, "done"], key=str)
    assert Award.objects.count() == 1
    assert Booking.objects.exclude(award_ref="A-OTHER").count() == 2


def test_the_fifth_pupil_of_a_place_is_one_officers_and_the_other_is_told():
    at = scene()
    there = same_place(at)
    for _ in range(3):
        booked(child(), there, 120, half_days_mask=0b1111111111)
    scenes = []
    for where in (at.service, same_place(at)):
        of = child()
        booked(of, there, 120)  # sixteen: with five more full time
        scenes.append(replace(at, service=where, referral=referral(of)))
    told = at_once(*(lambda one=one: proposed(one, **CHOSEN) for one in scenes))
    assert sorted(told, key=str) == sorted([WouldBeASchool, "done"], key=str)
    assert Award.objects.count() == 1


def test_two_decisions_at_once_do_not_pass_each_other_by():
    at = scene()
    awards = []
    for where in (at.service, same_place(at)):
        of = child()
        one = replace(at, service=where, referral=referral(of))
        awards.append(proposed(one, **CHOSEN))
        booked(of, same_place(at), 120)
    for _ in range(4):
        booked(child(), same_place(at), 120, half_days_mask=0b1111111111)
    told = at_once(*(lambda one=one: decided(one, at.director) for one in awards))
    assert told == [WouldBeASchool, WouldBeASchool]
    assert set(Award.objects.values_list("status", flat=True)) == {"awaiting"}


def test_an_award_and_a_move_do_not_pass_each_other_by():
    at = scene()
    with_plan(at)
    other = service(at.lot, at.service.provider, largest_group=8)
    booked(at.child, other, 120)
    moving = version(other, site_id=at.service.site_id)
    told = at_once(
        lambda: proposed(at, **REASON), agreeing(moving, seen_of(moving), council_member())
    )
    assert told in (["done", MoveMakesASchool], [WouldBeASchool, "done"])
