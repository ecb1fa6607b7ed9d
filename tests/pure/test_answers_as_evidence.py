"""Which checks accepted answers show to be met, and until when."""

from datetime import date

import pytest

from flsf.market.applications.enums import Kind, Result
from flsf.market.applications.rules import BY_START, YES, Shows, shown

DAY = date(2026, 5, 15)
LASTS = {"lead": 24}


def said(check="insurance", kind=Kind.CHOICE, result=Result.PASSED, value=YES, months=None):
    return Shows(check, kind, result, value, months)


def until(day, result=Result.PASSED):
    return said(kind=Kind.DATE, value=day, result=result, months=12)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([said()], {"insurance": date(2027, 5, 14)}),
        ([said(), until("2026-09-01")], {"insurance": date(2026, 9, 1)}),
        ([said(), until("2026-09-01"), until("2026-08-01")], {"insurance": date(2026, 8, 1)}),
        ([said(), until("2026-05-15")], {"insurance": DAY}),
        ([said(), until("2026-05-14")], {}),
        ([said(value=BY_START)], {}),
        ([said(), said(result=Result.EXPLAINED)], {}),
        ([said(), said(result=Result.FAILED)], {}),
        (
            [said(kind=Kind.TEXT, result=Result.TAKEN, value="Asha")],
            {"insurance": date(2027, 5, 14)},
        ),
        # What may be left out was.
        ([said(), said(result=Result.MISSING, value=None)], {"insurance": date(2027, 5, 14)}),
        ([said(result=Result.MISSING, value=None)], {}),
        # The day of a certificate is no day until which it holds.
        (
            [said(kind=Kind.DATE, result=Result.TAKEN, value="2025-02-14")],
            {"insurance": date(2027, 5, 14)},
        ),
        ([said("lead")], {"lead": date(2028, 5, 14)}),
        ([said("lead", months=6)], {"lead": date(2026, 11, 14)}),
        ([said("")], {}),
        ([], {}),
    ],
)
def test_a_check_is_met_when_all_its_answers_show_it(answers, found):
    assert shown(answers, accepted_on=DAY, lasts=LASTS) == found
