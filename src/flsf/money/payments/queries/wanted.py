"""What an open claim ought to say, from the marks as they stand."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Sum

from flsf.casework.calloffs import queries as calloffs
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import queries as attendance
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


def lines_wanted(claims: Sequence[Claim]) -> dict[int, list[Draft]]:
    """The lines that the providers' marks, up to the month's end, come to, by claim.

    The claims are of one month and of different providers. In a number of queries that does
    not grow with the claims, the placements or the marks.
    """
    if not claims:
        return {}
    month = claims[0].month
    last = month.replace(day=monthrange(month.year, month.month)[1])
    of_provider = {claim.provider_id: claim.pk for claim in claims}
    held = placements.register(person=SYSTEM, on=last, provider_ids=of_provider.keys())
    claim_of = {one.id: of_provider[one.provider_id] for one in held}
    terms = _terms([(one.id, one.award_id) for one in held])
    paid = _number(Key.PAID_ABSENCES_IN_A_ROW, otherwise=0)
    late = _number(Key.LATE_MARK_DAYS, otherwise=NEVER_LATE)
    owed: dict[int, list[Draft]] = defaultdict(list)
    for placement_id, marks in _sessions(list(claim_of), LONG_AGO, last).items():
        owed[claim_of[placement_id]] += rules.owed_lines(
            terms[placement_id], marks, paid_in_a_row=paid, late_after_days=late
        )
    already, settled = _charged_elsewhere(of_provider), _settled_months(of_provider)
    return {
        claim.pk: rules.claim_lines(
            month=month,
            owed=owed[claim.pk],
            already=already[claim.pk],
            settled_months=settled[claim.pk],
            most_net={pk: one.most_net_pence for pk, one in terms.items()},
            charged_elsewhere=_spent(already[claim.pk]),
        )
        for claim in claims
        if claim.provider_id in {one.provider_id for one in held}
    }


def _charged_elsewhere(of_provider: Mapping[int, int]) -> dict[int, list[Already]]:
    """What the providers' other claims charged, mark by mark, by the claim at hand."""
    rows: Any = (
        Line.objects.filter(claim__provider__in=of_provider)
        .exclude(claim__in=of_provider.values())
        .values("claim__provider", "mark", "placement", "day")
        .annotate(net=Sum("net_pence"), vat=Sum("vat_pence"))
        .order_by("mark")
    )
    found: dict[int, list[Already]] = defaultdict(list)
    for row in rows:
        found[of_provider[row["claim__provider"]]].append(
            Already(row["mark"], row["placement"], row["day"], row["net"], row["vat"])
        )
    return found


def _spent(already: Iterable[Already]) -> dict[int, int]:
    spent: dict[int, int] = defaultdict(int)
    for one in already:
        spent[one.placement_id] += one.net_pence
    return spent


def _settled_months(of_provider: Mapping[int, int]) -> dict[int, set[date]]:
    """The months whose claim has been sent once, by the claim at hand: their lines stay."""
    sent = Claim.objects.filter(provider__in=of_provider).exclude(status=Status.DRAFT)
    found: dict[int, set[date]] = defaultdict(set)
    for provider_id, month in sent.exclude(pk__in=of_provider.values()).values_list(
        "provider", "month"
    ):
        found[of_provider[provider_id]].add(month)
    return found


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
    for mark in attendance.marks(placement_ids, first, last):
        found[mark.placement_id].append(
            Session(
                mark_id=mark.id,
                placement_id=mark.placement_id,
                day=mark.day,
                half=mark.half,
                held=mark.held,
                not_held_because=mark.not_held_because,
                came=mark.came,
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

    @cache
    def on(day: date) -> int:
        reached = [value for since, value in dated if since <= day]
        return reached[-1] if reached else otherwise

    return on
