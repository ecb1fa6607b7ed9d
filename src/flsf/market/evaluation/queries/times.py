"""How long joining took, as a whole: no applicant is told apart, so anybody may read it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.db.models import Exists, Min, OuterRef, QuerySet

from flsf.core.clock import london_day, start_of
from flsf.core.dates import anniversary
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.applications import queries as applications
from flsf.market.applications.rules import RECEIPT
from flsf.market.evaluation import rules
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Decision, Evaluation
from flsf.market.evaluation.queries.evaluating import pauses_of
from flsf.market.evaluation.rules import Pause, Taken, Times
from flsf.shared.calendars import queries as calendars
from flsf.shared.notify import queries as notify

ONE_DAY = timedelta(days=1)
JOINED = (Outcome.ACCEPT, Outcome.ACCEPT_WITH_LIMIT)
Days: TypeAlias = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Joining:
    """How long joining took small providers: to write, to be decided on, and until they knew."""

    writing: Times
    deciding: Times
    altogether: Times


@dataclass(frozen=True, slots=True)
class Measured:
    """What was promised of joining, and how it was kept."""

    acknowledged: Times
    decided: Times
    small: Joining


def measured(framework_id: int | None, *, on: date) -> Measured:
    """How joining went in the twelve months up to a day; None: in all frameworks."""
    since = anniversary(on, -1) + ONE_DAY
    return Measured(
        acknowledgement_times(framework_id, since=since, until=on, on=on),
        decision_times(framework_id, since=since, until=on),
        joining_times(framework_id, since=since, until=on),
    )


def acknowledgement_times(framework_id: int | None, *, since: date, until: date, on: date) -> Times:
    """How long whoever sent something from the one day to the other waited for our receipt.

    Working days from the day after it was sent to the day on which the email left; on the same
    day is nought. One that has not left counts with its days so far once the promised day has
    passed, and not before. However many, four questions at most.
    """
    sent = applications.sent_between(framework_id, since=since, until=until)
    if not sent:
        return rules.times_of([])
    left = notify.left_at(
        RECEIPT, since=start_of(since), before=start_of(until + ONE_DAY), key="reference"
    )
    promised, days = law.over_time(Key.ACKNOWLEDGE_APPLICATION_DAYS), _counter()
    waited = []
    for one in sent:
        moment = left.get((one.ref, one.submitted_at))
        if moment is None and on <= one.acknowledge_by:
            continue
        took = days(one.submitted_at, moment or start_of(on))
        waited.append(Taken(took, promised.on(london_day(one.submitted_at))))
    return rules.times_of(waited)


def decision_times(framework_id: int | None, *, since: date, until: date) -> Times:
    """How long what was decided from the one day to the other took, both counted; None: all.

    Working days from the day after it was sent to the day of the decision, which the applicants
    of a round hear together and later; without those on which the applicant was asked. What
    was sent again is decided again. However many, four questions at most.
    """
    found = Decision.objects.filter(
        decided_at__gte=start_of(since), decided_at__lt=start_of(until + ONE_DAY)
    )
    rows = _of(found, framework_id).values_list(
        "evaluation", "evaluation__submission__submitted_at", "decided_at"
    )
    return rules.times_of(taken(rows).values())


def taken(rows: Iterable[tuple[int, datetime, datetime]]) -> dict[int, Taken]:
    """How long each decision took, by evaluation: (evaluation id, sent at, decided at)."""
    every = list(rows)
    if not every:
        return {}
    pauses, days = pauses_of([one for one, _, _ in every]), _counter()
    promised = law.over_time(Key.DECIDE_APPLICATION_DAYS)
    return {
        evaluation_id: Taken(
            days(sent_at, decided_at, pauses.get(evaluation_id, [])),
            promised.on(london_day(sent_at)),
        )
        for evaluation_id, sent_at, decided_at in every
    }


def joining_times(framework_id: int | None, *, since: date, until: date) -> Joining:
    """How long the small providers that were told in those days that they joined had taken.

    Small is who the register says is small or medium-sized. Writing is from beginning to sending
    for the first time, deciding as in decision_times, altogether from beginning to the day on
    which they were told that they joined: only then do they know. Earlier decisions that did not
    take them are included. However many, six questions at most.
    """
    told = Decision.objects.filter(
        released_at__gte=start_of(since),
        released_at__lt=start_of(until + ONE_DAY),
        outcome__in=JOINED,
        evaluation__application__provider__is_small=True,
    )
    # Whoever applied for more had joined before, and is counted for that alone.
    before = Decision.objects.filter(
        evaluation__application=OuterRef("evaluation__application"),
        outcome__in=JOINED,
        released_at__lt=OuterRef("released_at"),
    )
    rows = list(
        _of(told, framework_id)
        .filter(~Exists(before))
        .annotate(first_sent=Min("evaluation__application__submissions__submitted_at"))
        .values_list(
            *("evaluation__application", "evaluation__application__begun_at", "first_sent"),
            *("evaluation__submission__submitted_at", "decided_at", "released_at"),
        )
    )
    if not rows:
        none = rules.times_of([])
        return Joining(none, none, none)
    asked, days = _asked_in([one for one, *_ in rows]), _counter()
    target = law.over_time(Key.SMALL_JOIN_DAYS)
    promised = law.over_time(Key.DECIDE_APPLICATION_DAYS)
    writing, deciding, altogether = [], [], []
    for application_id, begun_at, first_at, sent_at, decided_at, told_at in rows:
        pauses = asked[application_id]
        wanted = target.on(london_day(begun_at))
        writing.append(Taken(days(begun_at, first_at), wanted))
        deciding.append(Taken(days(sent_at, decided_at, pauses), promised.on(london_day(sent_at))))
        altogether.append(Taken(days(begun_at, told_at or decided_at, pauses), wanted))
    return Joining(*map(rules.times_of, (writing, deciding, altogether)))


def _of(found: QuerySet[Decision], framework_id: int | None) -> QuerySet[Decision]:
    if framework_id is None:
        return found
    return found.filter(evaluation__application__framework=framework_id)


def _asked_in(application_ids: Collection[int]) -> dict[int, list[Pause]]:
    """The days on which each applicant was asked something, whichever time it was sent."""
    found = Evaluation.objects.filter(application__in=application_ids)
    whose = dict(found.values_list("pk", "application"))
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for evaluation_id, held in pauses_of(whose).items():
        pauses[whose[evaluation_id]] += held
    return pauses


def _counter() -> Days:
    """Counts working days from the day after one moment to the day of another, but for pauses."""
    is_working_day = calendars.working_calendar().is_working_day

    def days(after: datetime, until: datetime, pauses: Sequence[Pause] = ()) -> int:
        return rules.days_taken(
            london_day(after) + ONE_DAY, london_day(until), pauses, is_working_day
        )

    return days
