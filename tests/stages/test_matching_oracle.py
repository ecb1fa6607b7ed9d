"""The engine says what the published rules say, to the reason, the point and the tie."""

import json
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flsf.casework.matching.enums import RuleId
from flsf.casework.matching.rules import (
    Numbers,
    RuleBook,
    ask,
    columns_from,
    failed,
    fingerprint,
    inputs_as_json,
    is_of_school_age,
    rank,
    result_as_json,
    school_age,
    snapshot,
)
from flsf.casework.matching.rules.frozen import as_text
from flsf.casework.matching.rules.values import Question
from flsf.shared.calendars.rules import SchoolCalendar
from tests.factories import TODAY
from tests.oracles import matching as oracle
from tests.oracles import worlds

CONTENT = import_module("flsf.casework.migrations.0008_rules_of_agreement").CONTENT
BOOK = RuleBook.from_content(3, CONTENT)
NUMBERS = Numbers(full_time_hours=18, warning_hours=15, most_children=5)
BIRTHS = st.dates(date(1998, 1, 1), date(2025, 12, 31))
CALENDAR = SchoolCalendar()
SCHOOL_DAYS = [
    day for day in (TODAY + timedelta(days=n) for n in range(400)) if CALENDAR.is_school_day(day)
]

BATCHES, WORLDS, REQUESTS = 20, 25, 20  # ten thousand


def question_of(asked, numbers=NUMBERS):
    return ask(asked, today=TODAY, is_school_day=CALENDAR.is_school_day, numbers=numbers, book=BOOK)


def book_with(weights):
    terms = tuple(replace(one, weight=weights[one.term]) for one in BOOK.terms)
    return replace(BOOK, terms=terms)


def columns_of(kept, question, asked):
    day = type(TODAY).fromordinal
    return kept.on(
        TODAY,
        day(question.starts_on),
        day(question.ends_on),
        full_time_minutes=question.full_time_minutes,
        child=next((one.child for one in asked.bookings), None),
    )


def said(result, columns):
    terms = [one["id"] for one in CONTENT["terms"]] + ["total"]
    return {
        "reasons": {
            ref: {rule.value for rule in failed(mask)}
            for ref, mask in zip(columns.refs, result.masks.tolist(), strict=True)
        },
        "ranked": [
            (columns.refs[place], dict(zip(terms, points, strict=True)))
            for place, points in zip(result.ranked.tolist(), result.points.tolist(), strict=True)
        ],
    }


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_engine_and_the_oracle_agree_on_ten_thousand_requests(batch):
    random = Random(batch)
    ranked = 0
    for _ in range(WORLDS):
        world = worlds.world(random)
        kept = snapshot(world)
        for _ in range(REQUESTS):
            asked = worlds.asked(random, world)
            numbers, weights = worlds.numbers(random), worlds.weights(random)
            question = question_of(asked, numbers)
            columns = columns_of(kept, question, asked)
            expected = oracle.answer(
                world, asked, today=TODAY, school_days=SCHOOL_DAYS, numbers=numbers, weights=weights
            )
            expected["reasons"] = {ref: set(why) for ref, why in expected["reasons"].items()}
            found = said(rank(question, columns, book_with(weights)), columns)
            assert found == expected
            ranked += len(found["ranked"])
    assert ranked  # a world in which nobody ever fits would prove little


def test_every_rule_leaves_somebody_out_in_the_random_worlds():
    random, seen = Random(99), set()
    for _ in range(60):
        world = worlds.world(random)
        for _ in range(10):
            asked = worlds.asked(random, world)
            question = question_of(asked)
            result = rank(question, columns_of(snapshot(world), question, asked), BOOK)
            seen |= {rule for rule, count in result.counts.items() if count}
    assert {rule.value for rule in seen} == {one["id"] for one in CONTENT["rules"]}


def test_a_shortlist_kept_as_text_gives_the_same_answer_to_the_byte():
    random = Random(7)
    for _ in range(40):
        world = worlds.world(random)
        asked = worlds.asked(random, world)
        question = question_of(asked)
        columns = columns_of(snapshot(world), question, asked)
        first = result_as_json(rank(question, columns, BOOK), question, columns, BOOK)
        kept = inputs_as_json(question, columns)
        again, rows = Question.from_json(kept["question"]), columns_from(kept)
        second = result_as_json(rank(again, rows, BOOK), again, rows, BOOK)
        assert as_text(first) == as_text(second)


@given(birth=BIRTHS, days=st.integers(4 * 365, 18 * 365))
@example(birth=date(2021, 3, 31), days=1826)  # five on a prescribed day
@example(birth=date(2009, 9, 1), days=17 * 366)
def test_school_age_begins_and_ends_as_the_law_walks(birth, days):
    first, last = school_age(birth)
    for day in (birth + timedelta(days=days), first, first - oracle.DAY, last, last + oracle.DAY):
        assert is_of_school_age(birth, on=day) == oracle.of_school_age(birth, day)


OLD_CONTENT = import_module("flsf.casework.migrations.0004_published_rules").CONTENT
OLD_BOOK = RuleBook.from_content(1, OLD_CONTENT)
SECOND_BOOK = RuleBook.from_content(
    2, import_module("flsf.casework.migrations.0007_rules_of_limits_and_exclusion").CONTENT
)
# As the first engine froze them: it knew thirteen rules, and wrote no column of the other two.
OLD = json.loads((Path(oracle.__file__).parent / "first_rules.json").read_text())


@pytest.mark.parametrize("kept", OLD, ids=[one["sha256"][:6] for one in OLD])
def test_what_the_first_engine_froze_is_worked_out_to_the_byte_by_its_own_rules(kept):
    assert kept["inputs"]["engine"] == 1
    question, columns = Question.from_json(kept["inputs"]["question"]), columns_from(kept["inputs"])
    result = result_as_json(rank(question, columns, OLD_BOOK), question, columns, OLD_BOOK)
    assert as_text(result) == as_text(kept["result"])
    assert fingerprint(kept["inputs"], OLD_CONTENT, result) == kept["sha256"]


def test_an_old_book_leaves_nobody_out_by_a_later_rule():
    random = Random(8)
    for _ in range(40):
        world = worlds.world(random)
        asked = worlds.asked(random, world)
        question = question_of(asked)
        columns = columns_of(snapshot(world), question, asked)
        old, new = rank(question, columns, OLD_BOOK), rank(question, columns, BOOK)
        second = rank(question, columns, SECOND_BOOK)
        assert set(second.counts) - set(old.counts) == {RuleId.LIMIT, RuleId.BARRED}
        assert set(new.counts) - set(second.counts) == {RuleId.AGREEMENT}
        assert (old.masks == new.masks & (RuleId.LIMIT.bit - 1)).all()
        assert (second.masks == new.masks & (RuleId.AGREEMENT.bit - 1)).all()
