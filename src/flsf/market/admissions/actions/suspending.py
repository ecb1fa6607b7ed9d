"""A provider takes no new children in a lot or at a site, and takes them again."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.admissions import queries, rules
from flsf.market.admissions.actions.common import (
    Backdated,
    _change_status,
    _hold_over,
    _locked,
    _record,
)
from flsf.market.admissions.enums import Status, SuspensionReason, Tag
from flsf.market.admissions.models import Admission, SiteSuspension, StatusChange
from flsf.market.checks import queries as checks
from flsf.market.exclusions import queries as exclusions
from flsf.market.providers import queries as providers
from flsf.shared.audit import actions as audit

LIFTED_BY_EVIDENCE = "Everything that must be shown is in date again."


class NotInPool(Refusal):
    says = "The provider is not in the pool for that lot on that day."


class NotSuspended(Refusal):
    says = "The provider is not suspended from that lot on that day."


class ReviewMissing(Refusal):
    says = "Choose a day after the first on which the suspension is looked at again."


class LiftsTooEarly(Refusal):
    says = "A suspension can only end by itself on a day after its first."


class NothingOverdue(Refusal):
    says = "Everything they must show is in date. Give another reason, or leave it."


class EvidenceFirst(Refusal):
    says = "A check is overdue, so this ends when new evidence is recorded, and not by hand."


class ExclusionFirst(Refusal):
    says = "They are excluded, so this ends when the exclusion ends, and not by hand."


class SiteAlreadySuspended(Refusal):
    says = "That site is suspended already, or will be."


class SiteNotSuspended(Refusal):
    says = "That site is not suspended on that day."


class NotTheirSite(Refusal):
    says = "That site is not one of this provider's. Choose one of the list."


@transaction.atomic
def suspend(
    *,
    admission_id: int,
    reason: SuspensionReason,
    explanation: str,
    takes_effect_on: date,
    review_on: date,
    lifts_on: date | None = None,
    by: Person,
    at: datetime,
) -> None:
    """The provider is offered no new children in the lot from that day, or until `lifts_on`.

    Whatever would have brought it back later does not. One decided by hand may take the place of
    another that stands; one that something else lifts may not, nor one for the same reason that
    changes nothing. Raises NotInPool, Backdated, ReviewMissing, LiftsTooEarly; of a check overdue
    also NothingOverdue and EvidenceFirst (it never ends by date).
    """
    _lock_provider_of(admission_id)
    admission = _locked(admission_id)
    _check_dates(takes_effect_on, review_on, lifts_on)
    _check_evidence(admission.provider_id, reason, lifts_on, at=at)
    before = queries.status_on(takes_effect_on, admission_id=admission_id)
    if not rules.may_suspend(before, reason) or _holds_already(
        admission, reason, takes_effect_on, until=lifts_on
    ):
        raise NotInPool
    _change_status(
        admission, Status.SUSPENDED, takes_effect_on, reason, explanation,
        review_on=review_on, by=by, at=at,
    )  # fmt: skip
    _hold_over(
        admission, Status.SUSPENDED, takes_effect_on, reason, explanation,
        until=lifts_on, review_on=review_on, by=by, at=at,
    )  # fmt: skip
    _record(Tag.SUSPENDED, admission, takes_effect_on, by=by, at=at)
    if lifts_on is not None:
        _change_status(
            admission, Status.IN_POOL, lifts_on, explanation="As set when it began.", by=by, at=at
        )


@transaction.atomic
def lift(
    *, admission_id: int, explanation: str, takes_effect_on: date, by: Person, at: datetime
) -> None:
    """The provider is back in the pool from that day, and what this suspension held over with it.

    One that was decided apart for a later day stays. Raises NotSuspended, Backdated, of a check
    still overdue EvidenceFirst, and ExclusionFirst while the provider is excluded, whatever the
    suspension is for.
    """
    _lock_provider_of(admission_id)
    admission = _locked(admission_id)
    stands = StatusChange.objects.in_force_on(takes_effect_on).filter(admission=admission_id)
    before = stands.filter(status=Status.SUSPENDED).first()
    if before is None:
        raise NotSuspended
    _refuse_without_evidence(admission.provider_id, before.reason, at=at)
    if _is_excluded(admission.provider_id):
        raise ExclusionFirst
    held_over = admission.changes.filter(
        status=Status.SUSPENDED,
        reason=before.reason,
        decided_at=before.decided_at,
        takes_effect_on__gt=takes_effect_on,
    )
    days = {takes_effect_on, *held_over.values_list("takes_effect_on", flat=True)}
    for day in sorted(days):
        _change_status(admission, Status.IN_POOL, day, explanation=explanation, by=by, at=at)
    _record(Tag.LIFTED, admission, takes_effect_on, by=by, at=at)


@transaction.atomic
def remove(
    *, admission_id: int, explanation: str, takes_effect_on: date, by: Person, at: datetime
) -> None:
    """The provider has left the lot for good from that day, in the pool or suspended before.

    Nothing that was set for a later day brings it back. Raises NotInPool and Backdated.
    """
    _lock_provider_of(admission_id)
    admission = _locked(admission_id)
    before = queries.status_on(takes_effect_on, admission_id=admission_id)
    if not rules.may_move(before, Status.REMOVED):
        raise NotInPool
    _change_status(
        admission, Status.REMOVED, takes_effect_on, explanation=explanation, by=by, at=at
    )
    _hold_over(admission, Status.REMOVED, takes_effect_on, explanation=explanation, by=by, at=at)
    _record(Tag.REMOVED, admission, takes_effect_on, by=by, at=at)


@transaction.atomic
def suspend_site(
    *,
    provider_id: int,
    site_id: int,
    reason: SuspensionReason,
    explanation: str,
    takes_effect_on: date,
    review_on: date,
    lifts_on: date | None = None,
    by: Person,
    at: datetime,
) -> SiteSuspension:
    """No new child is placed at the site from that day, or until `lifts_on`.

    Raises NotTheirSite, SiteAlreadySuspended and what suspend raises but for NotInPool.
    """
    providers.lock(provider_id)
    if site_id not in {one.pk for one in providers.sites_of(provider_id)}:
        raise NotTheirSite
    if rules.is_backdated(takes_effect_on, decided_on=london_day(at)):
        raise Backdated
    _check_dates(takes_effect_on, review_on, lifts_on)
    _check_evidence(provider_id, reason, lifts_on, at=at)
    if SiteSuspension.objects.in_force_on(takes_effect_on).filter(site=site_id).exists():
        raise SiteAlreadySuspended
    lifted = (
        {"lifted_because": "As set when it began.", "lifted_by_id": by.pk, "lifted_at": at}
        if lifts_on
        else {}
    )
    try:
        with transaction.atomic():
            made = SiteSuspension.objects.create(
                site_id=site_id,
                reason=reason,
                explanation=explanation,
                starts_on=takes_effect_on,
                review_on=review_on,
                lifted_from=lifts_on,
                decided_by_id=by.pk,
                decided_at=at,
                **lifted,
            )
    except IntegrityError as error:
        raise SiteAlreadySuspended from error
    _record_site(Tag.SITE_SUSPENDED, site_id, takes_effect_on, by=by, at=at)
    return made


@transaction.atomic
def lift_site(
    *, suspension_id: int, explanation: str, takes_effect_on: date, by: Person, at: datetime
) -> None:
    """Children may be placed at the site again from that day.

    Raises SiteNotSuspended, Backdated and, of a check still overdue, EvidenceFirst.
    """
    one = SiteSuspension.objects.select_related("site").get(pk=suspension_id)
    providers.lock(one.site.provider_id)
    one = SiteSuspension.objects.select_for_update(of=("self",)).select_related("site").get(
        pk=suspension_id
    )  # fmt: skip
    if rules.is_backdated(takes_effect_on, decided_on=london_day(at)):
        raise Backdated
    if one.lifted_from is not None or takes_effect_on < one.starts_on:
        raise SiteNotSuspended
    _refuse_without_evidence(one.site.provider_id, one.reason, at=at)
    one.lifted_from, one.lifted_because = takes_effect_on, explanation
    one.lifted_by_id, one.lifted_at = by.pk, at
    one.save(update_fields=["lifted_from", "lifted_because", "lifted_by", "lifted_at"])
    _record_site(Tag.SITE_LIFTED, one.site_id, takes_effect_on, by=by, at=at)


@transaction.atomic
def lift_for_evidence(*, provider_id: int, by: Person, at: datetime) -> None:
    """Every suspension of the provider that was only for a check overdue is lifted from today.

    The lots of a provider that is excluded wait until the exclusion ends. Raises EvidenceFirst
    while anything is overdue.
    """
    on = london_day(at)
    if not _is_excluded(provider_id):
        _lift_all(provider_id, SuspensionReason.CHECK_OVERDUE, LIFTED_BY_EVIDENCE, by=by, at=at)
    sites = SiteSuspension.objects.in_force_on(on).filter(
        site__provider=provider_id, reason=SuspensionReason.CHECK_OVERDUE
    )
    for each in sites:
        lift_site(
            suspension_id=each.pk,
            explanation=LIFTED_BY_EVIDENCE,
            takes_effect_on=on,
            by=by,
            at=at,
        )


@transaction.atomic
def suspend_for_exclusion(
    *, provider_id: int, explanation: str, review_after: timedelta, by: Person, at: datetime
) -> None:
    """The excluded provider is offered no new children in any lot: those it is in from today,
    those it would come into later from that day. Where it is suspended for another reason, that
    stays until its own end.
    """
    providers.lock(provider_id)
    on = london_day(at)
    places = StatusChange.objects.filter(
        admission__provider=provider_id, status=Status.IN_POOL
    ).values_list("admission", "takes_effect_on")
    for admission_id, day in sorted({(pk, max(day, on)) for pk, day in places}):
        if queries.status_on(day, admission_id=admission_id) is not Status.IN_POOL:
            continue
        suspend(
            admission_id=admission_id,
            reason=SuspensionReason.EXCLUDED,
            explanation=explanation,
            takes_effect_on=day,
            review_on=day + review_after,
            by=by,
            at=at,
        )


@transaction.atomic
def lift_for_exclusion(*, provider_id: int, explanation: str, by: Person, at: datetime) -> None:
    """Every suspension of the provider that was only for its exclusion is lifted: from today, or
    from the day on which it would begin. Raises ExclusionFirst while it is excluded.
    """
    on = london_day(at)
    _lift_all(provider_id, SuspensionReason.EXCLUDED, explanation, by=by, at=at)
    to_come = StatusChange.objects.filter(
        admission__provider=provider_id,
        reason=SuspensionReason.EXCLUDED,
        takes_effect_on__gt=on,
    ).values_list("admission", "takes_effect_on")
    for admission_id, day in sorted(set(to_come)):
        if queries.status_on(day, admission_id=admission_id) is not Status.SUSPENDED:
            continue  # lifted with what held it over
        lift(admission_id=admission_id, explanation=explanation, takes_effect_on=day, by=by, at=at)


def _lift_all(
    provider_id: int, reason: SuspensionReason, explanation: str, *, by: Person, at: datetime
) -> None:
    """In one fixed order of lots, so that two at once cannot deadlock."""
    on = london_day(at)
    standing = (
        StatusChange.objects.in_force_on(on)
        .filter(admission__provider=provider_id, reason=reason)
        .order_by("admission")
    )
    for one in standing:
        lift(
            admission_id=one.admission_id,
            explanation=explanation,
            takes_effect_on=on,
            by=by,
            at=at,
        )


def _holds_already(
    admission: Admission, reason: str, takes_effect_on: date, *, until: date | None
) -> bool:
    """Whether it is suspended for that reason already, with nothing set that would end it."""
    stands = StatusChange.objects.in_force_on(takes_effect_on).filter(admission=admission)
    to_come = admission.changes.filter(takes_effect_on__gt=takes_effect_on, status=Status.IN_POOL)
    return until is None and stands.filter(reason=reason).exists() and not to_come.exists()


def _lock_provider_of(admission_id: int) -> None:
    """Always the provider first, then its admissions, as whoever sees evidence does."""
    providers.lock(Admission.objects.values_list("provider_id", flat=True).get(pk=admission_id))


def _check_dates(takes_effect_on: date, review_on: date, lifts_on: date | None) -> None:
    if not rules.review_fits(review_on, takes_effect_on=takes_effect_on):
        raise ReviewMissing
    if not rules.lifts_in_time(lifts_on, takes_effect_on=takes_effect_on):
        raise LiftsTooEarly


def _check_evidence(
    provider_id: int, reason: SuspensionReason, lifts_on: date | None, *, at: datetime
) -> None:
    if reason != SuspensionReason.CHECK_OVERDUE:
        return
    if checks.is_in_date(provider_id, on=london_day(at)):
        raise NothingOverdue
    if lifts_on is not None:
        raise EvidenceFirst


def _refuse_without_evidence(provider_id: int, reason: str, *, at: datetime) -> None:
    if reason == SuspensionReason.CHECK_OVERDUE and not checks.is_in_date(
        provider_id, on=london_day(at)
    ):
        raise EvidenceFirst


def _is_excluded(provider_id: int) -> bool:
    return exclusions.is_excluded(providers.organisation_of(provider_id))


def _record_site(
    tag: Tag, site_id: int, takes_effect_on: date, *, by: Person, at: datetime
) -> None:
    details = {"takes_effect_on": takes_effect_on.isoformat()}
    audit.record(tag=tag, subject=f"site {site_id}", details=details, by=by, at=at)
