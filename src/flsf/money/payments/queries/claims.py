"""Reads of claims and their lines."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.budgets.rules import financial_year_of
from flsf.money.payments.enums import Flag, LineKind, Status
from flsf.money.payments.models import Claim, Line

# What an officer does next comes first.
NEXT = (Status.SUBMITTED, Status.APPROVED, Status.QUERY, Status.DRAFT, Status.PAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A claim as a list shows it. Money is pence."""

    id: int
    ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    month: date
    status: Status
    lines: int
    flagged: int
    over_award: int
    net_pence: int
    vat_pence: int
    gross_pence: int
    drafted_at: datetime
    submitted_at: datetime | None
    submitted_by: str
    submitted_by_id: int | None
    approved_at: datetime | None
    approved_by: str
    approval_reason: str
    query: str
    paid_on: date | None

    @property
    def status_word(self) -> str:
        return str(self.status.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One line, and of whose session. The child is for children's own queries to name."""

    id: int
    kind: LineKind
    day: date
    half: str
    child_id: int
    child_ref: str
    placement_ref: str
    award_ref: str
    minutes: int
    rate_pence: int
    net_pence: int
    vat_pence: int
    gross_pence: int
    words: str
    flags: tuple[Flag, ...]
    provider_says: str

    @property
    def flag_words(self) -> list[str]:
        return [str(flag.label) for flag in self.flags]


@dataclass(frozen=True, slots=True)
class AwardSum:
    """What a claim comes to for one award's sessions of one financial year, in pence."""

    award_id: int
    year_begins: date
    net_pence: int
    vat_pence: int


@dataclass(frozen=True, slots=True)
class Charged:
    """The claim that holds a session, and where that claim is."""

    ref: str
    status: Status


def claims(
    *,
    person: Person,
    on: date,
    statuses: Collection[Status] = (),
    provider_name: str = "",
    month: date | None = None,
) -> Any:
    """The claims this person may see, what wants doing first; no statuses: every one.

    A query that can be counted and cut; `as_row` makes each of its rows a frozen value.
    """
    found = Claim.objects.visible_to(person, on=on)
    if statuses:
        found = found.filter(status__in=statuses)
    if provider_name:
        found = found.filter(provider__name__icontains=provider_name)
    if month is not None:
        found = found.filter(month=month.replace(day=1))
    order = Case(
        *(When(status=status, then=Value(place)) for place, status in enumerate(NEXT)),
        output_field=IntegerField(),
    )
    rows = _with_sums(found).annotate(place=order, wants_eye=Q(flagged__gt=0))
    return rows.order_by("place", "-wants_eye", "-month", "provider__name", "pk")


def with_ref(ref: str, *, person: Person, on: date) -> Row | None:
    """The claim, if there is one and this person may see it."""
    one = _with_sums(Claim.objects.visible_to(person, on=on).filter(ref=ref)).first()
    return as_row(one) if one else None


def exceptions_first(claim_id: int, *, person: Person, on: date) -> list[ClaimLine]:
    """The lines of a claim this person may see: those that want an eye first, then by day."""
    lines = (
        Line.objects.filter(claim__in=Claim.objects.visible_to(person, on=on), claim=claim_id)
        .annotate(
            half=F("mark__half"),
            child_id=F("placement__child_id"),
            child_ref=F("placement__child__ref"),
            placement_ref=F("placement__ref"),
            award_ref=F("placement__award__ref"),
        )
        .order_by("day", "half", "placement_ref", "pk")
    )
    return sorted((_as_line(one) for one in lines), key=lambda one: not one.flags)


def sums_by_award(claim_id: int) -> list[AwardSum]:
    """What the claim comes to for each award and the financial year of the sessions."""
    rows: Any = (
        Line.objects.filter(claim=claim_id)
        .values("day", award_id=F("placement__award_id"))
        .annotate(net=Sum("net_pence"), vat=Sum("vat_pence"))
        .order_by("award_id", "day")
    )
    sums: dict[tuple[int, date], AwardSum] = {}
    for row in rows:
        key = row["award_id"], financial_year_of(row["day"])
        before = sums.get(key, AwardSum(*key, 0, 0))
        sums[key] = AwardSum(*key, before.net_pence + row["net"], before.vat_pence + row["vat"])
    return list(sums.values())


def charged_by_child(child_ids: Collection[int]) -> dict[int, int]:
    """What was claimed for each child so far, in pence, VAT included: staff pages only."""
    rows: Any = (
        Line.objects.filter(placement__child__in=child_ids)
        .values(child=F("placement__child_id"))
        .annotate(pence=Sum("gross_pence"))
    )
    return {row["child"]: row["pence"] for row in rows}


def last_charged(placement_id: int) -> Charged | None:
    """The claim that charged for the placement last; None: none has yet."""
    line = (
        Line.objects.filter(placement=placement_id).select_related("claim").order_by("-pk").first()
    )
    return Charged(line.claim.ref, Status(line.claim.status)) if line else None


def months_of(provider_id: int) -> dict[date, Status]:
    """The months a provider has a claim for, and where each claim is."""
    rows = Claim.objects.filter(provider=provider_id).values_list("month", "status")
    return {month: Status(status) for month, status in rows}


def to_settle(*, person: Person, on: date) -> dict[Status, int]:
    """How many claims stand where, of those the person may see."""
    rows: Any = Claim.objects.visible_to(person, on=on).values("status").annotate(many=Count("pk"))
    return {Status(row["status"]): row["many"] for row in rows.order_by("status")}


def waits(*, since: date, until: date) -> dict[int, list[tuple[date, date | None]]]:
    """The claims of each provider that were paid in that time or waited for us at its end: the
    day on which each was sent, and on which it was paid. One query.
    """
    waiting = Q(status__in=[Status.SUBMITTED, Status.APPROVED]) | Q(paid_on__gt=until)
    paid = Q(paid_on__gte=since, paid_on__lte=until)
    rows = Claim.objects.filter(paid | waiting, submitted_at__isnull=False)
    found: dict[int, list[tuple[date, date | None]]] = {}
    for one in rows.order_by("month", "pk"):
        if one.submitted_at is None or london_day(one.submitted_at) > until:
            continue
        is_paid = one.paid_on is not None and one.paid_on <= until
        wait = london_day(one.submitted_at), one.paid_on if is_paid else None
        found.setdefault(one.provider_id, []).append(wait)
    return found


def as_row(one: Any) -> Row:
    """A claim of `claims` as a frozen value."""
    return Row(
        id=one.pk,
        ref=one.ref,
        provider_id=one.provider_id,
        provider_ref=one.provider.ref,
        provider_name=one.provider.name,
        month=one.month,
        status=Status(one.status),
        lines=one.line_count,
        flagged=one.flagged,
        over_award=one.over_award,
        net_pence=one.net,
        vat_pence=one.vat,
        gross_pence=one.gross,
        drafted_at=one.drafted_at,
        submitted_at=one.submitted_at,
        submitted_by=one.submitted_by.name if one.submitted_by else "",
        submitted_by_id=one.submitted_by_id,
        approved_at=one.approved_at,
        approved_by=one.approved_by.name if one.approved_by else "",
        approval_reason=one.approval_reason,
        query=one.query,
        paid_on=one.paid_on,
    )


def _with_sums(found: QuerySet[Claim]) -> QuerySet[Any, Any]:
    return found.select_related("provider", "submitted_by", "approved_by").annotate(
        line_count=Count("lines"),
        flagged=Count("lines", filter=~Q(lines__flags=[])),
        over_award=Count("lines", filter=Q(lines__flags__contains=[Flag.OVER_AWARD.value])),
        net=Coalesce(Sum("lines__net_pence"), 0),
        vat=Coalesce(Sum("lines__vat_pence"), 0),
        gross=Coalesce(Sum("lines__gross_pence"), 0),
    )


def _as_line(one: Any) -> ClaimLine:
    return ClaimLine(
        id=one.pk,
        kind=LineKind(one.kind),
        day=one.day,
        half=one.half,
        child_id=one.child_id,
        child_ref=one.child_ref,
        placement_ref=one.placement_ref,
        award_ref=one.award_ref,
        minutes=one.minutes,
        rate_pence=one.rate_pence,
        net_pence=one.net_pence,
        vat_pence=one.vat_pence,
        gross_pence=one.gross_pence,
        words=one.words,
        flags=tuple(Flag(flag) for flag in one.flags),
        provider_says=one.provider_says,
    )
