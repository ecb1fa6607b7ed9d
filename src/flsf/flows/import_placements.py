"""A sheet of live spot placements: every one lands under a named waiver with an end date.

Seed B paragraphs 2 and 7 (S37, S54, S303): support goes on without a break, bought lawfully for
the time being, and counted until it moves to the framework.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flsf.casework.calloffs import actions as calloffs
from flsf.casework.calloffs import queries as known_awards
from flsf.casework.calloffs.enums import AwardStatus
from flsf.casework.calloffs.rules import Cost, Found, Proposal, Terms, cost
from flsf.casework.children import actions as children
from flsf.casework.children.enums import Basis, Detail
from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable.rules import Booked
from flsf.core.clock import london_day
from flsf.core.counts import Counts
from flsf.core.people import SYSTEM, Person
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.actions import Plan
from flsf.delivery.placements.enums import Status
from flsf.flows.import_children import index_for, keys_of
from flsf.flows.import_providers import by_name_or_number
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets import queries as known_budgets
from flsf.mandate.budgets.enums import Entry, Route
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine, Unit
from flsf.mandate.waivers import actions as waivers
from flsf.shared.accounts.enums import Team
from flsf.shared.calendars import queries as calendars
from flsf.shared.calendars.rules import SchoolCalendar
from flsf.shared.imports.rules.sheets import Outcome, SheetRow, Taking
from flsf.shared.imports.rules.tables import squeezed

MINUTES = 150
REASON = "Live spot placements found when records were brought in; until they move to the framework"
NOT_RECORDED = "Not recorded in the sheet"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Live:
    """One good row, with everything it names found and priced."""

    row: SheetRow
    child: Any
    provider: Any
    service_id: int | None
    budget_id: int
    terms: Terms
    whole: Cost
    left: Cost  # from today on: what was before has been paid elsewhere
    award_ref: str = ""  # drawn when all good rows are known, so that no two agree


def take(taking: Taking) -> Outcome:
    """Each live placement stands with award, waiver, money promised, bookings and disclosure."""
    today = london_day(taking.at)
    index, known = index_for(taking), by_name_or_number()
    funds, services = _funds(today), _services()
    had = _had(today)
    seen: dict[object, int] = {}
    live: list[Live] = []
    same = 0
    calendar = calendars.school_calendars({one.school_id for one in index.by_key.values()} | {None})
    for row in taking.rows:
        child, provider = index.find(row), known.get(squeezed(row.get("provider")))
        budget_id = funds.get(squeezed(row.get("fund", "")))
        is_whole = _can_be(taking, row, (child, provider, budget_id), today)
        if not is_whole or provider is None:
            continue
        key = (child.pk, provider.pk, row.get("starts_on"))
        if key in had:
            same += 1
        elif seen.setdefault(key, row.number) != row.number:
            taking.wrong(row, "starts_on", f"Row {seen[key]} is the same placement.")
        else:
            service_id = services.get((provider.pk, squeezed(row.get("nature", ""))))
            named = (child, provider, service_id, budget_id)
            live.append(_priced(row, named, calendar[child.school_id], today))
    refs = known_awards.unused_refs(len(live))
    live = [replace(one, award_ref=ref) for one, ref in zip(live, refs, strict=True)]
    made = _make(live, taking, today) if live else {}
    return Outcome(Counts(new=len(live), same=same), made, _notes(live))


def take_back(made: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """What the batch made is gone and nothing is promised for it. Raises StillNeeded kinds."""
    placements.take_back_many(placement_ids=made.get("placements", ()), by=by, at=at)
    today = london_day(at)
    for ref, since in made.get("award_refs", ()):
        timetable.release(award_ref=ref, by=by, at=at)
        budgets.release(award_ref=ref, day=today, by=by, at=at)
        last_day = date.fromisoformat(since) - ONE_DAY
        children.close_disclosures(because=ref, last_day=last_day, by=by, at=at)
    calloffs.take_back_many(award_ids=made.get("awards", ()), by=by, at=at)
    waivers.take_back_many(waiver_ids=made.get("waivers", ()), by=by, at=at)


def _can_be(taking: Taking, row: SheetRow, named: tuple[Any, Any, int | None], today: date) -> bool:
    child, provider, budget_id = named
    if not keys_of(row):
        taking.wrong(row, "upn", "Say which child: a reference, a UPN, or name and birth date.")
    elif child is None:
        taking.wrong(row, "last_name", "We have no record of this child. Bring children first.")
    elif provider is None:
        taking.wrong(row, "provider", "No such provider is on the register. Bring providers first.")
    elif budget_id is None:
        taking.wrong(row, "fund", "No fund of that code has a budget this year. Set one first.")
    elif row.get("ends_on") < row.get("starts_on"):
        taking.wrong(row, "ends_on", "This is before the first day.")
    elif row.get("ends_on") < today:
        taking.wrong(row, "ends_on", "This has passed. Only live placements can be brought in.")
    elif row.get("waiver_ends_on", row.get("ends_on")) < row.get("starts_on"):
        taking.wrong(row, "waiver_ends_on", "This is before the placement starts.")
    elif not row.get("half_days"):
        taking.wrong(row, "half_days", "Say at least one half-day of the week.")
    else:
        return True
    return False


def _funds(today: date) -> dict[str, int]:
    """This year's budgets by code and name of their fund; the only one, or high needs, by none."""
    year = today.year if (today.month, today.day) >= (4, 1) else today.year - 1
    positions = known_budgets.positions(person=SYSTEM, year_begins=date(year, 4, 1))
    found: dict[str, int] = {}
    for one in positions:
        found |= {squeezed(one.fund_code): one.budget_id, squeezed(one.fund_name): one.budget_id}
    usual = [one.budget_id for one in positions if "highneeds" in squeezed(one.fund_code)]
    if len(positions) == 1 or usual:
        found[""] = usual[0] if usual else positions[0].budget_id
    return found


def _services() -> dict[tuple[int, str], int]:
    """The services of each provider by name; a name that is none's finds nothing."""
    return {
        (one.pk, squeezed(service.name)): service.pk
        for one in by_name_or_number_once()
        for service in one.services.all()
    }


def by_name_or_number_once() -> Sequence[Any]:
    """Every provider once, with its services."""
    found = {one.pk: one for one in by_name_or_number().values()}
    return list(found.values())


def _had(today: date) -> set[tuple[int, int, date]]:
    """Awards on the register already: child, provider and first day."""
    return set(
        known_awards.register(person=SYSTEM, on=today).values_list(
            "child_id", "provider_id", "starts_on"
        )
    )


def _priced(
    row: SheetRow,
    named: tuple[Any, Any, int | None, int | None],
    calendar: SchoolCalendar,
    today: date,
) -> Live:
    child, provider, service_id, budget_id = named
    terms = Terms(
        unit=Unit(row.get("unit")),
        rate_pence=row.get("rate").pence,
        vat_basis_points=provider.vat_basis_points,
        half_days_mask=row.get("half_days"),
        minutes_a_half_day=row.get("minutes", MINUTES),
        starts_on=row.get("starts_on"),
        ends_on=row.get("ends_on"),
    )
    length = (terms.ends_on - terms.starts_on).days + 1
    days = [terms.starts_on + timedelta(days=ahead) for ahead in range(length)]
    school_days = [day for day in days if calendar.is_school_day(day)]
    return Live(
        row=row,
        child=child,
        provider=provider,
        service_id=service_id,
        budget_id=budget_id or 0,
        terms=terms,
        whole=cost(terms, school_days),
        left=cost(terms, [day for day in school_days if day >= today]),
    )


def _make(live: Sequence[Live], taking: Taking, today: date) -> dict[str, Sequence[Any]]:
    who_when: dict[str, Any] = {"by": taking.by, "at": taking.at}
    waiver_ids = _waivers(live, taking, today)
    found = [
        Found(
            ref=one.award_ref,
            proposal=_proposal(one, waiver_ids[_waiver_key(one)]),
            status=AwardStatus.AWARDED,
            reason="Recorded as found: bought before the framework, under a waiver",
        )
        for one in live
    ]
    awards = calloffs.record_found_many(found=found, **who_when)
    budgets.post_many(
        lines=[(Entry.COMMITTED, _posting(one, today)) for one in live if one.left.net.pence],
        **who_when,
    )
    made = placements.plan_many(
        plans=[_plan(one, award.pk, today) for one, award in zip(live, awards, strict=True)],
        **who_when,
    )
    timetable.book_many(
        bookings=[_booked(one, one.service_id) for one in live if one.service_id], **who_when
    )
    for one in live:
        children.disclose(
            child_id=one.child.pk,
            organisation_id=one.provider.organisation_id,
            detail=Detail.WORKING,
            basis=Basis.PLACED,
            because=one.award_ref,
            since=today,
            until=one.terms.ends_on,
            **who_when,
        )
    return {
        "placements": [one.pk for one in made],
        "awards": [one.pk for one in awards],
        "award_refs": [[one.award_ref, today.isoformat()] for one in live],
        "waivers": sorted(set(waiver_ids.values())),
    }


def _waiver_key(one: Live) -> tuple[str, int, date]:
    """One waiver for a provider and an end date, unless the sheet names several."""
    last = one.row.get("waiver_ends_on", one.terms.ends_on)
    return (one.row.get("waiver", ""), one.provider.pk, last)


def _waivers(live: Sequence[Live], taking: Taking, today: date) -> dict[tuple[str, int, date], int]:
    grouped: dict[tuple[str, int, date], list[Live]] = defaultdict(list)
    for one in live:
        grouped[_waiver_key(one)].append(one)
    ids = {}
    for key, group in grouped.items():
        named, _, last = key
        reason = group[0].row.get("reason", REASON)
        approved = group[0].row.get("approved_on", today)
        ids[key] = waivers.grant(
            reason=f"{named}: {reason}" if named else reason,
            provider_name=group[0].provider.name,
            value_pence=sum(one.whole.gross.pence for one in group),
            starts_on=min(one.terms.starts_on for one in group),
            expires_on=last,
            approver_name=group[0].row.get("approver", NOT_RECORDED),
            approved_on=min(approved, today),
            by=taking.by,
            at=taking.at,
        ).pk
    return ids


def _proposal(one: Live, waiver_id: int) -> Proposal:
    return Proposal(
        child_id=one.child.pk,
        provider_id=one.provider.pk,
        service_id=one.service_id,
        terms=one.terms,
        net_pence=one.whole.net.pence,
        vat_pence=one.whole.vat.pence,
        route=Route.WAIVER,
        budget_id=one.budget_id,
        team=Team(one.row.get("team", Team.AP)),
        spend_line=SpendLine(one.row.get("spend_line", SpendLine.OTHER)),
        waiver_id=waiver_id,
    )


def _posting(one: Live, today: date) -> Posting:
    return Posting(
        budget_id=one.budget_id,
        award_ref=one.award_ref,
        source_ref=one.award_ref,
        provider_ref=one.provider.ref,
        provider_name=one.provider.name,
        team=Team(one.row.get("team", Team.AP)),
        route=Route.WAIVER,
        spend_line=SpendLine(one.row.get("spend_line", SpendLine.OTHER)),
        lot_code="",
        net_pence=one.left.net.pence,
        vat_pence=one.left.vat.pence,
        day=today,
    )


def _plan(one: Live, award_id: int, today: date) -> Plan:
    return Plan(
        award_id=award_id,
        child_id=one.child.pk,
        provider_id=one.provider.pk,
        service_id=one.service_id,
        starts_on=one.terms.starts_on,
        planned_end_on=one.terms.ends_on,
        nature=one.row.get("nature", "Alternative provision"),
        status=Status.ACTIVE if one.terms.starts_on <= today else Status.PLANNED,
    )


def _booked(one: Live, service_id: int) -> Booked:
    return Booked(
        child_id=one.child.pk,
        service_id=service_id,
        award_ref=one.award_ref,
        half_days_mask=one.terms.half_days_mask,
        minutes=one.terms.minutes_a_half_day,
        since=one.terms.starts_on,
        until=one.terms.ends_on,
    )


def _notes(live: Sequence[Live]) -> list[str]:
    without = sum(one.service_id is None for one in live)
    if not without:
        return []
    said = f"{without} placements name no service that we know, so no place is booked for them."
    return [f"{said} Their hours and children count with the provider."]
