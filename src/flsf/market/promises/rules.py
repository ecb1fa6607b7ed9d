"""What was promised in social value, what was delivered of it, and how the two compare."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.market.promises.enums import Measure, Standing

SOURCE = "Public Services (Social Value) Act 2012, section 1; cabinet report, paragraph 37"
NET_ZERO_BY = 2030  # the council's ambition: cabinet report, paragraph 48
SEPTEMBER = 9
MOST = 10_000  # more people is a slip of the finger
LAST_YEAR_OF_PLANS = 2100
REPORT_WITHIN = timedelta(days=30)  # of the end of the school year: by 30 September
REMIND_AFTER = tuple(map(timedelta, (1, 21, 31, 61)))  # the first two come before it is due

Amounts = Mapping[Measure, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """What a provider says it delivered so far in a school year, and what shows it."""

    year: date
    amounts: Amounts
    evidence: str
    climate: str = ""  # how it gets on with its plan for the climate
    document_ref: str = ""  # of a file that shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A provider's own plan for the climate. `net_zero_by`: a year, or None if it names none."""

    words: str
    net_zero_by: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in one year. None: nothing was promised, or nothing reported and accepted."""

    measure: Measure
    promised: int | None
    delivered: int | None

    @property
    def standing(self) -> Standing:
        """In a word."""
        if not self.promised:
            return Standing.MORE if self.delivered else Standing.NOTHING
        if self.delivered is None:
            return Standing.NOT_REPORTED
        if self.delivered >= self.promised:
            return Standing.DELIVERED
        return Standing.IN_PART if self.delivered else Standing.NOT_DELIVERED


@dataclass(frozen=True, slots=True)
class Total:
    """A measure over several providers. `reported`: of how many of those who promised we know."""

    measure: Measure
    promised: int
    delivered: int
    promisers: int
    reported: int
    kept: int  # how many delivered all that they promised


def year_of(day: date) -> date:
    """The first day of the school year that a day is in: 1 September."""
    return date(day.year - (day.month < SEPTEMBER), SEPTEMBER, 1)


def last_day(year: date) -> date:
    """The last day of a school year."""
    return date(year.year + 1, 8, 31)


def year_before(day: date) -> date:
    """The first day of the last school year that was over by a day."""
    return date(year_of(day).year - 1, SEPTEMBER, 1)


def due_on(year: date) -> date:
    """The last day on which what was delivered in a school year is reported in time."""
    return last_day(year) + REPORT_WITHIN


def is_reminder_due(year: date, reminded_on: Collection[date], *, on: date) -> bool:
    """Whether a provider that has not reported is due a reminder: one for each of REMIND_AFTER.

    A night that was missed is made up for once.
    """
    due = [day for after in REMIND_AFTER if (day := last_day(year) + after) <= on]
    return bool(due) and all(sent < due[-1] for sent in reminded_on)


def in_words(year: date) -> str:
    """A school year as people write it: 2025/26."""
    return f"{year.year}/{(year.year + 1) % 100:02d}"


def compared(promised: Amounts, delivered: Amounts | None) -> list[Compared]:
    """Every measure, what was promised of it and what was delivered."""
    return [
        Compared(one, promised.get(one), None if delivered is None else delivered.get(one, 0))
        for one in Measure
    ]


def totals(every: Iterable[Iterable[Compared]]) -> list[Total]:
    """All providers together. What was delivered without a promise counts as delivered."""
    rows = [list(one) for one in every]
    return [
        _total(measure, [one for row in rows for one in row if one.measure is measure])
        for measure in Measure
    ]


def _total(measure: Measure, rows: list[Compared]) -> Total:
    promisers = [one for one in rows if one.promised]
    return Total(
        measure=measure,
        promised=sum(one.promised or 0 for one in rows),
        delivered=sum(one.delivered or 0 for one in rows),
        promisers=len(promisers),
        reported=sum(one.delivered is not None for one in promisers),
        kept=sum(one.standing is Standing.DELIVERED for one in promisers),
    )


def amounts_fit(amounts: Amounts) -> bool:
    """Whether the numbers could be meant."""
    return all(0 <= one <= MOST for one in amounts.values())


def is_plan_year(year: int | None, *, on: date) -> bool:
    """Whether a plan can name the year: none, or this one or a later one."""
    return year is None or on.year <= year <= LAST_YEAR_OF_PLANS
