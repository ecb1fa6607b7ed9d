"""Reads of delegations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.delegations import rules
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.models import Delegation, DelegationQuerySet
from flsf.mandate.delegations.rules import Authority, Given
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role


class NotDelegated(Refusal):
    """Says which power."""

    says = "Nobody has delegated that to your role."

    def __init__(self, power: Power) -> None:
        super().__init__()
        self.power = power

    def __str__(self) -> str:
        return (
            "No delegation in force gives your role this power: "
            f"{str(self.power.label)[0].lower()}{str(self.power.label)[1:]}. Ask procurement to "
            "record the minute under Delegations, or leave the decision to whoever has it."
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A delegation as the list tells it on a day."""

    delegation_id: int
    given: Given
    is_in_force: bool
    ended_why: str
    recorded_by: str
    recorded_at: datetime

    @property
    def standing(self) -> str:
        return "In force" if self.is_in_force else "Not in force"

    @property
    def passed_on(self) -> str:
        number = self.given.passed_on_from
        return "" if number is None else f"Passed on from delegation {number}"


def authority(
    framework_id: int, power: Power, roles: Collection[Role], *, on: date
) -> Authority | None:
    """Under which delegation the holder of these roles decides on a day. One query."""
    return rules.authority(_given(framework_id), power, roles, on=on)


def needed(framework_id: int, power: Power, *, by: Person, on: date) -> Authority:
    """Under which delegation somebody decides. Raises NotDelegated."""
    found = authority(framework_id, power, accounts.roles_of(by.pk), on=on)
    if found is None:
        raise NotDelegated(power)
    return found


def kept(framework_id: int, *, person: Person, on: date) -> list[Line]:
    """Every delegation of a framework, in the order in which they were recorded. One query."""
    rows = list(_rows(framework_id).visible_to(person).select_related("recorded_by"))
    by_number = {one.number: one.given for one in rows}
    return [
        Line(
            delegation_id=one.pk,
            given=one.given,
            is_in_force=rules.holds(one.given, by_number, on=on),
            ended_why=one.ended_why,
            recorded_by=one.recorded_by.name if one.recorded_by else "The system",
            recorded_at=one.recorded_at,
        )
        for one in rows
    ]


def with_number(framework_id: int, number: int, *, person: Person, on: date) -> Line | None:
    """One delegation, if this person may see it."""
    every = kept(framework_id, person=person, on=on)
    return next((one for one in every if one.given.number == number), None)


def count(framework_id: int, *, on: date) -> int:
    """How many are in force on a day: a number, so open to all."""
    every = _given(framework_id)
    by_number = {one.number: one for one in every}
    return sum(rules.holds(one, by_number, on=on) for one in every)


def _given(framework_id: int) -> list[Given]:
    return [one.given for one in _rows(framework_id)]


def _rows(framework_id: int) -> DelegationQuerySet:
    found = Delegation.objects.filter(framework=framework_id)
    return found.select_related("passed_on_from").order_by("number")


def is_in_force(one: Delegation, *, on: date) -> bool:
    """Whether a delegation holds on a day, and everything it was passed on from."""
    by_number = {each.number: each for each in _given(one.framework_id)}
    return rules.holds(by_number[one.number], by_number, on=on)
