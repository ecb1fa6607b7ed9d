"""A sheet of services and rates, each of a provider on the register and in a lot."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flsf.core import half_days, needs
from flsf.core.clock import london_day
from flsf.core.counts import Counts
from flsf.core.people import SYSTEM, Person
from flsf.flows.import_providers import by_name_or_number
from flsf.mandate.framework import queries as framework
from flsf.market.directory import actions as directory
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as known_providers
from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import NewService, NewSite, ServiceFacts
from flsf.shared.imports.rules.sheets import Outcome, SheetRow, Taking
from flsf.shared.imports.rules.tables import squeezed

SAME_WORDS = ("lowest_age", "highest_age", "largest_group", "days_to_start", "what_it_is")


def take(taking: Taking) -> Outcome:
    """New services are offered, with rate and places; known ones are changed if asked."""
    today = london_day(taking.at)
    known, lots, offered = by_name_or_number(), _lots(), _offered()
    seen: dict[tuple[int, str], int] = {}
    new: list[NewService] = []
    changed: list[int] = []
    same = 0
    for row in taking.rows:
        provider = known.get(squeezed(row.get("provider")))
        lot_id = lots.get(squeezed(row.get("lot")))
        if not _can_be(taking, row, provider, lot_id) or provider is None:
            continue
        key = (provider.pk, squeezed(row.get("name")))
        if seen.setdefault(key, row.number) != row.number:
            taking.wrong(row, "name", f"Row {seen[key]} has the same service of this provider.")
            continue
        if service := offered.get(key):
            if _changed(service, row, lot_id, taking):
                changed.append(service.pk)
            else:
                same += 1
            continue
        one = _new(taking, row, provider, lot_id, today)
        if one is not None:
            new.append(one)
    made = providers.take_in_services(services=new, by=taking.by, at=taking.at) if new else []
    ids = [one.pk for one in made]
    if ids or changed:
        directory.relist(service_ids=[*ids, *changed], by=taking.by, at=taking.at)
    return Outcome(Counts(new=len(ids), changed=len(changed), same=same), {"services": ids})


def take_back(made: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """The services made are gone. Raises providers.InUse."""
    providers.take_out_many(service_ids=made.get("services", ()), by=by, at=at)


def _can_be(taking: Taking, row: SheetRow, provider: Any, lot_id: int | None) -> bool:
    if provider is None:
        taking.wrong(row, "provider", "No such provider is on the register. Bring providers first.")
        return False
    if lot_id is None:
        taking.wrong(row, "lot", "The framework has no such lot. Write its code or its name.")
        return False
    if row.get("highest_age", 0) < row.get("lowest_age", 0):
        taking.wrong(row, "highest_age", "This is lower than the lowest age.")
        return False
    return True


def _lots() -> dict[str, int]:
    found: dict[str, int] = {}
    for lot in framework.lots(person=SYSTEM):
        found |= {squeezed(lot.code): lot.pk, squeezed(lot.name): lot.pk}
    return found


def _offered() -> dict[tuple[int, str], Any]:
    found: dict[tuple[int, str], Any] = {}
    for provider in known_providers.register(person=SYSTEM).prefetch_related("services"):
        for one in provider.services.all():
            found[provider.pk, squeezed(one.name)] = one
    return found


def _site(row: SheetRow, provider: Any, mode: Mode) -> NewSite | None:
    """Where the service happens: as the row says, or the provider's one site."""
    if mode is not Mode.SITE:
        return None
    if postcode := row.get("postcode"):
        return NewSite(row.get("site_name", provider.name), postcode)
    sites = list(provider.sites.all())
    return NewSite(sites[0].name, sites[0].postcode) if len(sites) == 1 else None


def _facts(row: SheetRow, lot_id: int) -> dict[str, Any]:
    facts = {key: row.get(key) for key in SAME_WORDS if row.get(key) is not None}
    if row.get("needs"):
        facts["needs_mask"] = needs.to_mask(row.get("needs"))
    return facts | {"lot_id": lot_id}


def _new(
    taking: Taking, row: SheetRow, provider: Any, lot_id: int | None, today: date
) -> NewService | None:
    guessed = Mode.SITE if row.get("postcode") else Mode.COMMUNITY
    mode = Mode(row.get("mode", guessed))
    site = _site(row, provider, mode)
    if mode is Mode.SITE and site is None:
        taking.wrong(row, "postcode", "Say the postcode of the place where it happens.")
        return None
    facts = _facts(row, lot_id or 0) | {"name": row.get("name"), "mode": mode}
    places = row.get("places", 0)
    week = half_days.from_mask(row.get("half_days", half_days.WHOLE_WEEK))
    return NewService(
        provider_id=provider.pk,
        facts=ServiceFacts(**facts),
        site=site,
        rates=((row.get("rate_from", today), row.get("rate").pence),),
        places={one.index: places for one in week} if places else {},
    )


def _changed(service: Any, row: SheetRow, lot_id: int | None, taking: Taking) -> bool:
    """Whether a service known already now says what the sheet says. Rates have a page."""
    facts = replace(service.facts, **_facts(row, lot_id or 0))
    pence = known_providers.rate_on(service.pk, row.get("rate_from", london_day(taking.at)))
    if pence != row.get("rate").pence:
        taking.doubtful(row, "rate", f"{service.ref} has another rate. Set rates on its own page.")
    if facts == service.facts:
        return False
    if not taking.merges:
        taking.doubtful(row, "name", f"We know this service as {service.ref}. Not changed.")
        return False
    providers.change_service(service_id=service.pk, facts=facts, by=taking.by, at=taking.at)
    return True
