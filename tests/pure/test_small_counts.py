"""No table gives a small count away."""

from hypothesis import given
from hypothesis import strategies as st

from flsf.oversight.reports.rules import HIDDEN, Standing, headline, safe_column, safe_table, shown

counts = st.integers(0, 30)


def test_a_small_count_is_hidden_and_another_with_it():
    assert [str(one) for one in safe_column([3, 9, 20])] == [HIDDEN, HIDDEN, "20"]


def test_nothing_small_hides_nothing():
    assert [str(one) for one in safe_column([0, 5, 20])] == ["0", "5", "20"]


def test_two_ones_are_not_hidden_by_each_other_alone():
    assert [str(one) for one in safe_column([1, 1, 8, 20])] == [HIDDEN, HIDDEN, HIDDEN, "20"]


def test_a_single_count_is_hidden_if_small():
    assert (str(shown(4)), str(shown(5)), str(shown(0))) == (HIDDEN, "5", "0")


def lines(table):
    return [*table, *([row[c] for row in table] for c in range(len(table[0])))]


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_no_total_gives_a_hidden_count_away(table):
    safe = safe_table(table)
    assert all(
        one.count is None
        for row, told in zip(table, safe, strict=True)
        for count, one in zip(row, told, strict=True)
        if 0 < count < 5
    )
    for line, told in zip(lines(table), lines(safe), strict=True):
        hidden = [count for count, one in zip(line, told, strict=True) if one.count is None]
        if hidden and len(line) > 1 and len(hidden) < len(line):
            assert len(hidden) > 1
            assert sum(hidden) >= 5
        assert all(one.count in (None, count) for count, one in zip(line, told, strict=True))


def test_the_headline_says_what_is():
    now = Standing(
        paid_pence=123_456_700,
        plan_pence=200_000_000,
        year="2026/27",
        waivers_left=7,
        waivers_overdue=1,
        waiting_too_long="14",
        too_long_days=15,
    )
    assert headline(now) == (
        "Paid so far in year 2026/27 of the plan: £1.23 million, "
        "£765,433 under the plan to this day; "
        "7 waivers left, 1 overdue; 14 children waiting over 15 school days."
    )


def test_the_headline_hides_a_small_count_and_says_nought_in_words():
    now = Standing(
        paid_pence=0,
        plan_pence=None,
        year="2026/27",
        waivers_left=0,
        waivers_overdue=0,
        waiting_too_long=HIDDEN,
        too_long_days=15,
    )
    assert headline(now) == (
        "Paid so far in year 2026/27 of the plan: £0; no waivers left; "
        "fewer than five children waiting over 15 school days."
    )
