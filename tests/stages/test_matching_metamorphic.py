"""What must hold however the rules are read: asking for less never leaves more services out."""

from dataclasses import replace
from importlib import import_module
from random import Random

import numpy as np
import pytest

from flsf.casework.matching.enums import RuleId
from flsf.casework.matching.rules import Numbers, RuleBook, ask, rank, snapshot
from flsf.casework.matching.rules.peaks import peaks
from flsf.casework.timetable.rules import Span, most_at_once
from flsf.shared.calendars.rules import SchoolCalendar
from tests.factories import TODAY
from tests.oracles import worlds

BOOK = RuleBook.from_content(
    3, import_module("flsf.casework.migrations.0008_rules_of_agreement").CONTENT
)
NUMBERS = Numbers(full_time_hours=18, warning_hours=15, most_children=5)
CALENDAR = SchoolCalendar()

# Each relaxes one thing that was asked, and nothing else.
RELAXED = {
    "further": lambda one: replace(one, most_metres=one.most_metres and one.most_metres + 5000),
    "any distance": lambda one: replace(one, most_metres=None),
    "any way": lambda one: replace(one, modes=0),
    "one more way": lambda one: replace(one, modes=one.modes and one.modes | 0b11),
    "any lot": lambda one: replace(one, lot=None),
    "no access": lambda one: replace(one, access=0),
    "fewer half-days": lambda one: replace(one, half_days_needed=1),
    "shorter": lambda one: replace(one, minutes=one.minutes // 2),
    "no plan": lambda one: replace(one, plan_or_care=False),
}


def masks(of, asked, book=BOOK):
    question = ask(
        asked, today=TODAY, is_school_day=CALENDAR.is_school_day, numbers=NUMBERS, book=book
    )
    day = type(TODAY).fromordinal
    columns = snapshot(of).on(
        TODAY,
        day(question.starts_on),
        day(question.ends_on),
        full_time_minutes=question.full_time_minutes,
        child=next((one.child for one in asked.bookings), None),
    )
    return rank(question, columns, book).masks


@pytest.mark.parametrize("relax", RELAXED.values(), ids=RELAXED)
def test_asking_for_less_never_leaves_a_service_out(relax):
    random = Random(11)
    for _ in range(40):
        world = worlds.world(random)
        for _ in range(5):
            asked = worlds.asked(random, world)
            strict, lax = masks(world, asked), masks(world, relax(asked))
            assert not np.any(lax & ~strict)


def test_a_higher_price_cap_never_leaves_a_service_out():
    random = Random(12)
    for _ in range(100):
        world = worlds.world(random)
        asked = worlds.asked(random, world)
        higher = replace(
            world,
            lots=[
                one._replace(price_cap=one.price_cap and one.price_cap + 1500) for one in world.lots
            ],
        )
        assert not np.any(masks(higher, asked) & ~masks(world, asked))


def test_a_higher_limit_or_none_never_leaves_a_service_out():
    random = Random(15)
    for _ in range(100):
        world = worlds.world(random)
        asked = worlds.asked(random, world)
        higher = [one._replace(most_children=one.most_children + 1) for one in world.limits]
        strict, lax, none = (
            masks(replace(world, limits=limits), asked) for limits in (world.limits, higher, [])
        )
        assert not np.any(lax & ~strict)
        assert not np.any(none & ~lax)
        assert not np.any(none & RuleId.LIMIT.bit)


def test_who_may_be_awarded_nothing_is_left_out_and_nobody_else():
    random = Random(16)
    for _ in range(60):
        world = worlds.world(random)
        found = masks(world, worlds.asked(random, world)) & RuleId.BARRED.bit
        services = sorted(world.services, key=lambda one: one.ref)
        assert [bool(one) for one in found] == [one.provider in world.barred for one in services]


def test_another_service_changes_no_reason_of_those_there_are():
    random = Random(13)
    for _ in range(100):
        world = worlds.world(random)
        asked = worlds.asked(random, world)
        fewer = replace(world, services=sorted(world.services, key=lambda one: one.ref)[:-1])
        assert masks(fewer, asked).tolist() == masks(world, asked).tolist()[:-1]


def test_the_peak_of_many_keys_is_the_timetables_peak_of_each():
    random = Random(14)
    for _ in range(300):
        first, last = sorted(random.randint(0, 40) for _ in range(2))
        spans = [
            (random.randrange(4), since, since + random.randint(0, 20))
            for since in (random.randint(0, 40) for _ in range(random.randint(0, 15)))
        ]
        columns = np.array(spans, dtype=np.int64).reshape(-1, 3)
        found = peaks(
            *columns.T, np.ones(len(spans), dtype=np.int64), first=first, last=last, size=4
        )
        day = type(TODAY).fromordinal
        for key in range(4):
            of_key = [Span(day(one + 1), day(two + 1)) for at, one, two in spans if at == key]
            assert found[key] == most_at_once(of_key, day(first + 1), day(last + 1))
