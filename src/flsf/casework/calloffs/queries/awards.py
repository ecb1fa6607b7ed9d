"""Reads of call-offs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from flsf.casework.calloffs import rules
from flsf.casework.calloffs.enums import AwardStatus, Decision
from flsf.casework.calloffs.models import Award, AwardYear
from flsf.casework.calloffs.rules import Share
from flsf.casework.competitions import queries as competitions
from flsf.casework.competitions.rules import Measured
from flsf.casework.timetable.rules import Unlisted
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Group
from flsf.mandate.framework.enums import Unit
from flsf.mandate.retenders.rules import Bought
from flsf.shared.accounts import queries as accounts

# What counts as called off: decided so, or waiting to be.
COUNTED = (AwardStatus.AWAITING, AwardStatus.AWARDED, AwardStatus.ENDED)

ESTIMATE_COLUMNS: Mapping[Group, str] = {
    Group.FUND: "budget__fund__name",
    Group.TEAM: "team",
    Group.LOT: "lot_code",
    Group.PROVIDER: "provider__name",
    Group.ROUTE: "route",
    Group.SPEND_LINE: "spend_line",
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an award agreed, for the stages that deliver and pay it."""

    award_id: int
    ref: str
    child_id: int
    referral_id: int | None
    provider_id: int
    provider_ref: str
    provider_name: str
    service_id: int | None
    budget_id: int
    team: str
    route: str
    spend_line: str
    lot_code: str
    unit: Unit
    rate_pence: int
    vat_basis_points: int
    half_days_mask: int
    minutes_a_half_day: int
    starts_on: date
    ends_on: date
    ended_on: date | None
    net_pence: int
    vat_pence: int
    gross_pence: int
    status: AwardStatus
    service_ref: str | None
    nature: str  # what the provision is, for the school's register: "Tutoring: Maths at home"
    proposed_by_id: int | None
    proposed_by_email: str
    competition_id: int | None
    explained: frozenset[str]  # the value rules it goes on in spite of, each with a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Under what an award was bought, and until when that holds. Days are inclusive."""

    award_ref: str
    service_ref: str  # empty: bought from a provider that offers no service in the framework
    team: str
    route: str
    is_decided: bool
    starts_on: date
    last_day: date
    waiver_ref: str
    waiver_starts_on: date | None
    waiver_expires_on: date | None
    waiver_ended_on: date | None


def with_ref(ref: str, *, person: Person, on: date) -> Award | None:
    """The award with everything its page shows, if this person may see it."""
    return (
        Award.objects.visible_to(person, on=on)
        .select_related(
            "child", "referral", "shortlist__rule_set", "provider", "service__lot", "waiver",
            "budget__fund", "proposed_by", "decided_by", "competition",
        )
        .filter(ref=ref)
        .first()
    )  # fmt: skip


def register(*, person: Person, on: date, **only: Any) -> QuerySet[Award]:
    """The awards this person may see, the latest proposed first. Empty filters narrow nothing.

    Filters: status, team, route, lot_code, spend_line, fund (its code), ref.
    """
    found = Award.objects.visible_to(person, on=on).select_related(
        "child", "provider", "service", "budget__fund", "referral"
    )
    columns = {"fund": "budget__fund__code", "ref": "ref__icontains"}
    for name, value in only.items():
        if value:
            found = found.filter(**{columns.get(name, name): value})
    return found.order_by("-proposed_at", "-pk")


def competed(*, person: Person, on: date) -> Measured | None:
    """Of the awards made after a competition that this person may see: who could bid and who
    did, and how many had a single bid (K10). None: there are none.
    """
    made = (AwardStatus.AWARDED, AwardStatus.ENDED)
    found = Award.objects.visible_to(person, on=on).filter(status__in=made)
    held = found.filter(competition__isnull=False).values_list("competition", flat=True)
    return competitions.measured([pk for pk in held if pk is not None])


def visible_ids(person: Person, *, on: date) -> QuerySet[Award, int]:
    """The ids of the awards this person may see on a day: a subquery for later stages."""
    return Award.objects.visible_to(person, on=on).values_list("pk", flat=True)


def awaiting(*, person: Person, on: date) -> QuerySet[Award]:
    """The awards that wait for this person's decision: within their limit, not their own, and not
    of a competition in which they declared an interest.
    """
    limit = budgets.limit_of(accounts.roles_of(person.pk), on=on)
    found = Award.objects.visible_to(person, on=on).filter(status=AwardStatus.AWAITING)
    found = found.exclude(proposed_by=person.pk).select_related("provider", "referral", "child")
    found = found.exclude(competition__in=competitions.kept_from(person.pk))
    if limit is not None:
        found = found.filter(gross_pence__lte=limit)
    return found.order_by("starts_on", "pk")


def of_referral(referral_id: int, *, person: Person, on: date) -> list[Award]:
    """The awards that came of a referral, latest first."""
    found = Award.objects.visible_to(person, on=on).filter(referral=referral_id)
    return list(found.select_related("provider").order_by("-pk"))


def called_off(provider_id: int, *, since: date, until: date) -> Money:
    """Everything called off from a provider that starts in the period, VAT included (P8)."""
    found = Award.objects.filter(
        provider=provider_id, starts_on__gte=since, starts_on__lte=until, status__in=COUNTED
    )
    return Money(int(found.aggregate(pence=Coalesce(Sum("gross_pence"), 0))["pence"]))


def called_off_rolling(provider_id: int, *, on: date) -> Money:
    """The same over the twelve months up to a day, and what is agreed to start after it."""
    since, _ = rules.rolling_window(on)
    return called_off(provider_id, since=since, until=date.max)


def by_provider(*, since: date, until: date) -> Mapping[int, tuple[int, int]]:
    """How many awards that start in the period each provider has, and their gross pence."""
    found = Award.objects.filter(starts_on__gte=since, starts_on__lte=until, status__in=COUNTED)
    sums = {"many": Count("pk"), "pence": Sum("gross_pence")}
    rows = found.values_list("provider").annotate(**sums).order_by()
    return {provider_id: (many, int(pence)) for provider_id, many, pence in rows}


def bought_between(framework_id: int, *, first: date, last: date) -> list[tuple[int, str, Bought]]:
    """What is awarded under a framework and runs in those days: whose, by id and name."""
    found = Award.objects.filter(
        service__lot__framework=framework_id,
        status=AwardStatus.AWARDED,
        starts_on__lte=last,
        ends_on__gte=first,
    ).order_by("pk")
    columns = ("provider", "provider__name", "starts_on", "ends_on", "gross_pence")
    return [(pk, name, Bought(*rest)) for pk, name, *rest in found.values_list(*columns)]


def estimated(group: Group, *, person: Person, on: date, team: str = "") -> Mapping[str, Money]:
    """What waits for a decision, added up by one thing: asked for, and promised to nobody.

    Of one team, or of all together.
    """
    found: Any = Award.objects.visible_to(person, on=on).filter(status=AwardStatus.AWAITING)
    found = found.filter(team=team) if team else found
    if group is Group.MONTH:
        sums: dict[str, Money] = {}
        for starts_on, pence in found.values_list("starts_on", "gross_pence"):
            month = f"{starts_on:%Y-%m}"
            sums[month] = sums.get(month, Money(0)) + Money(pence)
        return sums
    column = ESTIMATE_COLUMNS[group]
    rows = found.values(column).annotate(pence=Sum("gross_pence")).order_by(column)
    return {row[column]: Money(row["pence"]) for row in rows}


def agreed(award_ids: Collection[int]) -> Mapping[int, Agreed]:
    """What each award agreed, in one query, for flows and later stages."""
    return {one.award_id: one for one in _agreed(Q(pk__in=award_ids))}


def years_of(award_id: int) -> list[tuple[int, Share]]:
    """What each financial year's budget pays of an award, earliest first, with the budget's id.

    An award found from before has none: its one budget pays it whole.
    """
    found = AwardYear.objects.filter(award=award_id).select_related("budget")
    return [
        (one.budget_id, Share(one.budget.year_begins, one.net_pence, one.vat_pence))
        for one in found.order_by("budget__year_begins")
    ]


def payers(award_ids: Collection[int]) -> Mapping[tuple[int, date], int]:
    """Which budget pays for an award's sessions of a year, by award and the year's first day."""
    found = AwardYear.objects.filter(award__in=award_ids)
    rows = found.values_list("award", "budget__year_begins", "budget")
    return {(award_id, year): budget_id for award_id, year, budget_id in rows}


def agreed_by_ref(refs: Collection[str]) -> Mapping[str, Agreed]:
    """The same, asked by public reference."""
    return {one.ref: one for one in _agreed(Q(ref__in=refs))}


def covers(award_ids: Collection[int]) -> Mapping[int, Cover]:
    """Under what each award was bought, in one query, for later stages."""
    found = Award.objects.filter(pk__in=award_ids).select_related("service", "waiver")
    return {
        one.pk: Cover(
            award_ref=one.ref,
            service_ref=one.service.ref if one.service else "",
            team=one.team,
            route=one.route,
            is_decided=one.decision == Decision.AWARDED,
            starts_on=one.starts_on,
            last_day=min(one.ends_on, one.ended_on or one.ends_on),
            waiver_ref=one.waiver.ref if one.waiver else "",
            waiver_starts_on=one.waiver.starts_on if one.waiver else None,
            waiver_expires_on=one.waiver.expires_on if one.waiver else None,
            waiver_ended_on=one.waiver.ended_on if one.waiver else None,
        )
        for one in found
    }


def children_by_waiver(waiver_ids: Collection[int]) -> Mapping[int, int]:
    """How many children have had support bought under each waiver, in one query."""
    bought = (AwardStatus.AWARDED, AwardStatus.ENDED)
    rows: Any = (
        Award.objects.filter(waiver__in=waiver_ids, status__in=bought)
        .values("waiver")
        .annotate(children=Count("child", distinct=True))
        .order_by("waiver")
    )
    return {row["waiver"]: row["children"] for row in rows}


def _agreed(which: Q) -> list[Agreed]:
    return [
        Agreed(
            award_id=one.pk,
            ref=one.ref,
            child_id=one.child_id,
            referral_id=one.referral_id,
            provider_id=one.provider_id,
            provider_ref=one.provider.ref,
            provider_name=one.provider.name,
            service_id=one.service_id,
            budget_id=one.budget_id,
            team=one.team,
            route=one.route,
            spend_line=one.spend_line,
            lot_code=one.lot_code,
            unit=Unit(one.unit),
            rate_pence=one.rate_pence,
            vat_basis_points=one.vat_basis_points,
            half_days_mask=one.half_days_mask,
            minutes_a_half_day=one.minutes_a_half_day,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            ended_on=one.ended_on,
            net_pence=one.net_pence,
            vat_pence=one.vat_pence,
            gross_pence=one.gross_pence,
            status=AwardStatus(one.status),
            service_ref=one.service.ref if one.service else None,
            nature=f"{one.service.lot.name}: {one.service.name}" if one.service else "",
            proposed_by_id=one.proposed_by_id,
            proposed_by_email=one.proposed_by.email if one.proposed_by else "",
            competition_id=one.competition_id,
            explained=frozenset(
                test for test, why in one.findings.get("reasons", {}).items() if why.strip()
            ),
        )
        for one in Award.objects.filter(which)
        .select_related("provider", "service__lot", "proposed_by")
        .order_by("pk")
    ]


def unlisted(provider_id: int, *, since: date, until: date | None) -> list[Unlisted]:
    """The children found to be with a provider in no service that we know, in a period.

    No place is booked for them, so what their awards say of the week stands for it.
    """
    found = Award.objects.filter(provider=provider_id, service=None, status__in=COUNTED)
    found = found.annotate(last_day=Coalesce("ended_on", "ends_on")).filter(last_day__gte=since)
    if until is not None:
        found = found.filter(starts_on__lte=until)
    rows = found.order_by("pk").values_list(
        *("child", "child__ref", "child__birth_date", "half_days_mask", "minutes_a_half_day"),
        *("starts_on", "last_day"),
    )
    return [
        Unlisted(child, ref, born, mask.bit_count() * minutes, first, last)
        for child, ref, born, mask, minutes, first, last in rows
    ]


def unused_refs(count: int) -> list[str]:
    """So many references that no award has. One query, or none."""
    taken = frozenset(Award.objects.values_list("ref", flat=True)) if count else frozenset()
    return fresh_refs("A", count, taken)
