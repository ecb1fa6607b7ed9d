"""Reads of rounds. Everybody may know them: when one may apply is published."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.rounds import rules
from flsf.mandate.rounds.enums import Status
from flsf.mandate.rounds.models import Round, RoundChange, RoundNotice
from flsf.mandate.rounds.rules import PublishedNotice, RoundFacts
from flsf.shared.calendars import queries as calendars


def open_round(framework_id: int, *, on: date) -> RoundFacts | None:
    """The round that takes applications on a day, if one does."""
    facts = _facts(Round.objects.filter(framework=framework_id, opens_on__lte=on), on=on)
    return next((one for one in facts if one.status is Status.OPEN), None)


def next_round(framework_id: int, *, on: date) -> RoundFacts | None:
    """The round that opens next after a day, if one is announced."""
    coming = Round.objects.filter(framework=framework_id, opens_on__gt=on, withdrawn_at=None)
    facts = _facts(coming, on=on)
    return min(facts, key=lambda one: one.opens_on, default=None)


def with_number(framework_id: int, number: int, *, on: date) -> RoundFacts | None:
    """The round of that number of a framework, as it stands on a day."""
    found = Round.objects.filter(framework=framework_id, number=number)
    return next(_facts(found, on=on), None)


def with_ids(round_ids: Iterable[int], *, on: date) -> dict[int, RoundFacts]:
    """Several rounds as they stand on a day, by id."""
    return {one.round_id: one for one in _facts(Round.objects.filter(pk__in=round_ids), on=on)}


def rounds(framework_id: int, *, on: date) -> list[RoundFacts]:
    """Every round of a framework as it stands on a day, the latest first. Three queries."""
    return list(_facts(Round.objects.filter(framework=framework_id), on=on))


def has_any(framework_id: int) -> bool:
    """Whether a round of a framework was opened and not withdrawn."""
    return Round.objects.filter(framework=framework_id, withdrawn_at=None).exists()


def unanswered(*, on: date) -> list[RoundFacts]:
    """The rounds of every framework that have closed and whose applicants were not told yet."""
    closed = Round.objects.filter(closes_on__lt=on, summaries_sent_at=None, withdrawn_at=None)
    return list(_facts(closed, on=on))


def changes(round_id: int, *, person: Person) -> QuerySet[RoundChange]:
    """How the round's status changed and will, by day."""
    return (
        RoundChange.objects.visible_to(person)
        .filter(round=round_id)
        .select_related("decided_by")
        .order_by("takes_effect_on", "pk")
    )


def changes_of(round_ids: Collection[int], *, person: Person) -> QuerySet[RoundChange]:
    """The changes of several rounds, by day."""
    return (
        RoundChange.objects.visible_to(person)
        .filter(round__in=round_ids)
        .select_related("decided_by")
        .order_by("takes_effect_on", "pk")
    )


def in_pool_from(round_id: int, *, told_on: date) -> date:
    """From when those accepted are in the pool, if everybody is told on that day."""
    days = Round.objects.values_list("standstill_days", flat=True).get(pk=round_id)
    if not days:
        return told_on
    return rules.after_standstill(told_on, days, calendars.working_calendar())


RoundRow: TypeAlias = Round


@dataclass(frozen=True, slots=True)
class Sent:
    """The moment at which everybody assessed in a round was told, and by whom."""

    round_id: int
    at: datetime
    by: str


def summaries_sent(round_ids: Collection[int]) -> list[Sent]:
    """When and by whom the applicants of those rounds were told, where they have been."""
    rows = Round.objects.filter(pk__in=round_ids, summaries_sent_at__isnull=False)
    found = rows.values_list("pk", "summaries_sent_at", "summaries_sent_by__name")
    return [Sent(pk, at, by or "") for pk, at, by in found if at is not None]


def _facts(found: QuerySet[Round], *, on: date) -> Iterator[RoundFacts]:
    rows = list(found.order_by("-opens_on", "-number"))
    ids = [row.pk for row in rows]
    standing = {
        one.round_id: Status(one.status)
        for one in RoundChange.objects.in_force_on(on).filter(round__in=ids)
    }
    notices: dict[int, list[PublishedNotice]] = defaultdict(list)
    for one in RoundNotice.objects.filter(round__in=ids).order_by("published_on", "pk"):
        notices[one.round_id].append(PublishedNotice(one.kind, one.reference, one.published_on))
    return (
        RoundFacts(
            round_id=row.pk,
            framework_id=row.framework_id,
            number=row.number,
            model=row.model,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            decide_by=row.decide_by,
            standstill_days=row.standstill_days,
            status=Status.WITHDRAWN if row.withdrawn_at else standing.get(row.pk, Status.TO_COME),
            summaries_sent_on=row.summaries_sent_at and london_day(row.summaries_sent_at),
            notices=tuple(notices[row.pk]),
            reopening_authority=row.reopening_authority,
            reopening_reason=row.reopening_reason,
        )
        for row in rows
    )
