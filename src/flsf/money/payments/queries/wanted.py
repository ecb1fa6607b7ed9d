"""What an open claim ought to say, from the marks as they stand."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Sum

from flsf.casework.calloffs import queries as calloffs
from flsf.core.clock import london_day
from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.attendance.enums import Came, NotHeldBecause
from flsf.delivery.placements import queries as placements
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.providers import queries as providers
from flsf.money.payments import rules
from flsf.money.payments.enums import Status
from flsf.money.payments.models import Claim, Line
from flsf.money.payments.rules import Already, Draft, Rate, Session, Terms

# Where no number is on record for a day, no mark is called late.
NEVER_LATE = 10_000
# Sessions before a placement's first day are charged too, and flagged.
LONG_AGO = date(2000, 1, 1)


def lines_wanted(claim: Claim) -> list[Draft]:
    """The lines that the provider's marks, up to the month's end, come to in this claim.

    In a number of queries that does not grow with the placements or the marks.
    """
    last = claim.month.replace(day=monthrange(claim.month.year, claim.month.month)[1])
    held = placements.register(person=SYSTEM, on=last, provider_ref=claim.provider.ref)
    if not held:
        return []
    sessions = _sessions([one.id for one in held], LONG_AGO, last)
    terms = _terms([(one.id, one.award_id) for one in held])
    paid = _number(Key.PAID_ABSENCES_IN_A_ROW, otherwise=0)
    late = _number(Key.LATE_MARK_DAYS, otherwise=NEVER_LATE)
    owed = [
        line
        for placement_id, marks in sessions.items()
        for line in rules.owed_lines(
            terms[placement_id], marks, paid_in_a_row=paid, late_after_days=late
        )
    ]
    already = _charged_elsewhere(claim)
    spent: dict[int, int] = defaultdict(int)
    for one in already:
        spent[one.placement_id] += one.net_pence
    return rules.claim_lines(
        month=claim.month,
        owed=owed,
        already=already,
        settled_months=_settled_months(claim),
        most_net={placement_id: one.most_net_pence for placement_id, one in terms.items()},
        charged_elsewhere=spent,
    )


def _charged_elsewhere(claim: Claim) -> list[Already]:
    """What the provider's other claims charged, mark by mark."""
    rows: Any = (
        Line.objects.filter(claim__provider=claim.provider_id)
        .exclude(claim=claim.pk)
        .values("mark", "placement", "day")
        .annotate(net=Sum("net_pence"), vat=Sum("vat_pence"))
        .order_by("mark")
    )
    return [
        Already(row["mark"], row["placement"], row["day"], row["net"], row["vat"]) for row in rows
    ]


def _settled_months(claim: Claim) -> frozenset[date]:
    """The months whose claim has been sent once: their lines stay as they are."""
    sent = Claim.objects.filter(provider=claim.provider_id).exclude(status=Status.DRAFT)
    return frozenset(sent.exclude(pk=claim.pk).values_list("month", flat=True))


def _terms(pairs: Collection[tuple[int, int]]) -> dict[int, Terms]:
    """What was agreed for each placement."""
    agreed = calloffs.agreed([award_id for _, award_id in pairs])
    services = {one.service_id for one in agreed.values() if one.service_id is not None}
    rates = providers.rates_of(services)
    return {
        placement_id: Terms(
            award_ref=one.ref,
            unit=one.unit,
            agreed_pence=one.rate_pence,
            vat_basis_points=one.vat_basis_points,
            half_days_mask=one.half_days_mask,
            minutes_a_half_day=one.minutes_a_half_day,
            first_day=one.starts_on,
            last_day=min(one.ends_on, one.ended_on or one.ends_on),
            most_net_pence=one.net_pence,
            listed=tuple(
                Rate(day, pence) for day, pence in rates.get(one.service_id or 0, {}).items()
            ),
        )
        for placement_id, award_id in pairs
        if (one := agreed[award_id])
    }


def _sessions(placement_ids: Collection[int], first: date, last: date) -> dict[int, list[Session]]:
    """Everything marked for the placements, by placement."""
    found: dict[int, list[Session]] = defaultdict(list)
    marks: Iterable[Any] = attendance.marks(placement_ids, first, last)
    for mark in marks:
        found[mark.placement_id].append(
            Session(
                mark_id=mark.id,
                placement_id=mark.placement_id,
                day=mark.day,
                half=Half(mark.half),
                held=mark.held,
                not_held_because=(
                    NotHeldBecause(mark.not_held_because) if mark.not_held_because else None
                ),
                came=Came(mark.came),
                minutes=mark.minutes,
                is_extra=mark.is_extra,
                days_until_marked=(london_day(mark.marked_at) - mark.day).days,
            )
        )
    return dict(found)


def _number(key: Key, *, otherwise: int) -> Callable[[date], int]:
    """The number in force on a day; where there is none on record, `otherwise`."""
    rows = law.every(person=SYSTEM).filter(key=key).order_by("in_force_from")
    dated = [(one.in_force_from, one.value) for one in rows]

    def on(day: date) -> int:
        reached = [value for since, value in dated if since <= day]
        return reached[-1] if reached else otherwise

    return on
