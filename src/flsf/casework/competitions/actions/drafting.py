"""A brief is written, weighed and published; from then it is frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from flsf.casework.children import queries as children
from flsf.casework.competitions import queries, rules
from flsf.casework.competitions.actions.common import (
    MayNot,
    ReasonMissing,
    Told,
    WordsMissing,
    _at_stage,
    _locked,
    _record,
    _refuse_conflicted,
)
from flsf.casework.competitions.enums import Stage, Tag, Window
from flsf.casework.competitions.models import Addendum, Competition, Invitation
from flsf.casework.competitions.rules import Brief, Criterion
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Status
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.accounts.enums import Permission
from flsf.shared.calendars import queries as calendars

# As it is published: whoever reads it can work every point out again.
FORMULA = tuple(
    " ".join(words)
    for words in (
        (
            "A criterion gives its weight times the score out of 5. Price gives its weight times",
            "the lowest price divided by this price. A price of nothing gives the whole weight.",
            "Each is rounded once to two digits, halves up, and the total is their sum.",
        ),
        (
            "A bid whose score on any criterion is below the threshold is not taken, and its price",
            "is not the lowest that others are measured by.",
        ),
        (
            "Equal totals go by the points for quality, then by the shorter distance from home",
            "(none where the child need not travel, unknown last), then by the draw: the lower",
            "SHA-256 of this document's hash, a space and the provider's reference.",
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer says is wanted. The rest of the brief is made from the record."""

    wanted: str
    outcomes: str
    starts_on: date
    ends_on: date
    half_days_mask: int
    minutes: int


class ReferralNotSeen(Refusal):
    says = "You cannot see this request any more. Ask whoever works on it."


class ReferralClosed(Refusal):
    says = "This request is closed, so nothing is bought for it."


class AlreadyHeld(Told):
    """Says which."""

    says = "A competition for this request is under way. Finish or stop it first."


class LotWithoutCompetition(Refusal):
    says = "This lot's terms allow no competition. Choose a service and propose a direct award."


class SaysOfWhom(Told):
    """Says by which words."""

    says = "Do not name the child or a diagnosis."


class NothingWanted(Refusal):
    says = "Choose at least one half-day."


class DaysOutOfOrder(Refusal):
    says = "The last day must be on or after the first day."


class StartsTooSoon(Told):
    says = "The first day must come after the deadline for bids."


class CriteriaNotPublished(Refusal):
    says = "The framework has published no such criterion. Choose from those it has published."


class WeightsWrong(Told):
    says = "The weights do not add up."


class DeadlineWrong(Told):
    says = "That deadline does not do."


class UrgentBecauseMissing(Refusal):
    says = "Say why it is urgent: providers have less time for it."


class NobodyToAsk(Told):
    says = (
        "No provider of this lot can be asked to bid today. Look at why below, or choose another "
        "lot."
    )


@transaction.atomic
def draft(
    *, referral_id: int, lot_id: int, wanted: Wanted, by: Person, at: datetime
) -> Competition:
    """There is a draft of a competition for the referral, which nobody else has seen.

    Raises ReferralNotSeen, ReferralClosed, AlreadyHeld, LotWithoutCompetition, SaysOfWhom,
    NothingWanted and DaysOutOfOrder.
    """
    on = london_day(at)
    referral = referrals.with_id(referral_id, person=by, on=on)
    if referral is None:
        raise ReferralNotSeen
    children.lock(referral.child_id)  # two officers, one request: one of them begins
    if referrals.status_on(on, referral_id=referral_id) is Status.CLOSED:
        raise ReferralClosed
    for one in queries.of_referral(referral_id, person=by):
        if queries.is_running(one, at):
            raise AlreadyHeld(f"Competition {one.ref} for this request is under way. Go on there.")
    _refuse_lot(lot_id)
    made = Competition.objects.create(
        ref=unused_ref("MC", Competition.objects),
        referral_id=referral_id,
        lot_id=lot_id,
        brief=_brief(referral, wanted, by=by, on=on).as_json(),
        made_by_id=by.pk,
        made_at=at,
    )
    _record(Tag.DRAFTED, made, {"referral": referral.ref}, by=by, at=at)
    return made


@transaction.atomic
def change(*, competition_id: int, wanted: Wanted, by: Person, at: datetime) -> None:
    """The draft says so now. Raises NotNow, and what draft raises of what is wanted."""
    found = _locked(competition_id)
    _at_stage(found, Stage.DRAFT, at=at)
    on = london_day(at)
    referral = referrals.with_id(found.referral_id, person=by, on=on)
    if referral is None:
        raise ReferralNotSeen
    found.brief = _brief(referral, wanted, by=by, on=on).as_json()
    found.save(update_fields=["brief"])
    _record(Tag.CHANGED, found, {}, by=by, at=at)


@transaction.atomic
def weigh(
    *,
    competition_id: int,
    weights: Mapping[str, int],
    refined: Mapping[str, str],
    price: int,
    by: Person,
    at: datetime,
) -> None:
    """The draft is judged by those published criteria, weighed so.

    `weights` and `refined` are by code. Raises NotNow, CriteriaNotPublished, WeightsWrong and
    SaysOfWhom.
    """
    found = _locked(competition_id)
    _at_stage(found, Stage.DRAFT, at=at)
    on = london_day(at)
    lot = frameworks.lot_facts()[found.lot_id]
    there = {one.code: one for one in queries.criteria_to_choose(lot.framework_id, on=on)}
    if not weights.keys() <= there.keys():
        raise CriteriaNotPublished
    chosen = [
        Criterion(code, one.title, one.line, refined.get(code, "").strip(), weights[code])
        for code, one in there.items()
        if code in weights
    ]
    if trouble := rules.weights_trouble(chosen, price, queries.bands(on)):
        raise WeightsWrong(f"{trouble}.")
    _refuse_personal([one.refined for one in chosen], found)
    found.criteria, found.price_weight = [one.as_json() for one in chosen], price
    found.save(update_fields=["criteria", "price_weight"])
    _record(Tag.WEIGHED, found, {"price": price, "criteria": len(chosen)}, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked to bid, by provider how many people are written to; and why others are not."""

    shortlist_id: int
    written_to: Mapping[int, int]
    left_out: Sequence[tuple[str, str]]


@transaction.atomic
def publish(
    *,
    competition_id: int,
    window: Window,
    urgent_because: str = "",
    last_day: date | None = None,
    asked: Asked,
    by: Person,
    at: datetime,
) -> Competition:
    """It is frozen with a hash, and the providers asked may bid until it closes.

    `last_day`: a later one than the window gives. Raises NotNow, MayNot, HasConflict,
    UrgentBecauseMissing, WeightsWrong, DeadlineWrong, StartsTooSoon, NobodyToAsk and
    LotWithoutCompetition.
    """
    found = _locked(competition_id)
    _at_stage(found, Stage.DRAFT, at=at)
    _refuse_who_may_not(found, by=by)
    _refuse_lot(found.lot_id)
    on = london_day(at)
    if window is Window.URGENT and not urgent_because.strip():
        raise UrgentBecauseMissing
    if trouble := rules.weights_trouble(found.judged_by, found.price_weight, queries.bands(on)):
        raise WeightsWrong(f"{trouble}.")
    closes_at = _closes_at(window, last_day, at=at)
    _refuse_too_soon(found.told, closes_at)
    if not any(asked.written_to.values()):
        raise NobodyToAsk
    found.window, found.closes_at = window, closes_at
    found.urgent_because = urgent_because.strip() if window is Window.URGENT else ""
    found.published = _published(found, on=on)
    found.sha256 = rules.sealed(found.published)
    found.shortlist_id = asked.shortlist_id
    found.left_out = [list(one) for one in asked.left_out]
    found.published_by_id, found.published_at = by.pk, at
    found.save()
    Invitation.objects.bulk_create(
        Invitation(competition=found, provider_id=pk, written_to=many)
        for pk, many in asked.written_to.items()
    )
    _record(
        Tag.PUBLISHED,
        found,
        {
            "sha256": found.sha256,
            "closes": closes_at.isoformat(),
            "eligible": len(asked.written_to),
        },
        by=by,
        at=at,
    )
    return found


@transaction.atomic
def add(*, competition_id: int, words: str, by: Person, at: datetime) -> Addendum:
    """All who were asked read this too, and have the whole time again to bid or to bid anew.

    What was published stays as it was. Raises NotNow, MayNot, HasConflict, WordsMissing,
    SaysOfWhom and StartsTooSoon.
    """
    found = _locked(competition_id)
    _at_stage(found, Stage.OPEN, at=at)
    _refuse_who_may_not(found, by=by)
    if not words.strip():
        raise WordsMissing
    _refuse_personal([words], found)
    before = found.closes_at or at
    found.closes_at = max(before, _closes_at(Window(found.window), None, at=at))
    _refuse_too_soon(found.told, found.closes_at)
    found.save(update_fields=["closes_at"])
    made = Addendum.objects.create(
        competition=found,
        words=words.strip(),
        closed_before_at=before,
        closes_at=found.closes_at,
        added_by_id=by.pk,
        added_at=at,
    )
    _record(Tag.ADDED_TO, found, {"closes": found.closes_at.isoformat()}, by=by, at=at)
    return made


@transaction.atomic
def stop(*, competition_id: int, because: str, by: Person, at: datetime) -> Competition:
    """Nothing is bought by it. Raises NotNow once it is awarded or stopped, MayNot, HasConflict
    and ReasonMissing.
    """
    found = _locked(competition_id)
    _at_stage(found, *(set(Stage) - {Stage.AWARDED, Stage.STOPPED}), at=at)
    _refuse_who_may_not(found, by=by)
    if not because.strip():
        raise ReasonMissing
    _refuse_personal([because], found)
    found.stopped_because, found.stopped_by_id, found.stopped_at = because.strip(), by.pk, at
    found.save(update_fields=["stopped_because", "stopped_by", "stopped_at"])
    _record(Tag.STOPPED, found, {}, by=by, at=at)
    return found


def _refuse_who_may_not(found: Competition, *, by: Person) -> None:
    """A competition is held by those who work referrals, and by none with an interest in it."""
    if by.pk is not None and not by.may(Permission.WORK_REFERRALS):
        raise MayNot
    _refuse_conflicted(found, by=by)


def _refuse_lot(lot_id: int) -> None:
    if not frameworks.lot_facts()[lot_id].terms.competition_allowed:
        raise LotWithoutCompetition


def _brief(referral: Any, wanted: Wanted, *, by: Person, on: date) -> Brief:
    child = children.with_id(referral.child_id, person=by, on=on)
    if child is None:
        raise ReferralNotSeen
    if not wanted.wanted.strip() or not wanted.outcomes.strip():
        raise WordsMissing
    if not wanted.half_days_mask:
        raise NothingWanted
    if wanted.ends_on < wanted.starts_on:
        raise DaysOutOfOrder
    _refuse_words([wanted.wanted, wanted.outcomes], child)
    return Brief(
        age_band=rules.age_band(_age(child.birth_date, max(wanted.starts_on, on))),
        needs=rules.areas(child.needs_mask),
        area=rules.area_of(child.postcode),
        how=rules.modes(referral.modes_mask),
        wanted=wanted.wanted.strip(),
        outcomes=wanted.outcomes.strip(),
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        half_days_mask=wanted.half_days_mask,
        minutes=wanted.minutes,
    )


def _age(born: date, on: date) -> int:
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (not had_birthday)


def _refuse_personal(texts: list[str], found: Competition) -> None:
    """The words are looked at even where whoever writes them may not see the child."""
    _refuse_words(texts, found.referral.child)


def _refuse_words(texts: list[str], child: Any) -> None:
    names = [child.first_name, child.last_name, child.preferred_name]
    if found := rules.personal(texts, names):
        raise SaysOfWhom(
            f"Take out {', '.join(f'“{one}”' for one in found)}: providers are not told of whom "
            "it is, nor of a diagnosis. Say what the support must help with."
        )


def _closes_at(window: Window, last_day: date | None, *, at: datetime) -> datetime:
    calendar = calendars.working_calendar()
    earliest = rules.earliest_close(window, at, queries.lengths(london_day(at)), calendar)
    if last_day is None:
        return earliest
    if trouble := rules.window_trouble(last_day, earliest, calendar):
        raise DeadlineWrong(f"{trouble}.")
    return rules.closing(last_day)


def _refuse_too_soon(brief: Brief, closes_at: datetime) -> None:
    last = london_day(closes_at)
    if brief.starts_on <= last:
        raise StartsTooSoon(
            f"Bids close on {last:%A} {last.day} {last:%B %Y}, so the first day of the support "
            "must come after that. Change the brief, or make it urgent."
        )


def _published(found: Competition, *, on: date) -> dict[str, Any]:
    """Everything that is frozen: the hash is of this and nothing else."""
    return {
        "ref": found.ref,
        "lot": found.lot.code,
        "unit": found.lot.unit,
        "brief": found.brief,
        "criteria": found.criteria,
        "price_weight": found.price_weight,
        "threshold": law.value(Key.COMPETITION_THRESHOLD, on=on),
        "formula": list(FORMULA),
        "window": found.window,
        "closes_at": found.closes_at.isoformat() if found.closes_at else "",
    }
