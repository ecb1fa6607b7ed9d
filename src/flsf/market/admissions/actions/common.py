"""What every change of an admission does."""

from datetime import date, datetime, timedelta

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.admissions import rules
from flsf.market.admissions.enums import Status, SuspensionReason, Tag
from flsf.market.admissions.models import Admission, StatusChange
from flsf.shared.audit import actions as audit

ONE_DAY = timedelta(days=1)


class Backdated(Refusal):
    says = "A change of status cannot take effect on a day that has passed."


def _locked(admission_id: int) -> Admission:
    """The admission, held until the transaction ends, so that changes queue up."""
    return Admission.objects.select_for_update().get(pk=admission_id)


def _change_status(
    admission: Admission,
    status: Status,
    takes_effect_on: date,
    reason: SuspensionReason | None = None,
    explanation: str = "",
    *,
    review_on: date | None = None,
    by: Person,
    at: datetime,
) -> None:
    if rules.is_backdated(takes_effect_on, decided_on=london_day(at)):
        raise Backdated
    StatusChange.objects.create(
        admission=admission,
        status=status,
        takes_effect_on=takes_effect_on,
        reason=reason or "",
        explanation=explanation,
        review_on=review_on,
        decided_by_id=by.pk,
        decided_at=at,
    )


def _hold_over(
    admission: Admission,
    status: Status,
    after: date,
    reason: SuspensionReason | None = None,
    explanation: str = "",
    *,
    until: date | None = None,
    review_on: date | None = None,
    by: Person,
    at: datetime,
) -> None:
    """The status holds over what was set before for later days, up to but not counting `until`.

    What was set stays on record. Removal holds over all of it, a suspension over being in the
    pool.
    """
    later = admission.changes.filter(takes_effect_on__gt=after).exclude(status=Status.REMOVED)
    if status is not Status.REMOVED:
        later = later.filter(status=Status.IN_POOL)
    if until is not None:
        later = later.filter(takes_effect_on__lt=until)
    for day in sorted(set(later.values_list("takes_effect_on", flat=True))):
        _change_status(
            admission,
            status,
            day,
            reason,
            explanation,
            review_on=None if review_on is None else max(review_on, day + ONE_DAY),
            by=by,
            at=at,
        )


def _record(
    tag: Tag, admission: Admission, takes_effect_on: date | None = None, *, by: Person, at: datetime
) -> None:
    audit.record(
        tag=tag,
        subject=f"admission {admission.pk}",
        details={"takes_effect_on": takes_effect_on.isoformat() if takes_effect_on else None},
        by=by,
        at=at,
    )
