"""Reads of what the provisions in use rest on."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.queries import Cover
from flsf.core.people import SYSTEM
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.queries import Seen
from flsf.mandate.framework import queries as framework
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.agreements import queries as agreements
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing as CheckStanding
from flsf.market.providers import queries as providers
from flsf.market.standards import queries as standards
from flsf.oversight.provisions import rules
from flsf.oversight.provisions.rules import Admitted, Contract, Fault, Provision, Watched

OFF_REGISTER = "Not on the register"


def review(on: date) -> list[Provision]:
    """Every provision that somebody is placed with on a day, those that lack most first.

    The caller asks who may see it. The same few queries, however many there are.
    """
    live = placements.live(on)
    covers = calloffs.covers([one.award_id for one in live])
    services = providers.lots_and_sites({one.service_id for one in live if one.service_id})
    admitted = _Standings({lot_id for lot_id, _ in services.values()}, on)
    watched = _watched({one.provider_id for one in live}, on)
    together: dict[tuple[int, int | None], list[Seen]] = defaultdict(list)
    for one in live:
        together[one.provider_id, one.service_id].append(one)
    found = []
    for (provider_id, service_id), those in together.items():
        lot_id = services[service_id][0] if service_id else None
        stands = admitted(provider_id, lot_id) if lot_id else Admitted()
        mine = [covers[one.award_id] for one in those]
        found.append(_provision(those[0], mine, stands, watched[provider_id], on))
    return sorted(
        found,
        key=lambda one: (
            -sum(bool(gaps) for gaps in one.gaps.values()),
            one.provider_name,
            one.name,
        ),
    )


def without_contract(on: date) -> list[tuple[Seen, Contract, Fault]]:
    """The placements of a day that have no valid contract, the longest without first (S303)."""
    live = placements.live(on)
    covers = calloffs.covers([one.award_id for one in live])
    found = [
        (one, contract, wrong)
        for one in live
        if (wrong := rules.fault(contract := _contract(covers[one.award_id]), on=on)) is not None
    ]
    return sorted(found, key=lambda each: (each[2].since, each[0].ref))


def _provision(
    first: Seen, covers: Collection[Cover], admitted: Admitted, watched: Watched, on: date
) -> Provision:
    contracts = tuple(_contract(one) for one in covers)
    return Provision(
        provider_ref=first.provider_ref,
        provider_name=first.provider_name,
        service_ref=next((one.service_ref for one in covers), ""),
        name=first.service_name or OFF_REGISTER,
        lot_name=admitted.lot_name,
        teams=tuple(sorted({one.team for one in covers})),
        routes=tuple(rules.bought(one, on=on) for one in contracts),
        contracts=contracts,
        admitted=admitted,
        watched=watched,
        on=on,
    )


def _contract(one: Cover) -> Contract:
    return Contract(
        award_ref=one.award_ref,
        route=one.route,
        is_decided=one.is_decided,
        starts_on=one.starts_on,
        last_day=one.last_day,
        waiver_ref=one.waiver_ref,
        waiver_starts_on=one.waiver_starts_on,
        waiver_expires_on=one.waiver_expires_on,
        waiver_ended_on=one.waiver_ended_on,
    )


class _Standings:
    """How each provider stands in each of the lots, asked once for them all."""

    def __init__(self, lot_ids: Collection[int], on: date) -> None:
        self.lots = framework.lot_facts()
        self.running = framework.running_lot_ids(on)
        self.rows = {
            (one.provider_id, one.lot_id): one for one in admissions.standing_in(lot_ids, on=on)
        }
        ids = [one.admission_id for one in self.rows.values()]
        self.versions = agreements.in_force(ids, on=on)

    def __call__(self, provider_id: int, lot_id: int) -> Admitted:
        row = self.rows.get((provider_id, lot_id))
        lot = self.lots[lot_id]
        return Admitted(
            lot_name=lot.name,
            lot_runs=lot_id in self.running,
            status_words=str(row.status.label) if row else "",
            is_removed=row is not None and row.status is Status.REMOVED,
            agreement_version=self.versions.get(row.admission_id, 0) if row else 0,
        )


def _watched(provider_ids: Collection[int], on: date) -> Mapping[int, Watched]:
    shown = checks.standings(provider_ids, on=on)
    visits = {one.provider_id: one for one in admissions.conditions(person=SYSTEM, on=on)}
    reviews: dict[int, date] = {}
    for provider_id, day, _ in admissions.reviews_due(person=SYSTEM, by_day=on, on=on):
        reviews[provider_id] = min(day, reviews.get(provider_id, day))
    kept = standards.kept(provider_ids, person=SYSTEM)
    found = {}
    for provider_id in provider_ids:
        looked = kept[provider_id].last_looked
        condition = visits.get(provider_id)
        last = (
            max((one.visited_on for one in condition.visits), default=None) if condition else None
        )
        found[provider_id] = Watched(
            overdue=tuple(
                one.name for one in shown[provider_id] if one.standing is CheckStanding.OVERDUE
            ),
            asks_checks=bool(shown[provider_id]),
            visit_due_on=condition.visit_due_on if condition else None,
            visited_on=last,
            checked_on=looked.checked_on if looked else None,
            review_due_on=reviews.get(provider_id),
        )
    return found
