"""Reads of what is done about providers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from flsf.core.people import Person
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.models import Escalation, EscalationReply, EscalationStep


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider said to a step, and whether it came after its day."""

    words: str
    is_late: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as it was taken, with what the provider said to it."""

    id: int
    ref: str
    rung: Rung
    signal: Signal
    reason: str
    takes_effect_on: date
    reply_by: date
    due_on: date
    without_reply: bool
    decided_by: str
    decided_at: datetime
    replies: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is done about a provider: its steps, the latest first."""

    id: int
    ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    opened_on: date
    closed_on: date | None
    closed_by: str
    closed_because: str
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Step:
        return self.steps[0]


def cases(*, person: Person, provider_id: int | None = None, open_only: bool = False) -> list[Case]:
    """What this person may see of it, the latest first. Three questions, however many."""
    found = Escalation.objects.visible_to(person)
    if provider_id is not None:
        found = found.filter(provider=provider_id)
    if open_only:
        found = found.filter(closed_on=None)
    return _cases(found)


def case_of_step(ref: str, *, person: Person) -> Case | None:
    """The case in which that step was taken, if this person may see it."""
    return next(iter(_cases(Escalation.objects.visible_to(person).filter(steps__ref=ref))), None)


def _cases(found: QuerySet[Escalation]) -> list[Case]:
    replies = EscalationReply.objects.select_related("by").order_by("at", "pk")
    steps = (
        EscalationStep.objects.select_related("decided_by")
        .prefetch_related(Prefetch("replies", replies))
        .order_by("-decided_at", "-pk")
    )
    rows = (
        found.select_related("provider", "closed_by")
        .prefetch_related(Prefetch("steps", steps))
        .order_by("-opened_on", "-pk")
    )
    return [
        Case(
            id=one.pk,
            ref=one.ref,
            provider_id=one.provider_id,
            provider_ref=one.provider.ref,
            provider_name=one.provider.name,
            opened_on=one.opened_on,
            closed_on=one.closed_on,
            closed_by=one.closed_by.name if one.closed_by else "",
            closed_because=one.closed_because,
            steps=tuple(_step(step) for step in one.steps.all()),
        )
        for one in rows
    ]


def _step(one: EscalationStep) -> Step:
    return Step(
        id=one.pk,
        ref=one.ref,
        rung=Rung(one.rung),
        signal=Signal(one.signal),
        reason=one.reason,
        takes_effect_on=one.takes_effect_on,
        reply_by=one.reply_by,
        due_on=one.due_on,
        without_reply=one.without_reply,
        decided_by=one.decided_by.name,
        decided_at=one.decided_at,
        replies=tuple(
            Answer(each.words, each.is_late, each.by.name, each.at) for each in one.replies.all()
        ),
    )
