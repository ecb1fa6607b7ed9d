"""The only writes of kinds of service."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.kinds.enums import KindStatus, Tag
from flsf.market.kinds.models import Kind
from flsf.market.kinds.rules import DEFAULT_KINDS
from flsf.shared.audit import actions as audit

WHY_USUAL = "One of the usual kinds, taken up with the framework."


class AlreadyThere(Refusal):
    says = "There is a kind of that name already. Choose it from the list."


class NotProposed(Refusal):
    says = "Somebody has already decided about that kind."


class SayWhy(Refusal):
    says = "Say why, in words the provider can read."


class NotAKind(Refusal):
    says = "Choose another kind that is taken up."


@transaction.atomic
def propose(
    *, name: str, words: str = "", organisation_id: int | None = None, by: Person, at: datetime
) -> Kind:
    """The kind waits for the council; its own proposer may use it already. Raises AlreadyThere."""
    plain = " ".join(name.split())
    standing = Kind.objects.filter(
        name__iexact=plain, status__in=(KindStatus.PROPOSED, KindStatus.ADOPTED)
    )
    if standing.exists():
        raise AlreadyThere
    made = Kind.objects.create(
        ref=Kind.fresh_ref(),
        name=plain,
        words=words.strip(),
        proposed_by_organisation_id=organisation_id,
        proposed_at=at,
    )
    _record(Tag.PROPOSED, made, by=by, at=at)
    return made


@transaction.atomic
def take_up_usual(*, by: Person, at: datetime) -> int:
    """The usual kinds are taken up, but for a name that is there already; how many were new."""
    taken = {name.lower() for name in Kind.objects.values_list("name", flat=True)}
    new = [(name, words) for name, words in DEFAULT_KINDS if name.lower() not in taken]
    for name, words in new:
        made = propose(name=name, words=words, by=by, at=at)
        adopt(kind_id=made.pk, why=WHY_USUAL, by=by, at=at)
    return len(new)


@transaction.atomic
def adopt(*, kind_id: int, why: str, by: Person, at: datetime) -> None:
    """Families can choose the kind in a search. Raises NotProposed and SayWhy.

    Call it through flows.settle_kind, so that the public list follows.
    """
    _decide(kind_id, KindStatus.ADOPTED, why, None, by=by, at=at)


@transaction.atomic
def decline(*, kind_id: int, why: str, by: Person, at: datetime) -> None:
    """The kind is not taken up. Raises NotProposed and SayWhy. Through flows.settle_kind."""
    _decide(kind_id, KindStatus.DECLINED, why, None, by=by, at=at)


@transaction.atomic
def merge(*, kind_id: int, into_id: int, why: str, by: Person, at: datetime) -> None:
    """It is another kind by a different name. Raises NotProposed, SayWhy and NotAKind.

    Call it through flows.settle_kind, so that services follow.
    """
    into = Kind.objects.filter(pk=into_id, status=KindStatus.ADOPTED).exclude(pk=kind_id).first()
    if into is None:
        raise NotAKind
    _decide(kind_id, KindStatus.MERGED, why, into, by=by, at=at)


def _decide(
    kind_id: int, status: KindStatus, why: str, into: Kind | None, *, by: Person, at: datetime
) -> None:
    kind = Kind.objects.select_for_update(of=("self",)).get(pk=kind_id)
    if kind.status != KindStatus.PROPOSED:
        raise NotProposed
    if not why.strip():
        raise SayWhy
    kind.status, kind.why, kind.merged_into = status, why.strip(), into
    kind.decided_by_id, kind.decided_at = by.pk, at
    kind.save()
    _record(Tag.DECIDED, kind, by=by, at=at)


def _record(tag: Tag, kind: Kind, *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject=f"kind {kind.ref}", details={"status": kind.status}, by=by, at=at)
