"""The only writes of what is done about providers."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.providers import queries as providers
from flsf.oversight.escalations import rules
from flsf.oversight.escalations.enums import Rung, Tag
from flsf.oversight.escalations.models import Escalation, EscalationReply, EscalationStep
from flsf.oversight.escalations.rules import Before, NewStep
from flsf.shared.audit import actions as audit
from flsf.shared.calendars import queries as calendars


class NotHigher(Refusal):
    says = "That step, or a higher one, has been taken already. Choose a higher one, or close this."


class ReplyStillOpen(Refusal):
    """Says until when."""

    says = "The provider may still reply to the last step."

    def __init__(self, reply_by: date) -> None:
        super().__init__()
        self.reply_by = reply_by

    def __str__(self) -> str:
        return (
            f"The provider may reply to the last step until {in_words(self.reply_by)}. "
            "Wait for that, unless a child's safety is at stake."
        )


class ReasonMissing(Refusal):
    says = "Say why, and what is to be put right."


class DueTooEarly(Refusal):
    says = "The day it is to be put right must not be before the step takes effect."


class Backdated(Refusal):
    says = "A step cannot take effect on a day that has passed."


class NeedsAPerson(Refusal):
    says = "A named person takes a step. Sign in and take it."


class NothingSaid(Refusal):
    says = "Write what you want to say."


class CaseClosed(Refusal):
    says = "This has been closed. There is nothing to reply to any more."


class NothingOpen(Refusal):
    says = "Nothing is open about this provider."


@transaction.atomic
def take_step(*, provider_id: int, step: NewStep, by: Person, at: datetime) -> EscalationStep:
    """The step is taken, and the provider may reply for the days that the law key says.

    Nobody need have replied to the step before once its time is over: that is noted. Raises
    NeedsAPerson, ReasonMissing, Backdated, DueTooEarly, NotHigher and ReplyStillOpen.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not step.reason.strip():
        raise ReasonMissing
    on = london_day(at)
    if step.takes_effect_on < on:
        raise Backdated
    if step.due_on < step.takes_effect_on:
        raise DueTooEarly
    providers.lock(provider_id)  # two officers take turns, and the second sees the first's step
    case = Escalation.objects.filter(provider=provider_id, closed_on=None).first()
    before = _before(case)
    if not rules.goes_up(before, step.rung):
        raise NotHigher
    if before is not None and rules.must_wait(before, step.rung, step.signal, on=on):
        raise ReplyStillOpen(before.reply_by)
    if case is None:
        case = Escalation.objects.create(
            ref=unused_ref("Q", Escalation.objects), provider_id=provider_id, opened_on=on
        )
    taken = EscalationStep.objects.create(
        escalation=case,
        ref=unused_ref("Q", EscalationStep.objects),
        rung=step.rung,
        signal=step.signal,
        reason=step.reason.strip(),
        takes_effect_on=step.takes_effect_on,
        reply_by=_reply_by(on),
        due_on=step.due_on,
        without_reply=rules.goes_on_without_reply(before),
        decided_by_id=by.pk,
        decided_at=at,
    )
    details = {"rung": step.rung.value, "signal": step.signal.value}
    audit.record(
        tag=Tag.STEP_TAKEN, subject=f"escalation {case.ref}", details=details, by=by, at=at
    )
    return taken


@transaction.atomic
def reply(*, step_id: int, words: str, by: Person, at: datetime) -> EscalationReply:
    """The provider's words stand beside the step; after its day they are marked as late.

    Raises NothingSaid and CaseClosed.
    """
    if not words.strip():
        raise NothingSaid
    step = EscalationStep.objects.select_related("escalation").get(pk=step_id)
    case = Escalation.objects.select_for_update(of=("self",)).get(pk=step.escalation_id)
    if case.closed_on is not None:
        raise CaseClosed
    late = rules.is_late(step.reply_by, on=london_day(at))
    made = EscalationReply.objects.create(
        step=step, words=words.strip(), is_late=late, by_id=by.pk, at=at
    )
    audit.record(
        tag=Tag.REPLIED,
        subject=f"escalation {case.ref}",
        details={"step": step.ref, "late": late},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def close(*, provider_id: int, because: str, by: Person, at: datetime) -> None:
    """Nothing more is done about the provider, and why. Raises NothingOpen and ReasonMissing."""
    if by.pk is None:
        raise NeedsAPerson
    if not because.strip():
        raise ReasonMissing
    providers.lock(provider_id)  # a step that is being taken comes first, or opens a new case
    case = (
        Escalation.objects.select_for_update(of=("self",))
        .filter(provider=provider_id, closed_on=None)
        .first()
    )
    if case is None:
        raise NothingOpen
    case.closed_on, case.closed_because = london_day(at), because.strip()
    case.closed_by_id, case.closed_at = by.pk, at
    case.save(update_fields=["closed_on", "closed_because", "closed_by", "closed_at"])
    audit.record(tag=Tag.CLOSED, subject=f"escalation {case.ref}", details={}, by=by, at=at)


def _before(case: Escalation | None) -> Before | None:
    if case is None:
        return None
    last = case.steps.order_by("-decided_at", "-pk").first()
    if last is None:
        return None
    return Before(Rung(last.rung), last.reply_by, last.replies.exists())


def _reply_by(on: date) -> date:
    """The last day on which a provider may reply to a step taken on a day."""
    days = law.value(Key.REPLY_DAYS, on=on)
    return calendars.working_calendar().nth_working_day(on, days + 1)
