"""Reads of what was promised, told and delivered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from flsf.core.people import SYSTEM, Person
from flsf.market.promises import rules
from flsf.market.promises.enums import Measure, Outcome
from flsf.market.promises.models import ClimatePlan, Promise, ReportReminder, ValueReport
from flsf.market.promises.rules import Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise as it was made."""

    measure: Measure
    amount: int
    since: date
    made_in: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a provider says it does for the climate, on the day it said so."""

    words: str
    net_zero_by: int | None
    told_on: date
    told_in: str

    @property
    def is_in_time(self) -> bool:
        """Whether it names a year by which the council wants to be there too."""
        return self.net_zero_by is not None and self.net_zero_by <= rules.NET_ZERO_BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report, and what became of it."""

    id: int
    provider_id: int
    provider_ref: str
    provider_name: str
    year: date
    amounts: Mapping[Measure, int]
    evidence: str
    climate: str
    document_ref: str
    reported_by: str
    reported_at: datetime
    outcome: Outcome | None
    words: str
    decided_by: str
    decided_at: datetime | None


def promises(provider_id: int, *, person: Person) -> list[Promised]:
    """Every promise of a provider, the latest first."""
    found = Promise.objects.visible_to(person).filter(provider=provider_id)
    return [
        Promised(
            measure=Measure(one.measure),
            amount=one.amount,
            since=one.since,
            made_in=one.made_in,
            recorded_at=one.recorded_at,
        )
        for one in found.order_by("-since", "-pk")
    ]


def promised(
    provider_ids: Collection[int], *, year: date, person: Person
) -> dict[int, dict[Measure, int]]:
    """What each provider promises for a school year: of each measure what was last promised by
    its last day. One query.
    """
    found: dict[int, dict[Measure, int]] = {pk: {} for pk in provider_ids}
    rows = Promise.objects.visible_to(person).filter(
        provider__in=provider_ids, since__lte=rules.last_day(year)
    )
    for one in rows.order_by("since", "pk"):
        found[one.provider_id][Measure(one.measure)] = one.amount
    return found


def delivered(
    provider_ids: Collection[int], *, year: date, person: Person
) -> dict[int, dict[Measure, int]]:
    """What each provider delivered by the last report of the year that was accepted. One query."""
    rows = ValueReport.objects.visible_to(person).filter(
        provider__in=provider_ids, year=year, outcome=Outcome.ACCEPTED
    )
    return {one.provider_id: _amounts(one) for one in rows.order_by("reported_at", "pk")}


def compared(
    provider_ids: Collection[int], *, year: date, person: Person
) -> dict[int, list[Compared]]:
    """Promised beside delivered, of each provider and measure. Two queries for them all."""
    wanted = promised(provider_ids, year=year, person=person)
    there = delivered(provider_ids, year=year, person=person)
    return {pk: rules.compared(wanted[pk], there.get(pk)) for pk in provider_ids}


def unreported(
    provider_ids: Collection[int] | QuerySet[Any, int], *, year: date, person: Person
) -> set[int]:
    """Of those providers, who promised something for a school year and has no report of it that
    was accepted or waits. One query.
    """
    told = ValueReport.objects.filter(
        provider=OuterRef("provider"), year=year, outcome__in=("", Outcome.ACCEPTED)
    )
    rows = Promise.objects.visible_to(person).filter(
        ~Exists(told), provider__in=provider_ids, since__lte=rules.last_day(year)
    )
    last = {
        (pk, measure): amount
        for pk, measure, amount in rows.order_by("since", "pk").values_list(
            "provider", "measure", "amount"
        )
    }
    return {pk for (pk, _), amount in last.items() if amount}


def to_remind(provider_ids: Collection[int] | QuerySet[Any, int], *, on: date) -> set[int]:
    """Of those providers, who is due a reminder that day to report the last school year."""
    year = rules.year_before(on)
    waiting = unreported(provider_ids, year=year, person=SYSTEM)
    sent: dict[int, list[date]] = {pk: [] for pk in waiting}
    rows = ReportReminder.objects.filter(provider__in=waiting, year=year)
    for pk, day in rows.values_list("provider", "reminded_on"):
        sent[pk].append(day)
    return {pk for pk, days in sent.items() if rules.is_reminder_due(year, days, on=on)}


def plans(provider_ids: Collection[int], *, person: Person) -> dict[int, Plan]:
    """What each provider said last that it does for the climate. One query."""
    rows = ClimatePlan.objects.visible_to(person).filter(provider__in=provider_ids)
    return {
        one.provider_id: Plan(
            words=one.words,
            net_zero_by=one.net_zero_by,
            told_on=one.told_on,
            told_in=one.told_in,
        )
        for one in rows.order_by("told_on", "pk")
    }


def reports(
    *, person: Person, provider_id: int | None = None, waiting_only: bool = False
) -> list[Reported]:
    """Reports that this person may see: those that wait the longest first, or the latest first."""
    found = ValueReport.objects.visible_to(person).select_related(
        "provider", "reported_by", "decided_by"
    )
    if provider_id is not None:
        found = found.filter(provider=provider_id)
    if waiting_only:
        found = found.filter(outcome="").order_by("reported_at", "pk")
    else:
        found = found.order_by("-reported_at", "-pk")
    return [
        Reported(
            id=one.pk,
            provider_id=one.provider_id,
            provider_ref=one.provider.ref,
            provider_name=one.provider.name,
            year=one.year,
            amounts=_amounts(one),
            evidence=one.evidence,
            climate=one.climate,
            document_ref=one.document_ref,
            reported_by=one.reported_by.name,
            reported_at=one.reported_at,
            outcome=Outcome(one.outcome) if one.outcome else None,
            words=one.words,
            decided_by=one.decided_by.name if one.decided_by else "",
            decided_at=one.decided_at,
        )
        for one in found
    ]


def _amounts(one: ValueReport) -> dict[Measure, int]:
    return {Measure(name): int(many) for name, many in one.amounts.items()}
