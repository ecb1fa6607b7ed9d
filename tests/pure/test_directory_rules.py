"""Search against a slow oracle that asks one listing at a time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flsf.core.geo import Point
from flsf.core.needs import ORDER, Need, to_mask
from flsf.core.refs import fresh_refs
from flsf.market.directory import rules
from flsf.market.directory.enums import AVAILABILITY_ORDER, Ageing, Availability
from flsf.market.directory.rules import Asked, Columns, Term, find, loosened
from flsf.market.directory.rules.engine import NOWHERE
from flsf.market.providers.enums import MODE_ORDER, Mode, ServiceStatus

LOTS = ("ap", "mentoring", "tutoring")
WORDS = ("maths", "boxing", "farm", "music")
DAY = date(2026, 5, 15)


@dataclass(frozen=True)
class Row:
    service_id: int
    lot: str
    mode: Mode
    needs: int
    access: int
    ages: tuple[int, int]
    place: Point | None
    availability: Availability
    words: frozenset[str]


places = st.builds(Point, st.integers(0, 30_000), st.integers(0, 30_000))
masks = st.integers(0, 2 ** len(ORDER) - 1) | st.sampled_from([one.bit for one in ORDER])
ages = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda pair: tuple(sorted(pair)))
worlds = st.lists(
    st.builds(
        Row,
        st.integers(1, 10_000),
        st.sampled_from(LOTS),
        st.sampled_from(MODE_ORDER),
        masks,
        st.integers(0, 15),
        ages,
        st.none() | places,
        st.sampled_from(AVAILABILITY_ORDER),
        st.frozensets(st.sampled_from(WORDS)),
    ),
    max_size=12,
    unique_by=lambda row: row.service_id,
)
questions = st.builds(
    Asked,
    needs_mask=st.just(0) | st.sampled_from([one.bit for one in ORDER]) | masks,
    age=st.none() | st.integers(0, 25),
    lot_codes=st.frozensets(st.sampled_from(LOTS), max_size=2),
    modes=st.frozensets(st.sampled_from(MODE_ORDER), max_size=2),
    access_mask=st.just(0) | st.integers(0, 15),
    within_miles=st.none() | st.sampled_from([1, 5, 10]),
    taking_only=st.booleans(),
)
terms = st.lists(
    st.builds(Term, st.just("typed"), st.sampled_from(WORDS), st.just(0) | masks), max_size=2
)


def columns(world):
    def ints(values):
        return np.array(list(values), dtype=np.int64)

    return Columns(
        service_id=ints(row.service_id for row in world),
        lot=ints(LOTS.index(row.lot) for row in world),
        lot_codes=LOTS,
        mode=ints(MODE_ORDER.index(row.mode) for row in world),
        needs_mask=ints(row.needs for row in world),
        access_mask=ints(row.access for row in world),
        lowest_age=ints(row.ages[0] for row in world),
        highest_age=ints(row.ages[1] for row in world),
        easting=ints(row.place.easting if row.place else -1 for row in world),
        northing=ints(row.place.northing if row.place else -1 for row in world),
        availability=ints(AVAILABILITY_ORDER.index(row.availability) for row in world),
    )


def metres(row, at):
    if at is None or row.place is None:
        return None
    return round(hypot(row.place.easting - at.easting, row.place.northing - at.northing))


def answers(row, asked, at, wanted):
    """The oracle: every reason why one listing would not do, asked in plain Python."""
    if row.availability is Availability.PAUSED:
        return False
    if asked.taking_only and row.availability is not Availability.TAKING:
        return False
    needs = [need for need in ORDER if asked.needs_mask & need.bit]
    if any(not row.needs & need.bit for need in needs):
        return False
    if any(asked.access_mask >> bit & 1 and not row.access >> bit & 1 for bit in range(8)):
        return False
    if asked.age is not None and asked.age not in range(row.ages[0], row.ages[1] + 1):
        return False
    if asked.lot_codes and row.lot not in asked.lot_codes:
        return False
    if asked.modes and row.mode not in asked.modes:
        return False
    if asked.within_miles is not None and at is not None and row.mode not in ("home", "online"):
        far = metres(row, at)
        if far is None or far > asked.within_miles * 1609.344:
            return False
    return all(term.text in row.words or row.needs & term.needs_mask for term in wanted)


def oracle(world, asked, at, wanted):
    kept = [place for place, row in enumerate(world) if answers(row, asked, at, wanted)]
    if at is not None:
        far = {place: metres(world[place], at) for place in kept}
        kept.sort(key=lambda place: (far[place] is None, far[place] or 0, place))
    return kept


@settings(max_examples=400, deadline=None)
@given(worlds, questions, st.none() | places, terms)
def test_a_search_finds_what_the_oracle_finds_in_the_same_order(world, asked, at, wanted):
    with_rows = [
        (term, np.array([at for at, row in enumerate(world) if term.text in row.words], np.int64))
        for term in wanted
    ]
    found = find(columns(world), asked, at=at, terms=with_rows)
    expected = oracle(world, asked, at, wanted)
    assert found.rows.tolist() == expected
    assert [None if far == NOWHERE else far for far in found.metres.tolist()] == [
        metres(world[place], at) for place in expected
    ]
    for code in LOTS:
        only = replace(asked, lot_codes=frozenset({code}))
        assert found.facets.lots[code] == len(oracle(world, only, at, wanted))
    for mode in MODE_ORDER:
        only = replace(asked, modes=frozenset({mode}))
        assert found.facets.modes[mode] == len(oracle(world, only, at, wanted))
    for need in ORDER:
        too = replace(asked, needs_mask=asked.needs_mask | need.bit)
        assert found.facets.needs[need.value] == len(oracle(world, too, at, wanted))
    taking = replace(asked, taking_only=True)
    assert found.facets.taking == len(oracle(world, taking, at, wanted))


@given(questions)
def test_a_question_is_loosened_by_one_part_at_a_time(asked):
    parts = [one.part for one in loosened(asked)]
    given_parts = {
        name
        for name in Asked.__dataclass_fields__
        if getattr(asked, name) != getattr(Asked(), name)
    }
    assert set(parts) == given_parts
    assert len(parts) == len(given_parts)
    for one in loosened(asked):
        assert getattr(one.asked, one.part) == getattr(Asked(), one.part)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("anxious about school", [(Need.EBSA, Need.SEMH)]),
        ("My son is ANXIOUS about going to school!", [(Need.EBSA, Need.SEMH)]),
        ("he won't go to school", [(Need.EBSA,)]),
        ("EBSA", [(Need.EBSA,)]),
        ("semh support", [(Need.SEMH,)]),
        ("autistic", [(Need.ASD,)]),
        ("SEND help", []),
        ("EHCP", []),
        ("speech and language", [(Need.SLCN,)]),
    ],
)
def test_plain_words_and_acronyms_stand_for_needs(typed, meaning):
    assert [term.needs_mask for term in rules.terms_of(typed)] == [
        to_mask(needs) for needs in meaning
    ]


def test_acronyms_are_spelt_out_and_other_words_looked_for():
    assert [(one.typed, one.text) for one in rules.terms_of("EOTAS boxing")] == [
        ("eotas", 'eotas or "education otherwise than at school"'),
        ("boxing", "boxing"),
    ]


def test_a_long_letter_is_cut_to_eight_terms():
    assert len(rules.terms_of(" ".join(f"word{number}" for number in range(50)))) == 8


@pytest.mark.parametrize(
    ("typed", "near"),
    [("mentering", "mentoring"), ("autisim", "autism"), ("xyzzy", None), ("ot", None)],
)
def test_a_word_with_a_slip_is_taken_for_the_one_it_looks_like(typed, near):
    assert rules.nearest_word(typed, {"mentoring", "tutoring", "autism"}) == near


@pytest.mark.parametrize(
    ("status", "in_pool", "admitted", "in_date", "said"),
    [
        (ServiceStatus.OPEN, True, True, True, Availability.TAKING),
        (ServiceStatus.FULL, True, True, True, Availability.FULL),
        (ServiceStatus.CLOSED, True, True, True, Availability.PAUSED),
        (ServiceStatus.OPEN, False, True, True, Availability.PAUSED),
        (ServiceStatus.OPEN, True, True, False, Availability.PAUSED),
        (ServiceStatus.OPEN, False, False, True, Availability.OUTSIDE),
        (ServiceStatus.OPEN, False, False, False, Availability.OUTSIDE),
    ],
)
def test_only_who_is_admitted_in_the_pool_and_in_date_takes_children(
    status, in_pool, admitted, in_date, said
):
    told = rules.availability(status, in_pool=in_pool, was_admitted=admitted, in_date=in_date)
    assert told is said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, Ageing.FRESH),
        (90, Ageing.FRESH),
        (91, Ageing.AGEING),
        (180, Ageing.AGEING),
        (181, Ageing.OLD),
    ],
)
def test_a_listing_ages(days, said):
    assert rules.ageing(DAY - timedelta(days=days), on=DAY) is said


def test_references_drawn_by_the_thousand_are_all_different_and_none_is_taken():
    taken = frozenset(fresh_refs("S", 5_000))
    drawn = fresh_refs("S", 5_000, taken)
    assert len(set(drawn)) == 5_000
    assert not taken & set(drawn)
