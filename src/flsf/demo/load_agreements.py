"""How Marlbeck measures performance, and its providers' agreements: most have signed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from flsf.core.people import SYSTEM, Person
from flsf.demo.load_market import Market, joined
from flsf.demo.plan.days import Days, moment
from flsf.demo.plan.providers import ProviderPlan
from flsf.flows import issue_agreements as flow
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.rules import DEFAULT_MEASURES
from flsf.market.admissions import queries as admissions
from flsf.market.agreements import actions, queries
from flsf.market.agreements.actions import Signature

SIGNED_AFTER = timedelta(days=4)
ISSUED_AGAIN_AGO = 3
REMINDED_AGO = (20, 6)


def load(
    plans: Sequence[ProviderPlan],
    market: Market,
    managers: Mapping[str, Person],
    days: Days,
    *,
    by: Person,
) -> int:
    """Each provider has an agreement from the day it joined, and all but two have accepted it.

    One is new and was reminded twice; the first manager's was issued again three days ago. How
    many wait.
    """
    current = frameworks.current(days.today)
    if current is None:
        raise LookupError("no framework runs")
    _publish(current.pk, days, by=by)
    of = {one.name: market[one.key, 0].provider_id for one in plans}
    standings = admissions.standings(set(of.values()), on=days.today, person=SYSTEM)
    by_day: dict[date, list[int]] = {}
    for one in plans:
        places = [place.admission_id for place in standings[of[one.name]]]
        by_day.setdefault(joined(one, days), []).extend(places)
    for day, admission_ids in sorted(by_day.items()):
        flow.issue_agreements(
            framework_id=current.pk,
            admission_ids=admission_ids,
            in_force_from=day,
            by=by,
            at=moment(day),
        )
    newest = min(
        (one for one in plans if one.name not in managers and not one.flaw),
        key=lambda one: one.joined_days_ago,
    )
    _sign([one for one in plans if one is not newest], of, managers, days, by=by)
    _remind(of[newest.name], days, by=by)
    _again(of[next(iter(managers))], days, by=by)
    return 2


def _publish(framework_id: int, days: Days, *, by: Person) -> None:
    """The usual measures of performance, as the framework began."""
    framework.publish_measures(
        framework_id=framework_id,
        measures=DEFAULT_MEASURES,
        in_force_from=days.framework_starts,
        by=by,
        at=moment(days.framework_starts),
    )


def _sign(
    plans: Collection[ProviderPlan],
    of: Mapping[str, int],
    managers: Mapping[str, Person],
    days: Days,
    *,
    by: Person,
) -> None:
    issued = queries.papers(
        person=SYSTEM, on=days.today, provider_ids=[of[one.name] for one in plans]
    )
    papers = {one.provider_id: one for one in issued}
    for one in plans:
        paper, day = papers[of[one.name]], joined(one, days) + SIGNED_AFTER
        manager = managers.get(one.name)
        if manager is None:
            actions.record_signed(
                paper_id=paper.id,
                signed_on=day,
                reason="Signed on paper, and kept with procurement.",
                by=by,
                at=moment(day),
            )
        else:
            actions.accept(
                paper_id=paper.id,
                signature=Signature(name=manager.name, position="Director", has_authority=True),
                by=manager,
                at=moment(day),
            )


def _remind(provider_id: int, days: Days, *, by: Person) -> None:
    [paper] = queries.papers(person=SYSTEM, on=days.today, provider_ids=[provider_id])
    for ago in REMINDED_AGO:
        flow.remind(paper_id=paper.id, ref=paper.ref, by=by, at=moment(days.ago(ago)))


def _again(provider_id: int, days: Days, *, by: Person) -> None:
    [paper] = queries.papers(person=SYSTEM, on=days.today, provider_ids=[provider_id])
    flow.issue_again(
        paper_id=paper.id,
        reason="One price was out of date in the first one.",
        by=by,
        at=moment(days.ago(ISSUED_AGAIN_AGO)),
    )
