"""Who is excluded is awarded nothing more, is told, and each child there is asked about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import SYSTEM, Person
from flsf.flows.continuity import ask_about_children, end_for_good_standing
from flsf.market.admissions import actions as admissions
from flsf.market.applications import queries as applications
from flsf.market.checks import queries as checks
from flsf.market.exclusions import actions as exclusions
from flsf.market.exclusions import queries as find_exclusions
from flsf.market.exclusions.enums import CaseStatus, Cause
from flsf.market.exclusions.queries import CaseRow
from flsf.market.exclusions.rules import DEBARRED, Candidate
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

REVIEW_AFTER = timedelta(days=365)
OPENED, DECIDED = "exclusion-opened", "exclusion-decided"


def candidates(on: date) -> list[Candidate]:
    """Every supplier to look for: providers on the register, and whoever applies."""
    names: dict[int, set[str]] = defaultdict(set)
    numbers: dict[int, set[str]] = defaultdict(set)
    for provider in providers.register(person=SYSTEM).select_related("organisation"):
        names[provider.organisation_id] |= {provider.name, provider.organisation.name}
        numbers[provider.organisation_id].add(provider.company_number)
    for organisation_id, name, number in applications.applicants(on=on):
        names[organisation_id].add(name)
        numbers[organisation_id].add(number)
    return [
        Candidate(one, frozenset(said), frozenset(numbers[one]) - {""})
        for one, said in names.items()
    ]


@transaction.atomic
def sweep_suppliers(*, cause: Cause, by: Person, at: datetime) -> int:
    """Everybody was looked for on the list in force. How many new matches. Raises NoList."""
    return len(exclusions.sweep(candidates=candidates(london_day(at)), cause=cause, by=by, at=at))


def look_for_newcomers(*, by: Person, at: datetime) -> None:
    """Whoever has just applied or been put on the register is looked for, once there is a list."""
    if find_exclusions.in_force() is not None:
        sweep_suppliers(cause=Cause.APPLIED, by=by, at=at)


@transaction.atomic
def settle_match(*, match_id: int, is_them: bool, because: str, by: Person, at: datetime) -> str:
    """It is said whether it is them. If it is, a case is open, or decided where the list leaves
    no choice. The reference of that case, or nothing.

    Raises what exclusions.settle and exclusions.open_case raise.
    """
    match = exclusions.settle(match_id=match_id, is_them=is_them, because=because, by=by, at=at)
    if not is_them:
        return ""
    return open_case(
        organisation_id=match.organisation_id,
        ground=DEBARRED,
        happened_on=match.entry.first_day,
        words=f"On the debarment list: {match.entry.name}. {match.entry.ground}",
        match_id=match.pk,
        by=by,
        at=at,
    )


@transaction.atomic
def open_case(
    *,
    organisation_id: int,
    ground: str,
    happened_on: date,
    words: str,
    only_a_person: bool = False,
    match_id: int | None = None,
    by: Person,
    at: datetime,
) -> str:
    """The supplier is told what the council knows and until when it may answer. The reference.

    Raises what exclusions.open_case raises.
    """
    case = exclusions.open_case(
        organisation_id=organisation_id,
        ground=ground,
        happened_on=happened_on,
        words=words,
        only_a_person=only_a_person,
        match_id=match_id,
        by=by,
        at=at,
    )
    if case.status == CaseStatus.EXCLUDED:
        _act(case, by=by, at=at)
    _tell(case, OPENED if case.status == CaseStatus.OPEN else DECIDED, by=by, at=at)
    return case.ref


@transaction.atomic
def decide_case(
    *, case_id: int, outcome: CaseStatus, reason: str, by: Person, at: datetime
) -> None:
    """Decided and told. Whoever is excluded takes no new child from today, in any lot, and each
    child there is asked about. Raises what exclusions.decide raises.
    """
    case = exclusions.decide(case_id=case_id, outcome=outcome, reason=reason, by=by, at=at)
    if outcome is CaseStatus.EXCLUDED:
        _act(case, by=by, at=at)
    _tell(case, DECIDED, by=by, at=at)


@transaction.atomic
def end_exclusion(*, case_id: int, because: str, by: Person, at: datetime) -> None:
    """They may be awarded to again, and are back in the lots they left for it.

    Raises what exclusions.end raises.
    """
    case = exclusions.end(case_id=case_id, because=because, by=by, at=at)
    if not find_exclusions.is_excluded(case.organisation_id):
        for provider_id in _providers_of(case):
            admissions.lift_for_exclusion(
                provider_id=provider_id, explanation=because, by=by, at=at
            )
            if checks.is_in_date(provider_id, on=london_day(at)):
                admissions.lift_for_evidence(provider_id=provider_id, by=by, at=at)
            end_for_good_standing(provider_id=provider_id, by=by, at=at)
    _tell(case, DECIDED, by=by, at=at)


def _act(case: CaseRow, *, by: Person, at: datetime) -> None:
    """Suspended in every lot; placements go on until somebody decides about each child."""
    for provider_id in _providers_of(case):
        admissions.suspend_for_exclusion(
            provider_id=provider_id,
            explanation=f"Excluded ({case.ref})",
            review_after=REVIEW_AFTER,
            by=by,
            at=at,
        )
        ask_about_children(provider_id=provider_id, by=by, at=at)


def _providers_of(case: CaseRow) -> Iterable[int]:
    found = providers.of_organisation(case.organisation_id, person=SYSTEM)
    return [found.pk] if found else []


def _tell(case: CaseRow, template: str, *, by: Person, at: datetime) -> None:
    for person in accounts.members_at(case.organisation_id):
        notify.queue(
            template=template,
            recipient_id=person.pk,
            address=person.email,
            channel=Channel.EMAIL,
            details={
                "reference": case.ref,
                "status": case.status,
                "day": in_words(case.answer_by),
            },
            by=by,
            at=at,
        )
