"""Where those who begin an application stop, in whole numbers."""

from hypothesis import given
from hypothesis import strategies as st

from flsf.market.applications.rules import Start, completion
from flsf.market.applications.rules.completion import BEFORE, NO_LONGER, percent
from flsf.market.applications.rules.questions import Section

SECTIONS = (Section("about", "About you"), Section("past", "Your past"))


def start(last="", *, sent=False, withdrawn=False, stopped=False, finished=()):
    answered = frozenset([last] if last else [])
    return Start(sent, withdrawn, stopped, answered, frozenset(finished), last)


def counted(*starts):
    found = completion(SECTIONS, starts)
    return {
        one.section.title: (one.answered, one.finished, one.stopped, one.percent_of_stopped)
        for one in found.sections
    }


def test_each_stopped_where_the_last_answer_was():
    assert counted(
        start("past", sent=True, finished=["past"]),
        start("about", stopped=True, finished=["about"]),
        start("about", stopped=True),
        start(stopped=True),
        start("past"),
    ) == {
        "Before the first answer": (0, 0, 1, 33),
        "About you": (2, 1, 2, 67),
        "Your past": (2, 1, 0, 0),
    }


def test_nobody_stopped_is_no_share_and_a_part_asked_no_more_has_a_row_of_its_own():
    assert counted(start("past"))["Your past"] == (1, 0, 0, None)
    assert counted(start("gone", stopped=True))[NO_LONGER.title] == (0, 0, 1, 100)


def test_what_became_of_them_adds_up():
    found = completion(
        SECTIONS,
        [start(sent=True), start(sent=True, withdrawn=True), start(withdrawn=True), start()],
    )
    assert (found.begun, found.sent, found.withdrawn, found.stopped, found.going_on) == (
        4, 2, 1, 0, 1,
    )  # fmt: skip
    assert found.percent_sent == 50
    assert completion(SECTIONS, []).percent_sent is None


LASTS = st.sampled_from(["", "about", "past", "gone"])


@given(st.lists(st.tuples(LASTS, st.sampled_from(["sent", "withdrawn", "stopped", "on"]))))
def test_every_start_is_counted_once_and_all_who_stopped_have_a_place(drawn):
    starts = [start(last, **({how: True} if how != "on" else {})) for last, how in drawn]
    found = completion(SECTIONS, starts)
    assert found.begun == found.sent + found.withdrawn + found.stopped + found.going_on
    assert sum(one.stopped for one in found.sections) == found.stopped
    assert found.sections[0].section == BEFORE


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_percentage_is_the_nearest_whole_one(part, whole):
    assert abs(percent(part, whole) * whole - 100 * part) * 2 <= whole
    assert percent(part, 0) is None
