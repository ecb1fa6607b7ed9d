"""How long joining takes a charity of one person, counted from the questions that are shipped.

docs/joining.md prints what is counted here, and this holds it to the truth.
"""

from pathlib import Path

import pytest

from flsf.market.applications.enums import Kind, Variant
from flsf.market.applications.rules import DEFAULT_SET, Said, WantedLot, judge
from tests.factories import TODAY
from tests.factories_applications import CHARITY

PAGE = Path(__file__).resolve().parents[2] / "docs" / "joining.md"

# Seconds: to read a page, and to answer one question of each kind on a phone.
TO_READ_A_PAGE = 15
SECONDS = {
    Kind.YES_NO: 10,
    Kind.CHOICE: 10,
    Kind.MANY: 15,
    Kind.DECLARATION: 10,
    Kind.NUMBER: 10,
    Kind.MONEY: 15,
    Kind.DATE: 20,
    Kind.FILE: 45,
}
A_LINE, A_FEW_SENTENCES = 15, 120
MENTORING = WantedLot("mentoring", "Mentoring", "an hour")
OTHERS = {
    Variant.VOLUNTARY: {},
    Variant.SOLE_TRADER: {"kind": ["sole_trader"]},
    Variant.COMPANY: {"kind": ["company"], "employees": ["yes"], "must-audit": ["no"]},
}
# The five questions before, the email page, and lots, checking and sending.
PAGES_AROUND = 5 + 1 + 1 + 1


def asked(variant):
    typed = CHARITY | OTHERS[variant]
    answers = {code: Said(tuple(said)) for code, said in typed.items()}
    return judge(DEFAULT_SET, answers, lots=[MENTORING], on=TODAY)


def measured(variant):
    """Fields, of which optional, texts of some sentences, pages, minutes."""
    sheet = asked(variant)
    fields = [one.question for one in sheet.judged]
    texts = [one for one in fields if one.kind is Kind.TEXT]
    long = [one for one in texts if not one.fills and one.is_required]
    pages = len(sheet.pages()) + PAGES_AROUND
    seconds = sum(SECONDS[one.kind] for one in fields if one.kind is not Kind.TEXT)
    seconds += A_FEW_SENTENCES * len(long) + A_LINE * (len(texts) - len(long))
    seconds += TO_READ_A_PAGE * pages
    optional = sum(not one.is_required for one in fields)
    return (len(fields), optional, len(long), pages, round(seconds / 60))


@pytest.mark.parametrize("variant", OTHERS, ids=str)
def test_what_is_printed_is_what_is_asked(variant):
    cells = " | ".join(str(one) for one in measured(variant))
    assert f"| {variant.label} | {cells} |" in PAGE.read_text()


def test_a_one_person_charity_finishes_in_a_sitting():
    fields, _, _, pages, minutes = measured(Variant.VOLUNTARY)
    assert (fields <= 50, pages <= 30, minutes <= 40) == (True, True, True)
