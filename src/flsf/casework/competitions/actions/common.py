"""What every write of competitions does."""

from collections.abc import Mapping
from datetime import datetime

from flsf.casework.competitions.enums import Stage, Tag
from flsf.casework.competitions.models import Bid, Competition, Scorer
from flsf.casework.competitions.queries import about, stage_of
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.mandate.governance import queries as governance
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class Told(Refusal):
    """A refusal that may say more exactly what stands in the way."""

    says = "That cannot be done."

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words or self.says


class WordsMissing(Refusal):
    says = "Enter your words."


class ReasonMissing(Refusal):
    says = "Enter the reason."


class NotNow(Told):
    """Says where the competition is."""

    says = "The competition is not at that step."


class HasConflict(Refusal):
    says = "You declared an interest in this competition, so somebody else does this (section 83)."


class MayNot(Refusal):
    says = "Your role does not do this. Ask a caseworker or a commissioner."


def _locked(competition_id: int) -> Competition:
    """The competition, held until the transaction ends, so that all that happens queues up."""
    found = Competition.objects.select_for_update(of=("self",))
    return found.get(pk=competition_id)


def _at_stage(competition: Competition, *allowed: Stage, at: datetime) -> Stage:
    """Where it is, if that is one of those. Raises NotNow, which says where."""
    stage = stage_of(competition, at)
    if stage not in allowed:
        raise NotNow(f"This competition is at another step: {stage.label.lower()}.")
    return stage


def _refuse_conflicted(competition: Competition, *, by: Person) -> None:
    """Whoever declared an interest has no part in what becomes of it (rule P32)."""
    if by.pk is not None and governance.has_declared(by.pk, about(competition)):
        raise HasConflict


def _free(competition: Competition) -> list[Scorer]:
    """The scorers in whose way no declared interest stands."""
    declared = governance.declared_about(about(competition))
    scorers = competition.scorers.select_related("person").order_by("pk")
    return [one for one in scorers if not declared.get(one.person_id, False)]


def _record(
    tag: Tag,
    competition: Competition,
    details: Mapping[str, JSONValue],
    *,
    by: Person,
    at: datetime,
) -> None:
    subject = f"competition {competition.ref}"
    audit.record(tag=tag, subject=subject, details=dict(details), by=by, at=at)


def _record_sealed(tag: Tag, bid: Bid, *, at: datetime) -> None:
    """The record says that a bid came or went, and neither whose nor in which competition.

    The council reads the record before bids are opened; the bid's own row keeps who and when.
    """
    audit.record(tag=tag, subject=f"bid {bid.ref}", details={}, by=SYSTEM, at=at)
