"""Cells as people write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn as stdnum_upn

from flsf.core.money import MOST_PRICE, Money
from flsf.shared.imports.rules import cells
from flsf.shared.imports.rules.cells import Unreadable
from flsf.shared.imports.rules.sheet_columns import price

FRIDAY = date(2026, 5, 15)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-15",
        "15/05/2026",
        "15.5.2026",
        "15-05-26",
        "15-May-26",
        "15 May 2026",
        "15th May 2026",
        "46157",
        46157.0,
        FRIDAY,
        datetime(2026, 5, 15, 9, 30),  # noqa: DTZ001 - a spreadsheet knows no zone
        " 2026-05-15 00:00:00 ",
    ],
    ids=str,
)
def test_a_date_in_any_usual_form(cell):
    assert cells.day(cell) == FRIDAY


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("05/15/2026", "as in America"),
        ("31/02/2026", "no such day"),
        ("15 Floreal 2026", "that month"),
        ("soon", "not a date"),
        ("12", "a number and not a date"),
        (99_999.0, "a number and not a date"),
        ("=TODAY()", "holds a formula"),
        (True, "not a date"),
    ],
)
def test_what_is_no_date_is_refused_in_words(cell, says):
    with pytest.raises(Unreadable, match=says):
        cells.day(cell)


@given(st.dates(date(1951, 1, 1), date(2050, 12, 31)))
def test_every_date_is_read_back_from_every_form(day):
    assert cells.day(day.isoformat()) == day
    assert cells.day(f"{day:%d/%m/%Y}") == day
    assert cells.day(f"{day:%d-%b-%y}") == day
    assert cells.day(f"{day.day} {day:%B %Y}") == day
    assert cells.day((day - date(1899, 12, 30)) / timedelta(days=1)) == day


@pytest.mark.parametrize(
    ("cell", "pence"),
    [("£1,234.50", 123450), ("1,234", 123400), ("45.5", 4550), (45.0, 4500), (0.1, 10), (62, 6200)],
)
def test_pounds(cell, pence):
    assert cells.pounds(cell) == Money(pence)


@pytest.mark.parametrize("cell", ["1,23", "12.345", "-5", "about 40", "=A1*2", "", -1.0, 0.001])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.pounds(cell)


@given(st.integers(0, 10**9))
def test_every_amount_is_read_back_as_printed(pence):
    assert cells.pounds(str(Money(pence))) == Money(pence)


@pytest.mark.parametrize("cell", ["Yes", "y", "TRUE", "1", "x", 1.0, True])
def test_yes(cell):
    assert cells.yes_or_no(cell)


@pytest.mark.parametrize("cell", ["No", "n", "false", "0", 0.0, False])
def test_no(cell):
    assert not cells.yes_or_no(cell)


def test_neither_yes_nor_no():
    with pytest.raises(Unreadable, match="yes or no"):
        cells.yes_or_no("maybe")


def test_a_upn_whatever_its_case_and_spaces():
    upn = stdnum_upn.calc_check_digit("801200001001") + "801200001001"
    assert cells.upn(f" {upn[:4].lower()} {upn[4:]} ") == upn


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("A8012000010", "has 13 characters; this has 11"),
        ("I801200001001", "Character 1 .* never I"),
        ("A80120000X001", "Character 10 of a UPN is a digit; this has X"),
        ("A801200001001", "Character 1 should be "),
        ("A80120000100S", "Character 13 .* S"),
    ],
)
def test_a_wrong_upn_says_which_character(cell, says):
    with pytest.raises(Unreadable, match=says):
        cells.upn(cell)


def test_a_upn_of_no_authority():
    digits = "999200001001"
    with pytest.raises(Unreadable, match="999, are the number of no local authority"):
        cells.upn(stdnum_upn.calc_check_digit(digits) + digits)


@given(st.sampled_from(["801", "332", "330"]), st.integers(0, 10**9 - 1))
def test_of_one_changed_digit_the_letter_tells(authority, rest):
    digits = f"{authority}{rest:09}"
    upn = stdnum_upn.calc_check_digit(digits) + digits
    assert cells.upn(upn) == upn
    changed = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    with pytest.raises(Unreadable):
        cells.upn(upn[0] + changed)


@pytest.mark.parametrize(
    "cell", ["01384 555 123", "+44 1384 555123", "0044(0)1384555123", 1384555123.0]
)
def test_telephone_numbers(cell):
    assert cells.phone(cell) == "01384555123"


def test_no_telephone_number():
    with pytest.raises(Unreadable):
        cells.phone("ring Jo")


def test_postcode_email_number_and_choice():
    assert cells.postcode("dy11hf") == "DY1 1HF"
    assert cells.email("jo@example.org") == "jo@example.org"
    assert cells.whole_number("1,200") == 1200
    assert cells.whole_number(7.0) == 7
    assert cells.one_of(" Charity ", {"charity": 1}) == 1


@pytest.mark.parametrize(
    ("read", "cell", "says"),
    [
        (cells.postcode, "Dudley", "not a postcode"),
        (cells.email, "jo at example", "not an email"),
        (cells.whole_number, "7.5", "not a whole number"),
        (cells.whole_number, "1000001", "between 0 and"),
        (lambda cell: cells.one_of(cell, {"charity": 1, "cic": 1}), "x", "Write one of: charity"),
        (cells.text, "x" * 201, "at most 200"),
        (cells.text, "=HYPERLINK()", "formula"),
    ],
)
def test_refused_in_words(read, cell, says):
    with pytest.raises(Unreadable, match=says):
        read(cell)


@pytest.mark.parametrize(
    ("typed", "says"), [("0", "more than nothing"), ("1,000,000.01", "at most")]
)
def test_a_price_is_one_that_could_be_meant(typed, says):
    with pytest.raises(Unreadable, match=says):
        price(typed)
    assert price("1,000,000") == MOST_PRICE
