"""Reads of staff, of their checks on a day, and of letters of assurance."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from flsf.core.people import Person
from flsf.market.staff import rules
from flsf.market.staff.enums import Confirmation, Level, StaffRole
from flsf.market.staff.models import Assurance, Member, StaffEvidence, StaffNeed

NOT_LISTED = "Not on the staff register"


@dataclass(frozen=True, slots=True)
class CheckOf:
    """A check a person needs, or that was done, and how it stands on the day."""

    code: str
    name: str
    holds: bool
    number: str
    level: Level | None
    checked_on: date | None
    expires_on: date | None
    seen_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Somebody who works for a provider as they stand on a day."""

    id: int
    ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    name: str
    role: StaffRole
    user_id: int | None
    unsupervised: bool
    lived_abroad: bool
    since: date
    until: date | None
    confirmation: Confirmation | None
    decided_by: str
    decision_reason: str
    checks: tuple[CheckOf, ...]
    why_not: str  # why they may not give a session that day; empty: they may

    @property
    def waits_for_council(self) -> bool:
        """Alone with children, every check done, and nobody has confirmed them."""
        return self.unsupervised and self.confirmation is None and not self.lacks

    @property
    def lacks(self) -> bool:
        return any(not one.holds for one in self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of assurance, as it was given."""

    ref: str
    provider_id: int
    provider_name: str
    given_on: date
    expires_on: date
    given_by: str
    given_at: datetime
    people: list[dict[str, Any]]


def needs(on: date) -> list[StaffNeed]:
    """What is asked of staff on a day, by name: public."""
    found = StaffNeed.objects.filter(in_force_from__lte=on)
    return list(found.filter(Q(until=None) | Q(until__gte=on)).order_by("name"))


def register(provider_id: int, *, person: Person, on: date) -> list[Seen]:
    """Everybody who works for the provider that day, by name. Three questions."""
    found = Member.objects.visible_to(person).filter(provider=provider_id)
    return _seen(found.filter(Q(until=None) | Q(until__gte=on)), on)


def with_ref(ref: str, *, person: Person, on: date) -> Seen | None:
    """The person, if this one may see them."""
    return next(iter(_seen(Member.objects.visible_to(person).filter(ref=ref), on)), None)


def waiting(*, person: Person, on: date) -> list[Seen]:
    """Those alone with children whom the council has still to confirm, the newest last."""
    found = Member.objects.visible_to(person).filter(confirmation="", unsupervised=True)
    seen = _seen(found.filter(Q(until=None) | Q(until__gte=on)), on)
    return sorted((one for one in seen if one.waits_for_council), key=lambda one: one.since)


def cover(asked: Iterable[tuple[int, int, date]]) -> dict[tuple[int, int, date], str]:
    """For each (provider id, user id, day) why that person had no cover; empty: they had.

    Three questions, however many are asked about.
    """
    wanted = set(asked)
    found = Member.objects.filter(
        provider__in={provider for provider, _, _ in wanted},
        user__in={user for _, user, _ in wanted},
    )
    members = list(found.order_by("pk"))
    shown, every = _shown([one.pk for one in members]), _needs()
    answers = dict.fromkeys(wanted, NOT_LISTED)
    for provider, user, day in wanted:
        for one in members:
            is_theirs = (one.provider_id, one.user_id) == (provider, user)
            if is_theirs and one.since <= day and (one.until is None or day <= one.until):
                answers[provider, user, day] = _why_not(one, shown[one.pk], every, day)
    return answers


def letter(provider_id: int, *, on: date) -> Letter | None:
    """The provider's latest letter that holds on a day. The caller asks who may read it."""
    return letters([provider_id], on=on).get(provider_id)


def letters(provider_ids: Collection[int], *, on: date) -> dict[int, Letter]:
    """The latest letter that holds on a day of each provider that has one. One question."""
    found = Assurance.objects.filter(
        provider__in=provider_ids, given_on__lte=on, expires_on__gte=on
    ).select_related("provider", "given_by")
    return {
        one.provider_id: Letter(
            ref=one.ref,
            provider_id=one.provider_id,
            provider_name=one.provider.name,
            given_on=one.given_on,
            expires_on=one.expires_on,
            given_by=one.given_by.name,
            given_at=one.given_at,
            people=one.people,
        )
        for one in found.order_by("given_at", "pk")
    }


def _needs() -> list[rules.Need]:
    return [
        rules.Need(
            one.code, one.name, one.roles_mask, one.abroad_only, one.in_force_from, one.until
        )
        for one in StaffNeed.objects.order_by("name")
    ]


def _shown(member_ids: Collection[int]) -> Mapping[int, list[StaffEvidence]]:
    found: dict[int, list[StaffEvidence]] = defaultdict(list)
    for one in StaffEvidence.objects.filter(member__in=member_ids).order_by("pk"):
        found[one.member_id].append(one)
    return found


def _as_shown(one: StaffEvidence) -> rules.Shown:
    level = Level(one.level) if one.level else None
    return rules.Shown(one.code, one.checked_on, one.expires_on, level)


def _why_not(
    one: Member, shown: Collection[StaffEvidence], every: Iterable[rules.Need], on: date
) -> str:
    lacks = rules.lacking(
        every,
        [_as_shown(each) for each in shown],
        role=StaffRole(one.role),
        unsupervised=one.unsupervised,
        lived_abroad=one.lived_abroad,
        on=on,
    )
    confirmation = Confirmation(one.confirmation) if one.confirmation else None
    return rules.why_not(lacks, unsupervised=one.unsupervised, confirmation=confirmation)


def _seen(found: QuerySet[Member], on: date) -> list[Seen]:
    rows = list(found.select_related("provider", "decided_by").order_by("name", "pk"))
    shown, every = _shown([one.pk for one in rows]), _needs()
    return [_one(row, shown[row.pk], every, on) for row in rows]


def _one(
    row: Member, shown: Collection[StaffEvidence], every: Collection[rules.Need], on: date
) -> Seen:
    role = StaffRole(row.role)
    latest = {
        one.code: one
        for one in sorted(shown, key=lambda e: (e.expires_on or date.max, e.checked_on, e.pk))
        if one.checked_on <= on
    }
    asked = [one for one in every if one.is_asked_of(role, lived_abroad=row.lived_abroad, on=on)]
    return Seen(
        id=row.pk,
        ref=row.ref,
        provider_id=row.provider_id,
        provider_ref=row.provider.ref,
        provider_name=row.provider.name,
        name=row.name,
        role=role,
        user_id=row.user_id,
        unsupervised=row.unsupervised,
        lived_abroad=row.lived_abroad,
        since=row.since,
        until=row.until,
        confirmation=Confirmation(row.confirmation) if row.confirmation else None,
        decided_by=row.decided_by.name if row.decided_by else "",
        decision_reason=row.decision_reason,
        checks=tuple(_check(one, latest.get(one.code), row, on) for one in asked),
        why_not=_why_not(row, shown, every, on),
    )


def _check(need: rules.Need, one: StaffEvidence | None, row: Member, on: date) -> CheckOf:
    return CheckOf(
        code=need.code,
        name=need.name,
        holds=one is not None and rules.holds(_as_shown(one), unsupervised=row.unsupervised, on=on),
        number=one.number if one else "",
        level=Level(one.level) if one and one.level else None,
        checked_on=one.checked_on if one else None,
        expires_on=one.expires_on if one else None,
        seen_by=one.seen_by if one else "",
    )
