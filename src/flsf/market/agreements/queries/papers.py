"""Reads of agreements as they were issued: their words, their file, and who accepted them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.core.writing import Writing
from flsf.market.agreements import rules
from flsf.market.agreements.enums import How, PaperStatus, ReplyKind
from flsf.market.agreements.models import Acceptance, Paper, Reply
from flsf.market.agreements.queries.parties import held
from flsf.market.agreements.rules import Held


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who became a party to it for the provider, when and how."""

    how: How
    name: str
    position: str
    by_name: str
    at: datetime
    signed_on: date | None
    reason: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the provider said instead of accepting, and what the council answered."""

    id: int
    kind: ReplyKind
    words: str
    by_name: str
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper as it stands on a day."""

    id: int
    ref: str
    version: int
    provider_id: int
    provider_ref: str
    provider_name: str
    organisation_id: int
    framework_name: str
    lots: tuple[str, ...]
    in_force_from: date
    status: PaperStatus
    because: str
    sha256: str
    issued_by: str
    issued_at: datetime
    acceptance: Accepted | None
    replies: tuple[Said, ...]  # the latest first
    reminded_on: tuple[date, ...]  # the latest first
    is_carried_over: bool

    @property
    def may_be_accepted(self) -> bool:
        return self.status in rules.ACCEPTABLE

    @property
    def open_reply(self) -> Said | None:
        """What the council has not answered yet."""
        return next((one for one in self.replies if one.answered_at is None), None)


def papers(
    *, person: Person, on: date, provider_ids: Collection[int] | None = None
) -> list[Issued]:
    """Every paper this person may see, those that wait first, then the latest."""
    found = _seen(person)
    if provider_ids is not None:
        found = found.filter(provider__in=provider_ids)
    every = _all_issued(found, on)
    return sorted(every, key=lambda one: one.status not in rules.OPEN)


def own_papers(*, person: Person, on: date) -> list[Issued]:
    """Those of the person's own organisation."""
    found = _seen(person).filter(provider__organisation__in=person.reach.organisation_ids)
    every = _all_issued(found, on)
    return sorted(every, key=lambda one: one.status not in rules.OPEN)


def paper_with_ref(ref: str, *, person: Person, on: date) -> Issued | None:
    """The paper, if there is one and this person may see it."""
    found = _all_issued(_seen(person).filter(ref=ref.strip().upper()), on)
    return found[0] if found else None


def own_paper_with_ref(ref: str, *, person: Person, on: date) -> Issued | None:
    """The same, if it is of the person's own organisation."""
    found = paper_with_ref(ref, person=person, on=on)
    return found if found and found.organisation_id in person.reach.organisation_ids else None


def to_remind(*, on: date) -> list[Issued]:
    """The papers that wait for their provider and are due a reminder that day, oldest first.

    Not of whoever has asked us something or declined: then it is for us to answer.
    """
    waiting = _seen(SYSTEM).filter(acceptance=None)
    return [
        one
        for one in reversed(_all_issued(waiting, on))
        if one.status is PaperStatus.WAITING
        and rules.is_reminder_due(london_day(one.issued_at), one.reminded_on, on=on)
    ]


@dataclass(frozen=True, slots=True)
class Addressed:
    """A paper and to whom it is written about."""

    ref: str
    provider_id: int
    organisation_id: int


def addressed(agreement_ids: Collection[int]) -> list[Addressed]:
    """The papers that say what those agreements say, each once. One query."""
    rows = Paper.objects.filter(agreements__in=agreement_ids).order_by("pk").distinct()
    return [
        Addressed(*row) for row in rows.values_list("ref", "provider", "provider__organisation")
    ]


def addressed_to(ref: str) -> Addressed:
    """To whom a paper is addressed."""
    rows = Paper.objects.filter(ref=ref)
    return Addressed(*rows.values_list("ref", "provider", "provider__organisation").get())


def writing_of(paper_id: int) -> Writing:
    """Every word of it, as it was issued."""
    return Writing.from_json(Paper.objects.values_list("writing", flat=True).get(pk=paper_id))


def file_of(paper_id: int) -> bytes:
    """The file, byte for byte as it was issued."""
    return bytes(Paper.objects.values_list("pdf", flat=True).get(pk=paper_id))


def _seen(person: Person) -> QuerySet[Paper]:
    return (
        Paper.objects.visible_to(person)
        .defer("pdf", "writing")
        .select_related("provider", "framework", "issued_by", "acceptance__accepted_by")
        .prefetch_related(
            "agreements__admission__lot", "replies__said_by", "replies__answered_by", "chases"
        )
        .order_by("-issued_at", "-pk")
    )


def _all_issued(found: QuerySet[Paper], on: date) -> list[Issued]:
    known = held({one.provider_id for one in found})
    return [_issued(one, known, on) for one in found]


def _issued(one: Paper, known: Mapping[int, Held], on: date) -> Issued:
    agreements = sorted(one.agreements.all(), key=lambda each: each.admission.lot.name)
    acceptance = getattr(one, "acceptance", None)
    replies = sorted(one.replies.all(), key=lambda each: each.pk)
    in_force = [
        each
        for each in agreements
        if each.withdrawn_at is None and (each.in_force_until is None or each.in_force_until >= on)
    ]
    is_carried_over = bool(in_force) and all(
        each.transition_id and rules.is_party(known[each.pk], known) for each in in_force
    )
    return Issued(
        id=one.pk,
        ref=one.ref,
        version=one.version,
        provider_id=one.provider_id,
        provider_ref=one.provider.ref,
        provider_name=one.provider.name,
        organisation_id=one.provider.organisation_id,
        framework_name=one.framework.name,
        lots=tuple(each.admission.lot.name for each in agreements),
        in_force_from=agreements[0].in_force_from,
        status=rules.status(
            how=How(acceptance.how) if acceptance else None,
            is_in_force=bool(in_force),
            is_carried_over=is_carried_over,
            replies=[(ReplyKind(each.kind), each.answered_at is not None) for each in replies],
        ),
        because=one.because,
        sha256=one.sha256,
        issued_by=one.issued_by.name if one.issued_by else "The system",
        issued_at=one.issued_at,
        acceptance=_accepted(acceptance) if acceptance else None,
        replies=tuple(_said(each) for each in reversed(replies)),
        reminded_on=tuple(sorted((each.sent_on for each in one.chases.all()), reverse=True)),
        is_carried_over=is_carried_over,
    )


def _accepted(one: Acceptance) -> Accepted:
    return Accepted(
        how=How(one.how),
        name=one.name,
        position=one.position,
        by_name=one.accepted_by.name,
        at=one.accepted_at,
        signed_on=one.signed_on,
        reason=one.reason,
        version=one.version,
        sha256=one.sha256,
    )


def _said(one: Reply) -> Said:
    return Said(
        id=one.pk,
        kind=ReplyKind(one.kind),
        words=one.words,
        by_name=one.said_by.name,
        at=one.said_at,
        answer=one.answer,
        answered_by=one.answered_by.name if one.answered_by else "",
        answered_at=one.answered_at,
    )
