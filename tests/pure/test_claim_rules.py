"""Which sessions are paid, what is flagged, and how late corrections settle."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.half_days import Half
from flsf.delivery.attendance.enums import Came, NotHeldBecause
from flsf.money.payments.enums import Flag, LineKind
from flsf.money.payments.rules import Already, claim_lines, owed_lines, payable
from tests.pure.test_price_rules import DAYS, MONDAY, session, terms


def owed(marks, bought=None, in_a_row=2):
    return owed_lines(
        bought or terms(), marks, paid_in_a_row=lambda _: in_a_row, late_after_days=lambda _: 7
    )


def missed(number, day):
    return session(day, mark_id=number, came=Came.NO, minutes=0)


def test_missed_sessions_are_paid_until_too_many_in_a_row():
    marks = [missed(n, day) for n, day in enumerate(DAYS[:4])]
    assert [one.is_paid for one in payable(marks, paid_in_a_row=lambda _: 2).values()] == [
        True,
        True,
        False,
        False,
    ]


def test_a_session_that_happened_begins_the_count_again():
    marks = [missed(1, DAYS[0]), missed(2, DAYS[1]), session(DAYS[2], mark_id=3)]
    marks.append(missed(4, DAYS[3]))
    assert all(one.is_paid for one in payable(marks, paid_in_a_row=lambda _: 2).values())


@pytest.mark.parametrize("because", [one for one in NotHeldBecause if one != NotHeldBecause.CHILD])
def test_a_session_the_child_did_not_cause_to_fail_is_not_paid_nor_counted(because):
    failed = session(DAYS[1], mark_id=2, held=False, not_held_because=because, came=Came.NO)
    marks = [missed(1, DAYS[0]), failed, missed(3, DAYS[2]), missed(4, DAYS[3])]
    ground = payable(marks, paid_in_a_row=lambda _: 2)
    assert [ground[n].is_paid for n in (1, 2, 3, 4)] == [True, False, True, False]


def test_a_session_missed_and_paid_costs_the_minutes_agreed_and_is_flagged():
    (line,) = owed([missed(1, MONDAY)])
    assert (line.minutes, line.net_pence, line.flags) == (150, 11250, (Flag.ABSENT_PAID,))


@pytest.mark.parametrize(
    ("mark", "flag"),
    [
        (session(minutes=151), Flag.OVER_AWARD),
        (session(MONDAY - timedelta(days=1)), Flag.OUTSIDE_DATES),
        (session(is_extra=True), Flag.EXTRA),
        (session(days_until_marked=8), Flag.LATE_MARK),
    ],
)
def test_what_wants_an_eye_is_flagged(mark, flag):
    (line,) = owed([mark])
    assert line.flags == (flag,)


APRIL, MAY = MONDAY.replace(day=1), MONDAY.replace(month=5, day=1)


def claim(month, lines, *, already=(), settled=(), most=10**9):
    return claim_lines(
        month=month,
        owed=lines,
        already=already,
        settled_months=settled,
        most_net={1: most},
        charged_elsewhere={1: sum(one.net_pence for one in already)},
    )


def test_a_claim_holds_its_own_month_only():
    lines = owed([session(mark_id=1), session(MONDAY + timedelta(days=30), mark_id=2)])
    assert [line.mark_id for line in claim(APRIL, lines)] == [1]
    assert [line.mark_id for line in claim(MAY, lines)] == [2]


def test_a_correction_of_a_settled_month_is_a_difference_in_the_next():
    lines = owed([session(minutes=60)])
    before = Already(1, 1, MONDAY, 11250, 0)
    (line,) = claim(MAY, lines, already=[before], settled=[APRIL])
    assert (line.kind, line.net_pence) == (LineKind.ADJUSTMENT, 4500 - 11250)
    assert "£112.50 was charged before" in line.words


def test_a_session_no_longer_paid_is_given_back():
    (line,) = claim(MAY, [], already=[Already(1, 1, MONDAY, 11250, 2250)], settled=[APRIL])
    assert (line.net_pence, line.vat_pence, line.gross_pence) == (-11250, -2250, -13500)


def test_a_session_marked_after_the_claim_went_comes_in_the_next():
    (line,) = claim(MAY, owed([session()]), settled=[APRIL])
    assert (line.kind, line.net_pence) == (LineKind.ADJUSTMENT, 11250)


def test_a_month_not_settled_is_left_to_its_own_claim():
    assert claim(MAY, owed([session()])) == []


def test_what_goes_beyond_the_award_is_flagged():
    lines = owed([session(day, mark_id=n) for n, day in enumerate(DAYS[:3])])
    drafted = claim(APRIL, lines, most=22500)
    assert [line.flags for line in drafted] == [(), (), (Flag.OVER_AWARD,)]


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 300)), unique_by=lambda one: one[0]),
    st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 300)), unique_by=lambda one: one[0]),
)
def test_after_corrections_all_claims_together_come_to_what_is_owed(first, second):
    """Whatever is corrected after April was submitted, April and May together are right."""
    numbers = {day: number for number, day in enumerate(DAYS)}

    def marks(told):
        return owed([session(day, Half.AM, mark_id=numbers[day], minutes=m) for day, m in told])

    april = claim(APRIL, marks(first))
    already = [Already(one.mark_id, 1, one.day, one.net_pence, one.vat_pence) for one in april]
    now = marks(second)
    may = claim(MAY, now, already=already, settled=[APRIL])
    assert sum(one.net_pence for one in april + may) == sum(one.net_pence for one in now)
    settled = already + [
        Already(one.mark_id, 1, one.day, one.net_pence, one.vat_pence) for one in may
    ]
    merged = {}
    for one in settled:
        net = merged.get(one.mark_id, 0) + one.net_pence
        merged[one.mark_id] = net
    again = [Already(mark, 1, DAYS[mark], net, 0) for mark, net in merged.items()]
    june = claim(MAY.replace(month=6), now, already=again, settled=[APRIL, MAY])
    assert june == []
