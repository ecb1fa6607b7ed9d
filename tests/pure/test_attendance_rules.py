from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.half_days import WEEK, Half
from flsf.delivery.attendance import rules
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.rules import words
from flsf.delivery.attendance.rules.facts import Facts, Fault
from flsf.delivery.placements.enums import Commissioner

COUNCIL, SCHOOL, SECOND = Commissioner
EVERY = [
    Facts(held=held, not_held_because=why_not, came=came, absent_because=why, minutes_late=late)
    for held, why_not, came, why, late in product(
        (True, False), (None, *NotHeldBecause), Came, (None, *AbsentBecause), (0, 5)
    )
]
SOUND = [facts for facts in EVERY if rules.fault_of(facts) is None]


@pytest.mark.parametrize(("commissioner", "code"), [(COUNCIL, "K"), (SCHOOL, "B"), (SECOND, "D")])
@pytest.mark.parametrize("came", [Came.YES, Came.LATE])
def test_a_child_who_came_is_educated_elsewhere_as_arranged(commissioner, code, came):
    assert rules.school_code(commissioner, held=True, came=came, absent_because=None) == code


@pytest.mark.parametrize(
    ("because", "code"),
    [
        (AbsentBecause.ILLNESS, "I"),
        (AbsentBecause.MEDICAL, "M"),
        (AbsentBecause.SCHOOL, "C"),
        (AbsentBecause.TRANSPORT, "Q"),
        (AbsentBecause.NOT_KNOWN, "N"),
        (AbsentBecause.NOT_ABLE, "N"),
        (AbsentBecause.FAMILY, "N"),
    ],
)
def test_a_child_who_did_not_come_is_absent_for_the_reason_given(because, code):
    assert rules.school_code(COUNCIL, held=True, came=Came.NO, absent_because=because) == code


def test_transport_that_a_school_arranges_has_another_code():
    assert (
        rules.school_code(SCHOOL, held=True, came=Came.NO, absent_because=AbsentBecause.TRANSPORT)
        == "Y1"
    )


def test_a_session_the_provider_could_not_run_is_nobodys_absence():
    code = rules.school_code(
        COUNCIL,
        held=False,
        came=Came.NO,
        absent_because=None,
        not_held_because=NotHeldBecause.PROVIDER,
    )
    assert code == "Y7"


def test_a_session_that_fell_through_because_the_child_did_not_come_is_an_absence():
    code = rules.school_code(
        COUNCIL,
        held=False,
        came=Came.NO,
        absent_because=AbsentBecause.ILLNESS,
        not_held_because=NotHeldBecause.CHILD,
    )
    assert code == "I"


@pytest.mark.parametrize("commissioner", list(Commissioner))
@pytest.mark.parametrize("facts", SOUND, ids=repr)
def test_every_sound_answer_has_a_code_of_the_regulations(commissioner, facts):
    coded = rules.coded(
        commissioner,
        held=facts.held,
        came=facts.came,
        absent_because=facts.absent_because,
        not_held_because=facts.not_held_because,
    )
    attended = facts.held and facts.came is not Came.NO
    assert coded.code in rules.CODES
    assert coded.law.startswith("SI 2024/208")
    assert (coded.code in {"K", "B", "D"}) is attended


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        (Facts(), None),
        (Facts(came=Came.LATE, minutes_late=5), None),
        (Facts(came=Came.LATE), Fault.HOW_LATE),
        (Facts(minutes_late=5), Fault.NOT_LATE),
        (Facts(came=Came.NO), Fault.WHY_ABSENT),
        (Facts(absent_because=AbsentBecause.ILLNESS), Fault.CAME_HAS_NO_WHY),
        (Facts(held=False, came=Came.NO), Fault.WHY_NOT_HELD),
        (Facts(not_held_because=NotHeldBecause.SITE), Fault.HELD_HAS_NO_WHY),
        (Facts(held=False, not_held_because=NotHeldBecause.SITE, came=Came.NO), None),
        (Facts(held=False, not_held_because=NotHeldBecause.SITE), None),
        (Facts(held=False, not_held_because=NotHeldBecause.CHILD), Fault.CHILD_CAME),
        (
            Facts(held=False, not_held_because=NotHeldBecause.CHILD, came=Came.NO),
            Fault.WHY_ABSENT,
        ),
        (
            Facts(held=False, not_held_because=NotHeldBecause.SITE, came=Came.LATE, minutes_late=5),
            Fault.LATE_FOR_NOTHING,
        ),
        (Facts(minutes=0), Fault.HOW_LONG),
        (Facts(minutes=301), Fault.HOW_LONG),
    ],
)
def test_happened_came_and_late_are_separate_facts_that_must_fit(facts, fault):
    assert rules.fault_of(facts) == fault


@pytest.mark.parametrize("facts", SOUND, ids=repr)
def test_support_was_given_only_where_it_happened_and_the_child_came(facts):
    minutes = rules.settled_minutes(facts, 120)
    assert minutes == (120 if facts.held and facts.came is not Came.NO else 0)


def test_the_workers_own_minutes_stand_before_the_agreed_ones():
    assert rules.settled_minutes(Facts(minutes=45), 120) == 45
    assert rules.settled_minutes(Facts(), None) is None


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
spans = st.builds(
    lambda half_day, minutes, since, long: rules.Agreed(
        half_day, minutes, since, None if long is None else since + timedelta(days=long)
    ),
    st.integers(0, 9),
    st.integers(1, 300),
    days,
    st.none() | st.integers(0, 200),
)


@given(agreed=st.lists(spans, max_size=5), first=days, ahead=st.integers(0, 60))
def test_sessions_are_those_a_walk_through_every_half_day_finds(agreed, first, ahead):
    school_days = [first + timedelta(days=n) for n in range(ahead) if n % 5]
    walked = []
    for one in agreed:
        for day in school_days:
            for half_day in WEEK:
                on_it = day.weekday() == half_day.weekday and half_day.index == one.half_day
                if on_it and one.since <= day and (one.until is None or one.until >= day):
                    walked.append((day, half_day.half, one.minutes))
    assert sorted(rules.sessions(agreed, school_days)) == sorted(walked)


@given(agreed=st.lists(spans, max_size=5), day=days, half=st.sampled_from(list(Half)))
def test_agreed_minutes_add_up_the_sessions_of_that_half_day(agreed, day, half):
    school_days = [day] if day.weekday() < 5 else []
    together = sum(minutes for _, at, minutes in rules.sessions(agreed, school_days) if at is half)
    assert rules.agreed_minutes(agreed, day, half) == (together or None)


def test_an_afternoon_begins_at_noon():
    morning = datetime(2026, 5, 15, 11, 59, tzinfo=UTC)
    today = morning.date()
    assert rules.has_begun(today, Half.AM, morning)
    assert not rules.has_begun(today, Half.PM, morning)
    assert rules.has_begun(today, Half.PM, morning + timedelta(minutes=1))
    assert not rules.has_begun(today + timedelta(days=1), Half.AM, morning)


@pytest.mark.parametrize(("ago", "late"), [(0, False), (7, False), (8, True)])
def test_a_mark_is_late_after_the_days_the_table_allows(ago, late):
    today = date(2026, 5, 15)
    assert rules.is_late_mark(today - timedelta(days=ago), today, 7) is late


@pytest.mark.parametrize(
    "typed",
    ["2026-05-14", "14/05/2026", "14/5/26", "14-05-2026", "14.05.2026", "14 May 2026",
     " 14 may 2026 ", "2026-05-14 00:00:00", date(2026, 5, 14), datetime(2026, 5, 14, tzinfo=UTC)],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed):
    assert words.day_from(typed) == date(2026, 5, 14)


@pytest.mark.parametrize("typed", ["", "yesterday", "31/02/2026", "2026-13-01", "5/14/2026"])
def test_what_is_no_day_is_none(typed):
    assert words.day_from(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("60", 60), ("60.0", 60), (" 5 ", 5), ("", None), ("-5", None), ("1.5", None), ("one", None)],
)
def test_minutes_are_whole_numbers(typed, number):
    assert words.number_from(typed) == number


@pytest.mark.parametrize("reason", list(AbsentBecause))
def test_a_reason_is_read_by_its_word_or_its_label(reason):
    assert words.choice_from(reason.value, AbsentBecause) is reason
    assert words.choice_from(f" {reason.label.upper()} ", AbsentBecause) is reason
