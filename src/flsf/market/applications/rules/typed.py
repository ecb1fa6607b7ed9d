"""Reads what people type: "£45 an hour", "3 May 26", "one". Says how to mend what it cannot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flsf.core.dates import in_words
from flsf.core.money import MOST_PRICE, Money, NotAnAmount
from flsf.market.applications.enums import Kind
from flsf.market.applications.rules.questions import AGREED, NO, YES, Question

Value: TypeAlias = "str | int | list[str] | None"

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNITS: dict[str, tuple[str, ...]] = {
    "an hour": ("an hour", "per hour", "/hour", "/hr", "ph", "p/h", "hourly", "hour", "hr"),
    "a half-day session": ("session", "half-day", "half day", "a session", "per session"),
    "a day": ("a day", "per day", "/day", "pd", "day", "daily"),
    "a week": ("a week", "per week", "/week", "pw", "week", "weekly"),
    "a place for a year": ("a year", "per year", "/year", "pa", "year", "place"),
}
RANGE = re.compile(r"\d\s*(?:-|\u2013|\u2014|\bto\b|\bor\b)\s*£?\s*\d", re.IGNORECASE)
SUM = re.compile(r"£?\s*(\d[\d,]*(?:\.\d{1,2})?)\s*(k\b)?", re.IGNORECASE)
MOST_WORDS = 5_000
A_CENTURY, THIS_CENTURY = 100, 2000
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Read:
    """A value, or what is wrong with what was typed. Neither: nothing was typed."""

    value: Value = None
    trouble: str = ""


def read(question: Question, typed: Sequence[str]) -> Read:
    """What was meant."""
    said = [one.strip() for one in typed if one.strip()]
    if not said:
        return Read()
    if question.kind is Kind.DECLARATION:
        return Read(AGREED)
    if question.kind in BY_ITSELF:
        return BY_ITSELF[question.kind](said)
    return BY_QUESTION[question.kind](question, said)


def _choice(question: Question, said: Sequence[str]) -> Read:
    offered = [YES, NO] if question.kind is Kind.YES_NO else [key for key, _ in question.options]
    return Read(said[0]) if said[0] in offered else Read(trouble="Choose one of the answers")


def _many(question: Question, said: Sequence[str]) -> Read:
    offered = [key for key, _ in question.options]
    if not set(said) <= set(offered):
        return Read(trouble="Choose from the answers")
    return Read([key for key in offered if key in said])


def _text(said: Sequence[str]) -> Read:
    words = said[0]
    if len(words) > MOST_WORDS:
        return Read(trouble=f"Write {MOST_WORDS:,} characters or fewer. This has {len(words):,}")
    return Read(words)


def _file(said: Sequence[str]) -> Read:
    return Read(list(dict.fromkeys(said)))


def _number(said: Sequence[str]) -> Read:
    typed = said[0].replace(",", "").lower()
    typed = {"none": "0", "no": "0", "just me": "1", "one": "1", "two": "2"}.get(typed, typed)
    if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS:
        return Read(int(typed))
    return Read(trouble="Write a whole number, like 3")


def _money(question: Question, said: Sequence[str]) -> Read:
    typed = said[0]
    if RANGE.search(typed):
        return Read(trouble="Write one price. If it varies, give the one you charge most often")
    found = SUM.findall(typed)
    if len(found) != 1:
        return Read(trouble="Write a price in pounds, like 45 or 45.50")
    amount, thousands = found[0]
    rest = SUM.sub("", typed).strip(" .,;").lower()
    if question.unit and (other := _other_unit(rest, question.unit)):
        return Read(trouble=f"We ask for the price of {question.unit}, not {other}")
    try:
        pence = Money.from_pounds(amount).pence * (1_000 if thousands else 1)
    except NotAnAmount:
        return Read(trouble="Write a price in pounds, like 45 or 45.50")
    if len(str(pence)) > MOST_DIGITS + 2:
        return Read(trouble="Write a price in pounds, like 45 or 45.50")
    if question.unit and pence > MOST_PRICE.pence:
        return Read(trouble=f"Write the price of {question.unit}, at most £1,000,000")
    return Read(pence)


def _other_unit(rest: str, asked: str) -> str:
    """The unit typed, if it is plainly another one than asked for."""
    if not rest or any(one in rest for one in UNITS.get(asked, ())):
        return ""
    return next((unit for unit, words in UNITS.items() if rest in words), "")


def _date(said: Sequence[str]) -> Read:
    joined = " ".join(said) if len(said) > 1 else said[0]
    parts = re.split(r"[\s/.\-,]+", joined.strip().lower())
    if len(parts) == 3 and len(parts[0]) == 4 and parts[0].isdigit():
        parts = parts[::-1]
    trouble = Read(trouble="Write a day, a month and a year, like 31 3 2027")
    if len(parts) != 3:
        return trouble
    day = re.sub(r"(st|nd|rd|th)$", "", parts[0])
    month = str(MONTHS.index(parts[1][:3]) + 1) if parts[1][:3] in MONTHS else parts[1]
    numbers = [day, month, parts[2]]
    if not all(one.isascii() and one.isdigit() and len(one) <= 4 for one in numbers):
        return trouble
    year = int(parts[2]) + (THIS_CENTURY if int(parts[2]) < A_CENTURY else 0)
    try:
        return Read(date(year, int(month), int(day)).isoformat())
    except ValueError:
        return Read(trouble="That day does not exist. Write it like 31 3 2027")


BY_QUESTION = {Kind.YES_NO: _choice, Kind.CHOICE: _choice, Kind.MANY: _many, Kind.MONEY: _money}
BY_ITSELF = {Kind.TEXT: _text, Kind.NUMBER: _number, Kind.DATE: _date, Kind.FILE: _file}


def in_plain_words(question: Question, value: Value) -> str:
    """The answer as a page or a letter shows it; files by their references."""
    if value is None:
        return ""
    labels = dict(question.options) | {YES: "Yes", NO: "No", AGREED: "I agree"}
    if isinstance(value, list):
        return ", ".join(labels.get(one, one) for one in value)
    if question.kind is Kind.MONEY:
        return f"{Money(int(value))}{f' for {question.unit}' if question.unit else ''}"
    if question.kind is Kind.DATE:
        return in_words(date.fromisoformat(str(value)))
    if question.kind in (Kind.YES_NO, Kind.CHOICE, Kind.DECLARATION):
        return labels.get(str(value), str(value))
    return str(value)
