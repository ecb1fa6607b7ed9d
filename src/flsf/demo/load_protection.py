"""What time has set off: reminders, decisions about children, steps taken about providers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flsf.casework.timetable import queries as timetable
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Cause, Choice, Standing
from flsf.flows.continuity import decide_continuity
from flsf.flows.suspend_provider import Terms, suspend_site
from flsf.jobs import nightly
from flsf.market.admissions import actions as admission_actions
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.checks import actions as checks
from flsf.market.providers import queries as providers
from flsf.oversight.escalations import actions as escalations
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.rules import NewStep

DAY = timedelta(days=1)
MOST_AT_FIRST = 3
VISIT_ASKED_AGO = timedelta(days=38)
WHY = {
    Choice.KEEP: (
        "The insurer has confirmed by telephone that cover goes on; the certificate is on its "
        "way. The family wants to stay. Two adults are there at every session."
    ),
    Choice.MOVE: "Sessions are at the provider's workshop, and nobody can say when cover begins.",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what."""

    caseworker: Person
    quality: Person
    sole_provider: Person
    tuition_manager: Person


def load(cast: Cast, *, at: datetime) -> int:
    """The night's round has run; one child stays, one is to be moved, the others wait."""
    _steps(cast, at=at)
    _a_place_shut(cast.quality, at=at)
    _a_visit_due(cast.quality, at=at)
    _told(cast.sole_provider, at=at)
    night = nightly.look_after_checks(at)
    on = london_day(at)
    waiting = continuity.listed(person=cast.caseworker, on=on, standing=Standing.TO_DECIDE)
    lapsed = [one for one in waiting if one.cause is Cause.CHECK_LAPSED]
    for one, choice in zip(lapsed, (Choice.KEEP, Choice.MOVE), strict=False):
        decide_continuity(
            continuity_id=one.id,
            choice=choice,
            reason=WHY[choice],
            review_on=on + 14 * DAY if choice is Choice.KEEP else None,
            by=cast.caseworker,
            at=at,
        )
    return night.decisions


def _steps(cast: Cast, *, at: datetime) -> None:
    """One provider answered a note, one has an action plan, and the suspended had a notice."""
    tuition = providers.own(person=cast.tuition_manager)
    if tuition is not None:
        note = _step(
            tuition.pk, Rung.NOTE, "Registers of three sessions came two weeks late.", 20,
            by=cast.quality, at=at - 12 * DAY,
        )  # fmt: skip
        escalations.reply(
            step_id=note,
            words="Our new administrator sends them every Friday from now on.",
            by=cast.tuition_manager,
            at=at - 5 * DAY,
        )
    in_pool, suspended = _by_standing(cast.quality, at=at)
    plan = "No risk assessment for trips, and goals not written down. A plan in 20 working days."
    _step(in_pool[0], Rung.ACTION_PLAN, plan, 28, by=cast.quality, at=at - 9 * DAY)
    for provider_id in suspended:
        notice = "Two visits found the same gaps. Put them right or be suspended."
        _step(provider_id, Rung.NOTICE, notice, 30, by=cast.quality, at=at - 40 * DAY)
        again = "Nothing had changed at the third visit. New placements are paused."
        _step(provider_id, Rung.SUSPENDED, again, 28, by=cast.quality, at=at)


def _step(provider_id: int, rung: Rung, reason: str, days: int, *, by: Person, at: datetime) -> int:
    on = london_day(at)
    step = NewStep(
        rung=rung,
        signal=Signal.VISIT,
        reason=reason,
        takes_effect_on=on,
        due_on=on + days * DAY,
    )
    return escalations.take_step(provider_id=provider_id, step=step, by=by, at=at).pk


def _by_standing(person: Person, *, at: datetime) -> tuple[list[int], list[int]]:
    """Providers that are suspended from no lot, and those that are from some, by name."""
    ids = [one.pk for one in providers.register(person=SYSTEM)]
    standings = admissions.standings(ids, on=london_day(at), person=person)
    suspended = [pk for pk in ids if any(one.status is Status.SUSPENDED for one in standings[pk])]
    return [pk for pk in ids if pk not in suspended], suspended


def _a_place_shut(quality: Person, *, at: datetime) -> None:
    """One provider's place is shut to new children for a fortnight; its others carry on."""
    in_pool, _ = _by_standing(quality, at=at)
    on = london_day(at)
    site = next(iter(providers.sites_of(in_pool[-1])), None)
    if site is not None:
        suspend_site(
            provider_id=in_pool[-1],
            site_id=site.pk,
            terms=Terms(
                reason=SuspensionReason.SAFEGUARDING,
                explanation="The fire exit was locked. No new children there until it is seen to.",
                takes_effect_on=on,
                review_on=on + 14 * DAY,
            ),
            by=quality,
            at=at,
        )


def _told(sole_provider: Person, *, at: datetime) -> None:
    """A one-person service says that its policy is renewed; nobody has looked at it yet."""
    own, on = providers.own(person=sole_provider), london_day(at)
    if own is not None:
        checks.tell(
            provider_id=own.pk,
            code="public-liability",
            number="PUB-20771",
            holds_from=on,
            expires_on=on + 364 * DAY,
            by=sole_provider,
            at=at,
        )


def _a_visit_due(person: Person, *, at: datetime) -> None:
    """One in the pool was admitted with a limit some weeks ago, and our first visit is due."""
    ids, _ = _by_standing(person, at=at)
    on = london_day(at)
    children = timetable.children_by_provider(ids, on=on)
    few = [pk for pk in ids if 0 < len(children[pk]) <= MOST_AT_FIRST]
    standings = admissions.standings(few, on=on, person=person)
    for provider_id in few[:1]:
        admission_actions.limit(
            admission_ids=[one.admission_id for one in standings[provider_id]],
            most_children=MOST_AT_FIRST,
            reason="New to work with children who have plans. We look again after a visit.",
            by=person,
            at=at - VISIT_ASKED_AGO,
        )
