"""Signs of how safe a provider's future is, each by its own number and threshold.

Where there is nothing to count from, a sign is not known: that is never taken for nought.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from flsf.core.dates import in_words, last_day_beginning_with
from flsf.mandate.law.enums import Key
from flsf.oversight.reports.rules import SMALLEST_SHOWN
from flsf.oversight.shares.rules import in_words as share_in_words
from flsf.oversight.shares.rules import share
from flsf.oversight.signals.enums import Sign, Standing

KEYS = (
    Key.SIGNAL_RELIANCE,
    Key.SIGNAL_DEPENDENCE,
    Key.SIGNAL_FALL,
    Key.PAY_WITHIN_DAYS,
    Key.SIGNAL_PRICE_MONTHS,
    Key.SIGNAL_ENDED_EARLY,
    Key.SIGNAL_NOT_TAKING,
)
WHOLE = 10_000  # hundredths of a per cent
TWICE = 2  # so many times the threshold asks us to act: halfway to where nothing can be done
# Whoever has four fifths from one payer does not last when that payer stops.
ACT_ON_DEPENDENCE = 8_000
# Of fewer than five, one child more or less is a fifth, and says nothing.
FEWEST_THEN = SMALLEST_SHOWN
FEWER_AT_LEAST = 2
MONTHS = 12
FEW = f"fewer than {SMALLEST_SHOWN}"


@dataclass(frozen=True, slots=True)
class Wait:
    """A claim from the day it was sent to the day it was paid. None: it waits for us still."""

    sent_on: date
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Price:
    """What a service is called, and since when it has the price it has."""

    service: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is on record of one provider on a day. Money is pence, VAT included."""

    paid: int  # in twelve months
    paid_to_all: int
    income: int | None  # its whole income of a year, as it said last; None: never said
    income_said_on: date | None
    children_then: int | None  # a year ago; None: it was not admitted then, or nothing is known
    children_now: int
    waits: tuple[Wait, ...]  # claims that were paid in twelve months, or wait for us today
    prices: tuple[Price, ...]
    ended: int  # placements that ended in twelve months
    ended_early: int  # of them before their agreed last day
    services: int
    not_taking: int  # of them
    overdue: tuple[str, ...]  # checks, by name
    lapsing: tuple[str, ...]
    only_lots: tuple[str, ...]
    only_needs: tuple[str, ...]
    met_on: date | None  # None: no meeting is on record
    leaving: str  # what it said there; empty: nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The thresholds in force on a day. Shares are hundredths of a per cent."""

    reliance: int
    dependence: int
    fall: int
    pay_days: int
    price_months: int
    ended_early: int
    not_taking: int

    @classmethod
    def of(cls, found: Mapping[Key, int]) -> Self:
        return cls(
            reliance=found[Key.SIGNAL_RELIANCE],
            dependence=found[Key.SIGNAL_DEPENDENCE],
            fall=found[Key.SIGNAL_FALL],
            pay_days=found[Key.PAY_WITHIN_DAYS],
            price_months=found[Key.SIGNAL_PRICE_MONTHS],
            ended_early=found[Key.SIGNAL_ENDED_EARLY],
            not_taking=found[Key.SIGNAL_NOT_TAKING],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The facts, the thresholds, the day, and whether whoever asks may know small counts."""

    facts: Facts
    terms: Terms
    on: date
    may_count: bool

    def children(self, count: int) -> str:
        """A count of children, hidden where it is small and they may not know it."""
        if 0 < count < SMALLEST_SHOWN and not self.may_count:
            return FEW
        return str(count) if count else "none"


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign: what it says, the number behind it, and where the threshold lies."""

    sign: Sign
    standing: Standing
    number: str
    threshold: str

    @property
    def means(self) -> str:
        """What it means for us and for children."""
        return MEANS[self.sign]

    @property
    def could_do(self) -> str:
        """What one could do about it."""
        return COULD_DO[self.sign]


Told = tuple[Standing, str, str]


def signals(asked: Asked) -> list[Signal]:
    """Every sign of a provider on a day, in their usual order."""
    return [Signal(sign, *work_out(asked)) for sign, work_out in WORKED_OUT.items()]


def worst(found: Sequence[Signal]) -> Standing:
    """The worst of what is known; not known where nothing is."""
    seen = {one.standing for one in found}
    return next((one for one in Standing if one in seen), Standing.NOT_KNOWN)


def urgency(found: Sequence[Signal]) -> tuple[int, int]:
    """To sort by, the worst first: how many ask to act, then how many to watch."""
    acts = sum(one.standing is Standing.ACT for one in found)
    return -acts, -sum(one.standing is Standing.WATCH for one in found)


def _by_share(part: int, whole: int, watch: int, act: int) -> Standing:
    """Against two thresholds, in whole numbers: what reaches a threshold counts."""
    if part * WHOLE >= act * whole:
        return Standing.ACT
    return Standing.WATCH if part * WHOLE >= watch * whole else Standing.FINE


def _reliance(asked: Asked) -> Told:
    facts, watch = asked.facts, asked.terms.reliance
    act = min(WHOLE, TWICE * watch)
    threshold = f"Watch from {share_in_words(watch)}, act from {share_in_words(act)}"
    if facts.paid_to_all <= 0:
        return Standing.NOT_KNOWN, "Nothing was paid to anybody in twelve months", threshold
    paid = max(0, facts.paid)
    told = share_in_words(share(paid, facts.paid_to_all))
    standing = _by_share(paid, facts.paid_to_all, watch, act)
    return standing, f"{told} of all that we paid in twelve months", threshold


def _dependence(asked: Asked) -> Told:
    facts, watch = asked.facts, asked.terms.dependence
    act = max(watch, ACT_ON_DEPENDENCE)
    threshold = f"Watch from {share_in_words(watch)}, act from {share_in_words(act)}"
    if not facts.income or facts.income_said_on is None:
        return Standing.NOT_KNOWN, "It has not told us its whole income", threshold
    told = share_in_words(min(WHOLE, share(max(0, facts.paid), facts.income)))
    standing = _by_share(facts.paid, facts.income, watch, act)
    said = in_words(facts.income_said_on)
    return standing, f"{told} of its income, as it said on {said}, comes from us", threshold


def _children(asked: Asked) -> Told:
    then, now, fall = asked.facts.children_then, asked.facts.children_now, asked.terms.fall
    threshold = f"Watch from a fall by {share_in_words(fall)}, act from twice that"
    told_now = f"{asked.children(now)} now"
    if then is None:
        return Standing.NOT_KNOWN, f"{told_now}; nothing is known of a year ago", threshold
    told = f"{asked.children(then)} a year ago, {told_now}"
    if then < FEWEST_THEN:
        return Standing.NOT_KNOWN, f"{told}: too few to tell", threshold
    if then - now < FEWER_AT_LEAST:
        return Standing.FINE, told, threshold
    return _by_share(then - now, then, fall, TWICE * fall), told, threshold


def _payment(asked: Asked) -> Told:
    days, on = asked.terms.pay_days, asked.on
    threshold = f"Watch when a claim was paid after {days} days, act when one waits for longer"
    waits = asked.facts.waits
    if not waits:
        return Standing.NOT_KNOWN, "It sent no claim in twelve months", threshold
    late = [one for one in waits if is_late(one, days, on=on)]
    if not late:
        return Standing.FINE, f"Every claim within {days} days, {len(waits)} in all", threshold
    longest = max(days_taken(one, on=on) for one in late)
    number = f"{len(late)} of {len(waits)} claims late, the longest after {longest} days"
    open_ones = sum(one.paid_on is None for one in late)
    if open_ones:
        return Standing.ACT, f"{number}; {open_ones} not paid yet", threshold
    return Standing.WATCH, number, threshold


def days_taken(one: Wait, *, on: date) -> int:
    """How many days beginning with the day the claim was sent, the day of payment counted."""
    return ((one.paid_on or on) - one.sent_on).days + 1


def is_late(one: Wait, days: int, *, on: date) -> bool:
    """Whether it was paid, or waits, after the last of the days beginning with its receipt."""
    return (one.paid_on or on) > last_day_beginning_with(one.sent_on, days)


def _price(asked: Asked) -> Told:
    months = asked.terms.price_months
    threshold = f"Watch from {months} months"
    if not asked.facts.prices:
        return Standing.NOT_KNOWN, "It has no price on record", threshold
    oldest = min(asked.facts.prices, key=lambda one: (one.since, one.service))
    still = whole_months(oldest.since, asked.on)
    number = f"{oldest.service}: the same price since {in_words(oldest.since)}, {still} months"
    return Standing.WATCH if still >= months else Standing.FINE, number, threshold


def whole_months(since: date, on: date) -> int:
    """How many whole months have passed."""
    months = (on.year - since.year) * MONTHS + on.month - since.month
    return months - (on.day < since.day)


def _ended(asked: Asked) -> Told:
    ended, early, least = asked.facts.ended, asked.facts.ended_early, asked.terms.ended_early
    threshold = (
        f"Watch from {share_in_words(least)} of those that ended, and {FEWER_AT_LEAST} of them"
    )
    if not ended:
        return Standing.NOT_KNOWN, "No placement ended in twelve months", threshold
    number = f"{asked.children(early)} ended before the agreed day"
    # Beside a small count the whole would tell the rest.
    if asked.may_count:
        number = f"{early} of {ended} that ended in twelve months ended before the agreed day"
    if early < FEWER_AT_LEAST or early * WHOLE < least * ended:
        return Standing.FINE, number, threshold
    return Standing.WATCH, number, threshold


def _places(asked: Asked) -> Told:
    facts, least = asked.facts, asked.terms.not_taking
    threshold = f"Watch from {share_in_words(least)} of its services"
    if not facts.services:
        return Standing.NOT_KNOWN, "It offers no service on record", threshold
    number = f"{facts.not_taking} of {facts.services} full, closed or taken down"
    reached = facts.not_taking and facts.not_taking * WHOLE >= least * facts.services
    return Standing.WATCH if reached else Standing.FINE, number, threshold


def _checks(asked: Asked) -> Told:
    threshold = "Watch within 60 days of the end of a check, act when one is overdue"
    parts = []
    if asked.facts.overdue:
        parts.append(f"Overdue: {', '.join(asked.facts.overdue)}")
    if asked.facts.lapsing:
        parts.append(f"Running out: {', '.join(asked.facts.lapsing)}")
    if not parts:
        return Standing.FINE, "All in date", threshold
    return Standing.ACT if asked.facts.overdue else Standing.WATCH, ". ".join(parts), threshold


def _only(asked: Asked) -> Told:
    threshold = "Watch when it is the only one in the pool for a lot or a need"
    names = (*asked.facts.only_lots, *asked.facts.only_needs)
    if not names:
        return Standing.FINE, "Others can give all that it gives", threshold
    return Standing.WATCH, f"The only one for: {', '.join(names)}", threshold


def _leaving(asked: Asked) -> Told:
    threshold = "Act when it says that it may leave or stop a service"
    met_on = asked.facts.met_on
    if met_on is None:
        return Standing.NOT_KNOWN, "No meeting is on record where it was asked", threshold
    if asked.facts.leaving:
        return Standing.ACT, f"On {in_words(met_on)}: {asked.facts.leaving}", threshold
    return Standing.FINE, f"Nothing was said of it on {in_words(met_on)}", threshold


WORKED_OUT: Mapping[Sign, Callable[[Asked], Told]] = {
    Sign.LEAVING: _leaving,
    Sign.CHECKS: _checks,
    Sign.RELIANCE: _reliance,
    Sign.DEPENDENCE: _dependence,
    Sign.ONLY: _only,
    Sign.CHILDREN: _children,
    Sign.PAYMENT: _payment,
    Sign.PRICE: _price,
    Sign.ENDED: _ended,
    Sign.PLACES: _places,
}
MEANS: Mapping[Sign, str] = {
    Sign.RELIANCE: "If it stops, much of our support stops with it.",
    Sign.DEPENDENCE: "If we buy less, it may have to close, for its other children too.",
    Sign.CHILDREN: "Less work may mean that it cannot keep its staff, or that trust in it falls.",
    Sign.PAYMENT: "Small providers cannot wait long for their money. The law gives us 30 days.",
    Sign.PRICE: "Costs rise. A price that stands still may be one that it cannot live on.",
    Sign.ENDED: "Children lose support they had. The record does not say who wanted the end.",
    Sign.PLACES: "It has no room, or tells families nothing of it. Choice is less than it seems.",
    Sign.CHECKS: "With a check overdue no new child is placed, and those there are decided about.",
    Sign.ONLY: "If it stops, no child can be given this under the framework.",
    Sign.LEAVING: "Children will need another place, and we need time to find it.",
}
COULD_DO: Mapping[Sign, str] = {
    Sign.RELIANCE: "Tell others what is needed, and open a round for it.",
    Sign.DEPENDENCE: "Tell it early what we will need, and change volumes in small steps.",
    Sign.CHILDREN: "Ask at the next meeting what has changed, and look at why it is not chosen.",
    Sign.PAYMENT: "Find where the claims wait, and pay those that are late first.",
    Sign.PRICE: "Ask what its costs are, and agree when prices are looked at next.",
    Sign.ENDED: "Read the reasons on the placements, and ask both sides.",
    Sign.PLACES: "Ask when there will be room, and whether what families read is right.",
    Sign.CHECKS: "Ask for the evidence now, and offer help with it.",
    Sign.ONLY: "Look for a second provider before you need one.",
    Sign.LEAVING: "Meet soon, and plan for each child who is there.",
}
