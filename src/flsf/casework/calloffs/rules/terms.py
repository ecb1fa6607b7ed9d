"""What a call-off costs, which value rules it meets, and who may decide it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from flsf.casework.calloffs.enums import AwardStatus, Decision, DirectGround
from flsf.core import half_days
from flsf.core.dates import anniversary, in_words
from flsf.core.money import Money
from flsf.mandate.budgets.enums import Route
from flsf.mandate.framework.enums import SpendLine, Unit
from flsf.shared.accounts.enums import Team

MINUTES_AN_HOUR = 60
# A school year is 190 days in term (School Information and Management Regulations).
SCHOOL_DAYS_A_YEAR = 190
WHOLE = 10_000  # basis points

DECIDES: dict[Decision, AwardStatus] = {
    Decision.AWARDED: AwardStatus.AWARDED,
    Decision.NOT_AWARDED: AwardStatus.NOT_AWARDED,
    Decision.RETURNED: AwardStatus.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What is bought: from which day until which, on which half-days, at which rate.

    The rate is in pence, net, for one unit; VAT in hundredths of a per cent.
    """

    unit: Unit
    rate_pence: int
    vat_basis_points: int
    half_days_mask: int
    minutes_a_half_day: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Cost:
    """The most it can cost over its life (Procurement Act 2023, Schedule 3), and why."""

    sessions: int
    quantity: Fraction  # of units
    net: Money
    vat: Money
    working: str  # the sum in words

    @property
    def gross(self) -> Money:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Proposal:
    """A call-off somebody asks to be decided."""

    child_id: int
    provider_id: int
    terms: Terms
    net_pence: int
    vat_pence: int
    route: Route
    budget_id: int
    team: Team
    spend_line: SpendLine
    lot_code: str = ""  # empty: outside the framework
    lot_id: int | None = None  # none: outside the framework, or looked up by its code
    service_id: int | None = None
    referral_id: int | None = None
    shortlist_id: int | None = None
    direct_ground: DirectGround | None = None
    ground_words: str = ""
    override_reason: str = ""
    rank: int | None = None  # in the shortlist, 1 the first; None: not ranked in it
    waiver_id: int | None = None
    competition_id: int | None = None
    # What each year's budget pays: (budget, net, VAT) in pence; empty: the one budget pays all.
    years: tuple[tuple[int, int, int], ...] = ()
    # Financial years in words that would pay and have no budget.
    years_without_budget: tuple[str, ...] = ()
    # Rules the service does not meet and nobody may set aside, in words.
    ruled_out: tuple[str, ...] = ()
    # What was found that goes on only with a reason, and has none.
    unexplained: tuple[str, ...] = ()

    @property
    def gross_pence(self) -> int:
        return self.net_pence + self.vat_pence


@dataclass(frozen=True, slots=True)
class Found:
    """An award made before we kept count: an import's, or the demonstration's."""

    ref: str
    proposal: Proposal
    status: AwardStatus
    reason: str
    ended_on: date | None = None
    findings: tuple[tuple[str, str], ...] = ()


def session_days(terms: Terms, school_days: Iterable[date]) -> dict[date, int]:
    """The days of the period with at least one half-day of support, and how many each has."""
    found: dict[date, int] = {}
    for day in school_days:
        if not terms.starts_on <= day <= terms.ends_on:
            continue
        held = (half_days.on_day(day, half) for half in half_days.Half)
        count = sum(1 for one in held if one and terms.half_days_mask & one.bit)
        if count:
            found[day] = count
    return found


def cost(terms: Terms, school_days: Iterable[date]) -> Cost:
    """The cost if every half-day agreed on a school day is given. Halves of a penny round up."""
    days = session_days(terms, school_days)
    sessions = sum(days.values())
    weeks = len({day - timedelta(days=day.weekday()) for day in days})
    quantity = _quantity(terms, sessions=sessions, weeks=weeks, days=len(days))
    net = _half_up(quantity * terms.rate_pence)
    vat = _half_up(Fraction(net * terms.vat_basis_points, WHOLE))
    return Cost(sessions, quantity, Money(net), Money(vat), _working(terms, sessions, quantity))


def _quantity(terms: Terms, *, sessions: int, weeks: int, days: int) -> Fraction:
    """How many units that many half-days are."""
    match terms.unit:
        case Unit.HOUR:
            return Fraction(sessions * terms.minutes_a_half_day, MINUTES_AN_HOUR)
        case Unit.SESSION:
            return Fraction(sessions)
        case Unit.DAY:
            return Fraction(sessions, 2)
        case Unit.WEEK:
            return Fraction(weeks)
        case Unit.PLACE_YEAR:
            return Fraction(days, SCHOOL_DAYS_A_YEAR)


def _working(terms: Terms, sessions: int, quantity: Fraction) -> str:
    rate = Money(terms.rate_pence)
    count = f"{sessions} half-day{'' if sessions == 1 else 's'} on school days"
    match terms.unit:
        case Unit.HOUR:
            hours = Fraction(terms.minutes_a_half_day, MINUTES_AN_HOUR)
            return f"{count} times {_number(hours)} hours times {rate}"
        case Unit.SESSION:
            return f"{count} times {rate}"
        case Unit.DAY:
            return f"{count} divided by 2 times {rate} a day"
        case Unit.WEEK:
            return f"{_number(quantity)} school weeks times {rate}"
        case Unit.PLACE_YEAR:
            return f"{_number(quantity)} of a school year of 190 days times {rate}"


def _number(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)) // 1)


def rolling_window(on: date) -> tuple[date, date]:
    """The twelve months up to and with a day, over which call-offs are valued together (P8)."""
    return anniversary(on, -1) + timedelta(days=1), on


def is_retrospective(starts_on: date, *, on: date) -> bool:
    """Whether support would begin before the day on which it is asked for."""
    return starts_on < on


def needs_override_reason(proposal: Proposal) -> bool:
    """Whether the published ranking has another service first, and no competition decided it."""
    if proposal.route is Route.MINI_COMPETITION:
        return False
    return proposal.shortlist_id is not None and proposal.rank != 1


def ground_fits(proposal: Proposal) -> bool:
    """Whether "ranked first" is claimed only of the service that is."""
    return proposal.direct_ground is not DirectGround.BEST_FIT or proposal.rank == 1


def may_decide(gross_pence: int, limit_pence: int | None) -> bool:
    """Whether a limit reaches so far; no limit reaches any amount."""
    return limit_pence is None or gross_pence <= limit_pence


def may_end(starts_on: date, ends_on: date, *, last_day: date) -> bool:
    """Whether support can end early with that last day; the day before it begins: never began."""
    return starts_on - timedelta(days=1) <= last_day <= ends_on


def dates_in_words(starts_on: date, ends_on: date) -> str:
    return f"{in_words(starts_on)} to {in_words(ends_on)}"
