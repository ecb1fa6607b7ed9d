"""Contract review meetings with Marlbeck's providers, and what was agreed there."""

from dataclasses import dataclass
from datetime import date, timedelta

from flsf.core.people import SYSTEM, Person
from flsf.demo.plan.days import Days, moment
from flsf.market.providers import queries as providers
from flsf.oversight.meetings import actions, queries
from flsf.oversight.meetings.enums import Side, Topic
from flsf.oversight.meetings.queries import Timing
from flsf.oversight.meetings.rules import NewAction, NewMeeting

DAY = timedelta(days=1)
THERE = "Their manager and safeguarding lead; our contract manager"
TOPICS = (
    (Topic.QUALITY, Topic.ATTENDANCE, Topic.ACTIONS),
    (Topic.STAFF, Topic.MONEY, Topic.FUTURE),
    (Topic.SAFEGUARDING, Topic.PLACES),
)
NOTES = (
    "Attendance holds up. Two families asked for later starts, which they can do.",
    "One tutor left and one came. They cannot take more children in maths before September.",
    "The room is full on Tuesdays. They want to know early what we will need next year.",
)
LEAVING = "They may stop home tuition at the end of the school year: the travel costs too much."
OWNERS = (
    "Rosa Bell, manager", "Tom Ashby, head of learning", "Ines Okoro, manager",
    "Wil Harker, safeguarding lead", "Bea Lindqvist, office manager",
)  # fmt: skip
# What a provider takes in in a year: mostly many times what we pay, sometimes hardly twice.
LARGE, SMALL = 20_000_000, 12_000_000


@dataclass(frozen=True, slots=True)
class Cast:
    """Who holds the meetings, who of the council answers for an action, and one provider."""

    officer: Person
    quality: Person
    manager: Person


def load(days: Days, cast: Cast) -> int:
    """Most providers were met in time; a few meetings and actions are overdue. Says how many."""
    every = queries.timings(person=SYSTEM, on=days.today)
    own = providers.own(person=cast.manager)
    held = 0
    for number, one in enumerate(sorted(every, key=lambda each: each.provider_id)):
        is_own = own is not None and one.provider_id == own.pk
        on = _day(one, number, days)
        if on is None or (number % 9 == 5 and not is_own):  # nobody has met them yet
            continue
        made = _held(one, number, on, cast)
        held += 1
        if is_own:
            _with_own(made, one.provider_id, on, days, cast)
        elif number % 6 == 1:
            who = OWNERS[number % len(OWNERS)]
            _agree(made, "Send us the new staff rota.", on, 21, cast, owner=who)
            if number % 4 == 3:
                _agree(made, "Tell them what we will need from September.", on, 60, cast)
    return held


def _day(one: Timing, number: int, days: Days) -> date | None:
    """The day of the last meeting: mostly within what is asked for, sometimes longer ago."""
    ago = 20 + (number * 17) % (one.due.months * 24) + (110 if number % 11 == 2 else 0)
    on = max(one.admitted_on, days.ago(ago))
    return on if on < days.today else None


def _held(one: Timing, number: int, on: date, cast: Cast) -> int:
    made = actions.record(
        provider_id=one.provider_id,
        meeting=NewMeeting(
            held_on=on,
            attended=THERE,
            topics=TOPICS[number % len(TOPICS)],
            notes=NOTES[number % len(NOTES)],
            income_pence=_income(number),
            leaving=LEAVING if number % 19 == 7 else "",
        ),
        by=cast.officer,
        at=moment(on),
    )
    return made.pk


def _income(number: int) -> int | None:
    if number % 3 == 0:
        return None
    return SMALL if number % 13 == 4 else LARGE + (number % 40) * 2_500_000


def _with_own(made: int, provider_id: int, on: date, days: Days, cast: Cast) -> None:
    """The demonstration's own provider: one action late, one said to be done, one confirmed."""
    who = f"{cast.manager.name}, manager"
    _agree(made, "Send claims by the fifth day of the month.", on, 10, cast, owner=who)
    for what in ("Name a deputy safeguarding lead.", "Send us the new prices for September."):
        _agree(made, what, on, 30, cast, owner=who)
    _agree(made, "Tell them which half-days are short of tutors.", on, 14, cast)
    _, deputy, prices, _ = queries.meetings(person=SYSTEM, provider_id=provider_id)[0].agreed
    at = moment(days.ago(5))
    for one, words in ((deputy, "Our deputy head does it."), (prices, "Sent on Monday.")):
        actions.say_done(
            action_id=one.id, words=words, seen_id=one.latest.id, by=cast.manager, at=at
        )
    confirmed = queries.action_with_ref(deputy.ref, person=SYSTEM)
    if confirmed is not None:
        actions.finish(
            action_id=confirmed.id, done_on=days.ago(4), words="Seen on the staff register.",
            seen_id=confirmed.latest.id, by=cast.quality, at=moment(days.ago(4)),
        )  # fmt: skip


def _agree(made: int, what: str, on: date, within: int, cast: Cast, *, owner: str = "") -> None:
    """Without an owner of the provider's it is the officer's to do."""
    actions.agree(
        meeting_id=made,
        action=NewAction(
            side=Side.PROVIDER if owner else Side.COUNCIL,
            what=what,
            owner=owner or cast.officer.name,
            owner_id=None if owner else cast.officer.pk,
            due_on=on + within * DAY,
        ),
        by=cast.officer,
        at=moment(on),
    )
