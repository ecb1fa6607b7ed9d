"""Whom to remind of an application left alone, and which are forgotten."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from flsf.market.applications import rules
from flsf.market.applications.enums import Status
from flsf.market.applications.models import Application, ApplicationStatus, Nudge


@dataclass(frozen=True, slots=True)
class Silent:
    """An application left alone, with the reminder that is due."""

    application_id: int
    ref: str
    days: int
    recipient_id: int
    address: str


def to_nudge(*, on: date) -> list[Silent]:
    """Whom to remind that day that an application waits for them."""
    open_now = ApplicationStatus.objects.in_force_on(on).filter(status=Status.IN_PROGRESS)
    earliest = on - timedelta(days=rules.NUDGE_AFTER_DAYS[0])
    found = Application.objects.filter(
        pk__in=open_now.values("application"), touched_at__date__lte=earliest
    ).select_related("begun_by")
    sent: dict[int, set[int]] = {}
    for nudge in Nudge.objects.filter(application__in=found, since=F("application__touched_at")):
        sent.setdefault(nudge.application_id, set()).add(nudge.days)
    silent = []
    for one in found.order_by("pk"):
        days = rules.nudge_due(one.touched_at.date(), frozenset(sent.get(one.pk, set())), on=on)
        if days is not None and one.begun_by is not None and one.begun_by.is_active:
            silent.append(Silent(one.pk, one.ref, days, one.begun_by.pk, one.begun_by.email))
    return silent


def forgettable(*, on: date) -> list[int]:
    """Applications never sent and left alone for twelve months."""
    open_now = ApplicationStatus.objects.in_force_on(on).filter(status=Status.IN_PROGRESS)
    found = Application.objects.filter(
        pk__in=open_now.values("application"), submissions__isnull=True
    )
    return [
        one.pk
        for one in found.order_by("pk")
        if rules.may_be_forgotten(one.touched_at.date(), on=on)
    ]
