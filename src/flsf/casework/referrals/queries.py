"""Reads of referrals. Those of a person's go through `Referral.objects.visible_to`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery

from flsf.casework.referrals import rules
from flsf.casework.referrals.enums import ClockKind, Ground, Status, Urgency
from flsf.casework.referrals.models import Clock, Draft, Note, Referral, ReferralChange
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.accounts.enums import Permission, Team
from flsf.shared.calendars import queries as calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDue:
    """A clock still running, of a referral that is still open."""

    referral_id: int
    ref: str
    child_id: int
    kind: ClockKind
    starts_on: date
    due_on: date
    worker_id: int | None
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the holder of a key may know.

    A request that joined another shows nothing of it, not even that there is another: whoever
    asked for a child they only know by name must not learn that we know the child. It reads as
    a request that was received, until somebody has read it.
    """

    ref: str
    sent_on: date
    referral_id: int
    child_id: int
    status: Status
    worker_name: str
    team: Team
    tell_by: date | None


class Wanted(NamedTuple):
    """What a referral asks for and of whom, as matching reads it."""

    ref: str
    child_id: int
    school_id: int | None
    birth_date: date
    needs_mask: int
    main_need: str
    access_mask: int
    sen_stage: str
    care: str
    schooling: str
    easting: int | None
    northing: int | None
    lot_id: int | None
    modes_mask: int
    half_days_mask: int
    minutes_a_half_day: int
    start_wanted_on: date | None
    most_metres: int | None


OF_THE_CHILD = (
    *("school_id", "birth_date", "needs_mask", "main_need", "access_mask"),
    *("sen_stage", "care", "schooling", "easting", "northing"),
)


def visible_ids(person: Person, *, on: date) -> QuerySet[Referral, int]:
    """The ids of the referrals this person may see on a day: a subquery for later stages."""
    return Referral.objects.visible_to(person, on=on).values_list("pk", flat=True)


def with_ref(ref: str, *, person: Person, on: date) -> Any:
    """The referral, if there is one and this person may see it that day, with its status."""
    return listed(person=person, on=on).filter(ref=ref.strip().upper()).first()


def with_id(referral_id: int, *, person: Person = SYSTEM, on: date) -> Any:
    """The referral, if there is one and this person may see it that day, with its status."""
    return listed(person=person, on=on).filter(pk=referral_id).first()


def wanted(referral_id: int) -> Wanted | None:
    """What the referral asks for; the caller asks who may see it. One query."""
    columns = (f"child__{one}" if one in OF_THE_CHILD else one for one in Wanted._fields)
    row = Referral.objects.filter(pk=referral_id).values_list(*columns).first()
    return Wanted._make(row) if row else None


def listed(
    *,
    person: Person,
    on: date,
    statuses: Collection[str] = (),
    team: str = "",
    urgency: str = "",
    worker_id: int | None = None,
    child_ids: Collection[int] | None = None,
) -> QuerySet[Any]:
    """The referrals this person may see, latest first, each with `status` that day."""
    found = (
        Referral.objects.visible_to(person, on=on)
        .select_related("worker", "organisation", "lot", "sent_by")
        .annotate(status=_status_on(on))
        .order_by("-received_at", "-pk")
    )
    if statuses:
        found = found.filter(status__in=statuses)
    if team:
        found = found.filter(team=team)
    if urgency:
        found = found.filter(urgency=urgency)
    if worker_id is not None:
        found = found.filter(worker=worker_id)
    if child_ids is not None:
        found = found.filter(child__in=child_ids)
    return found


def status_on(day: date, *, referral_id: int) -> Status | None:
    """The status that stands on a day; None before the referral was received."""
    return statuses_on(day, referral_ids=[referral_id]).get(referral_id)


def statuses_on(day: date, *, referral_ids: Collection[int]) -> Mapping[int, Status]:
    """The status of each referral that stands on a day, by id."""
    rows = ReferralChange.objects.in_force_on(day).filter(referral__in=referral_ids)
    return {pk: Status(status) for pk, status in rows.values_list("referral", "status")}


def open_for(child_id: int, *, person: Person, on: date) -> Any:
    """The child's latest referral that is not closed and that the person may see."""
    found = listed(person=person, on=on, child_ids=[child_id])
    return found.exclude(status__in=rules.FINISHED).first()


def changes(referral_id: int) -> QuerySet[ReferralChange]:
    """Every status the referral had or will have, latest first."""
    return (
        ReferralChange.objects.filter(referral=referral_id)
        .select_related("decided_by")
        .order_by("-takes_effect_on", "-pk")
    )


def first_aware(child_ids: Collection[int], *, on: date) -> dict[int, date]:
    """When the council first knew, for each child with a referral open that day (K2)."""
    found = (
        Referral.objects.filter(child__in=child_ids, first_aware_on__lte=on)
        .annotate(status=_status_on(on))
        .exclude(status=Status.CLOSED)
        .exclude(status=None)
        .values_list("child")
        .annotate(first=Min("first_aware_on"))
    )
    return dict(found)


def clocks(referral_id: int) -> QuerySet[Clock]:
    """The referral's clocks, the first due first."""
    return Clock.objects.filter(referral=referral_id).order_by("due_on", "pk")


def clocks_of(referral_ids: Collection[int]) -> dict[int, list[Clock]]:
    """The clocks of several referrals, the first due first, by referral."""
    found: dict[int, list[Clock]] = {pk: [] for pk in referral_ids}
    for clock in Clock.objects.filter(referral__in=referral_ids).order_by("due_on", "pk"):
        found[clock.referral_id].append(clock)
    return found


def clocks_due(*, person: Person = SYSTEM, on: date, by_day: date | None = None) -> list[ClockDue]:
    """Running clocks of open referrals that the person may see, the first due first.

    With `by_day`, only those due by then; those already late are always there.
    """
    found = (
        Clock.objects.filter(met_on=None, referral__in=visible_ids(person, on=on))
        .annotate(status=_status_on(on, of="referral"))
        .exclude(status__in=rules.FINISHED)
        .exclude(status=None)
        .select_related("referral")
        .order_by("due_on", "pk")
    )
    if by_day is not None:
        found = found.filter(due_on__lte=by_day)
    return [
        ClockDue(
            referral_id=clock.referral_id,
            ref=clock.referral.ref,
            child_id=clock.referral.child_id,
            kind=ClockKind(clock.kind),
            starts_on=clock.starts_on,
            due_on=clock.due_on,
            worker_id=clock.referral.worker_id,
            team=Team(clock.referral.team),
        )
        for clock in found
    ]


def notes(referral_id: int) -> QuerySet[Note]:
    """What was added after the referral was sent, latest first."""
    return Note.objects.filter(referral=referral_id).order_by("-at", "-pk")


def joined_by(*, organisation_ids: Collection[int]) -> QuerySet[Note]:
    """What these organisations sent that joined a referral somebody else had sent."""
    return (
        Note.objects.exclude(ref="")
        .filter(organisation__in=organisation_ids)
        .select_related("referral")
        .order_by("-at", "-pk")
    )


def waiting(*, person: Person = SYSTEM, on: date, team: str = "") -> list[rules.Waiting]:
    """Every child with no offer yet, the longest wait first (S29).

    Those who answer for the waiting list see all of it, by reference: whom it is, they are
    told only where they may see the child. Others see the referrals they may see.
    """
    everybody = person.reach.whole_council and person.may(Permission.VIEW_WAITING)
    found = listed(person=SYSTEM if everybody else person, on=on, team=team)
    rows = list(found.filter(status__in=rules.WAITING).annotate(school_id=F("child__school")))
    school_days = calendars.school_calendars({row.school_id for row in rows})
    too_long = law.value(Key.OFFER_WAIT_DAYS, on=on)
    waits = [
        _waited(row, school_days[row.school_id].count(row.first_aware_on, on), too_long)
        for row in rows
    ]
    return sorted(waits, key=lambda one: (-one.school_days, one.received_on, one.referral_id))


class AskedFor(NamedTuple):
    """A referral as how soon support began is counted. Nothing of the child."""

    referral_id: int
    ground: Ground
    received_on: date
    status: Status | None


def received_between(*, since: date, until: date, on: date) -> list[AskedFor]:
    """Every referral that came in those days, the earliest first, as it stands on a day."""
    found = Referral.objects.annotate(status=_status_on(on)).order_by("received_at", "pk")
    rows = found.values_list("pk", "ground", "received_at", "status")
    every = [
        AskedFor(pk, Ground(ground), london_day(at), Status(status) if status else None)
        for pk, ground, at, status in rows.filter(received_at__date__range=(since, until))
    ]
    return [one for one in every if since <= one.received_on <= until]


def asking_for(lot_ids: Collection[int], *, on: date) -> dict[Status, int]:
    """How many children a referral asks for one of those lots for, by its status on a day.

    A number and no child: whoever publishes it hides the small ones. One query.
    """
    found = Referral.objects.filter(lot__in=lot_ids).annotate(status=_status_on(on))
    rows = found.values_list("status").annotate(many=Count("child", distinct=True)).order_by()
    return {Status(status): many for status, many in rows if status}


def by_status_key(key: str, *, on: date) -> Followed | None:
    """What the holder of a key may know; None for a key we do not know."""
    digest = hashed(key)
    referral = listed(person=SYSTEM, on=on).filter(status_key_sha256=digest).first()
    if referral is not None:
        clock = referral.clocks.filter(kind=ClockKind.DECISION, met_on=None).first()
        return Followed(
            ref=referral.ref,
            sent_on=london_day(referral.received_at),
            referral_id=referral.pk,
            child_id=referral.child_id,
            status=Status(referral.status),
            worker_name=referral.worker.name if referral.worker else "",
            team=Team(referral.team),
            tell_by=clock.due_on if clock else None,
        )
    note = Note.objects.filter(status_key_sha256=digest).select_related("referral").first()
    return _followed_note(note, on) if note else None


def sent_with(sent_once_key: str) -> Referral | None:
    """The referral that this form made already, if it was sent before."""
    return Referral.objects.filter(sent_once_key=sent_once_key).first()


def note_sent_with(sent_once_key: str) -> Note | None:
    """The note that this form made already, if it was sent before."""
    return Note.objects.filter(sent_once_key=sent_once_key).select_related("referral").first()


def draft_of(person: Person, *, route: str) -> Draft | None:
    """What the person was writing last, and has not sent."""
    return Draft.objects.visible_to(person).filter(route=route).order_by("-saved_at").first()


def draft_with_key(key: str) -> Draft | None:
    """What the holder of the key was writing, and has not sent."""
    return Draft.objects.filter(key_sha256=hashed(key)).first() if key else None


def is_taken(ref: str) -> bool:
    """Whether a reference names a referral or a request that joined one."""
    return Referral.objects.filter(ref=ref).exists() or Note.objects.filter(ref=ref).exists()


def hashed(key: str) -> str:
    """What we keep of a key: enough to know it again, too little to use it."""
    return sha256(key.encode()).hexdigest()


def _status_on(day: date, of: str = "pk") -> Subquery:
    in_force = (
        ReferralChange.objects.filter(referral=OuterRef(of), takes_effect_on__lte=day)
        .order_by("-takes_effect_on", "-pk")
        .values("status")
    )
    return Subquery(in_force[:1])


def _followed_note(note: Note, on: date) -> Followed:
    sent_on = london_day(note.at)
    days = law.in_force(Key.TELL_FAMILY_DAYS, on=sent_on).value
    tell_by = calendars.working_calendar().nth_working_day(sent_on, days)
    return Followed(
        ref=note.ref,
        sent_on=sent_on,
        referral_id=note.referral_id,
        child_id=note.referral.child_id,
        status=Status.RECEIVED if note.needs_reading else Status.LOOKED_AT,
        worker_name="",
        team=Team(note.referral.team),
        tell_by=tell_by if note.needs_reading and on <= tell_by else None,
    )


def _waited(row: Any, school_days: int, too_long: int) -> rules.Waiting:
    return rules.Waiting(
        referral_id=row.pk,
        ref=row.ref,
        child_id=row.child_id,
        team=Team(row.team),
        urgency=Urgency(row.urgency),
        status=Status(row.status),
        worker_id=row.worker_id,
        worker_name=row.worker.name if row.worker else "",
        first_aware_on=row.first_aware_on,
        received_on=london_day(row.received_at),
        school_days=school_days,
        is_too_long=school_days > too_long,
    )
