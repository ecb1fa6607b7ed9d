"""What a provision must have, and what it lacks. Days are inclusive."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flsf.core.dates import in_words
from flsf.mandate.budgets.enums import Route
from flsf.oversight.provisions.enums import Bought, Duty, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Under what a placement was bought."""

    award_ref: str
    route: str
    is_decided: bool
    starts_on: date
    last_day: date  # of the award, however it ends
    waiver_ref: str = ""
    waiver_starts_on: date | None = None
    waiver_expires_on: date | None = None
    waiver_ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Since when, and why, a placement has no valid contract."""

    since: date
    words: str


def fault(one: Contract, *, on: date) -> Fault | None:
    """Why there is no valid contract on a day; None: there is one."""
    if one.last_day < on:
        return Fault(one.last_day, f"Its award ended on {in_words(one.last_day)}")
    if one.route == Route.SPOT:
        return Fault(one.starts_on, "Bought outside the framework without a waiver")
    if not one.is_decided:
        return Fault(one.starts_on, "Nobody has decided its award")
    if one.route == Route.WAIVER:
        return _of_waiver(one, on)
    return None


def _of_waiver(one: Contract, on: date) -> Fault | None:
    ended, expires = one.waiver_ended_on, one.waiver_expires_on
    if ended is not None and ended <= on:
        return Fault(ended, f"Its waiver was ended on {in_words(ended)}")
    if one.waiver_starts_on is not None and one.waiver_starts_on > max(on, one.starts_on):
        return Fault(one.starts_on, f"Its waiver begins on {in_words(one.waiver_starts_on)}")
    if expires is not None and expires < on:
        return Fault(expires, f"Its waiver ran out on {in_words(expires)}")
    return None


def bought(one: Contract, *, on: date) -> Bought:
    """How it is bought on a day."""
    if fault(one, on=on) is not None:
        return Bought.NOTHING
    return Bought.WAIVER if one.route == Route.WAIVER else Bought.FRAMEWORK


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """How the provider stands in the lot of the provision, as far as it is in one."""

    lot_name: str = ""  # empty: in no lot of a framework
    lot_runs: bool = False
    status_words: str = ""  # empty: never admitted
    is_removed: bool = False
    agreement_version: int = 0  # 0: none in force


def governance_gaps(one: Admitted) -> list[str]:
    """What is missing of an agreement in force, in a lot of a framework that runs."""
    if not one.lot_name:
        return ["It is in no lot of a framework"]
    gaps = [] if one.lot_runs else [f"The framework of {one.lot_name} does not run today"]
    if not one.status_words:
        return [*gaps, f"The provider is not admitted to {one.lot_name}"]
    if one.is_removed:
        gaps.append(f"The provider is removed from {one.lot_name}")
    if not one.agreement_version:
        gaps.append(f"No agreement for {one.lot_name} is in force")
    return gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What the council has looked at, and by when it was to look."""

    overdue: tuple[str, ...] = ()  # checks, by name
    asks_checks: bool = True  # something is asked of providers at all
    visit_due_on: date | None = None
    visited_on: date | None = None
    checked_on: date | None = None  # against the standards
    review_due_on: date | None = None  # of a suspension


def oversight_gaps(one: Watched, *, on: date) -> list[str]:
    """What is missing of checks in date, a visit made and a suspension looked at again."""
    gaps = [f"Not in date: {name}" for name in one.overdue]
    if not one.asks_checks:
        gaps.append("No check is asked of providers yet")
    if one.visit_due_on is not None and one.visit_due_on < on:
        gaps.append(f"A visit was due by {in_words(one.visit_due_on)}")
    if one.review_due_on is not None and one.review_due_on < on:
        gaps.append(f"Its suspension was to be looked at by {in_words(one.review_due_on)}")
    return gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A service of a provider that children are placed with today, and what it rests on.

    What is bought outside the register from one provider is one provision.
    """

    provider_ref: str
    provider_name: str
    service_ref: str  # empty: not on the register
    name: str
    lot_name: str
    teams: tuple[str, ...]
    routes: tuple[Bought, ...]  # one for each placement
    contracts: tuple[Contract, ...]
    admitted: Admitted
    watched: Watched
    on: date

    @property
    def placements(self) -> int:
        return len(self.contracts)

    @property
    def procurement_gaps(self) -> list[str]:
        """Each reason once, with how many placements it is true of."""
        found = Counter(
            each.words for one in self.contracts if (each := fault(one, on=self.on)) is not None
        )
        return [
            words if self.placements == 1 else f"{words} ({many} of {self.placements})"
            for words, many in sorted(found.items())
        ]

    @property
    def gaps(self) -> dict[Duty, list[str]]:
        return {
            Duty.GOVERNANCE: governance_gaps(self.admitted),
            Duty.OVERSIGHT: oversight_gaps(self.watched, on=self.on),
            Duty.PROCUREMENT: self.procurement_gaps,
        }

    @property
    def standing(self) -> Standing:
        return Standing.NOT_COMPLIANT if any(self.gaps.values()) else Standing.COMPLIANT

    @property
    def faulty(self) -> list[Contract]:
        """The contracts that want mending."""
        return [one for one in self.contracts if fault(one, on=self.on) is not None]

    def present(self, duty: Duty) -> str:
        """In words, what there is of a duty that has no gap."""
        if duty is Duty.GOVERNANCE:
            version = self.admitted.agreement_version
            return f"Agreement version {version}, {self.admitted.lot_name}"
        if duty is Duty.OVERSIGHT:
            visited, checked = self.watched.visited_on, self.watched.checked_on
            last = max((day for day in (visited, checked) if day), default=None)
            return f"In date; last looked at on {in_words(last)}" if last else "In date"
        counted = Counter(self.routes)
        return "; ".join(f"{route.label}: {counted[route]}" for route in Bought if counted[route])


@dataclass(frozen=True, slots=True)
class Summary:
    """How many provisions there are, and how many lack each thing."""

    provisions: int
    compliant: int
    lacking: dict[Duty, int]

    @property
    def not_compliant(self) -> int:
        return self.provisions - self.compliant


def summary(every: Sequence[Provision]) -> Summary:
    """The whole in numbers."""
    gaps = [one.gaps for one in every]
    return Summary(
        provisions=len(every),
        compliant=sum(not any(one.values()) for one in gaps),
        lacking={duty: sum(bool(one[duty]) for one in gaps) for duty in Duty},
    )


def narrowed(
    every: Iterable[Provision],
    *,
    standing: str = "",
    lacking: str = "",
    route: str = "",
    team: str = "",
) -> list[Provision]:
    """Those that answer to every filter given; an empty one narrows nothing."""
    return [
        one
        for one in every
        if (not standing or one.standing == standing)
        and (not lacking or one.gaps[Duty(lacking)])
        and (not route or route in one.routes)
        and (not team or team in one.teams)
    ]
