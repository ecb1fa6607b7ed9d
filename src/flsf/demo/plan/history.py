"""Six hundred and five placements of the three years before this one, to the penny.

Two years were bought spot by spot under waivers; the framework began in the third. Every
placement's money falls within the financial year it began in, so that a year's total is the
sum of its placements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from flsf.core.half_days import from_mask, to_mask
from flsf.demo.plan import money
from flsf.demo.plan.children import ChildPlan
from flsf.demo.plan.days import Days
from flsf.demo.plan.providers import ProviderPlan
from flsf.mandate.framework.enums import SpendLine

# Which trades a type of spend is bought from, and which children it is mostly for.
TRADES = {
    SpendLine.AP: ("ap_full", "ap_part", "vocational", "enrichment"),
    SpendLine.ONLINE: ("online_qts", "online"),
    SpendLine.IN_PERSON: ("tutor_qts", "tutor", "medical"),
    SpendLine.POST_16: ("post16",),
    SpendLine.MENTORING: ("mentoring",),
}
GROUPS = {
    SpendLine.AP: ("ap", "ap", "ap", "send"),
    SpendLine.ONLINE: ("send", "virtual_school", "ap"),
    SpendLine.IN_PERSON: ("send", "virtual_school"),
    SpendLine.POST_16: ("send",),
    SpendLine.MENTORING: ("virtual_school", "ap"),
}


@dataclass(frozen=True, slots=True)
class PastAward:
    """One placement of the past and what was paid for it, month by month."""

    number: int
    child: int  # ChildPlan.number
    provider: str  # ProviderPlan.key
    service: int  # index of the provider's service
    spend_line: SpendLine
    group: str
    starts_on: date
    ends_on: date
    paid: tuple[tuple[date, int], ...]  # the day it counts on, pence gross
    on_framework: bool
    half_days: int = 0  # mask; 0: nobody kept a register

    @property
    def pence(self) -> int:
        return sum(pence for _, pence in self.paid)


def make(
    days: Days, children: Sequence[ChildPlan], providers: Sequence[ProviderPlan]
) -> tuple[PastAward, ...]:
    """The same history every time, dated back from today."""
    rng = Random("Marlbeck: history")  # noqa: S311 - a made-up past, not a secret
    spend = money.by_year()
    made: list[PastAward] = []
    for line, counts in money.PLACEMENTS.items():
        sellers = [
            (provider.key, place, service.half_days, service.ages)
            for provider in providers
            for place, service in enumerate(provider.services)
            if service.trade in TRADES[line] and not service.is_new
        ]
        for year, count, pence in zip(days.three_years, counts, spend[line], strict=True):
            for amount in money.amounts(pence, count, rng):
                seller, group = rng.choice(sellers), rng.choice(GROUPS[line])
                child = rng.choice(_of_an_age(children, group, seller[3], year))
                made.append(_award(len(made), line, year, amount, seller, child, days, rng))
    return tuple(made)


def _of_an_age(
    children: Sequence[ChildPlan], group: str, ages: tuple[int, int], year: date
) -> list[ChildPlan]:
    """Those of the group whom the service took that year, or of any group if there is none."""
    fitting = [one for one in children if ages[0] <= year.year - one.birth_date.year <= ages[1]]
    return [one for one in fitting if one.group == group] or fitting


def _award(
    number: int,
    line: SpendLine,
    year: date,
    pence: int,
    seller: tuple[str, int, int, tuple[int, int]],
    child: ChildPlan,
    days: Days,
    rng: Random,
) -> PastAward:
    last = year.replace(year=year.year + 1) - timedelta(days=1)
    starts_on = year + timedelta(days=rng.randrange(5, 240))
    while starts_on.weekday() > 4:
        starts_on += timedelta(days=1)
    ends_on = min(starts_on + timedelta(weeks=rng.randrange(10, 36)), last)
    on_framework = starts_on >= days.framework_starts
    offered = from_mask(seller[2])
    chosen = rng.sample(offered, min(len(offered), rng.randint(2, 6)))
    return PastAward(
        number=number,
        child=child.number,
        provider=seller[0],
        service=seller[1],
        spend_line=line,
        group=child.group,
        starts_on=starts_on,
        ends_on=ends_on,
        paid=tuple(_by_month(pence, starts_on, ends_on)),
        on_framework=on_framework,
        half_days=to_mask(chosen),
    )


def _by_month(pence: int, first: date, last: date) -> list[tuple[date, int]]:
    """The amount in near-equal parts, each on the last day of its month or of the placement."""
    ends = []
    month = first.replace(day=1)
    while month <= last:
        following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        ends.append(min(following - timedelta(days=1), last))
        month = following
    part, left_over = divmod(pence, len(ends))
    return [(day, part + (place < left_over)) for place, day in enumerate(ends)]
