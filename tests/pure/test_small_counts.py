"""No table gives a small count away."""

from hypothesis import example, given, settings
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


def known(totals):
    """The totals an attacker has: as they are told, by the same rule."""
    return [one.count for one in safe_column(totals)]


def could_be_large(table, told, at):
    """Whether some table fits all that is told and has five or more there: by trying them all.

    Known are the shown counts, the totals that are told, and the total of everything.
    """
    height, width = len(table), len(table[0])
    cells = [(r, c) for r in range(height) for c in range(width)]
    hidden = [cell for cell in cells if told[cell[0]][cell[1]].count is None and cell != at]
    rows = known([sum(row) for row in table]) if width > 1 else [None] * height
    columns = known([sum(row[c] for row in table) for c in range(width)])
    columns = columns if height > 1 else [None] * width
    whole = sum(table[r][c] for r, c in [*hidden, at])
    guess = {(r, c): table[r][c] for r, c in cells if told[r][c].count is not None}

    def fits():
        in_rows = (sum(guess[r, c] for c in range(width)) for r in range(height))
        in_columns = (sum(guess[r, c] for r in range(height)) for c in range(width))
        return all(
            want in (None, found)
            for want, found in [
                *zip(rows, in_rows, strict=True), *zip(columns, in_columns, strict=True)
            ]
        )  # fmt: skip

    def tried(left, rest):
        if not rest:
            return left == 0 and fits()
        first, *others = rest
        most = left if others else None
        for count in range(left + 1) if most is not None else [left]:
            guess[first] = count
            if tried(left - count, others):
                return True
        return False

    for count in range(5, whole + 1):
        guess[at] = count
        if tried(whole - count, hidden):
            return True
    return False


few = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7])
small_tables = st.sampled_from([(1, 4), (4, 1), (2, 2), (2, 3), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(few, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@settings(max_examples=150, deadline=None)
@given(small_tables)
@example([[0, 0], [1, 0], [4, 0]])  # a column of noughts beside the hidden ones hides nothing
@example([[1, 6], [6, 6]])
@example([[1, 0, 0], [0, 7, 7]])
def test_nobody_who_knows_the_totals_can_tell_that_a_hidden_count_is_small(table):
    safe = safe_table(table)
    cells = [(r, c) for r in range(len(table)) for c in range(len(table[0]))]
    assert all(safe[r][c].count in (None, table[r][c]) for r, c in cells)
    all_hidden = all(safe[r][c].count is None for r, c in cells)
    for r, c in cells:
        if 0 < table[r][c] < 5:
            assert safe[r][c].count is None
            assert all_hidden or could_be_large(table, safe, (r, c))


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_the_shown_counts_and_totals_give_no_hidden_count_by_taking_away(table):
    """As a reader does it: wherever one count of a line is missing, it is worked out."""
    safe = safe_table(table)
    found = {
        (r, c): one.count
        for r, row in enumerate(safe)
        for c, one in enumerate(row)
        if one.count is not None
    }
    if not found:
        return
    width = len(table[0])
    rows = known([sum(row) for row in table]) if width > 1 else [None] * len(table)
    columns = known([sum(row[c] for row in table) for c in range(width)])
    columns = columns if len(table) > 1 else [None] * width
    lines = [([(r, c) for c in range(width)], total) for r, total in enumerate(rows)]
    lines += [([(r, c) for r in range(len(table))], total) for c, total in enumerate(columns)]
    for _ in range(len(table) * width):
        for line, total in lines:
            missing = [cell for cell in line if cell not in found]
            if total is not None and len(missing) == 1:
                found[missing[0]] = total - sum(found[cell] for cell in line if cell in found)
            if total is not None and total == sum(found.get(cell, 0) for cell in line):
                found |= dict.fromkeys(missing, 0)
    assert not [cell for cell in found if 0 < table[cell[0]][cell[1]] < 5]


def test_nothing_more_is_hidden_than_the_ring_that_hides_a_small_count():
    told = safe_table([[3, 8, 20], [9, 30, 40], [12, 50, 60]])
    assert [[str(one) for one in row] for row in told] == [
        [HIDDEN, HIDDEN, "20"], [HIDDEN, HIDDEN, "40"], ["12", "50", "60"],
    ]  # fmt: skip


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
