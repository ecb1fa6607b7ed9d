"""A worker says what happened at a session: what must happen together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from flsf.casework.children import queries as children
from flsf.core.clock import london_day
from flsf.core.half_days import Half
from flsf.core.people import SYSTEM, Person
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.enums import AbsentBecause, Source
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.outcomes import actions as outcomes
from flsf.delivery.outcomes.enums import Progress
from flsf.delivery.placements import queries as placements
from flsf.oversight.concerns import actions as concerns
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

UNEXPLAINED = "absent-unexplained"
CONCERN = "concern-raised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """What a worker is worried about, in their own words."""

    words: str
    is_about_an_adult: bool = False
    in_danger_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session and everything said of it."""

    placement_id: int
    day: date
    half: Half
    facts: Facts
    note: str = ""
    agreed_by: str = ""
    late_reason: str = ""
    source: Source = Source.PHONE


@transaction.atomic
def record_session(
    *,
    session: Session,
    steps: Mapping[int, Progress] | None = None,
    by: Person,
    at: datetime,
) -> int:
    """The session is marked and its goals ticked; an absence nobody can explain is told today.

    The school and the child's named worker are told the same day, by reference. Raises what
    attendance.mark and outcomes.record_step raise, and then nothing has changed. Returns the
    mark's id.
    """
    mark = attendance.mark(
        placement_id=session.placement_id,
        day=session.day,
        half=session.half,
        facts=session.facts,
        note=session.note,
        agreed_by=session.agreed_by,
        late_reason=session.late_reason,
        source=session.source,
        by=by,
        at=at,
    )
    _tick(steps or {}, session.day, by=by, at=at)
    if session.facts.absent_because is AbsentBecause.NOT_KNOWN and session.day == london_day(at):
        _tell_of_absence(session, by=by, at=at)
    return mark.pk


@transaction.atomic
def correct_session(
    *,
    mark_id: int,
    session: Session,
    reason: str,
    steps: Mapping[int, Progress] | None = None,
    by: Person,
    at: datetime,
) -> None:
    """The mark says something else, its original kept. Raises what attendance.correct raises."""
    attendance.correct(
        mark_id=mark_id,
        facts=session.facts,
        note=session.note,
        agreed_by=session.agreed_by,
        reason=reason,
        by=by,
        at=at,
    )
    _tick(steps or {}, session.day, by=by, at=at)


@transaction.atomic
def raise_concern(
    *, child_id: int, placement_id: int | None, worry: Worry, by: Person, at: datetime
) -> str:
    """The safeguarding leads have the concern, and are told that there is one.

    Returns its reference. Raises what concerns.raise_concern raises.
    """
    concern = concerns.raise_concern(
        child_id=child_id,
        placement_id=placement_id,
        words=worry.words,
        is_about_an_adult=worry.is_about_an_adult,
        in_danger_now=worry.in_danger_now,
        by=by,
        at=at,
    )
    leads = accounts.holding(Role.SAFEGUARDING)
    _tell(((lead.pk, lead.email) for lead in leads), CONCERN, concern.ref, by=by, at=at)
    return concern.ref


def _tick(steps: Mapping[int, Progress], day: date, *, by: Person, at: datetime) -> None:
    for goal_id, progress in steps.items():
        outcomes.record_step(goal_id=goal_id, day=day, progress=progress, by=by, at=at)


def _tell_of_absence(session: Session, *, by: Person, at: datetime) -> None:
    placement = placements.terms([session.placement_id])[session.placement_id]
    child = children.with_id(placement.child_id, person=SYSTEM, on=session.day)
    if child is None:
        return
    people = list(accounts.members_at(child.school.organisation_id)) if child.school else []
    if child.named_worker is not None:
        people.append(child.named_worker)
    to = ((one.pk, one.email) for one in people)
    _tell(to, UNEXPLAINED, placement.ref, by=by, at=at)


def _tell(
    to: Iterable[tuple[int, str]], template: str, ref: str, *, by: Person, at: datetime
) -> None:
    for recipient_id, address in to:
        notify.queue(
            template=template,
            recipient_id=recipient_id,
            address=address,
            channel=Channel.EMAIL,
            details={"reference": ref, "day": london_day(at).isoformat()},
            by=by,
            at=at,
        )
