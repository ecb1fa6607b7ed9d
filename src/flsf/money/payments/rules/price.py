"""What one session costs, by the unit it is bought in."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flsf.core.half_days import WEEK, Half, on_day
from flsf.mandate.framework.enums import Unit
from flsf.money.payments.rules.values import Session, Terms

MINUTES_AN_HOUR = 60
HALF_DAYS_A_DAY = 2
SCHOOL_DAYS_A_YEAR = 190


@dataclass(frozen=True, slots=True)
class Charge:
    """What a session costs in pence, and how that was worked out."""

    minutes: int
    rate_pence: int
    net_pence: int
    vat_pence: int
    words: str

    @property
    def gross_pence(self) -> int:
        return self.net_pence + self.vat_pence


def half_up(exact: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (exact + Fraction(1, 2)).__floor__()


def _nearest(upper: int, lower: int) -> int:
    """half_up of upper / lower in whole numbers, as a claim asks it thousands of times."""
    return (2 * upper + lower) // (2 * lower)


def rate_for(terms: Terms, *, on: date) -> int:
    """The price of one unit on a day, in pence, net: what was agreed, or less.

    The price of a call-off is the most it costs: a provider that raises its rate raises it
    for new awards only, and one that lowers it lowers it for all (peers and defaults, 8.4).
    Outside the framework there is only the price agreed.
    """
    listed = _listed(terms, on)
    return terms.agreed_pence if listed is None else min(terms.agreed_pence, listed)


def charge(terms: Terms, session: Session, *, happened: bool) -> Charge:
    """What the session costs. One missed and still paid costs the minutes agreed."""
    rate = rate_for(terms, on=session.day)
    minutes = session.minutes if happened else terms.minutes_a_half_day
    net, how = _net(terms, session, rate, minutes)
    vat = _nearest(net * terms.vat_basis_points, 10_000)
    return Charge(minutes=minutes, rate_pence=rate, net_pence=net, vat_pence=vat, words=how)


def pounds(pence: int) -> str:
    """An amount as people write it: £1,234.50."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def _listed(terms: Terms, day: date) -> int | None:
    reached = [rate for rate in terms.listed if rate.in_force_from <= day]
    return max(reached, key=lambda rate: rate.in_force_from).pence if reached else None


def _net(terms: Terms, session: Session, rate: int, minutes: int) -> tuple[int, str]:
    if terms.unit is Unit.HOUR:
        net = _nearest(rate * minutes, MINUTES_AN_HOUR)
        return net, f"{minutes} minutes at {pounds(rate)} an hour"
    if terms.unit is Unit.SESSION:
        return rate, f"1 half-day at {pounds(rate)} a half-day"
    if terms.unit is Unit.DAY:
        # The morning takes an odd penny, so that a whole day costs a day's rate.
        nth = 1 if session.half is Half.PM else 0
        return _part(rate, HALF_DAYS_A_DAY, nth), f"half a day at {pounds(rate)} a day"
    booked = [one for one in WEEK if terms.half_days_mask & one.bit] or list(WEEK)
    if terms.unit is Unit.WEEK:
        here = on_day(session.day, session.half)
        nth = booked.index(here) if here in booked else 0
        how = f"1 of {len(booked)} half-days at {pounds(rate)} a week"
        return _part(rate, len(booked), nth), how
    halves = sum(one.weekday == session.day.weekday() for one in booked) or 1
    how = f"1 of {halves} half-days of a school day at {pounds(rate)} for 190 school days"
    return _nearest(rate, SCHOOL_DAYS_A_YEAR * halves), how


def _part(whole: int, parts: int, nth: int) -> int:
    """The nth part of an amount, counted from 0, such that all parts add up to it exactly."""
    upto = _nearest(whole * (nth + 1), parts)
    return upto - _nearest(whole * nth, parts)
