"""The applicants of a round are told, all at the same moment, and those accepted join.

Every step asks and writes for all of them at once: a round of hundreds takes seconds.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.flows.issue_agreements import issue_agreements
from flsf.flows.keep_limit import limit_admissions
from flsf.flows.take_over_evidence import take_over_evidence
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions.rules import NewAdmission
from flsf.market.applications import actions as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as find_evaluations
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.queries import Decided
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as find_providers
from flsf.market.providers.rules import NewProvider
from flsf.shared.accounts import actions as account_actions
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.actions import NewMessage
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

    From the first day after the round's standstill, or from today if it has none. Each place in
    a lot rests on an agreement from that day, which waits to be accepted.

    All of it or none. Whoever withdrew after the decision neither joins nor holds others up.
    Returns how many were told. Raises what evaluation.release raises.
    """
    in_pool_from = find_rounds.in_pool_from(round_of.round_id, told_on=london_day(at))
    told = set(evaluation.release(round_of=round_of, by=by, at=at))
    decided = find_evaluations.decided_in(round_of.round_id, person=by, on=london_day(at))
    told_now = [one for one in decided if one.decision_id in told and one.stands]
    applications.move_many(
        moves={one.application_id: (STATUS[one.outcome], one.reason) for one in told_now},
        by=by,
        at=at,
    )
    accepted = [one for one in told_now if STATUS[one.outcome] is Status.ACCEPTED]
    issue_agreements(
        framework_id=round_of.framework_id,
        admission_ids=_admit(accepted, in_pool_from, by=by, at=at),
        in_force_from=in_pool_from,
        by=by,
        at=at,
    )
    _tell(told_now, in_pool_from, by=by, at=at)
    rounds.record_summaries_sent(round_id=round_of.round_id, by=by, at=at)
    return len(told_now)


def _admit(accepted: Sequence[Decided], first_day: date, *, by: Person, at: datetime) -> list[int]:
    """The providers are on the register, and from that day in the pool of each lot applied for.

    Who was refused there or removed before is admitted again; who is in the pool stays. What was
    decided about a limit stands on all of these places. Answers with their ids.
    """
    on_register = _registered(accepted, by=by, at=at)
    wanted = {
        (on_register[one.application_id], lot_id): NewAdmission(
            provider_id=on_register[one.application_id],
            lot_id=lot_id,
            takes_effect_on=first_day,
            reason=one.reason,
        )
        for one in reversed(accepted)
        for lot_id, _, _ in one.lots
    }
    known = find_admissions.applied_for({provider for provider, _ in wanted})
    fresh = [one for pair, one in wanted.items() if pair not in known]
    again = [one for pair, one in wanted.items() if pair in known]
    admitted = admissions.admit_many(admissions=fresh, by=by, at=at)
    if again:
        admitted += admissions.admit_again_many(admissions=again, by=by, at=at)
    ids = [one.pk for one in admitted]
    limit_admissions(accepted, on_register, ids, since=first_day, by=by, at=at)
    take_over_evidence(provider_ids=on_register, by=by, at=at)
    return ids


def _registered(accepted: Sequence[Decided], *, by: Person, at: datetime) -> dict[int, int]:
    """Each applicant as a provider, with what it said of itself; its people manage it from now.

    Answers with the provider's id by application. One that is on the register by its number
    already stays as it is, and so does the first of two that give the same number.
    """
    found = {one.application_id: one.provider_id for one in accepted if one.provider_id}
    open_ones = [one for one in accepted if one.application_id not in found]
    own = find_providers.of_organisations([one.organisation_id for one in open_ones], person=by)
    known = find_providers.with_company_or_charity(
        [number for one in open_ones for number in _numbers(one)]
    )
    first_with: dict[str, int] = {}  # number: application of this round that gave it first
    same_as: dict[int, int] = {}
    new: list[Decided] = []
    for one in open_ones:
        by_number = next((known[each] for each in _numbers(one) if each in known), None)
        provider_id = own.get(one.organisation_id) or by_number
        before = next((first_with[each] for each in _numbers(one) if each in first_with), None)
        if provider_id is not None:
            found[one.application_id] = provider_id
        elif before is not None:
            same_as[one.application_id] = before
        else:
            new.append(one)
            first_with |= dict.fromkeys(_numbers(one), one.application_id)
    made = providers.take_in_many(
        providers=[
            NewProvider(facts=one.provider_facts, organisation_id=one.organisation_id)
            for one in new
        ],
        by=by,
        at=at,
    )
    found |= {one.application_id: provider.pk for one, provider in zip(new, made, strict=True)}
    found |= {application: found[before] for application, before in same_as.items()}
    _make_managers([one.organisation_id for one in new], by=by, at=at)
    links = {one.application_id: found[one.application_id] for one in open_ones}
    applications.link_providers(provider_ids=links, by=by, at=at)
    return found


def _numbers(decided: Decided) -> list[str]:
    facts = decided.provider_facts
    return [one for one in (facts.company_number, facts.charity_number) if one]


def _make_managers(organisation_ids: Sequence[int], *, by: Person, at: datetime) -> None:
    applicants = accounts.members_of(organisation_ids, role=Role.APPLICANT)
    account_actions.add_members(
        people=[(user.pk, place) for place, users in applicants.items() for user in users],
        role=Role.PROVIDER_MANAGER,
        by=by,
        at=at,
    )


def _tell(told: Sequence[Decided], in_pool_from: date, *, by: Person, at: datetime) -> None:
    # Said only where it is not at once.
    later = {"from": in_words(in_pool_from)} if in_pool_from > london_day(at) else {}
    people = accounts.members_of([one.organisation_id for one in told])
    messages = [
        NewMessage(
            template=TEMPLATE[STATUS[one.outcome]],
            recipient_id=person.pk,
            address=person.email,
            channel=Channel.EMAIL,
            details={"reference": one.application_ref} | later,
        )
        for one in told
        for person in people.get(one.organisation_id, ())
    ]
    notify.queue_many(new=messages, by=by, at=at)
