"""The applicants of a round are told, all at the same moment, and those accepted join.

Every step asks and writes for all of them at once: a round of hundreds takes seconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.flows.issue_agreements import issue_agreements
from flsf.flows.keep_limit import limit_admissions
from flsf.flows.take_over_evidence import take_over_evidence
from flsf.flows.take_promises import take_promises
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
from flsf.market.evaluation.enums import Outcome, Whose
from flsf.market.evaluation.queries import Decided, NumberSettledRow
from flsf.market.providers import actions as providers
from flsf.market.providers import queries as find_providers
from flsf.market.providers.rules import (
    NewProvider,
    ProviderFacts,
    charity_number,
    company_number,
)
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
    admitted = _admit(accepted, in_pool_from, by=by, at=at)
    # Of a reopening every agreement is issued in one batch, these among them.
    if not round_of.reopens:
        issue_agreements(
            framework_id=round_of.framework_id,
            admission_ids=admitted,
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
    take_promises(provider_ids=on_register, by=by, at=at)
    return ids


def _registered(accepted: Sequence[Decided], *, by: Person, at: datetime) -> dict[int, int]:
    """Each applicant as a provider, with what it said of itself; its people manage it from now.

    Answers with the provider's id by application. A number that somebody else has too links
    nobody by itself: a named person has found before who is who.
    """
    found = {one.application_id: one.provider_id for one in accepted if one.provider_id}
    open_ones = [one for one in accepted if one.application_id not in found]
    own = find_providers.of_organisations([one.organisation_id for one in open_ones], person=by)
    settled = find_evaluations.settled_numbers([one.application_id for one in open_ones])
    same = {pk: one.provider_id for (pk, _), one in settled.items() if one.whose == Whose.SAME}
    first_with: dict[str, int] = {}  # number: application of this round whose it is
    same_as: dict[int, int] = {}
    new: list[NewProvider] = []
    whose_new: list[Decided] = []
    # Who was found to be the same as somebody comes after whoever that is.
    for one in sorted(open_ones, key=lambda each: each.application_id in same):
        facts = _without_mistakes(one, settled)
        numbers = find_evaluations.numbers_of(facts)
        before = next((first_with[each] for each in numbers if each in first_with), None)
        provider_id = own.get(one.organisation_id) or same.get(one.application_id)
        if provider_id is not None:
            found[one.application_id] = provider_id
        elif one.application_id in same and before is not None:
            same_as[one.application_id] = before
        else:
            new.append(NewProvider(facts=facts, organisation_id=one.organisation_id))
            whose_new.append(one)
        first_with |= {each: one.application_id for each in numbers if each not in first_with}
    made = providers.take_in_many(providers=new, by=by, at=at)
    found |= {one.application_id: row.pk for one, row in zip(whose_new, made, strict=True)}
    found |= {application: found[before] for application, before in same_as.items()}
    linked = [one for one in open_ones if one.application_id in same]
    _make_managers(whose_new, linked, found, by=by, at=at)
    said = {
        found[one.application_id]: one.provider_facts.types_mask
        for one in accepted
        if one.application_id in found and one.provider_facts.types_mask is not None
    }
    providers.say_types_many(masks=said, by=by, at=at)
    links = {one.application_id: found[one.application_id] for one in open_ones}
    applications.link_providers(provider_ids=links, by=by, at=at)
    return found


def _without_mistakes(
    one: Decided, settled: Mapping[tuple[int, str], NumberSettledRow]
) -> ProviderFacts:
    """What it said of itself, but for a number that it was found to have given by mistake."""
    facts = one.provider_facts
    mistaken = {
        number
        for (pk, number), found in settled.items()
        if pk == one.application_id and found.whose == Whose.MISTAKEN
    }
    return replace(
        facts,
        company_number=""
        if company_number(facts.company_number) in mistaken
        else facts.company_number,
        charity_number=""
        if charity_number(facts.charity_number) in mistaken
        else facts.charity_number,
    )


def _make_managers(
    new: Sequence[Decided],
    linked: Sequence[Decided],
    provider_of: Mapping[int, int],
    *,
    by: Person,
    at: datetime,
) -> None:
    """An applicant's people manage its provider, and so do those of who was found to be it."""
    organisations = find_providers.organisations_of(
        {provider_of[one.application_id] for one in linked}
    )
    places = {one.organisation_id: one.organisation_id for one in new}
    places |= {
        one.organisation_id: organisations[provider_of[one.application_id]] for one in linked
    }
    applicants = accounts.members_of(list(places), role=Role.APPLICANT)
    account_actions.add_members(
        people=[(user.pk, places[own]) for own, users in applicants.items() for user in users],
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
