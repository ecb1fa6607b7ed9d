"""How long decisions took, as a whole: no applicant is told apart, so anybody may read it."""

from datetime import date, timedelta

from flsf.core.clock import london_day, start_of
from flsf.core.dates import anniversary
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.evaluation import rules
from flsf.market.evaluation.models import Decision
from flsf.market.evaluation.queries.evaluating import pauses_of
from flsf.market.evaluation.rules import DecisionTimes, Taken
from flsf.shared.calendars import queries as calendars


def decision_times(framework_id: int | None, *, since: date, until: date) -> DecisionTimes:
    """How long what was decided from the one day to the other took, both counted; None: all.

    Working days from the day after it was sent to the day of the decision, which the applicants
    of a round hear together and later; without those on which the applicant was asked. What
    was sent again is decided again. However many, four questions at most.
    """
    found = Decision.objects.filter(
        decided_at__gte=start_of(since), decided_at__lt=start_of(until + timedelta(days=1))
    )
    if framework_id is not None:
        found = found.filter(evaluation__application__framework=framework_id)
    rows = list(
        found.values_list("evaluation", "evaluation__submission__submitted_at", "decided_at")
    )
    if not rows:
        return rules.decision_times([])
    pauses, calendar = pauses_of([one for one, _, _ in rows]), calendars.working_calendar()
    promised = law.over_time(Key.DECIDE_APPLICATION_DAYS)
    return rules.decision_times(
        Taken(
            days=rules.days_taken(
                london_day(sent_at) + timedelta(days=1),
                london_day(decided_at),
                pauses.get(evaluation_id, []),
                calendar.is_working_day,
            ),
            promised=promised.on(london_day(sent_at)),
        )
        for evaluation_id, sent_at, decided_at in rows
    )


def last_twelve_months(*, on: date) -> DecisionTimes:
    """How long what was decided in the twelve months up to a day took, in all frameworks."""
    return decision_times(None, since=anniversary(on, -1) + timedelta(days=1), until=on)
