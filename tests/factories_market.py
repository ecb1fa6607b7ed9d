"""Providers, services, admissions and evidence for tests, made through actions."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from flsf.core.people import SYSTEM, VISITOR, Person
from flsf.flows import offer_service as flow
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.models import Lot
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.admissions.models import Admission
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.agreements.queries import Issued
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as check_queries
from flsf.market.checks.enums import Theme
from flsf.market.checks.rules import NewCheck, NewEvidence
from flsf.market.comments import actions as comments
from flsf.market.comments.models import Comment
from flsf.market.guides import actions as guides
from flsf.market.guides.enums import Kind as GuideKind
from flsf.market.guides.enums import Outcome as GuideOutcome
from flsf.market.guides.models import Guide
from flsf.market.guides.rules import ROUTE_PARTS, Content, Section
from flsf.market.listings import actions as listings
from flsf.market.listings.models import Revision
from flsf.market.others import actions as others
from flsf.market.others.models import OtherService
from flsf.market.others.rules import OtherFacts
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import Cost, Mode, ProviderKind, Sector
from flsf.market.providers.models import Provider, Service
from flsf.market.providers.rules import NewService, NewSite, ProviderFacts, ServiceFacts
from flsf.market.trainers import actions as trainers
from flsf.market.trainers.enums import Offer
from flsf.market.trainers.models import Trainer
from flsf.market.trainers.rules import TrainerFacts
from tests import factories
from tests.factories import NOW, TODAY

_numbers = count(1)

A_CHECK = NewCheck("public-liability", "Public liability insurance", Theme.LEGAL, "Peers 8.2")


def provider(name: str = "", kind: ProviderKind = ProviderKind.COMPANY, **more: Any) -> Provider:
    name = name or f"Provider {next(_numbers)}"
    return providers.register(
        name=name,
        kind=kind,
        organisation_id=factories.organisation().pk,
        facts=ProviderFacts(name=name, kind=kind, **more),
        by=SYSTEM,
        at=NOW,
    )


def facts(lot: Lot, **more: Any) -> ServiceFacts:
    usual: dict[str, Any] = {
        "name": f"Service {next(_numbers)}",
        "lot_id": lot.pk,
        "mode": Mode.ONLINE,
        "lowest_age": 5,
        "highest_age": 18,
    }
    return ServiceFacts(**(usual | more))


def service(
    of: Provider,
    in_lot: Lot,
    *,
    site: NewSite | None = None,
    rates: tuple[tuple[date, int], ...] = (),
    places: dict[int, int] | None = None,
    confirmed_on: date | None = None,
    **more: Any,
) -> Service:
    if site:
        more = {"mode": Mode.SITE} | more
    new = NewService(
        provider_id=of.pk,
        facts=facts(in_lot, **more),
        site=site,
        rates=rates,
        places=places or {},
        confirmed_on=confirmed_on,
    )
    [(pk, _)] = flow.take_in_services(services=[new], by=SYSTEM, at=NOW)
    return Service.objects.get(pk=pk)


def application(of: Provider | None = None, *, in_lot: Lot | None = None) -> Admission:
    of, in_lot = of or provider(), in_lot or factories.lot()
    return admissions.apply(provider_id=of.pk, lot_id=in_lot.pk, by=SYSTEM, at=NOW)


def admitted(
    of: Provider | None = None,
    *,
    in_lot: Lot | None = None,
    takes_effect_on: date = TODAY,
    by: Person | None = None,
) -> Admission:
    made = application(of, in_lot=in_lot)
    admissions.admit(
        admission_id=made.pk,
        takes_effect_on=takes_effect_on,
        reason="All checks seen.",
        by=by or factories.council_member(),
        at=NOW,
    )
    return made


def issued(*admissions: Admission, in_force_from: date = TODAY) -> Issued:
    """The admissions' first agreement, which nobody has accepted yet."""
    made = agreements.issue_many(
        admission_ids=[one.pk for one in admissions],
        model=CommercialModel.PSEUDO_DPS,
        in_force_from=in_force_from,
        by=SYSTEM,
        at=NOW,
    )
    [ref] = {one.ref for one in find_agreements.addressed([one.pk for one in made])}
    found = find_agreements.paper_with_ref(ref, person=SYSTEM, on=TODAY)
    assert found is not None
    return found


def party(*admissions: Admission, in_force_from: date = TODAY) -> Issued:
    """The provider has signed its agreement for those places on paper."""
    made = issued(*admissions, in_force_from=in_force_from)
    agreements.record_signed(
        paper_id=made.id,
        signed_on=TODAY,
        reason="Signed at our office.",
        by=factories.council_member(),
        at=NOW,
    )
    return made


def suspended(
    of: Provider | None = None, *, in_lot: Lot | None = None, takes_effect_on: date = TODAY
) -> Admission:
    made, officer = admitted(of, in_lot=in_lot), factories.council_member()
    admissions.suspend(
        admission_id=made.pk,
        reason=SuspensionReason.QUALITY,
        explanation="Two visits found the same gaps.",
        takes_effect_on=takes_effect_on,
        review_on=takes_effect_on + timedelta(days=28),
        by=officer,
        at=NOW,
    )
    return made


def require(check: NewCheck = A_CHECK, needed_from: date = date(2026, 4, 1)) -> None:
    checks.require(check=check, needed_from=needed_from, by=SYSTEM, at=NOW)


def shown(
    of: Provider,
    code: str = A_CHECK.code,
    *,
    since: date = TODAY - timedelta(days=30),
    until: date = TODAY + timedelta(days=300),
) -> None:
    checks.see_evidence(
        provider_id=of.pk,
        code=code,
        number="N-1",
        holds_from=since,
        expires_on=until,
        by=SYSTEM,
        at=NOW,
    )


def all_shown(of: Provider, *, until: date = TODAY + timedelta(days=300)) -> None:
    evidence = [
        NewEvidence(
            provider_id=of.pk, code=one.code, number="N", holds_from=TODAY, expires_on=until
        )
        for one in check_queries.every()
    ]
    checks.see_evidence_many(evidence=evidence, by=SYSTEM, at=NOW)


def version(of: Service, *, by: Person = SYSTEM, **changed: Any) -> Revision:
    """What its provider would have the public read, waiting for the council."""
    wanted = replace(of.facts, **(changed or {"what_to_expect": "Tea and biscuits."}))
    return listings.propose(
        provider_id=of.provider_id, service_id=of.pk, facts=wanted, by=by, at=NOW
    )


def other(name: str = "Chess club", **more: Any) -> OtherService:
    """Help that is not on the framework."""
    usual: dict[str, Any] = {
        "name": name,
        "run_by": "Marl Library",
        "sector": Sector.COMMUNITY,
        "mode": Mode.COMMUNITY,
        "cost": Cost.FREE,
        "what_it_is": "Chess for anybody.",
    }
    return others.add(facts=OtherFacts(**(usual | more)), by=SYSTEM, at=NOW)


def guide_content(title: str = "Supported internship", **more: Any) -> Content:
    """What a route after 16 says."""
    usual: dict[str, Any] = {
        "title": title,
        "summary": "A year at work with a coach.",
        "for_whom": "You have a plan and want a job.",
        "sections": tuple(Section(part, f"Words about: {part}.") for part in ROUTE_PARTS),
        "lowest_age": 16,
        "highest_age": 24,
        "outcomes": (GuideOutcome.WORK,),
    }
    return Content(**(usual | more))


def published(
    content: Content, kind: GuideKind = GuideKind.ROUTE, *, by: Person = SYSTEM, **more: Any
) -> Guide:
    """A page of the council, read from today on unless said otherwise."""
    usual: dict[str, Any] = {
        "reviewed_on": TODAY,
        "next_review_on": TODAY + timedelta(days=365),
        "in_force_from": TODAY,
        "because": "First of all.",
        "at": NOW,
    }
    return guides.publish(kind=kind, content=content, by=by, **(usual | more))


def route(title: str = "Supported internship", **more: Any) -> Guide:
    """A route after 16 that everybody reads today."""
    return published(guide_content(title, **more))


def schools(title: str = "What every school does", **more: Any) -> Content:
    """What every school does, written in two sections."""
    usual: dict[str, Any] = {
        "title": title,
        "summary": "What children can count on.",
        "for_whom": "Children, families and schools.",
        "sections": (
            Section("Getting on in class", "Words.\n- Short steps\n- Pictures"),
            Section("Feeling safe", "A quiet place."),
        ),
    }
    return Content(**(usual | more))


def trainer(name: str = "Marl Skills", **more: Any) -> Trainer:
    """Somebody who gives training and apprenticeships, on the list that everybody reads."""
    facts = TrainerFacts(**({"name": name, "offers": (Offer.APPRENTICESHIPS,)} | more))
    return trainers.add(facts=facts, by=SYSTEM, at=NOW)


def comment(
    about: Service | None = None, words: str = "They listened.", *, published: bool = True
) -> Comment:
    """What somebody said; published as it came, or still waiting."""
    made = comments.say(words=words, service_id=about.pk if about else None, by=VISITOR, at=NOW)
    if published:
        officer = factories.council_member()
        comments.publish(comment_id=made.pk, shown=words, by=officer, at=NOW)
        made.refresh_from_db()
    return made
