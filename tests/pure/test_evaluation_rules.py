"""What is judged, how judgements become one, and a clock that stands still while we wait."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.applications.enums import Kind
from flsf.market.evaluation import rules
from flsf.market.evaluation.enums import Outcome, Stage, Verdict
from flsf.market.evaluation.rules import Criterion, Judgement, Pause, Progress

MEETS, NOT_YET = Verdict.MEETS, Verdict.NOT_YET
MONDAY = date(2026, 6, 1)
DAY = timedelta(days=1)


def weekday(day):
    return day.weekday() < 5


def test_a_part_answered_in_words_is_scored_and_one_without_answers_is_not_judged():
    sections = [("past", "Declarations"), ("good", "Good"), ("none", "Nothing asked")]
    kinds = {"past": {Kind.YES_NO}, "good": {Kind.TEXT, Kind.CHOICE}}
    assert rules.criteria(sections, kinds) == [
        Criterion("past", "Declarations", is_scored=False),
        Criterion("good", "Good", is_scored=True),
    ]


@pytest.mark.parametrize(
    ("is_scored", "score", "wrong"),
    [(True, 3, ""), (True, None, "Give a score"), (True, 6, "whole number"), (True, -1, "whole"),
     (False, None, ""), (False, 3, "no score")],
)  # fmt: skip
def test_a_score_goes_only_where_words_are_scored(is_scored, score, wrong):
    trouble = rules.score_trouble(Criterion("x", "X", is_scored), score)
    assert wrong in trouble
    assert bool(wrong) == bool(trouble)


def test_three_is_enough():
    assert [rules.verdict_of(one) for one in range(6)] == [*[NOT_YET] * 3, *[MEETS] * 3]
    assert set(rules.DESCRIPTORS) == set(range(6))


def test_they_differ_by_verdict_or_score_and_not_by_words():
    one = Judgement(MEETS, 4, "Clear.")
    assert not rules.differ([one, Judgement(MEETS, 4, "Good.")])
    assert rules.differ([one, Judgement(MEETS, 3, "Clear.")])
    assert rules.differ([Judgement(MEETS, None, ""), Judgement(NOT_YET, None, "")])


@pytest.mark.parametrize(
    ("outcome", "verdicts", "fits"),
    [
        (Outcome.ACCEPT, [MEETS, MEETS], True),
        (Outcome.ACCEPT_WITH_LIMIT, [MEETS], True),
        (Outcome.ACCEPT, [MEETS, NOT_YET], False),
        (Outcome.DECLINE, [MEETS, NOT_YET], True),
        (Outcome.DECLINE, [MEETS], False),
    ],
)
def test_nobody_is_turned_down_who_meets_everything_nor_accepted_who_does_not(
    outcome, verdicts, fits
):
    assert rules.outcome_fits(outcome, verdicts) is fits


@pytest.mark.parametrize(
    ("outcome", "most", "fits"),
    [(Outcome.ACCEPT, None, True), (Outcome.ACCEPT, 3, False), (Outcome.DECLINE, None, True),
     (Outcome.ACCEPT_WITH_LIMIT, 3, True), (Outcome.ACCEPT_WITH_LIMIT, None, False),
     (Outcome.ACCEPT_WITH_LIMIT, 0, False)],
)  # fmt: skip
def test_a_number_goes_with_a_limit(outcome, most, fits):
    assert rules.limit_fits(outcome, most) is fits


@pytest.mark.parametrize(
    ("done", "stage"),
    [
        ({"marking": 1, "finished": 0, "agreed": 0}, Stage.EVALUATORS),
        ({"marking": 2, "finished": 1, "agreed": 0}, Stage.MARKING),
        ({"marking": 2, "finished": 2, "agreed": 0}, Stage.MODERATION),
        ({"marking": 2, "finished": 2, "agreed": 9}, Stage.REPORT),
        ({"marking": 2, "finished": 2, "agreed": 9, "asks": True}, Stage.QUESTION),
        ({"marking": 2, "finished": 2, "agreed": 9, "is_reported": True}, Stage.DECISION),
        ({"marking": 2, "finished": 2, "agreed": 9, "is_decided": True}, Stage.DECIDED),
        ({"marking": 2, "finished": 2, "agreed": 9, "is_released": True}, Stage.RELEASED),
    ],
)
def test_where_it_is_follows_from_what_was_done(done, stage):
    assert rules.stage(Progress(**({"asks": False, "criteria": 9} | done))) is stage


def test_the_days_of_a_question_do_not_count_and_that_of_its_answer_does():
    asked = [Pause(MONDAY + DAY, MONDAY + 3 * DAY)]  # Tuesday, answered on Thursday
    assert rules.days_taken(MONDAY, MONDAY + 4 * DAY, asked, weekday) == 3
    assert rules.due_on(MONDAY, 3, asked, weekday) == MONDAY + 4 * DAY
    assert rules.due_on(MONDAY, 3, [Pause(MONDAY, None)], weekday) is None


@given(
    n=st.integers(1, 40),
    pauses=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 30)).map(
            lambda one: Pause(MONDAY + one[0] * DAY, MONDAY + (one[0] + one[1]) * DAY)
        ),
        max_size=4,
    ),
)
def test_the_day_due_is_the_day_on_which_that_many_have_been_taken(n, pauses):
    due = rules.due_on(MONDAY, n, pauses, weekday)
    assert rules.days_taken(MONDAY, due, pauses, weekday) == n
    assert rules.days_taken(MONDAY, due - DAY, pauses, weekday) == n - 1
    assert due >= rules.due_on(MONDAY, n, [], weekday)


def part(code, said="a"):
    return rules.Part(Criterion(code, code.title(), is_scored=False), said)


def test_what_was_met_and_did_not_change_stands():
    before = {"a": (part("a"), MEETS), "b": (part("b"), NOT_YET), "c": (part("c"), MEETS)}
    assert rules.standing([part("a"), part("b"), part("c", "new"), part("d")], before) == ["a"]


CODES = st.sampled_from("abcde")
BEFORE = st.dictionaries(CODES, st.tuples(st.sampled_from("xy"), st.sampled_from(Verdict)))


@given(st.dictionaries(CODES, st.sampled_from("xy")), BEFORE)
def test_nothing_unmet_or_changed_ever_stands_and_never_everything(now, before):
    parts = [part(code, said) for code, said in now.items()]
    earlier = {code: (part(code, said), verdict) for code, (said, verdict) in before.items()}
    stands = rules.standing(parts, earlier)
    assert all(before[code] == (now[code], MEETS) for code in stands)
    assert not parts or len(stands) < len(parts)
    left = {one.criterion.code for one in parts} - set(stands)
    would = {code for code in left if before.get(code) == (now[code], MEETS)}
    assert not would or would == set(now)


def took(*days, promised=20):
    return [rules.Taken(one, promised) for one in days]


def test_how_long_decisions_took_is_told_in_whole_numbers():
    assert rules.times_of([]) == rules.Times(0, 0, 0, 0, None)
    assert rules.times_of(took(20, 3, 21, 7)) == rules.Times(4, 3, 7, 21, 20)
    mixed = [*took(20), *took(11, promised=10), *took(5, 5)]
    assert rules.times_of(mixed) == rules.Times(4, 3, 5, 20, None)
    assert not rules.times_of(took(1, 2, 3, 4)).is_telling
    assert rules.times_of(took(1, 2, 3, 4, 5)).is_telling


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), min_size=1, max_size=12))
def test_how_long_decisions_took_is_as_a_slow_count_says(pairs):
    found = rules.times_of([rules.Taken(*one) for one in pairs])
    by_day = [sum(1 for days, _ in pairs if days <= limit) for limit in range(61)]
    assert found.counted == by_day[60] == len(pairs)
    assert found.within == len(pairs) - sum(1 for days, promised in pairs if promised < days)
    assert found.half_within == next(n for n, many in enumerate(by_day) if 2 * many >= len(pairs))
    assert found.longest == next(n for n, many in enumerate(by_day) if many == len(pairs))
