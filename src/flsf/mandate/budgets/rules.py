"""What a line of the ledger says, and what is left of a budget."""

from dataclasses import dataclass
from datetime import date

from flsf.core.money import Money
from flsf.mandate.budgets.enums import Route
from flsf.mandate.framework.enums import SpendLine
from flsf.shared.accounts.enums import Team

APRIL = 4


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount to commit or to pay, and everything it is later added up by.

    Money is in pence. `day` is the day it counts on; `lot_code` is empty outside the
    framework; `source_ref` names what caused it: an award, or a claim.
    """

    budget_id: int
    award_ref: str
    source_ref: str
    provider_ref: str
    provider_name: str
    team: Team
    route: Route
    spend_line: SpendLine
    lot_code: str
    net_pence: int
    vat_pence: int
    day: date

    @property
    def gross_pence(self) -> int:
        return self.net_pence + self.vat_pence


@dataclass(frozen=True, slots=True)
class Position:
    """How a fund's budget for a year stands. Estimates are not promises, so none is here."""

    budget_id: int
    fund_code: str
    fund_name: str
    year_begins: date
    amount: Money
    committed: Money  # promised by awards, what has been paid of it included
    paid: Money

    @property
    def left(self) -> Money:
        """What may still be promised. Below nothing: more was owed than was ever set aside."""
        return self.amount - self.committed

    @property
    def to_be_paid(self) -> Money:
        """Promised and not paid yet."""
        return self.committed - self.paid

    @property
    def year(self) -> str:
        return year_in_words(self.year_begins)


@dataclass(frozen=True, slots=True)
class Spend:
    """One row of a table of spending, VAT included. Committed and paid are never added."""

    key: str
    committed: Money
    paid: Money


def financial_year_of(day: date) -> date:
    """The 1 April on which the financial year of a day begins."""
    return date(day.year if day.month >= APRIL else day.year - 1, APRIL, 1)


def begins_financial_year(day: date) -> bool:
    """Whether a financial year begins on that day."""
    return day == financial_year_of(day)


def year_in_words(year_begins: date) -> str:
    """A financial year as reports write it: 2026/27."""
    return f"{year_begins.year}/{(year_begins.year + 1) % 100:02}"


def fits(asked_pence: int, left_pence: int) -> bool:
    """Whether a promise can be kept out of what is left; the last penny may be promised."""
    return asked_pence <= left_pence


def highest(limits: list[int | None]) -> int | None:
    """The widest of several roles' limits in pence. None: any amount; no limits: nothing."""
    if None in limits:
        return None
    return max((one for one in limits if one is not None), default=0)
