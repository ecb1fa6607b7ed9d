"""Bids are opened, marked by two people apart, and agreed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from flsf.casework.competitions import queries, rules
from flsf.casework.competitions.actions.common import (
    HasConflict,
    MayNot,
    Told,
    _at_stage,
    _free,
    _locked,
    _record,
    _refuse_conflicted,
)
from flsf.casework.competitions.enums import Stage, Tag
from flsf.casework.competitions.models import Agreed, Bid, BidMark, Competition, Scorer
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.governance import actions as governance
from flsf.mandate.governance import queries as find_governance
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit.enums import JSONValue

OPENED = (Stage.SCORING, Stage.MODERATION, Stage.RANKED)

# Where it can be while an award from it waits: a bid may be withdrawn, or all of it stopped.
DECIDED_ON = (Stage.RANKED, Stage.SETTLED, Stage.NOTHING, Stage.STOPPED)


@dataclass(frozen=True, slots=True)
class Judged:
    """A score from 0 to 5 with its reason, which the bidder reads."""

    score: int
    reason: str


class NotYetClosed(Refusal):
    says = "Bids stay sealed until the deadline. Open them after it."


class MayNotScore(Refusal):
    says = "That person's role does not score bids. Name somebody else."


class AlreadyScorer(Refusal):
    says = "That person is a scorer of this competition already."


class EnoughScorers(Refusal):
    says = "Two scorers are named already."


class TheyHaveConflict(Refusal):
    says = "That person declared an interest in this competition. Name somebody else."


class NotYourScoring(Refusal):
    says = "You are not a scorer of this competition."


class AlreadyDeclared(Refusal):
    says = "You have said already whether you have an interest."


class DeclareFirst(Refusal):
    says = "Say first whether you have an interest in any of the bidders."


class MarksFinal(Refusal):
    says = "Your marks are final. Changes are agreed on together now."


class NoSuchBid(Refusal):
    says = "That bid cannot be scored: it was withdrawn or passed over, or it is not there."


class ScoreWrong(Told):
    says = "Give a whole score from 0 to 5."


class MarksMissing(Told):
    """Says of which bids and criteria."""

    says = "Some marks are missing, or a reason for one."


class NotFinished(Refusal):
    says = "Both scorers finish their own marks first."


class NoteMissing(Refusal):
    says = "Note how you came to agree, and why where you differed."


@transaction.atomic
def name_scorer(*, competition_id: int, person_id: int, by: Person, at: datetime) -> Scorer:
    """The person marks the bids once they have said that no interest stands in the way.

    Raises NotNow, MayNot, HasConflict, MayNotScore, AlreadyScorer, TheyHaveConflict and
    EnoughScorers.
    """
    found = _locked(competition_id)
    _at_stage(found, Stage.OPEN, Stage.CLOSED, Stage.SCORING, at=at)
    _refuse_who_may_not(found, by=by)
    if not accounts.staff_with(Permission.SCORE_BIDS).filter(pk=person_id).exists():
        raise MayNotScore
    if found.scorers.filter(person=person_id).exists():
        raise AlreadyScorer
    if find_governance.has_declared(person_id, queries.about(found)):
        raise TheyHaveConflict
    if len(_free(found)) >= rules.SCORERS:
        raise EnoughScorers
    made = Scorer.objects.create(
        competition=found, person_id=person_id, named_by_id=by.pk, named_at=at
    )
    _record(Tag.SCORER_NAMED, found, {"person": person_id}, by=by, at=at)
    return made


@transaction.atomic
def open_bids(*, competition_id: int, by: Person, at: datetime) -> Competition:
    """From now on it is seen who bid, and scorers may read the bids. Late ones stay unopened.

    Raises NotYetClosed, NotNow, MayNot and HasConflict.
    """
    found = _locked(competition_id)
    if _at_stage(found, Stage.OPEN, Stage.CLOSED, at=at) is Stage.OPEN:
        raise NotYetClosed
    _refuse_who_may_not(found, by=by)
    found.opened_by_id, found.opened_at = by.pk, at
    found.save(update_fields=["opened_by", "opened_at"])
    bids = Bid.objects.filter(competition=found).in_time()
    late = Bid.objects.filter(competition=found, is_late=True).count()
    details: dict[str, JSONValue] = {
        "bids": list(bids.order_by("ref").values_list("ref", flat=True)),
        "late": late,
    }
    _record(Tag.OPENED, found, details, by=by, at=at)
    return found


@transaction.atomic
def declare(
    *, competition_id: int, has_conflict: bool, words: str = "", by: Person, at: datetime
) -> None:
    """A scorer has said whether an interest stands in the way; with one, they have no part in it.

    Said once bids are opened, since it is about who bid. Raises NotYourScoring, NotNow,
    AlreadyDeclared and ConflictNotTold.
    """
    found = _locked(competition_id)
    if not found.scorers.filter(person=by.pk).exists():
        raise NotYourScoring
    _at_stage(found, *OPENED, at=at)
    if find_governance.has_declared(by.pk, queries.about(found)) is not None:
        raise AlreadyDeclared
    governance.declare(
        about=queries.about(found), has_conflict=has_conflict, words=words, by=by, at=at
    )


@transaction.atomic
def declare_to_decide(
    *, competition_id: int, has_conflict: bool, words: str = "", by: Person, at: datetime
) -> None:
    """Whoever may decide its award has said, before they do, whether an interest stands in the
    way; once and for good. With one, somebody else decides (rule P32).

    Raises MayNot, NotNow, AlreadyDeclared and ConflictNotTold.
    """
    found = _locked(competition_id)
    if not by.may(Permission.DECIDE_AWARDS):
        raise MayNot
    _at_stage(found, *DECIDED_ON, at=at)
    if by.pk is not None and find_governance.has_declared(by.pk, queries.about(found)) is not None:
        raise AlreadyDeclared
    governance.declare(
        about=queries.about(found), has_conflict=has_conflict, words=words, by=by, at=at
    )


@transaction.atomic
def mark(
    *, competition_id: int, bid_ref: str, marks: Mapping[str, Judged], by: Person, at: datetime
) -> None:
    """The scorer's marks of a bid are these, by criterion; they may change until they finish.

    A reason may come later. Raises NotYourScoring, DeclareFirst, HasConflict, NotNow, MarksFinal,
    NoSuchBid and ScoreWrong.
    """
    found = _locked(competition_id)
    own = _scoring(found, by=by, at=at)
    bid = Bid.objects.filter(competition=found, ref=bid_ref).live().first()
    codes = {one.code for one in found.judged_by}
    if bid is None or not marks.keys() <= codes:
        raise NoSuchBid
    for code, one in marks.items():
        if trouble := rules.score_trouble(one.score):
            raise ScoreWrong(f"{trouble}.")
        BidMark.objects.update_or_create(
            scorer=own,
            bid=bid,
            criterion=code,
            defaults={"score": one.score, "reason": one.reason.strip(), "marked_at": at},
        )
    _record(Tag.MARKED, found, {"bid": bid.ref}, by=by, at=at)


@transaction.atomic
def finish(*, competition_id: int, by: Person, at: datetime) -> None:
    """The scorer's marks are final; once both have finished each reads the other's.

    Raises NotYourScoring, DeclareFirst, HasConflict, NotNow, MarksFinal and MarksMissing.
    """
    found = _locked(competition_id)
    own = _scoring(found, by=by, at=at)
    given = {
        (one.bid_id, one.criterion) for one in BidMark.objects.filter(scorer=own) if one.reason
    }
    missing = [
        f"{bid.provider.name}: {criterion.title}"
        for bid in queries.live_bids(found.pk)
        for criterion in found.judged_by
        if (bid.pk, criterion.code) not in given
    ]
    if missing:
        raise MarksMissing(f"Give a score and its reason for {'; '.join(missing)}.")
    own.finished_at = at
    own.save(update_fields=["finished_at"])
    _record(Tag.FINISHED, found, {}, by=by, at=at)


@transaction.atomic
def moderate(
    *,
    competition_id: int,
    agreed: Mapping[tuple[str, str], Judged],
    note: str,
    by: Person,
    at: datetime,
) -> Competition:
    """What one scorer writes down is what both agreed on, by bid and criterion; from it the
    ranking follows. Until it is settled it may be written anew.

    Raises NotYourScoring, DeclareFirst, HasConflict, NotNow, NotFinished, NoteMissing,
    MarksMissing and ScoreWrong.
    """
    found = _locked(competition_id)
    _own(found, by)
    _at_stage(found, *OPENED, Stage.NOTHING, at=at)
    if sum(one.finished_at is not None for one in _free(found)) < rules.SCORERS:
        raise NotFinished
    if not note.strip():
        raise NoteMissing
    bids = queries.live_bids(found.pk)
    _refuse_gaps(found, bids, agreed)
    Agreed.objects.filter(bid__competition=found).delete()
    Agreed.objects.bulk_create(
        Agreed(bid=bid, criterion=code, score=one.score, reason=one.reason.strip())
        for bid in bids
        for (ref, code), one in agreed.items()
        if ref == bid.ref
    )
    found.moderation_note, found.moderated_by_id, found.moderated_at = note.strip(), by.pk, at
    found.save(update_fields=["moderation_note", "moderated_by", "moderated_at"])
    _record(Tag.MODERATED, found, {"bids": len(bids)}, by=by, at=at)
    return found


def _refuse_gaps(
    found: Competition, bids: Sequence[Bid], agreed: Mapping[tuple[str, str], Judged]
) -> None:
    names = {
        (bid.ref, one.code): f"{bid.provider.name}: {one.title}"
        for bid in bids
        for one in found.judged_by
    }
    gaps = [
        words for key, words in names.items() if key not in agreed or not agreed[key].reason.strip()
    ]
    if gaps:
        raise MarksMissing(f"Agree on a score and its reason for {'; '.join(gaps)}.")
    if agreed.keys() != names.keys():
        raise NoSuchBid
    for key, one in agreed.items():
        if trouble := rules.score_trouble(one.score):
            raise ScoreWrong(f"{names[key]}: {trouble[0].lower()}{trouble[1:]}.")


def _own(found: Competition, by: Person) -> Scorer:
    """The scorer who acts, in whose way no interest stands."""
    own = found.scorers.filter(person=by.pk).first()
    if own is None:
        raise NotYourScoring
    declared = find_governance.has_declared(by.pk, queries.about(found))
    if declared is None:
        raise DeclareFirst
    if declared:
        raise HasConflict
    return own


def _scoring(found: Competition, *, by: Person, at: datetime) -> Scorer:
    own = _own(found, by)
    _at_stage(found, *OPENED, at=at)
    if own.finished_at is not None:
        raise MarksFinal
    return own


def _refuse_who_may_not(found: Competition, *, by: Person) -> None:
    """Whoever may score may name scorers and open bids, but for those with an interest."""
    if by.pk is not None and not by.may(Permission.SCORE_BIDS):
        raise MayNot
    _refuse_conflicted(found, by=by)
