"""What of a call-off falls into which financial year, so that each year pays for its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flsf.casework.calloffs.rules.terms import Terms, cost, session_days
from flsf.core.money import Money
from flsf.mandate.budgets.rules import financial_year_of, year_in_words


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a call-off's price that falls into one financial year, in pence."""

    year_begins: date
    net_pence: int
    vat_pence: int

    @property
    def gross(self) -> Money:
        return Money(self.net_pence + self.vat_pence)

    @property
    def year(self) -> str:
        return year_in_words(self.year_begins)


@dataclass(frozen=True, slots=True)
class YearAsked:
    """A share beside what its year's budget has left; None: no budget is set for that year."""

    share: Share
    left: Money | None

    @property
    def left_after(self) -> Money | None:
        return None if self.left is None else self.left - self.share.gross


def shares(terms: Terms, school_days: Iterable[date]) -> list[Share]:
    """The cost split over the financial years it falls into, earliest first.

    A year's share is what the cost comes to up to its end, less what it came to before. So the
    shares always add up to the whole, to the penny, and a school week that straddles 1 April
    is paid by the year in which it begins.
    """
    days = sorted(session_days(terms, school_days))
    found: list[Share] = []
    net = vat = 0
    for year in sorted({financial_year_of(day) for day in days}):
        upto = cost(terms, (day for day in days if financial_year_of(day) <= year))
        found.append(Share(year, upto.net.pence - net, upto.vat.pence - vat))
        net, vat = upto.net.pence, upto.vat.pence
    return found
