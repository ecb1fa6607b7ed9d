"""A provider accepts its agreement, or says what it has to say; what the council does about it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.agreements.actions.issuing import NeedsAPerson, NotInForce, ReasonMissing
from flsf.market.agreements.enums import How, ReplyKind, Tag
from flsf.market.agreements.models import Acceptance, Chase, Paper, Reply
from flsf.market.exclusions.queries import refuse_if_excluded
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class AcceptedAlready(Refusal):
    """Says who was first."""

    says = "This version has been accepted already."

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            return self.says
        return f"{self.name} has accepted this version already. Nothing more is needed."


class NotTheirs(Refusal):
    says = "Only somebody who manages the provider accepts its agreement."


class SignatureMissing(Refusal):
    says = "Enter your name and your position, and say that you may sign for the provider."


class SignedLater(Refusal):
    says = "Enter a day on which it was signed: not one that is still to come."


class WordsMissing(Refusal):
    says = "Enter what you want to say."


class AnsweredAlready(Refusal):
    says = "This has been answered already."


class RemindedToday(Refusal):
    says = "They have been reminded today."


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who accepts: in their own words, and whether they say that they may."""

    name: str
    position: str
    has_authority: bool


@transaction.atomic
def accept(*, paper_id: int, signature: Signature, by: Person, at: datetime) -> None:
    """The provider is a party to it: who, when, which version and which bytes, kept for good.

    Of two who accept at once the second is told that it was done. Raises NotTheirs,
    SignatureMissing, NotInForce, AcceptedAlready and MayNotBeAwarded.
    """
    paper = _held(paper_id)
    organisation_id = paper.provider.organisation_id
    if by.pk is None or organisation_id not in by.reach.organisation_ids:
        raise NotTheirs
    name, position = signature.name.strip(), signature.position.strip()
    if not (name and position and signature.has_authority):
        raise SignatureMissing
    _refuse_settled(paper, on=london_day(at))
    refuse_if_excluded(organisation_id, on=london_day(at))
    Acceptance.objects.create(
        paper=paper,
        how=How.ONLINE,
        version=paper.version,
        sha256=paper.sha256,
        name=name,
        position=position,
        has_authority=True,
        accepted_by_id=by.pk,
        accepted_at=at,
    )
    details: dict[str, JSONValue] = {"version": paper.version, "sha256": paper.sha256}
    _record(Tag.ACCEPTED, paper, details, by=by, at=at)


@transaction.atomic
def record_signed(
    *, paper_id: int, signed_on: date, name: str = "", reason: str, by: Person, at: datetime
) -> None:
    """The provider is a party to it by a signature on paper: when, and how we know.

    Raises NeedsAPerson, ReasonMissing, SignedLater, NotInForce and AcceptedAlready.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not reason.strip():
        raise ReasonMissing
    if signed_on > london_day(at):
        raise SignedLater
    paper = _held(paper_id)
    _refuse_settled(paper, on=london_day(at))
    Acceptance.objects.create(
        paper=paper,
        how=How.ON_PAPER,
        version=paper.version,
        name=name.strip(),
        signed_on=signed_on,
        reason=reason.strip(),
        accepted_by_id=by.pk,
        accepted_at=at,
    )
    details: dict[str, JSONValue] = {"version": paper.version, "signed_on": signed_on.isoformat()}
    _record(Tag.SIGNED_ON_PAPER, paper, details, by=by, at=at)


@transaction.atomic
def reply(*, paper_id: int, kind: ReplyKind, words: str, by: Person, at: datetime) -> None:
    """The council has what the provider says instead of accepting; it may still accept.

    Raises NotTheirs, WordsMissing, NotInForce and AcceptedAlready.
    """
    paper = _held(paper_id)
    if by.pk is None or paper.provider.organisation_id not in by.reach.organisation_ids:
        raise NotTheirs
    if not words.strip():
        raise WordsMissing
    _refuse_settled(paper, on=london_day(at))
    Reply.objects.create(paper=paper, kind=kind, words=words.strip(), said_by_id=by.pk, said_at=at)
    _record(Tag.REPLIED, paper, {"kind": kind.value}, by=by, at=at)


@transaction.atomic
def answer(*, reply_id: int, words: str, by: Person, at: datetime) -> None:
    """The provider has the council's answer. Raises WordsMissing, NeedsAPerson, AnsweredAlready."""
    if by.pk is None:
        raise NeedsAPerson
    if not words.strip():
        raise WordsMissing
    said = Reply.objects.select_for_update(of=("self",)).get(pk=reply_id)
    if said.answered_at is not None:
        raise AnsweredAlready
    said.answer, said.answered_by_id, said.answered_at = words.strip(), by.pk, at
    said.save(update_fields=["answer", "answered_by", "answered_at"])
    _record(Tag.ANSWERED, said.paper, {}, by=by, at=at)


@transaction.atomic
def note_reminded(*, paper_id: int, by: Person, at: datetime) -> None:
    """It is noted that they were written to today. Raises NotInForce, AcceptedAlready and
    RemindedToday.
    """
    paper, today = _held(paper_id), london_day(at)
    _refuse_settled(paper, on=today)
    if paper.chases.filter(sent_on=today).exists():
        raise RemindedToday
    Chase.objects.create(paper=paper, sent_by_id=by.pk, sent_on=today)
    _record(Tag.REMINDED, paper, {}, by=by, at=at)


def _held(paper_id: int) -> Paper:
    """The paper, held until the transaction ends, so that two who accept take turns."""
    papers = Paper.objects.defer("pdf", "writing").select_related("provider")
    return papers.select_for_update(of=("self",)).get(pk=paper_id)


def _refuse_settled(paper: Paper, *, on: date) -> None:
    """Nothing is accepted twice, nor in a version that no longer holds."""
    before = Acceptance.objects.filter(paper=paper).select_related("accepted_by").first()
    if before is not None:
        raise AcceptedAlready(before.name or before.accepted_by.name)
    lasting = Q(in_force_until=None) | Q(in_force_until__gte=on)
    if not paper.agreements.filter(lasting, withdrawn_at=None).exists():
        raise NotInForce


def _record(
    tag: Tag, paper: Paper, details: dict[str, JSONValue], *, by: Person, at: datetime
) -> None:
    audit.record(tag=tag, subject=f"agreement {paper.ref}", details=details, by=by, at=at)
