"""Search against a slow oracle that asks one listing at a time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flsf.core.geo import Point
from flsf.core.half_days import WEEK, Half
from flsf.core.needs import ORDER, Need, to_mask
from flsf.core.qualities import ORDER as QUALITIES
from flsf.core.qualities import Quality
from flsf.core.refs import fresh_refs
from flsf.market.directory import rules
from flsf.market.directory.enums import (
    AVAILABILITY_ORDER,
    GROUP_ORDER,
    Ageing,
    Availability,
    GroupSize,
)
from flsf.market.directory.rules import Asked, Columns, Term, find, loosened
from flsf.market.directory.rules.engine import NOWHERE
from flsf.market.providers.enums import MODE_ORDER, Cost, Mode, Sector, ServiceStatus

LOTS = ("ap", "mentoring", "tutoring")
WORDS = ("maths", "boxing", "farm", "music")
KINDS = ("K-EBSA2", "K-ROBT3")
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
    named: frozenset[str]
    qualities: int
    half_days: int
    group: GroupSize | None
    cost: Cost
    sector: Sector
    kind: str


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
        st.frozensets(st.sampled_from(WORDS), max_size=1),
        st.integers(0, 2 ** len(QUALITIES) - 1),
        st.integers(0, 2**10 - 1),
        st.none() | st.sampled_from(GROUP_ORDER),
        st.sampled_from(Cost),
        st.sampled_from(Sector),
        st.sampled_from(("", *KINDS)),
    ).map(lambda row: replace(row, named=row.named & row.words)),
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
    qualities_mask=st.just(0) | st.sampled_from([one.bit for one in QUALITIES]),
    weekdays=st.frozensets(st.integers(0, 4), max_size=2),
    halves=st.frozensets(st.sampled_from(Half), max_size=1),
    groups=st.frozensets(st.sampled_from(GROUP_ORDER), max_size=2),
    costs=st.frozensets(st.sampled_from(Cost), max_size=1),
    sectors=st.frozensets(st.sampled_from(Sector), max_size=2),
    kinds=st.frozensets(st.sampled_from(KINDS), max_size=1),
)
terms = st.lists(
    st.builds(
        Term,
        st.just("typed"),
        st.sampled_from(WORDS),
        st.just(0) | masks,
        st.sampled_from([0, *(one.bit for one in ORDER)]),
    ),
    max_size=2,
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
        qualities_mask=ints(row.qualities for row in world),
        half_days_mask=ints(row.half_days for row in world),
        group=ints(GROUP_ORDER.index(row.group) if row.group else -1 for row in world),
        cost=ints(list(Cost).index(row.cost) for row in world),
        sector=ints(list(Sector).index(row.sector) for row in world),
        kind=ints(KINDS.index(row.kind) if row.kind else -1 for row in world),
        kind_refs=KINDS,
    )


def metres(row, at):
    if at is None or row.place is None:
        return None
    return round(hypot(row.place.easting - at.easting, row.place.northing - at.northing))


def answers_finer(row, asked):
    like = [one for one in QUALITIES if asked.qualities_mask & one.bit]
    if like and not any(row.qualities & one.bit for one in like):
        return False
    if (asked.weekdays or asked.halves) and not any(
        row.half_days & one.bit
        for one in WEEK
        if (not asked.weekdays or one.weekday in asked.weekdays)
        and (not asked.halves or one.half in asked.halves)
    ):
        return False
    for of, chosen in (
        (row.mode, asked.modes),
        (row.group, asked.groups),
        (row.cost, asked.costs),
        (row.sector, asked.sectors),
        (row.kind, asked.kinds),
    ):
        if chosen and of not in chosen:
            return False
    return True


def answers(row, asked, at, wanted):
    """The oracle: every reason why one listing would not do, asked in plain Python."""
    if row.availability is Availability.PAUSED:
        return False
    if asked.taking_only and row.availability is not Availability.TAKING:
        return False
    needs = [need for need in ORDER if asked.needs_mask & need.bit]
    if needs and not any(row.needs & need.bit for need in needs):
        return False
    if any(asked.access_mask >> bit & 1 and not row.access >> bit & 1 for bit in range(8)):
        return False
    if not answers_finer(row, asked):
        return False
    if asked.age is not None and asked.age not in range(row.ages[0], row.ages[1] + 1):
        return False
    if asked.lot_codes and row.lot not in asked.lot_codes:
        return False
    if asked.within_miles is not None and at is not None and row.mode not in ("home", "online"):
        far = metres(row, at)
        if far is None or far > asked.within_miles * 1609.344:
            return False
    return all(term.text in row.words or row.needs & term.needs_mask for term in wanted)


def fit(row, wanted):
    """How well the words fit: what it is for, for whom in particular, what it is called."""
    points = 0
    for term in wanted:
        if row.needs & term.first_mask:
            points += 4 + (row.needs.bit_count() <= 4) + (row.needs.bit_count() <= 2)
            if term.is_about_feelings and row.qualities & Quality.FEELINGS.bit:
                points += 2
        points += 2 * (term.text in row.named)
    return points


def oracle(world, asked, at, wanted):
    kept = [place for place, row in enumerate(world) if answers(row, asked, at, wanted)]

    def order(place):
        far = metres(world[place], at)
        return (-fit(world[place], wanted), far is None, far or 0, place)

    return sorted(kept, key=order)


@settings(max_examples=400, deadline=None)
@given(worlds, questions, st.none() | places, terms)
def test_a_search_finds_what_the_oracle_finds_in_the_same_order(world, asked, at, wanted):
    def having(term, part):
        has = [place for place, row in enumerate(world) if term.text in getattr(row, part)]
        return np.array(has, np.int64)

    with_rows = [(term, having(term, "words"), having(term, "named")) for term in wanted]
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
        only = replace(asked, needs_mask=need.bit)
        assert found.facets.needs[need.value] == len(oracle(world, only, at, wanted))
    for part, counts in (
        ("weekdays", found.facets.weekdays),
        ("halves", found.facets.halves),
        ("groups", found.facets.groups),
        ("costs", found.facets.costs),
        ("sectors", found.facets.sectors),
        ("kinds", found.facets.kinds),
    ):
        for one, count in counts.items():
            only = replace(asked, **{part: frozenset({one})})
            assert count == len(oracle(world, only, at, wanted)), part
    for one, count in found.facets.qualities.items():
        only = replace(asked, qualities_mask=one.bit)
        assert count == len(oracle(world, only, at, wanted))
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


def test_the_first_need_of_a_phrase_is_what_it_is_about():
    [term] = rules.terms_of("anxious about school")
    assert term.first_mask == Need.EBSA.bit
    assert term.is_about_feelings


def test_the_council_adds_phrases_of_its_own_and_takes_some_off():
    book = rules.phrasebook(
        {
            "will not leave the house": (Need.EBSA.bit, ""),
            "forest school": (0, "outdoor learning"),
            "ot": (Need.PD.bit, ""),
        },
        retired={"adhd"},
    )
    assert [one.needs_mask for one in rules.terms_of("he will not leave the house", book)] == [
        Need.EBSA.bit
    ]
    assert [one.text for one in rules.terms_of("forest school", book)] == [
        '"forest school" or "outdoor learning"'
    ]
    assert [one.needs_mask for one in rules.terms_of("ot adhd", book)] == [Need.PD.bit, 0]
    assert "leave" in book.words
    assert "adhd" in rules.SHIPPED.phrases


@pytest.mark.parametrize(
    ("largest", "said"), [(1, GroupSize.ONE), (2, GroupSize.FEW), (6, GroupSize.FEW), (7, "more")]
)
def test_sizes_of_groups_in_words(largest, said):
    assert rules.group_size(largest) == said


def test_a_long_letter_is_cut_to_eight_terms():
    assert len(rules.terms_of(" ".join(f"word{number}" for number in range(50)))) == 8


@pytest.mark.parametrize(
    ("typed", "near"),
    [("mentering", "mentoring"), ("autisim", "autism"), ("xyzzy", None), ("ot", None)],
)
def test_a_word_with_a_slip_is_taken_for_the_one_it_looks_like(typed, near):
    assert rules.vocabulary({"mentoring", "tutoring", "autism"}).nearest(typed) == near


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
