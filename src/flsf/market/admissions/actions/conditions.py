"""A provider admitted with a limit, and the visits that settle it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import queries
from flsf.market.admissions.actions.joining import NeedsAPerson
from flsf.market.admissions.enums import Tag, VisitOutcome
from flsf.market.admissions.models import Admission, Condition, Visit
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class NoVisitDue(Refusal):
    says = "There is no limit until a visit any more. Somebody may have recorded the visit."


class VisitToCome(Refusal):
    says = "A visit can be recorded on its day or after it."


class VisitTooEarly(Refusal):
    says = "The visit must not be before the provider was admitted."


class NothingSeen(Refusal):
    says = "Say who went, and what they saw."


class OutcomeUnclear(Refusal):
    says = "A limit that stays or changes needs a number of children, the reason, and a next visit."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisit:
    """A visit and what it does to the limit. `most_children` and the next day: unless lifted."""

    visited_on: date
    visited_by: str
    seen: str
    outcome: VisitOutcome
    most_children: int | None = None
    next_visit_on: date | None = None
    reason: str = ""


@transaction.atomic
def limit(
    *, admission_ids: Sequence[int], most_children: int, reason: str, by: Person, at: datetime
) -> None:
    """Those places of one provider, together, are for so many children until our first visit.

    The visit is due so many days later as the law table says. Raises NeedsAPerson.
    """
    if by.pk is None:
        raise NeedsAPerson
    of = Admission.objects.values_list("provider", flat=True).get(pk=admission_ids[0])
    limits = {of: (most_children, reason)}
    limit_many(admission_ids=admission_ids, limits=limits, by=by, at=at)


@transaction.atomic
def limit_many(
    *,
    admission_ids: Sequence[int],
    limits: Mapping[int, tuple[int, str]],
    since: date | None = None,
    by: Person,
    at: datetime,
) -> None:
    """As limit for several providers: how many children and why, by the provider's id.

    From today, or from the later day on which they are in the pool. A provider with none of
    those places is left as it is. Raises NeedsAPerson.
    """
    if by.pk is None:
        raise NeedsAPerson
    since = since or london_day(at)
    due_on = since + timedelta(days=law.value(Key.FIRST_VISIT_DAYS, on=since))
    places = list(Admission.objects.filter(pk__in=admission_ids, provider__in=limits))
    made = Condition.objects.bulk_create(
        Condition(
            provider_id=provider,
            most_children=limits[provider][0],
            since=since,
            visit_due_on=due_on,
            reason=limits[provider][1],
            decided_by_id=by.pk,
            decided_at=at,
        )
        for provider in sorted({one.provider_id for one in places})
    )
    of = {one.provider_id: one for one in made}
    for one in places:
        one.condition = of[one.provider_id]
    Admission.objects.bulk_update(places, ["condition"])
    details: dict[str, JSONValue] = {"admissions": [*sorted(one.pk for one in places)]}
    audit.record(tag=Tag.LIMITED, subject="conditions", details=details, by=by, at=at)


@transaction.atomic
def share_limit(*, admission_id: int, by: Person, at: datetime) -> None:
    """Where the provider is limited until our first visit, this place counts under that limit.

    Where it is not, nothing changes.
    """
    place = Admission.objects.select_for_update(of=("self",)).get(pk=admission_id)
    on = london_day(at)
    limited = [
        one
        for one in Condition.objects.filter(provider=place.provider_id).order_by("pk")
        if queries.limit_of(one, on=on) is not None
    ]
    if place.condition_id is None and limited:
        place.condition = limited[-1]
        place.save(update_fields=["condition"])
        details: dict[str, JSONValue] = {"admissions": [place.pk]}
        audit.record(tag=Tag.LIMITED, subject="conditions", details=details, by=by, at=at)


@transaction.atomic
def record_visit(*, condition_id: int, visit: NewVisit, by: Person, at: datetime) -> Visit:
    """The visit is on record, and the limit is lifted, stays, or is another from today.

    Raises NeedsAPerson, NothingSeen, VisitToCome, VisitTooEarly, NoVisitDue when it has been
    lifted already, and OutcomeUnclear.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not (visit.seen.strip() and visit.visited_by.strip()):
        raise NothingSeen
    on = london_day(at)
    if visit.visited_on > on:
        raise VisitToCome
    condition = Condition.objects.select_for_update(no_key=True).get(pk=condition_id)
    if visit.visited_on < condition.since:
        raise VisitTooEarly
    held = queries.limit_of(condition, on=on)
    if held is None:
        raise NoVisitDue
    most, following, reason = _what_follows(visit, held, on)
    made = Visit.objects.create(
        condition=condition,
        visited_on=visit.visited_on,
        visited_by=visit.visited_by.strip(),
        seen=visit.seen.strip(),
        outcome=visit.outcome,
        most_children=most,
        next_visit_on=following,
        reason=reason,
        in_force_from=on,
        recorded_by_id=by.pk,
        recorded_at=at,
    )
    details: dict[str, JSONValue] = {"outcome": visit.outcome.value, "most_children": most}
    audit.record(
        tag=Tag.VISITED, subject=f"condition {condition.pk}", details=details, by=by, at=at
    )
    return made


def _what_follows(visit: NewVisit, held: int, on: date) -> tuple[int | None, date | None, str]:
    """The limit from now on, the next visit, and the reason."""
    if visit.outcome is VisitOutcome.LIFTED:
        return None, None, visit.reason.strip()
    most = held if visit.outcome is VisitOutcome.KEPT else visit.most_children
    following = visit.next_visit_on
    if not most or following is None or following <= on or not visit.reason.strip():
        raise OutcomeUnclear
    return most, following, visit.reason.strip()
