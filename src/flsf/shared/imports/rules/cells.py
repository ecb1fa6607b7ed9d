"""One cell read as what it should be, however people write it. Nothing is ever evaluated."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from stdnum.exceptions import InvalidComponent, ValidationError
from stdnum.gb import upn as stdnum_upn

from flsf.core.geo import postcode_from
from flsf.core.money import Money, NotAnAmount
from flsf.shared.imports.rules.tables import Cell

Chosen = TypeVar("Chosen")

# Day 0 of Excel's calendar, so that 46157 is 15 May 2026. Earlier than 1 March 1900 it is wrong.
EXCEL_BEGINS = date(1899, 12, 30)
SERIALS = range(61, 80_000)  # to the year 2119
NINETEEN_HUNDREDS_FROM = 51  # 51 is 1951, 50 is 2050
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_A_YEAR = 12

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?: 00:00(?::00)?)?")
WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-]+([A-Za-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})")
POUNDS = re.compile(r"£?\s?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "on"})
NO = frozenset({"no", "n", "false", "f", "0", "off", "none"})

UPN_LENGTH = 13
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PHONE_LENGTHS = (10, 11)


class Unreadable(ValueError):
    """The cell is not what its column should hold; the message says why and how to mend it."""


def is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def text(cell: Cell, *, longest: int = 200) -> str:
    """Words as typed, trimmed. Whole numbers lose the ".0" that spreadsheets give them."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = str(cell).strip()
    if found.startswith("="):
        raise Unreadable("This cell holds a formula. Put in what it works out to.")
    if len(found) > longest:
        raise Unreadable(f"This is {len(found)} characters long; at most {longest} fit.")
    return found


def day(cell: Cell) -> date:
    """A date: 2026-05-15, 15/05/2026, 15-May-26, 15 May 2026, or one of a spreadsheet's own."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _serial(cell)
    typed = " ".join(text(cell).split())
    try:
        if found := ISO.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := NUMBERS.fullmatch(typed):
            return _day_first(*found.groups())
        if found := WORDS.fullmatch(typed):
            return _with_month_name(*found.groups())
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("There is no such day. Check the day and the month.") from error
    if typed.isdigit():
        return _serial(int(typed))
    raise Unreadable("This is not a date we can read. Write it like 15/05/2026.")


def pounds(cell: Cell) -> Money:
    """An amount in pounds and pence, with or without £ and commas; never less than nothing."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        exact = Decimal(str(cell))
        if exact < 0 or exact != round(exact, 2):
            raise Unreadable("This is not an amount in pounds and pence, like 1,234.50.")
        return Money(int(exact * 100))
    typed = text(cell)
    if not POUNDS.fullmatch(typed):
        raise Unreadable("This is not an amount in pounds and pence, like 1,234.50.")
    try:
        return Money.from_pounds(typed.replace(" ", ""))
    except NotAnAmount as error:  # pragma: no cover - the pattern is narrower
        raise Unreadable("This is not an amount in pounds and pence.") from error


def whole_number(cell: Cell, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number within limits."""
    typed = text(cell).replace(",", "")
    if not re.fullmatch(r"-?\d{1,12}", typed):
        raise Unreadable("This is not a whole number.")
    if not least <= int(typed) <= most:
        raise Unreadable(f"This must be between {least} and {most}.")
    return int(typed)


def yes_or_no(cell: Cell) -> bool:
    """Whether it says yes."""
    if isinstance(cell, bool):
        return cell
    typed = text(cell).lower()
    if typed in YES:
        return True
    if typed in NO:
        return False
    raise Unreadable("Write yes or no.")


def postcode(cell: Cell) -> str:
    """A postcode in its usual form, whatever its case and spaces."""
    found = postcode_from(text(cell))
    if found is None:
        raise Unreadable("This is not a postcode. Write it like DY1 1HF.")
    return found


def phone(cell: Cell) -> str:
    """A telephone number. A leading zero that a spreadsheet took away is put back."""
    typed = re.sub(r"[\s().\-]", "", text(cell))
    if typed.startswith(("+44", "0044")):
        typed = "0" + typed.removeprefix("+44").removeprefix("0044").removeprefix("0")
    if typed.isdigit() and not typed.startswith("0"):
        typed = "0" + typed
    if not typed.isdigit() or len(typed) not in PHONE_LENGTHS:
        raise Unreadable("This is not a telephone number. Write it like 01384 555 123.")
    return typed


def email(cell: Cell) -> str:
    """An email address, as far as can be told without writing to it."""
    typed = text(cell, longest=254)
    if not EMAIL.fullmatch(typed):
        raise Unreadable("This is not an email address. Write it like name@example.org.")
    return typed


def one_of(cell: Cell, choices: Mapping[str, Chosen]) -> Chosen:
    """What a word stands for, by words in lower case."""
    typed = " ".join(text(cell).lower().split())
    if typed not in choices:
        # Of words that mean the same the longest says it best; eight are enough to guess from.
        meanings: dict[Chosen, str] = {}
        for word, meaning in choices.items():
            meanings[meaning] = max(meanings.get(meaning, ""), word, key=len)
        raise Unreadable(f"Write one of: {', '.join(list(meanings.values())[:8])}.")
    return choices[typed]


def upn(cell: Cell) -> str:
    """A unique pupil number. Says which character is wrong."""
    typed = text(cell).upper().replace(" ", "")
    if len(typed) != UPN_LENGTH:
        raise Unreadable(f"A UPN has 13 characters; this has {len(typed)}.")
    if typed[0] not in UPN_LETTERS:
        raise Unreadable("Character 1 of a UPN is a letter, and never I, O or S.")
    for place, character in enumerate(typed[1:12], start=2):
        if not character.isdigit():
            raise Unreadable(f"Character {place} of a UPN is a digit; this has {character}.")
    if not typed[12].isdigit() and typed[12] not in UPN_LETTERS:
        raise Unreadable(f"Character 13 of a UPN cannot be {typed[12]}.")
    expected = stdnum_upn.calc_check_digit(typed[1:])
    if typed[0] != expected:
        raise Unreadable(
            f"Character 1 should be {expected} if the others are right; this has {typed[0]}."
        )
    try:
        stdnum_upn.validate(typed)
    except InvalidComponent as error:
        raise Unreadable(
            f"Characters 2 to 4, {typed[1:4]}, are the number of no local authority."
        ) from error
    except ValidationError as error:  # pragma: no cover - nothing else is left to be wrong
        raise Unreadable("This is not a UPN.") from error
    return typed


def _serial(number: float) -> date:
    if int(number) not in SERIALS:
        raise Unreadable("This is a number and not a date. Write it like 15/05/2026.")
    return EXCEL_BEGINS + timedelta(days=int(number))


def _day_first(first: str, month: str, year: str) -> date:
    if int(month) > MONTHS_A_YEAR >= int(first):
        raise Unreadable("This has the month first, as in America. Put the day first: 15/05/2026.")
    return date(_year(year), int(month), int(first))


def _with_month_name(first: str, name: str, year: str) -> date:
    name = name.lower()[:3]
    if name not in MONTHS:
        raise Unreadable("We do not know that month. Write the date like 15/05/2026.")
    return date(_year(year), MONTHS.index(name) + 1, int(first))


def _year(typed: str) -> int:
    number = int(typed)
    if len(typed) > 2:
        return number
    return number + (1900 if number >= NINETEEN_HUNDREDS_FROM else 2000)
