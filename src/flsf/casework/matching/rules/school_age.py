"""Who is of compulsory school age on a day (Education Act 1996, section 8)."""

from datetime import date, timedelta
from functools import lru_cache

from flsf.core.dates import anniversary

STARTS_AT, ENDS_AT = 5, 16
PRESCRIBED = ((3, 31), (8, 31), (12, 31))
SEPTEMBER = 9


@lru_cache(maxsize=20_000)
def school_age(birth_date: date) -> tuple[date, date]:
    """The first and last day on which a child born then is of compulsory school age.

    From the prescribed day on or after the fifth birthday, to the last Friday in June of the
    school year in which they turn sixteen.
    """
    fifth = anniversary(birth_date, STARTS_AT)
    days = [date(year, *day) for year in (fifth.year, fifth.year + 1) for day in PRESCRIBED]
    first = min(day for day in days if day >= fifth)
    sixteenth = anniversary(birth_date, ENDS_AT)
    year = sixteenth.year + (sixteenth.month >= SEPTEMBER)
    last = date(year, 6, 30)
    return first, last - timedelta(days=(last.weekday() - 4) % 7)


def is_of_school_age(birth_date: date, *, on: date) -> bool:
    first, last = school_age(birth_date)
    return first <= on <= last
