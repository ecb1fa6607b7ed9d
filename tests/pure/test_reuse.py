"""What was answered before is filled in only where the same is asked and it still holds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.applications.enums import Kind, PassKind
from flsf.market.applications.rules import Before, Pass, Question, reusable
from flsf.market.applications.rules.reuse import is_same

ON = date(2026, 5, 15)
SENT = date(2025, 5, 15)


def question(code="lead", **more):
    given = {"code": code, "kind": Kind.TEXT, "asks": f"{code}?", "section": "about"}
    return Question(**given | more)


def before(*typed, then=None, sent_on=SENT, **more):
    now = question(**more)
    return Before(now.code, then or now, now, typed, sent_on)


def offered(*every):
    return [one.code for one in reusable(every, on=ON)]


def test_the_same_question_keeps_its_answer():
    assert offered(before("Asha Bell")) == ["lead"]


@pytest.mark.parametrize(
    "then",
    [
        {"asks": "Who leads?"},
        {"kind": Kind.CHOICE},
        {"options": (("a", "A"),)},
        {"each_lot": True},
        {"unit": "a day"},
        {"code": "other"},
    ],
    ids=str,
)
def test_another_question_does_not(then):
    asked = replace(question(), **then)
    assert not is_same(asked, question())
    assert offered(before("Asha Bell", then=asked)) == []


def test_only_what_is_marked_to_be_kept():
    assert offered(before("Asha Bell", is_reusable=False)) == []


def test_nothing_and_what_cannot_be_read_is_not_filled_in():
    assert offered(before(), before("soon", code="day", kind=Kind.DATE)) == []


UNTIL = {"code": "until", "kind": Kind.DATE, "pass_if": Pass(PassKind.IN_DATE), "check": "cover"}


def test_what_has_run_out_takes_along_what_showed_the_same():
    has = before("yes", code="has", kind=Kind.YES_NO, check="cover")
    assert offered(has, before("31 3 2027", **UNTIL)) == ["has", "until"]
    assert offered(has, before("31 3 2026", **UNTIL)) == []


@pytest.mark.parametrize(
    ("typed", "months", "lasts"),
    [("14 2 2025", 36, True), ("14 2 2025", 16, True), ("14 2 2025", 15, False)],
)
def test_a_day_holds_for_so_many_months(typed, months, lasts):
    one = before(typed, code="dbs-date", kind=Kind.DATE, expires_after=months)
    assert bool(offered(one)) is lasts


@pytest.mark.parametrize(("months", "lasts"), [(24, True), (13, True), (12, False)])
def test_what_has_no_day_of_its_own_holds_from_the_day_it_was_sent(months, lasts):
    assert bool(offered(before("D-1", kind=Kind.FILE, expires_after=months))) is lasts


def test_a_promise_is_made_anew():
    options = (("yes", "Yes"), ("by_start", "By the start"))
    has = {"code": "has", "kind": Kind.CHOICE, "options": options}
    assert offered(before("yes", **has)) == ["has"]
    assert offered(before("by_start", **has)) == []


def test_what_would_not_pass_today_is_not_filled_in():
    asked = {"kind": Kind.YES_NO, "pass_if": Pass(PassKind.ONE_OF, ("yes",))}
    assert offered(before("yes", **asked)) == ["lead"]
    assert offered(before("no", **asked)) == []


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(["", "cover"]))))
def test_all_of_a_check_is_filled_in_or_what_lasts_of_none(drawn):
    every = [
        before(
            "31 3 2027" if lasts else "31 3 2026",
            code=f"q{number}",
            kind=Kind.DATE,
            pass_if=Pass(PassKind.IN_DATE),
            check=check,
            is_reusable=kept,
        )
        for number, (lasts, kept, check) in enumerate(drawn)
    ]
    ran_out = any(not lasts and check for lasts, _, check in drawn)
    assert offered(*every) == [
        f"q{number}"
        for number, (lasts, kept, check) in enumerate(drawn)
        if lasts and kept and not (check and ran_out)
    ]
