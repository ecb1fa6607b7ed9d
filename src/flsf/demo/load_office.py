"""Fills Marlbeck's framework office: the rounds that were held."""

from datetime import date, datetime, timedelta
from typing import Any

from flsf.core.dates import first_of_next_month
from flsf.core.people import Person
from flsf.demo import load_registers
from flsf.demo.plan.days import Days, moment
from flsf.mandate.framework import actions
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds.enums import Notice
from flsf.mandate.rounds.rules import NewRound
from flsf.shared.calendars import queries as calendars

ONE_DAY = timedelta(days=1)
CRITERIA = (
    "Safe: every person who works with children has the checks the role needs. Pass or fail.",
    "Insured: cover will be in place by the first session. Pass or fail.",
    "Able: two examples of support like this, or equivalent. Pass or fail.",
    "Good for children: how progress will be seen and told. 60 of 100 points.",
    "Social value: what the borough gains. 10 of 100 points.",
    "Price: at or below the cap of the lot. 30 of 100 points.",
)
CLEARER_CRITERIA = (
    *CRITERIA[:3],
    "Heard: how children and families have a say in their support. Pass or fail.",
    *CRITERIA[3:],
)
# Working days from a round's last day to the day everybody was told.
TOLD_AFTER = 15


def load(days: Days, *, by: Person, at: datetime) -> None:
    """The office of a framework that has run for fourteen months."""
    framework = frameworks.current(days.today)
    if framework is None:
        raise LookupError("no framework runs")
    # A round's notice confirms the conflicts assessment, so the registers come first.
    load_registers.load(framework.pk, days, by=by)
    _rounds(framework, days, by=by, at=at)


def publish_criteria(days: Days, *, by: Person) -> None:
    """The criteria were published as the framework began and made clearer half a year later."""
    framework = frameworks.current(days.today)
    if framework is None:
        raise LookupError("no framework runs")
    versions = ((days.framework_starts, CRITERIA), (days.ago(240), CLEARER_CRITERIA))
    for day, criteria in versions:
        actions.publish_criteria(
            framework_id=framework.pk, criteria=criteria, in_force_from=day, by=by, at=moment(day)
        )


def _rounds(framework: Any, days: Days, *, by: Person, at: datetime) -> None:
    """A round was held in each month since the framework began; this month's is open."""
    working = calendars.working_calendar()
    held = rounds.take_in_many(
        framework_id=framework.pk,
        rounds=[
            NewRound(
                opens_on=first,
                closes_on=(last := first_of_next_month(first) - ONE_DAY),
                decide_by=working.nth_working_day(last + ONE_DAY, 20),
                standstill_days=8,
            )
            for first in _months(days.framework_starts, days.today)
        ],
        by=by,
        at=at,
    )
    for one in held:
        published = moment(one.opens_on)
        rounds.record_notice(
            round_id=one.pk,
            kind=Notice.TENDER,
            reference=f"ZZ-{one.opens_on:%Y}-{one.number:03}",
            published_on=one.opens_on,
            by=by,
            at=published,
        )
        if one.closes_on and one.closes_on < days.today:
            told = working.nth_working_day(one.closes_on + ONE_DAY, TOLD_AFTER)
            if told <= days.today:
                rounds.record_summaries_sent(round_id=one.pk, by=by, at=moment(told))
    rounds.roll(framework_id=framework.pk, by=by, at=at)


def _months(first: date, last: date) -> list[date]:
    """The first days of the months from one day to another, both included."""
    found = [first]
    while (following := first_of_next_month(found[-1])) <= last:
        found.append(following)
    return found
