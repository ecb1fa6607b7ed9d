"""A provider may take no new children: what that asks of those who are there already."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from flsf.casework.children import queries as children
from flsf.casework.children.enums import Care, SenStage
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals import queries as find_referrals
from flsf.casework.referrals.enums import Ground, Purpose, Route, Status, Urgency
from flsf.casework.referrals.rules import Asked
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.delivery.continuity import actions as continuity
from flsf.delivery.continuity import queries as find
from flsf.delivery.continuity.enums import Cause, Choice, Ended
from flsf.delivery.continuity.rules import Needed
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.queries import Seen
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import queries as admissions
from flsf.market.checks import queries as checks
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import MODE_ORDER, mode_bit
from flsf.shared.calendars import queries as calendars


@transaction.atomic
def ask_about_children(*, by: Person, at: datetime, provider_id: int | None = None) -> int:
    """Somebody must decide about each child whose provider lapsed or is suspended; how many.

    Of one provider, or of all. What stands no longer, because the placement ended, is over;
    running again on the same day makes no difference.
    """
    on = london_day(at)
    ids = providers.every_id() if provider_id is None else frozenset({provider_id})
    overdue, paused = checks.overdue(on, ids), admissions.paused(on, ids)
    live = placements.live_with(overdue.keys() | paused.keys(), on=on)
    needed = [*_lapsed(live, overdue), *_suspended(live, paused)]
    _end_what_is_over(by=by, at=at)
    made = continuity.ask_many(needed=needed, due_on=_due(on), by=by, at=at)
    return len(made)


@transaction.atomic
def decide_continuity(
    *,
    continuity_id: int,
    choice: Choice,
    reason: str,
    review_on: date | None,
    by: Person,
    at: datetime,
) -> str | None:
    """The child stays until a day, or other support is asked for; then its reference.

    Raises what continuity.decide raises, and then nothing is asked for.
    """
    one = continuity.decide(
        continuity_id=continuity_id,
        choice=choice,
        reason=reason,
        review_on=review_on,
        by=by,
        at=at,
    )
    return _ask_for_other_support(one.placement_id, one.ref, by=by, at=at) if _moves(one) else None


@transaction.atomic
def end_for_good_standing(*, provider_id: int, by: Person, at: datetime) -> None:
    """What the provider's evidence and lifted suspensions have settled is asked no more."""
    on = london_day(at)
    ids = frozenset({provider_id})
    asked = find.causes_of(provider_id)
    live = placements.live_with(ids, on=on)
    causes = (
        (Cause.CHECK_LAPSED, Ended.EVIDENCE, _lapsed(live, checks.overdue(on, ids))),
        (Cause.SUSPENDED, Ended.LIFTED, _suspended(live, admissions.paused(on, ids))),
    )
    for cause, because, still in causes:
        over = asked.get(cause, frozenset()) - {one.placement_id for one in still}
        continuity.end(placement_ids=over, cause=cause, because=because, by=by, at=at)


def _moves(one: Any) -> bool:
    return bool(one.choice == Choice.MOVE)


def _lapsed(live: list[Seen], overdue: Mapping[int, list[str]]) -> Iterator[Needed]:
    for one in live:
        if names := overdue.get(one.provider_id):
            yield Needed(one.id, Cause.CHECK_LAPSED, f"Not in date: {', '.join(names)}")


def _suspended(live: list[Seen], paused: Mapping[int, admissions.Paused]) -> Iterator[Needed]:
    where = providers.lots_and_sites([one.service_id for one in live if one.service_id])
    for one in live:
        found = paused.get(one.provider_id)
        lot, site = where.get(one.service_id or 0, (None, None))
        if found and (why := found.why(lot_id=lot, site_id=site)):
            yield Needed(one.id, Cause.SUSPENDED, why)


def _end_what_is_over(*, by: Person, at: datetime) -> None:
    asked_about = find.placements_asked_about()
    gone = placements.not_live(asked_about, on=london_day(at))
    continuity.end(placement_ids=gone, because=Ended.PLACEMENT_ENDED, by=by, at=at)


def _due(on: date) -> date:
    days = law.value(Key.CONTINUITY_DAYS, on=on)
    return calendars.working_calendar().nth_working_day(on, days)


def _ask_for_other_support(placement_id: int, ref: str, *, by: Person, at: datetime) -> str:
    """The child's open request says so, or there is a new one like that of the placement."""
    on = london_day(at)
    placement = placements.with_id(placement_id, person=SYSTEM, on=on)
    if placement is None:
        raise LookupError(placement_id)
    words = f"The place with {placement.provider_name} ({placement.ref}) cannot go on as it is."
    open_one = find_referrals.open_for(placement.child_id, person=SYSTEM, on=on)
    if open_one:
        _take_up_again(open_one, f"{words} Decision {ref}.", by=by, at=at)
        return str(open_one.ref)
    child = children.with_id(placement.child_id, person=SYSTEM, on=on)
    if child is None:
        raise LookupError(placement.child_id)
    sent = referrals.send(
        child_id=child.pk,
        asked=_asked_like(placement, words, ref, on),
        care=Care(child.care),
        sen_stage=SenStage(child.sen_stage),
        school_id=child.school_id,
        by=by,
        at=at,
    )
    return sent.ref


def _take_up_again(referral: Any, words: str, *, by: Person, at: datetime) -> None:
    """Support that changes sends the request back to matching (S16), with the reason beside it."""
    referrals.add_note(referral_id=referral.pk, words=words, needs_reading=True, by=by, at=at)
    if referral.status == Status.STARTED:
        referrals.move(
            referral_id=referral.pk,
            status=Status.MATCHING,
            takes_effect_on=london_day(at),
            by=by,
            at=at,
        )


def _asked_like(placement: Seen, words: str, ref: str, on: date) -> Asked:
    before_id = placements.referral_of(placement.id)
    before = find_referrals.with_id(before_id, person=SYSTEM, on=on) if before_id else None
    like = {
        "ground": Ground(before.ground),
        "purpose": Purpose(before.purpose),
        "lot_id": before.lot_id,
        "modes": frozenset(one for one in MODE_ORDER if before.modes_mask & mode_bit(one)),
        "half_days_mask": before.half_days_mask,
        "minutes_a_half_day": before.minutes_a_half_day,
        "most_metres": before.most_metres,
    } if before else {"ground": Ground.OTHER}  # fmt: skip
    return Asked(
        route=Route.OFFICER,
        first_aware_on=on,
        what_happens=f"{words} Other support is needed before it ends.",
        sent_once_key=f"continuity-{ref}",
        urgency=Urgency.URGENT,
        urgency_reason="The provider may take no new children, and the child is to be moved.",
        **like,
    )
