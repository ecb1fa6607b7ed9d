"""The only writes of delegations."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.delegations import queries
from flsf.mandate.delegations.enums import Power, Tag
from flsf.mandate.delegations.models import Delegation
from flsf.mandate.framework import queries as frameworks
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class NotWhole(Refusal):
    says = "Say who delegates it, to whom, by which minute and in which words."


class GivenLater(Refusal):
    says = "It is dated after today. Record it once it has been delegated."


class HoldsBeforeGiven(Refusal):
    says = "It cannot hold before the day on which it was delegated."


class NotTheirsToPassOn(Refusal):
    says = "That one is for another power, or not in force on that day. Choose another."


class OwnDelegation(Refusal):
    says = "You hold that role, so somebody else records what is delegated to it."


class AlreadyEnded(Refusal):
    says = "This delegation has ended already."


class EndsInThePast(Refusal):
    says = "What was decided under it stands, so it ends today or later."


class ReasonMissing(Refusal):
    says = "Enter why it ends."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelegation:
    """What is recorded of a delegation. `passed_on_from`: its number, when it is passed on."""

    power: Power
    role: Role
    post: str
    given_by: str
    given_on: date
    minute: str
    terms: str
    in_force_from: date
    passed_on_from: int | None = None


@transaction.atomic
def record(*, framework_id: int, new: NewDelegation, by: Person, at: datetime) -> Delegation:
    """From its day on whoever holds the role may decide so.

    Raises NotWhole, GivenLater, HoldsBeforeGiven, OwnDelegation and NotTheirsToPassOn.
    """
    framework = frameworks.hold(framework_id)
    if not all(said.strip() for said in (new.post, new.given_by, new.minute, new.terms)):
        raise NotWhole
    if new.given_on > london_day(at):
        raise GivenLater
    if new.in_force_from < new.given_on:
        raise HoldsBeforeGiven
    if by.pk is not None and new.role in accounts.roles_of(by.pk):
        raise OwnDelegation
    made = Delegation.objects.create(
        framework=framework,
        number=Delegation.objects.filter(framework=framework).count() + 1,
        power=new.power,
        role=new.role,
        post=new.post.strip(),
        given_by=new.given_by.strip(),
        given_on=new.given_on,
        minute=new.minute.strip(),
        terms=new.terms.strip(),
        in_force_from=new.in_force_from,
        passed_on_from=_passed_on(framework_id, new),
        recorded_by_id=by.pk,
        recorded_at=at,
    )
    _note(Tag.RECORDED, framework.ref, made, by=by, at=at)
    return made


@transaction.atomic
def end(*, delegation_id: int, last_day: date, why: str, by: Person, at: datetime) -> None:
    """Nobody decides under it after that day, nor under what was passed on from it.

    What was decided stands. Raises ReasonMissing, AlreadyEnded and EndsInThePast.
    """
    if not why.strip():
        raise ReasonMissing
    held = Delegation.objects.select_for_update(of=("self",)).select_related("framework")
    one = held.get(pk=delegation_id)
    if one.last_day is not None:
        raise AlreadyEnded
    if last_day < london_day(at):
        raise EndsInThePast
    one.last_day, one.ended_why = last_day, why.strip()
    one.ended_by_id, one.ended_at = by.pk, at
    one.save(update_fields=["last_day", "ended_why", "ended_by", "ended_at"])
    _note(Tag.ENDED, one.framework.ref, one, by=by, at=at)


def _passed_on(framework_id: int, new: NewDelegation) -> Delegation | None:
    if new.passed_on_from is None:
        return None
    found = Delegation.objects.filter(
        framework=framework_id, number=new.passed_on_from, power=new.power
    ).first()
    if found is None or not queries.is_in_force(found, on=new.in_force_from):
        raise NotTheirsToPassOn
    return found


def _note(tag: Tag, framework_ref: str, one: Delegation, *, by: Person, at: datetime) -> None:
    details: dict[str, JSONValue] = {"number": one.number, "power": one.power, "role": one.role}
    audit.record(tag=tag, subject=f"framework {framework_ref}", details=details, by=by, at=at)
