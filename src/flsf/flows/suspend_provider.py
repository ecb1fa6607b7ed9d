"""A provider must stop taking new children, or may take them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.flows.continuity import ask_about_children, end_for_good_standing
from flsf.flows.escalate import close_if_lifted, take_step
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.admissions.queries import Standing
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as find_providers
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.rules import NewStep

ONE_DAY = timedelta(days=1)
SIGNALS = {
    SuspensionReason.SAFEGUARDING: Signal.SAFEGUARDING,
    SuspensionReason.CHECK_OVERDUE: Signal.EVIDENCE,
    SuspensionReason.QUALITY: Signal.STANDARDS,
}


class NothingToSuspend(Refusal):
    says = "They are in the pool of no lot, so there is nothing to suspend."


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Why a provider is suspended, from when, and when that is looked at again or ends."""

    reason: SuspensionReason
    explanation: str
    takes_effect_on: date
    review_on: date
    lifts_on: date | None = None

    def as_step(self) -> NewStep:
        """The step of the ladder that a suspension is."""
        return NewStep(
            rung=Rung.SUSPENDED,
            signal=SIGNALS[self.reason],
            reason=self.explanation,
            due_on=self.review_on,
            takes_effect_on=self.takes_effect_on,
        )


@transaction.atomic
def suspend_provider(
    *, provider_id: int, standings: Sequence[Standing], terms: Terms, by: Person, at: datetime
) -> None:
    """The provider is suspended from those lots and its services in them close, from one day.

    A lot that it comes into only later is suspended from its first day there. All of it or none:
    raises NothingToSuspend and what admissions.suspend and escalations.take_step raise. Lifting
    does not reopen the services; the provider does, once it has places again. The public list
    follows by itself: it asks on the day of a search who is in the pool. Somebody must decide
    about each child who is there, from the day on which it holds.
    """
    if not standings:
        raise NothingToSuspend
    find_providers.lock(provider_id)
    done: list[Standing] = []
    # In one fixed order, so that two officers suspending at once cannot deadlock.
    for standing in sorted(standings, key=lambda one: one.admission_id):
        if terms.lifts_on is not None and terms.lifts_on <= standing.since:
            continue  # it ends before they come into that lot
        try:
            admissions.suspend(
                admission_id=standing.admission_id,
                reason=terms.reason,
                explanation=terms.explanation,
                takes_effect_on=max(terms.takes_effect_on, standing.since),
                review_on=max(terms.review_on, standing.since + ONE_DAY),
                lifts_on=terms.lifts_on,
                by=by,
                at=at,
            )
        except admissions.NotInPool:
            if standing.status is not Status.SUSPENDED:
                raise
            continue  # it is suspended so already
        done.append(standing)
    if not done:
        raise NothingToSuspend
    take_step(provider_id=provider_id, step=terms.as_step(), by=by, at=at)
    providers.close_to_new_children(
        provider_id=provider_id,
        lot_ids=[one.lot_id for one in done],
        closed_from=terms.takes_effect_on,
        by=by,
        at=at,
    )
    ask_about_children(provider_id=provider_id, by=by, at=at)


@transaction.atomic
def suspend_site(*, provider_id: int, site_id: int, terms: Terms, by: Person, at: datetime) -> None:
    """No new child is placed at that site from that day; the provider's others carry on.

    Somebody must decide about each child who is there. Raises what admissions.suspend_site
    raises.
    """
    admissions.suspend_site(
        provider_id=provider_id,
        site_id=site_id,
        reason=terms.reason,
        explanation=terms.explanation,
        takes_effect_on=terms.takes_effect_on,
        review_on=terms.review_on,
        lifts_on=terms.lifts_on,
        by=by,
        at=at,
    )
    take_step(provider_id=provider_id, step=terms.as_step(), by=by, at=at)
    ask_about_children(provider_id=provider_id, by=by, at=at)


@transaction.atomic
def lift_suspension(
    *,
    provider_id: int,
    standings: Sequence[Standing],
    site_suspensions: Sequence[int] = (),
    explanation: str,
    takes_effect_on: date,
    by: Person,
    at: datetime,
) -> None:
    """The provider is back in the pool of those lots, and at those sites, from that day.

    All of them or none: raises what admissions.lift and admissions.lift_site raise. What was
    asked about its children on that account is asked no more once it is lifted.
    """
    find_providers.lock(provider_id)
    for standing in sorted(standings, key=lambda one: one.admission_id):
        admissions.lift(
            admission_id=standing.admission_id,
            explanation=explanation,
            takes_effect_on=takes_effect_on,
            by=by,
            at=at,
        )
    for suspension_id in sorted(site_suspensions):
        admissions.lift_site(
            suspension_id=suspension_id,
            explanation=explanation,
            takes_effect_on=takes_effect_on,
            by=by,
            at=at,
        )
    end_for_good_standing(provider_id=provider_id, by=by, at=at)
    close_if_lifted(provider_id, explanation, by=by, at=at)
