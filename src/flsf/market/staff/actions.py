"""The only writes of staff registers and letters of assurance."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import fresh_refs, unused_ref
from flsf.core.refusals import Refusal
from flsf.market.staff import queries, rules
from flsf.market.staff.enums import Confirmation, Level, StaffRole, Tag
from flsf.market.staff.models import Assurance, Member, StaffEvidence, StaffNeed
from flsf.market.staff.rules import NewMember
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class AlreadyListed(Refusal):
    says = "That person is on the staff register already."


class NameMissing(Refusal):
    says = "Enter the person's name."


class LeftBeforeStart(Refusal):
    says = "The last day must not be before the first."


class AlreadyLeft(Refusal):
    says = "That person has left already."


class NoSuchCheck(Refusal):
    says = "We do not ask for that check. Choose one of the list."


class NotYetDone(Refusal):
    says = "The day it was seen cannot be in the future."


class DatesOutOfOrder(Refusal):
    says = "The last day it holds must not be before the day it was seen."


class NumberDoesNotFit(Refusal):
    says = "A DBS certificate number has 12 digits. Enter the number, and nothing else of it."


class LevelMissing(Refusal):
    says = "Select the level of the DBS check."


class SeenByMissing(Refusal):
    says = "Enter who saw it."


class NotWaiting(Refusal):
    says = "This person does not wait for the council. Somebody may have decided already."


class ReasonMissing(Refusal):
    says = "Say what the decision rests on."


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in first."


class StaffNotChecked(Refusal):
    """Says whose checks are missing."""

    says = "A letter can only say that checks are done when they are."

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(names)

    def __str__(self) -> str:
        return f"{self.says} Not yet: {', '.join(self.names)}."


class NobodyListed(Refusal):
    says = "Nobody is on the staff register yet. Add who works with children first."


@transaction.atomic
def add(*, member: NewMember, by: Person, at: datetime) -> Member:
    """The person works for the provider; alone with children, the council is to confirm them.

    Raises NameMissing and AlreadyListed.
    """
    if not member.name.strip():
        raise NameMissing
    same = Member.objects.filter(provider=member.provider_id, until=None, name__iexact=member.name)
    if same.exists():
        raise AlreadyListed
    try:
        with transaction.atomic():
            made = Member.objects.create(**_columns(member, unused_ref("W", Member.objects)))
    except IntegrityError as error:
        raise AlreadyListed from error
    details: dict[str, JSONValue] = {
        "role": member.role.value,
        "unsupervised": member.unsupervised,
    }
    audit.record(tag=Tag.ADDED, subject=f"staff {made.ref}", details=details, by=by, at=at)
    return made


@transaction.atomic
def leave(*, member_id: int, last_day: date, by: Person, at: datetime) -> Member:
    """The person works there until that day. Raises AlreadyLeft and LeftBeforeStart."""
    one = Member.objects.select_for_update(of=("self",)).get(pk=member_id)
    if one.until is not None:
        raise AlreadyLeft
    if last_day < one.since:
        raise LeftBeforeStart
    one.until = last_day
    one.save(update_fields=["until"])
    details = {"last_day": last_day.isoformat()}
    audit.record(tag=Tag.LEFT, subject=f"staff {one.ref}", details=details, by=by, at=at)
    return one


@transaction.atomic
def record_check(
    *,
    member_id: int,
    code: str,
    number: str,
    level: Level | None,
    checked_on: date,
    expires_on: date | None,
    seen_by: str,
    by: Person,
    at: datetime,
) -> StaffEvidence:
    """A check was done: its number, day and level are kept, and nothing it says (E25).

    Raises NoSuchCheck, NotYetDone, DatesOutOfOrder, NumberDoesNotFit, LevelMissing and
    SeenByMissing.
    """
    on = london_day(at)
    if not StaffNeed.objects.filter(code=code).exists():
        raise NoSuchCheck
    if checked_on > on:
        raise NotYetDone
    if expires_on is not None and expires_on < checked_on:
        raise DatesOutOfOrder
    number = number.replace(" ", "")
    if not rules.number_fits(code, number):
        raise NumberDoesNotFit
    if code == rules.DBS and level is None:
        raise LevelMissing
    if not seen_by.strip():
        raise SeenByMissing
    member = Member.objects.get(pk=member_id)
    made = StaffEvidence.objects.create(
        member=member,
        code=code,
        number=number,
        level=(level or "") if code == rules.DBS else "",
        checked_on=checked_on,
        expires_on=expires_on,
        seen_by=seen_by.strip(),
        recorded_by_id=by.pk,
        recorded_at=at,
    )
    details = {"check": code, "checked_on": checked_on.isoformat()}
    audit.record(
        tag=Tag.CHECK_RECORDED, subject=f"staff {member.ref}", details=details, by=by, at=at
    )
    return made


@transaction.atomic
def confirm(
    *, member_id: int, confirmation: Confirmation, reason: str, by: Person, at: datetime
) -> Member:
    """The council has confirmed the person to be alone with children, or not yet, and why.

    One not confirmed may be confirmed later. Raises NeedsAPerson, ReasonMissing, NotWaiting
    and StaffNotChecked.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not reason.strip():
        raise ReasonMissing
    one = Member.objects.select_for_update(of=("self",)).get(pk=member_id)
    if not one.unsupervised or one.confirmation == Confirmation.CONFIRMED:
        raise NotWaiting
    seen = queries.with_ref(one.ref, person=by, on=london_day(at))
    if confirmation is Confirmation.CONFIRMED and seen is not None and seen.lacks:
        raise StaffNotChecked([one.name])
    one.confirmation, one.decision_reason = confirmation, reason.strip()
    one.decided_by_id, one.decided_at = by.pk, at
    one.save(update_fields=["confirmation", "decision_reason", "decided_by", "decided_at"])
    details = {"confirmation": confirmation.value}
    audit.record(tag=Tag.CONFIRMED, subject=f"staff {one.ref}", details=details, by=by, at=at)
    return one


@transaction.atomic
def give_assurance(*, provider_id: int, by: Person, at: datetime) -> Assurance:
    """The provider says in writing that its staff are checked; who and what is frozen.

    It holds for a year, or until the first check it speaks of runs out. Raises NeedsAPerson,
    NobodyListed and StaffNotChecked (with whose checks are missing).
    """
    if by.pk is None:
        raise NeedsAPerson
    on = london_day(at)
    staff = queries.register(provider_id, person=by, on=on)
    if not staff:
        raise NobodyListed
    missing = [one.name for one in staff if one.why_not]
    if missing:
        raise StaffNotChecked(missing)
    made = Assurance.objects.create(
        ref=unused_ref("L", Assurance.objects),
        provider_id=provider_id,
        given_on=on,
        expires_on=rules.letter_until(
            (check.expires_on for one in staff for check in one.checks), given_on=on
        ),
        given_by_id=by.pk,
        given_at=at,
        people=[
            {
                "name": one.name,
                "role": one.role.label,
                "alone": one.unsupervised,
                "checks": [check.name for check in one.checks],
            }
            for one in staff
        ],
    )
    details: dict[str, JSONValue] = {
        "expires_on": made.expires_on.isoformat(),
        "people": len(staff),
    }
    audit.record(tag=Tag.ASSURED, subject=f"provider {provider_id}", details=details, by=by, at=at)
    return made


@transaction.atomic
def take_in_many(*, members: Sequence[NewMember], by: Person, at: datetime) -> list[Member]:
    """Registers that were kept elsewhere are here as found. For imports and the demonstration.

    Those confirmed already are confirmed by whoever takes them in. Raises NeedsAPerson.
    """
    if by.pk is None and any(one.is_confirmed for one in members):
        raise NeedsAPerson
    taken = frozenset(Member.objects.values_list("ref", flat=True))
    refs = fresh_refs("W", len(members), taken)
    made = Member.objects.bulk_create(
        Member(**_columns(one, ref), **(_confirmed(by, at) if one.is_confirmed else {}))
        for one, ref in zip(members, refs, strict=True)
    )
    StaffEvidence.objects.bulk_create(
        (
            StaffEvidence(
                member=row,
                code=shown.code,
                number=number,
                level=shown.level or "",
                checked_on=shown.checked_on,
                expires_on=shown.expires_on,
                seen_by="the office",
                recorded_by_id=by.pk,
                recorded_at=at,
            )
            for row, one in zip(made, members, strict=True)
            for shown, number in one.checks
        ),
        batch_size=5_000,
    )
    audit.record(tag=Tag.TAKEN_IN, subject="staff", details={"count": len(made)}, by=by, at=at)
    return made


def _columns(one: NewMember, ref: str) -> dict[str, object]:
    return {
        "ref": ref,
        "provider_id": one.provider_id,
        "name": one.name.strip(),
        "role": StaffRole(one.role),
        "user_id": one.user_id,
        "unsupervised": one.unsupervised,
        "lived_abroad": one.lived_abroad,
        "since": one.since,
    }


def _confirmed(by: Person, at: datetime) -> dict[str, object]:
    return {
        "confirmation": Confirmation.CONFIRMED,
        "decided_by_id": by.pk,
        "decided_at": at,
        "decision_reason": "Checks seen when the provider joined.",
    }
