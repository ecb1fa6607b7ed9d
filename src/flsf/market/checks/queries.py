"""Reads of checks and of how providers stand with them. Standing is worked out for a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from flsf.core.people import Person
from flsf.market.checks import rules
from flsf.market.checks.enums import Outcome, Standing, Step, Theme
from flsf.market.checks.models import Check, Evidence, EvidenceTold, Reminder
from flsf.market.providers import queries as providers


@dataclass(frozen=True, slots=True)
class CheckStanding:
    """How a provider stands with one check. `expires_on`: of what holds, or held last."""

    code: str
    name: str
    theme: Theme
    standing: Standing
    expires_on: date | None
    number: str = ""
    seen_by: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expiring:
    """Evidence that runs out soon, or has, with nothing after it."""

    provider_id: int
    code: str
    name: str
    expires_on: date


def every() -> QuerySet[Check]:
    """What we ask of providers, by theme and name: public."""
    return Check.objects.order_by("theme", "name")


def all_evidence() -> list[tuple[int, int, date, date]]:
    """Every (provider id, check id, first day, last day). One query, for matching."""
    return list(
        Evidence.objects.values_list("provider_id", "requirement_id", "holds_from", "expires_on")
    )


def standings(provider_ids: Collection[int], *, on: date) -> Mapping[int, list[CheckStanding]]:
    """How each provider stands with each check on a day; three queries for them all.

    The caller asks who may see them.
    """
    checks = list(every())
    exempt = providers.sole_trader_ids() & set(provider_ids)
    begun = (
        Evidence.objects.filter(provider__in=provider_ids, holds_from__lte=on)
        .select_related("seen_by")
        .order_by("expires_on", "pk")
    )
    # The last of each pair is the longest lasting.
    best = {(one.provider_id, one.requirement_id): one for one in begun}
    return {
        provider_id: [
            _standing(check, best.get((provider_id, check.pk)), provider_id in exempt, on)
            for check in checks
        ]
        for provider_id in provider_ids
    }


def _standing(check: Check, shown: Evidence | None, is_exempt: bool, on: date) -> CheckStanding:  # noqa: FBT001
    return CheckStanding(
        code=check.code,
        name=check.name,
        theme=Theme(check.theme),
        standing=rules.standing(
            expires_on=shown.expires_on if shown else None,
            needed_from=check.needed_from,
            is_exempt=is_exempt and check.sole_traders_exempt,
            on=on,
        ),
        expires_on=shown.expires_on if shown else None,
        number=shown.number if shown else "",
        seen_by=shown.seen_by.name if shown and shown.seen_by else "",
        seen_at=shown.seen_at if shown else None,
    )


def in_date_ids(on: date) -> frozenset[int]:
    """The providers with nothing overdue on a day. Two or three queries, however many."""
    needed = list(
        Check.objects.filter(needed_from__lte=on).values_list("pk", "sole_traders_exempt")
    )
    of_everybody = [pk for pk, exempt in needed if not exempt]
    holding = (
        Evidence.objects.filter(holds_from__lte=on, expires_on__gte=on)
        .filter(requirement__in=[pk for pk, _ in needed])
        .values("provider")
        .annotate(
            every=Count("requirement", distinct=True),
            everybodys=Count("requirement", distinct=True, filter=Q(requirement__in=of_everybody)),
        )
        .values_list("provider", "every", "everybodys")
    )
    held = {provider: (every, everybodys) for provider, every, everybodys in holding}
    sole = providers.sole_trader_ids()
    return frozenset(
        provider
        for provider in providers.every_id()
        if held.get(provider, (0, 0))[1] == len(of_everybody)
        and (provider in sole or held.get(provider, (0, 0))[0] == len(needed))
    )


def expiring(on: date, *, within_days: int) -> list[Expiring]:
    """Evidence that runs out from that day within so many days, nothing joining on to it."""
    until = on + timedelta(days=within_days)
    found = [
        Expiring(provider, code, name, last)
        for (provider, _, code, name, _), last in _lapsing(on, until=until)
        if last >= on
    ]
    return sorted(found, key=lambda one: (one.expires_on, one.provider_id, one.code))


def _lapsing(
    on: date, *, until: date, needed_on: date | None = None
) -> list[tuple[tuple[int, int, str, str, bool], date]]:
    """Whose evidence runs out by a day, or has, with nothing that joins on; one question.

    Each with its provider, check id, code, name and whether sole traders need none of it.
    """
    # Whatever holds beyond the day and began before today cannot run out by then.
    beyond = Evidence.objects.filter(
        provider=OuterRef("provider"),
        requirement=OuterRef("requirement"),
        holds_from__lte=on,
        expires_on__gt=until,
    )
    shown = Evidence.objects.filter(~Exists(beyond))
    if needed_on is not None:
        shown = shown.filter(requirement__needed_from__lte=needed_on)
    spans: dict[tuple[int, int, str, str, bool], list[rules.Span]] = defaultdict(list)
    for *whose, first, last in shown.values_list(
        *("provider", "requirement", "requirement__code", "requirement__name"),
        *("requirement__sole_traders_exempt", "holds_from", "expires_on"),
    ):
        provider, check, code, name, exempt = whose
        spans[provider, check, code, name, exempt].append((first, last))
    return [
        (key, last)
        for key, found in spans.items()
        if (last := rules.lapses(found, on=on)) is not None and last <= until
    ]


def overdue_ids(on: date) -> frozenset[int]:
    """The providers with something overdue on a day."""
    return providers.every_id() - in_date_ids(on)


def overdue(on: date, provider_ids: Collection[int] | None = None) -> dict[int, list[str]]:
    """What each provider lacks on a day, by name; those that lack nothing are left out."""
    ids = overdue_ids(on) if provider_ids is None else provider_ids
    return {
        provider_id: names
        for provider_id, rows in standings(ids, on=on).items()
        if (names := [one.name for one in rows if one.standing is Standing.OVERDUE])
    }


def is_in_date(provider_id: int, *, on: date) -> bool:
    """Whether the provider has nothing overdue on a day."""
    return not overdue(on, [provider_id])


def reminders_due(on: date) -> list[rules.Reminder]:
    """Whom to write to on a day about evidence with nothing that joins on to it, and was not yet.

    What begins only after a gap silences nothing.
    """
    until = on + timedelta(days=rules.DUE_SOON_DAYS)
    sole = providers.sole_trader_ids()
    sent = set(Reminder.objects.values_list("provider", "requirement", "expires_on", "step"))
    return sorted(
        rules.Reminder(provider, step, code, name, last)
        for (provider, check, code, name, exempt), last in _lapsing(on, until=until, needed_on=on)
        if (step := rules.step_due(last, on=on)) is not None
        and (provider, check, last, step.value) not in sent
        and not (exempt and provider in sole)
    )


@dataclass(frozen=True, slots=True)
class Reminded:
    """A provider was written to: about what, when, and how many people."""

    name: str
    expires_on: date
    step: Step
    told: int
    sent_at: datetime


def reminders(provider_id: int, *, person: Person, limit: int = 20) -> list[Reminded]:
    """What the provider was reminded of, the latest first."""
    found = Reminder.objects.visible_to(person).filter(provider=provider_id)
    rows = found.select_related("requirement").order_by("-sent_at", "-pk")[:limit]
    return [
        Reminded(one.requirement.name, one.expires_on, Step(one.step), one.told, one.sent_at)
        for one in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """What a provider says it can show, and what became of that."""

    id: int
    ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    code: str
    name: str
    number: str
    holds_from: date
    expires_on: date
    told_by: str
    told_at: datetime
    document_ref: str
    outcome: Outcome | None
    words: str
    decided_by: str


def told(
    *, person: Person, provider_id: int | None = None, waiting_only: bool = False
) -> list[ToldOf]:
    """What providers told that this person may see: the longest waiting first, then the rest in
    the order in which it was told.
    """
    found = EvidenceTold.objects.visible_to(person).order_by(
        Case(When(outcome="", then=0), default=1), "told_at", "pk"
    )
    if provider_id is not None:
        found = found.filter(provider=provider_id)
    if waiting_only:
        found = found.filter(outcome="")
    return _told(found)


def told_with_ref(ref: str, *, person: Person) -> ToldOf | None:
    """What was told under that reference, if this person may see it."""
    return next(iter(_told(EvidenceTold.objects.visible_to(person).filter(ref=ref))), None)


def _told(found: QuerySet[EvidenceTold]) -> list[ToldOf]:
    rows = found.select_related("provider", "requirement", "told_by", "decided_by")
    return [
        ToldOf(
            id=one.pk,
            ref=one.ref,
            provider_id=one.provider_id,
            provider_ref=one.provider.ref,
            provider_name=one.provider.name,
            code=one.requirement.code,
            name=one.requirement.name,
            number=one.number,
            holds_from=one.holds_from,
            expires_on=one.expires_on,
            told_by=one.told_by.name,
            told_at=one.told_at,
            document_ref=one.document_ref,
            outcome=Outcome(one.outcome) if one.outcome else None,
            words=one.words,
            decided_by=one.decided_by.name if one.decided_by else "",
        )
        for one in rows
    ]
