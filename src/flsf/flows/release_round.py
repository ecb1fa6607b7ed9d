"""The applicants of a round are told, all at the same moment, and those accepted join."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.actions import AlreadyDecided
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.applications import actions as applications
from flsf.market.applications import queries as find_applications
from flsf.market.applications.enums import Status
from flsf.market.applications.rules import provider_facts
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as find_evaluations
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.queries import Decided
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as find_providers
from flsf.shared.accounts import actions as account_actions
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

STATUS = {
    Outcome.ACCEPT: Status.ACCEPTED,
    Outcome.ACCEPT_WITH_LIMIT: Status.ACCEPTED,
    Outcome.DECLINE: Status.NOT_ACCEPTED,
}
TEMPLATE = {Status.ACCEPTED: "application-accepted", Status.NOT_ACCEPTED: "application-not-yet"}


@transaction.atomic
def release_round(*, round_of: RoundFacts, by: Person, at: datetime) -> int:
    """Everybody of the round has their assessment summary, and the accepted are in the pool.

    Each place in a lot rests on an agreement from today.

    All of it or none. Whoever withdrew after the decision neither joins nor holds others up.
    Returns how many were told. Raises what evaluation.release raises.
    """
    told = set(evaluation.release(round_of=round_of, by=by, at=at))
    decided = find_evaluations.decided_in(round_of.round_id, person=by, on=london_day(at))
    told_now = [one for one in decided if one.decision_id in told and one.stands]
    admitted: list[int] = []
    for one in told_now:
        status = STATUS[one.outcome]
        applications.move(
            application_id=one.application_id, status=status, because=one.reason, by=by, at=at
        )
        if status is Status.ACCEPTED:
            admitted += _admit(one, by=by, at=at)
        _tell(one, TEMPLATE[status], by=by, at=at)
    _agree(round_of.framework_id, admitted, by=by, at=at)
    rounds.record_summaries_sent(round_id=round_of.round_id, by=by, at=at)
    return len(told_now)


def _admit(decided: Decided, *, by: Person, at: datetime) -> Iterator[int]:
    """The provider is on the register and in the pool of each lot it applied for, from today.

    Answers with the new places' ids.
    """
    provider_id = decided.provider_id or _registered(decided, by=by, at=at)
    for lot_id, _, _ in decided.lots:
        try:
            made = admissions.admit_at_once(
                provider_id=provider_id,
                lot_id=lot_id,
                takes_effect_on=london_day(at),
                reason=decided.reason,
                by=by,
                at=at,
            )
        except AlreadyDecided:
            continue  # it is in that lot already
        yield made.pk


def _agree(framework_id: int, admission_ids: list[int], *, by: Person, at: datetime) -> None:
    """Each of those places rests on its first agreement, by the model of the day."""
    without = set(admission_ids) - set(find_agreements.in_force(admission_ids, on=london_day(at)))
    if without:
        agreements.issue_many(
            admission_ids=sorted(without),
            model=framework.model_on(framework_id, on=london_day(at)),
            in_force_from=london_day(at),
            by=by,
            at=at,
        )


def _registered(decided: Decided, *, by: Person, at: datetime) -> int:
    """The applicant as a provider, with what it said of itself; its people manage it from now.

    Returns its id. One that is on the register by its number already stays as it is.
    """
    full = find_applications.in_full(decided.application_id, person=by, on=london_day(at))
    said = {one.code: one.value for one in full.answers} if full else {}
    facts = provider_facts(said, name=full.organisation_name if full else decided.application_ref)
    known = find_providers.with_company_or_charity([facts.company_number, facts.charity_number])
    there = find_providers.of_organisation(decided.organisation_id, person=by)
    provider_id = there.pk if there else next(iter(known.values()), None)
    if provider_id is None:
        provider_id = providers.register(
            name=facts.name,
            kind=facts.kind,
            organisation_id=decided.organisation_id,
            facts=facts,
            by=by,
            at=at,
        ).pk
        for person in accounts.members_at(decided.organisation_id, role=Role.APPLICANT):
            account_actions.add_member(
                user_id=person.pk,
                organisation_id=decided.organisation_id,
                role=Role.PROVIDER_MANAGER,
                by=by,
                at=at,
            )
    applications.link_provider(
        application_id=decided.application_id, provider_id=provider_id, by=by, at=at
    )
    return provider_id


def _tell(decided: Decided, template: str, *, by: Person, at: datetime) -> None:
    for person in accounts.members_at(decided.organisation_id):
        notify.queue(
            template=template,
            recipient_id=person.pk,
            address=person.email,
            channel=Channel.EMAIL,
            details={"reference": decided.application_ref},
            by=by,
            at=at,
        )
