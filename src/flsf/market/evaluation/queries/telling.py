"""Whether a round may be told now, and how far the telling of it is."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import Decision, Evaluation, Telling
from flsf.market.evaluation.queries.decided import undecided_in
from flsf.market.evaluation.queries.numbers import refuse_unsettled, settled_numbers
from flsf.market.exclusions import queries as exclusions
from flsf.market.exclusions.enums import Bar
from flsf.shared.accounts.enums import Permission

TellingRow: TypeAlias = Telling


class MayNotTell(Refusal):
    says = "Your role does not send the outcomes of a round."


class RoundStillOpen(Refusal):
    says = "The round is still open, so its applicants cannot be told yet."


class NothingToTell(Refusal):
    says = "Nothing of this round has been decided."


class AlreadyTold(Refusal):
    says = "The applicants of this round have been told."


class MayNotBeTaken(Refusal):
    """`refs` are the applications of whoever is or may be excluded; `excluded` of who is."""

    says = "Somebody accepted is excluded, or may be on the debarment list."

    def __init__(self, refs: Sequence[str], excluded: Sequence[str] = ()) -> None:
        super().__init__()
        self.refs, self.excluded = tuple(refs), tuple(excluded)

    def __str__(self) -> str:
        words = [self.says]
        if self.excluded:
            words.append(
                f"Excluded: {', '.join(self.excluded)}. Whoever may decide opens the application "
                "and declines it by a fresh decision."
            )
        if open_ones := [one for one in self.refs if one not in self.excluded]:
            words.append(
                f"Settle that first, under Exclusions and debarment: {', '.join(open_ones)}."
            )
        return " ".join(words)


class StillUndecided(Refusal):
    """`refs` are the applications of the round that wait for a decision."""

    says = "Some applications of this round are not decided, and all are told at one moment."

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__()
        self.refs = tuple(refs)

    def __str__(self) -> str:
        return (
            f"Not decided yet: {', '.join(self.refs)}. All of a round are told at the same moment."
        )


def decisions_of(round_of: RoundFacts) -> QuerySet[Decision]:
    """What was decided in a round, told or not, the oldest application first."""
    found = Decision.objects.filter(round=round_of.round_id)
    return found.select_related("evaluation__application").order_by("evaluation__submission")


def refuse_undecided(
    round_of: RoundFacts, decided: Collection[Decision], *, person: Person, on: date
) -> None:
    """Everybody of a round that has closed is decided, and not told yet.

    Raises MayNotTell, RoundStillOpen, AlreadyTold, StillUndecided and NothingToTell.
    """
    if not person.may(Permission.DECIDE_ADMISSIONS):
        raise MayNotTell
    if round_of.closes_on is None or on <= round_of.closes_on:
        raise RoundStillOpen
    if decided and all(one.released_at is not None for one in decided):
        raise AlreadyTold
    if refs := undecided_in(round_of, person=person, on=on):
        raise StillUndecided(refs)
    if not decided:
        raise NothingToTell


def refuse_excluded(decided: Collection[Decision], *, on: date) -> None:
    """Whoever was accepted is looked at once more before anybody is told. Raises MayNotBeTaken.

    Who withdrew since does not join, and holds nobody up.
    """
    if barred := barred_in(decided, on=on):
        raise MayNotBeTaken(
            list(barred), [ref for ref, bar in barred.items() if bar is Bar.EXCLUDED]
        )


def barred_in(decided: Collection[Decision], *, on: date) -> dict[str, Bar]:
    """Those who would join and to whom nothing may be awarded, by application's reference.

    Looked at are the applicant and the provider it was found to be.
    """
    joining = {one.pk: one for one in _joining(decided, on=on)}
    of: dict[int, str] = {one.organisation_id: one.ref for one in joining.values()}
    for (application_id, _), found in settled_numbers(joining).items():
        if found.provider is not None:
            of[found.provider.organisation_id] = joining[application_id].ref
    bars = exclusions.bars(on=on, organisation_ids=of.keys())
    return {of[organisation_id]: bars[organisation_id] for organisation_id in of.keys() & bars}


def _joining(decided: Collection[Decision], *, on: date) -> list[Any]:
    """The applications that were accepted and are not told, but of who withdrew."""
    last = {one.evaluation.application_id: one for one in decided}
    statuses = applications.statuses_on(on, application_ids=last)
    return [
        one.evaluation.application
        for application_id, one in last.items()
        if one.released_at is None
        and Outcome(one.outcome) is not Outcome.DECLINE
        and statuses.get(application_id) is Status.BEING_CHECKED
    ]


def refuse_unclear(decided: Collection[Decision], *, on: date) -> None:
    """Nothing, while it is known of everybody who would join who they are.

    Raises NumbersToSettle.
    """
    refuse_unsettled([one.pk for one in _joining(decided, on=on)], on=on)


def barred(round_of: RoundFacts, *, on: date) -> dict[str, Bar]:
    """Whom the telling of a round would be refused for, and why, by application's reference."""
    return barred_in(list(decisions_of(round_of)), on=on)


def is_barred_for_good(evaluation: Evaluation) -> bool:
    """Whether the applicant is excluded, and not only to be looked at."""
    application = evaluation.application
    settled = settled_numbers([application.pk]).values()
    linked = {one.provider.organisation_id for one in settled if one.provider is not None}
    return any(exclusions.is_excluded(one) for one in {application.organisation_id, *linked})


def look_at_decisions(round_of: RoundFacts, *, person: Person, on: date) -> None:
    """Raises what refuse_undecided raises, and changes nothing."""
    refuse_undecided(round_of, list(decisions_of(round_of)), person=person, on=on)


def look_at_exclusions(round_of: RoundFacts, *, on: date) -> None:
    """Raises NumbersToSettle and MayNotBeTaken, and changes nothing."""
    decided = list(decisions_of(round_of))
    refuse_unclear(decided, on=on)
    refuse_excluded(decided, on=on)


def telling(round_id: int, *, person: Person) -> Telling | None:
    """How far the telling of a round is, as it was asked for last; staff only."""
    return tellings([round_id], person=person).get(round_id)


def tellings(round_ids: Collection[int], *, person: Person) -> dict[int, Telling]:
    """The telling asked for last of each of these rounds, by round. One query."""
    found = Telling.objects.visible_to(person).filter(round__in=round_ids)
    return {one.round_id: one for one in found.select_related("asked_by").order_by("pk")}


def telling_with_id(telling_id: int, *, person: Person) -> Telling:
    """One telling, for whoever carries it out."""
    return Telling.objects.visible_to(person).select_related("asked_by").get(pk=telling_id)


def hold_telling(telling_id: int) -> bool:
    """Whether it is still under way; nobody else ends it before this transaction does."""
    return Telling.objects.select_for_update().get(pk=telling_id).ended_at is None
