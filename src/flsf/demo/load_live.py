"""Brings what is going on now: placements, weeks, marks, goals, and who may see whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs.enums import AwardStatus, DirectGround
from flsf.casework.calloffs.rules import Found, Proposal, Terms, cost
from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail
from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable.rules import Booked
from flsf.core.half_days import Half, on_day
from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.outcomes import actions as outcomes
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.actions import Plan
from flsf.delivery.placements.enums import Status
from flsf.demo.load_children import TEAMS
from flsf.demo.load_mandate import Purse
from flsf.demo.load_market import Market
from flsf.demo.load_past import Sessions, posting
from flsf.demo.plan.days import Days, moment, monday_of
from flsf.demo.plan.live import MINUTES, LivePlacement
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Entry, Route
from flsf.shared.calendars.rules import SchoolCalendar

# How often a session goes as it should, and what happens when it does not.
OUTCOMES = (
    (83, ("yes", "", "yes", "", "")),
    (6, ("yes", "", "late", "", "15")),
    (4, ("yes", "", "no", "illness", "")),
    (3, ("yes", "", "no", "not_able", "")),
    (2, ("yes", "", "no", "not_known", "")),
    (2, ("no", "provider", "no", "school", "")),
)
GOALS = (
    ("Come in calmly and stay for the whole session", 3, 8),
    ("Read for ten minutes without stopping", 2, 7),
    ("Tell somebody when it gets too much", 4, 9),
    ("Be ready to try a morning at school", 1, 6),
)


OVER_VALUE = 11  # the placement whose sessions come to more than its award


@dataclass(frozen=True, slots=True)
class Live:
    """A live placement once it is there."""

    plan: LivePlacement
    placement_id: int
    placement_ref: str
    child_id: int
    organisation_id: int
    award_ref: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What everything here is loaded into."""

    market: Market
    children: Mapping[int, int]
    groups: Mapping[int, str]  # of children, by plan number
    purse: Purse
    waivers: Mapping[str, int]
    calendar: SchoolCalendar
    # Of support that somebody asked for, by the child's plan number and its first day.
    referrals: Mapping[tuple[int, date], int] = field(default_factory=dict)


def load(
    plans: Sequence[LivePlacement], setting: Setting, days: Days, *, by: Person, at: datetime
) -> list[Live]:
    """Each placement is bought, booked and active, and its provider may see the child."""
    found = [_found(one, setting, days) for one in plans]
    awards = calloffs.record_found_many(found=found, by=by, at=at)
    budgets.post_many(
        lines=[
            (
                Entry.COMMITTED,
                posting(
                    award,
                    setting.market[one.provider, one.service],
                    award.proposal.gross_pence,
                    one.starts_on,
                    award.ref,
                ),
            )
            for one, award in zip(plans, found, strict=True)
        ],
        by=by,
        at=at,
    )
    timetable.book_many(
        bookings=[_booked(one, award, setting) for one, award in zip(plans, found, strict=True)],
        by=by,
        at=at,
    )
    made = placements.plan_many(
        plans=[_plan(one, award.pk, setting) for one, award in zip(plans, awards, strict=True)],
        by=by,
        at=at,
    )
    live = [
        Live(
            *(one, placement.pk, placement.ref, setting.children[one.child]),
            setting.market[one.provider, one.service].organisation_id,
            award.ref,
        )
        for one, placement, award in zip(plans, made, found, strict=True)
    ]
    for one in live:
        children.disclose(
            child_id=one.child_id,
            organisation_id=one.organisation_id,
            detail=Detail.WORKING,
            basis=Basis.PLACED,
            because=one.award_ref,
            since=one.plan.starts_on,
            until=one.plan.ends_on,
            by=by,
            at=at,
        )
    return live


def _found(one: LivePlacement, setting: Setting, days: Days) -> Found:
    offer, team = setting.market[one.provider, one.service], TEAMS[setting.groups[one.child]]
    terms = Terms(
        unit=offer.unit,
        rate_pence=offer.rate_pence,
        vat_basis_points=offer.vat_basis_points,
        half_days_mask=one.half_days,
        minutes_a_half_day=MINUTES,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
    )
    # One of them went on for longer than what was bought.
    paid_until = max(one.starts_on + timedelta(days=7), days.ago(35))
    last_day = paid_until if one.number == OVER_VALUE else one.ends_on
    price = cost(terms, school_days(setting.calendar, one.starts_on, last_day))
    return Found(
        ref=new_ref("A"),
        proposal=Proposal(
            child_id=setting.children[one.child],
            referral_id=setting.referrals.get((one.child, one.starts_on)),
            provider_id=offer.provider_id,
            service_id=offer.service_id,
            terms=terms,
            net_pence=price.net.pence,
            vat_pence=price.vat.pence,
            route=Route.WAIVER if one.waiver else Route.DIRECT_AWARD,
            direct_ground=None if one.waiver else DirectGround.BEST_FIT,
            waiver_id=setting.waivers[one.waiver] if one.waiver else None,
            budget_id=setting.purse.of(team, days.year),
            team=team,
            spend_line=offer.spend_line,
            lot_code="" if one.waiver else offer.lot_code,
        ),
        status=AwardStatus.AWARDED,
        reason="Ranked first by the published rules."
        if not one.waiver
        else "Kept with the provider under a waiver until it ends.",
    )


def school_days(calendar: SchoolCalendar, first: date, last: date) -> list[date]:
    """The school days of a period."""
    span = range((last - first).days + 1)
    return [day for day in (first + timedelta(days=n) for n in span) if calendar.is_school_day(day)]


def _booked(one: LivePlacement, award: Found, setting: Setting) -> Booked:
    return Booked(
        child_id=setting.children[one.child],
        service_id=setting.market[one.provider, one.service].service_id,
        award_ref=award.ref,
        half_days_mask=one.half_days,
        minutes=MINUTES,
        since=one.starts_on,
        until=one.ends_on,
    )


def _plan(one: LivePlacement, award_id: int, setting: Setting) -> Plan:
    offer = setting.market[one.provider, one.service]
    return Plan(
        award_id=award_id,
        child_id=setting.children[one.child],
        provider_id=offer.provider_id,
        service_id=offer.service_id,
        starts_on=one.starts_on,
        planned_end_on=one.ends_on,
        nature=offer.name,
        status=Status.ACTIVE,
    )


def set_goals(live: Sequence[Live], *, by: Person, at: datetime) -> None:
    """Each child has a goal and where they started; one in seven has no baseline yet."""
    for number, one in enumerate(live):
        words, baseline, target = GOALS[number % len(GOALS)]
        known = number % 7 != 3
        outcomes.set_goal(
            placement_id=one.placement_id,
            words=words,
            target=target,
            baseline=baseline if known else None,
            baseline_on=one.plan.starts_on if known else None,
            set_on=one.plan.starts_on,
            by=by,
            at=at,
        )


def sessions(live: Sequence[Live]) -> list[Sessions]:
    """What is to be marked of the placements that run."""
    return [
        Sessions(one.placement_ref, one.plan.half_days, one.plan.starts_on, one.plan.ends_on)
        for one in live
    ]


def mark(
    live: Sequence[Sessions], calendar: SchoolCalendar, days: Days, *, by: Person, at: datetime
) -> int:
    """What happened at every session, marked in the week it happened; the last days have gaps.

    What was before the framework was on paper, and came in at once when it began.
    """
    rng = Random("Marlbeck: marks")  # noqa: S311 - a made-up register, not a secret
    began = monday_of(days.framework_starts)
    made = _mark_from_paper(live, began, calendar, days, rng, by=by)
    monday = began
    while monday < days.today:
        rows = [row for one in live for row in _week(one, monday, calendar, days, rng)]
        if rows:
            friday = min(monday + timedelta(days=4), days.today)
            done = attendance.upload(
                rows=rows, organisation_ids=None, by=by, at=min(moment(friday, 18), at)
            )
            made += done.added
        monday += timedelta(days=7)
    return made


def _mark_from_paper(
    live: Sequence[Sessions],
    until: date,
    calendar: SchoolCalendar,
    days: Days,
    rng: Random,
    *,
    by: Person,
) -> int:
    first = monday_of(min(one.starts_on for one in live))
    mondays = [first + timedelta(days=ahead) for ahead in range(0, (until - first).days, 7)]
    rows = [row for day in mondays for one in live for row in _week(one, day, calendar, days, rng)]
    done = attendance.upload(
        rows=rows,
        organisation_ids=None,
        late_reason="On paper until the framework began",
        by=by,
        at=moment(until, 9),
    )
    return done.added


def _week(
    one: Sessions, monday: date, calendar: SchoolCalendar, days: Days, rng: Random
) -> list[tuple[str, ...]]:
    rows = []
    for day in (monday + timedelta(days=n) for n in range(5)):
        inside = one.starts_on <= day <= one.ends_on and day < days.today
        if not (inside and calendar.is_school_day(day)):
            continue
        # Providers are slow with the last three days: some marks are missing.
        if (days.today - day).days <= 3 and rng.random() < 0.25:
            continue
        for half in Half:
            half_day = on_day(day, half)
            if half_day and one.half_days & half_day.bit:
                rows.append(_row(one, day, half, rng))
    return rows


def _row(one: Sessions, day: date, half: Half, rng: Random) -> tuple[str, ...]:
    held, why_not, came, why_absent, late = rng.choices(
        [facts for _, facts in OUTCOMES], [weight for weight, _ in OUTCOMES]
    )[0]
    return (
        *(one.placement_ref, day.isoformat(), half.value, held, why_not, came, why_absent, late),
        *("", "", ""),
    )
