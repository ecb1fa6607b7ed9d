"""Reads of the limits under which providers were admitted, and of the visits that changed them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from flsf.core.people import Person
from flsf.market.admissions import rules
from flsf.market.admissions.enums import VisitOutcome
from flsf.market.admissions.models import Admission, Condition, Visit


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit under a condition, as staff read it."""

    visited_on: date
    visited_by: str
    seen: str
    outcome: VisitOutcome
    most_children: int | None
    reason: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Conditional:
    """A condition as it stands on a day; no limit: it has been lifted."""

    condition_id: int
    provider_id: int
    limit: int | None
    visit_due_on: date | None
    since: date
    lots: tuple[str, ...]
    reason: str
    decided_by: str
    decided_at: datetime
    visits: tuple[Visited, ...]

    @property
    def words(self) -> str:
        return rules.limit_in_words(self.limit) if self.limit else ""


def limit_of(condition: Condition, *, on: date) -> int | None:
    """How many children at most on a day; None: as many as there are places."""
    last = condition.visits.filter(in_force_from__lte=on).order_by("-pk").first()
    return last.most_children if last else condition.most_children


def conditions(*, person: Person, on: date, provider_id: int | None = None) -> list[Conditional]:
    """The conditions this person may see, as they stand on a day. Three queries.

    Left out is one whose places have a later one instead.
    """
    found = Condition.objects.visible_to(person).filter(
        Exists(Admission.objects.filter(condition=OuterRef("pk"))), since__lte=on
    )
    if provider_id is not None:
        found = found.filter(provider=provider_id)
    rows = found.select_related("decided_by").order_by("since", "pk")
    rows = rows.prefetch_related("visits__recorded_by", "admissions__lot")
    return [_conditional(one, on) for one in rows]


def _conditional(one: Condition, on: date) -> Conditional:
    visits = sorted(
        (each for each in one.visits.all() if each.in_force_from <= on), key=lambda each: each.pk
    )
    last = visits[-1] if visits else None
    return Conditional(
        condition_id=one.pk,
        provider_id=one.provider_id,
        limit=last.most_children if last else one.most_children,
        visit_due_on=last.next_visit_on if last else one.visit_due_on,
        since=one.since,
        lots=tuple(sorted(each.lot.name for each in one.admissions.all())),
        reason=one.reason,
        decided_by=one.decided_by.name,
        decided_at=one.decided_at,
        visits=tuple(_visited(each) for each in reversed(visits)),
    )


def _visited(one: Visit) -> Visited:
    return Visited(
        visited_on=one.visited_on,
        visited_by=one.visited_by,
        seen=one.seen,
        outcome=VisitOutcome(one.outcome),
        most_children=one.most_children,
        reason=one.reason,
        recorded_by=one.recorded_by.name,
        recorded_at=one.recorded_at,
    )


def locked_limit(provider_id: int, lot_id: int, *, on: date) -> tuple[int, frozenset[int]] | None:
    """The limit on a provider's place in a lot and the lots that share it; None: there is none.

    Nobody else counts against it, or changes it, until this transaction ends.
    """
    condition = (
        Condition.objects.select_for_update(of=("self",), no_key=True)
        .filter(admissions__provider=provider_id, admissions__lot=lot_id)
        .first()
    )
    limit = limit_of(condition, on=on) if condition else None
    if condition is None or limit is None:
        return None
    return limit, frozenset(condition.admissions.values_list("lot", flat=True))


def all_limits(*, on: date) -> list[tuple[int, int, int, int]]:
    """Every (condition id, provider id, lot id, children at most) of a day, for matching.

    The lots of one condition share its limit. Two queries.
    """
    visits = Visit.objects.filter(in_force_from__lte=on).order_by("pk")
    changed = dict(visits.values_list("condition", "most_children"))
    rows = Admission.objects.filter(condition__isnull=False).order_by("pk")
    found = rows.values_list("condition", "provider", "lot", "condition__most_children")
    now = (
        (condition, provider, lot, changed.get(condition, first))
        for condition, provider, lot, first in found
    )
    return [
        (condition, provider, lot, most)
        for condition, provider, lot, most in now
        if most is not None
    ]
