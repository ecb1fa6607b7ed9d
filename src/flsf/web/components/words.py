"""How amounts and days read on a page."""

from datetime import date, datetime

from flsf.core import clock, dates
from flsf.core.money import Money

PENCE_IN_A_POUND = 100
A_MILLION_POUNDS = 1_000_000 * PENCE_IN_A_POUND
DAYS_SAID_IN_DAYS = 28


def money(amount: Money | int | None) -> str:
    """£1,234.56, from pence or Money; nothing for None."""
    if amount is None:
        return ""
    return str(amount if isinstance(amount, Money) else Money(amount))


def pounds(amount: Money | int | None) -> str:
    """£1,235: to the nearest pound, for figures where pence would be noise."""
    if amount is None:
        return ""
    pence = amount.pence if isinstance(amount, Money) else amount
    whole = (abs(pence) + PENCE_IN_A_POUND // 2) // PENCE_IN_A_POUND
    return f"{'-' if pence < 0 and whole else ''}£{whole:,}"


def millions(amount: Money | int | None) -> str:
    """£3.37m, for a sentence; smaller sums in whole pounds."""
    if amount is None:
        return ""
    pence = amount.pence if isinstance(amount, Money) else amount
    if abs(pence) < A_MILLION_POUNDS:
        return pounds(pence)
    return f"{'-' if pence < 0 else ''}£{abs(pence) / A_MILLION_POUNDS:.2f}m"


def day(value: date | None) -> str:
    """15 May 2026; nothing for None."""
    return "" if value is None else dates.in_words(value)


def short_day(value: date | None) -> str:
    """15 May 2026 with the month cut to three letters, for narrow tables."""
    return "" if value is None else f"{value.day} {value:%b %Y}"


def moment(value: datetime | None) -> str:
    """15 May 2026 at 10:00, where the council works; nothing for None."""
    if value is None:
        return ""
    local = value.astimezone(clock.LONDON)
    return f"{dates.in_words(local.date())} at {local:%H:%M}"


def away(value: date, today: date) -> str:
    """How far off a day is: "today", "tomorrow", "in 2 days", "3 days ago"."""
    days = (value - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    count, unit = abs(days), "day"
    if count > DAYS_SAID_IN_DAYS:
        count, unit = count // 7, "week"
    many = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {many}" if days > 0 else f"{many} ago"
