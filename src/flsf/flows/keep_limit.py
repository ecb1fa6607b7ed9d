"""A provider admitted with a limit has no more children than that until our first visit."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flsf.casework.calloffs import queries as find_awards
from flsf.casework.timetable import queries as timetable
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions import rules
from flsf.market.evaluation.queries import Decided


class OverLimit(Refusal):
    """Says the limit, and how many children are there."""

    says = "The provider may have no more children until our first visit."

    def __init__(self, limit: int, others: int) -> None:
        super().__init__()
        self.limit, self.others = limit, others

    def __str__(self) -> str:
        have = "1 other child has" if self.others == 1 else f"{self.others} other children have"
        return (
            f"{rules.limit_in_words(self.limit)}: {have} a place with this provider in those "
            "days, held or agreed. Choose another service, or record the visit first."
        )


def limit_admissions(
    accepted: Sequence[Decided],
    provider_of: Mapping[int, int],
    admission_ids: Sequence[int],
    *,
    since: date,
    by: Person,
    at: datetime,
) -> None:
    """What was decided about how many children stands on those places from that day.

    `provider_of` names each application's provider. In as many questions for one as for all.
    """
    limits = {
        provider_of[one.application_id]: (one.most_children, one.reason)
        for one in accepted
        if one.most_children is not None
    }
    if limits:
        admissions.limit_many(admission_ids=admission_ids, limits=limits, since=since, by=by, at=at)


def refuse_over_limit(
    *, provider_id: int, lot_id: int, child_id: int, since: date, until: date, on: date
) -> None:
    """Nothing, while the child is within the limit of each day it would be there.

    Raises OverLimit. Two officers who ask for the last place take turns here, and the second
    counts the child of the first.
    """
    found = find_admissions.locked_limit(provider_id, lot_id, on=on)
    if found is None:
        return
    limit, lot_ids = found
    first = max(since, on)
    last = max(until, first)
    others = timetable.most_at_once(
        provider_id,
        lot_ids,
        since=first,
        until=last,
        without=child_id,
        unlisted=find_awards.unlisted(provider_id, since=first, until=last),
    )
    if rules.over_limit(others, limit):
        raise OverLimit(limit, others)
