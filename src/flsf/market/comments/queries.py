"""Reads of what families said, and of what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.market.comments.enums import CommentStatus
from flsf.market.comments.models import Comment

CommentRow: TypeAlias = Comment


def register(*, person: Person, status: str = "") -> QuerySet[Comment]:
    """The comments this person may see, the newest first."""
    found = Comment.objects.visible_to(person).select_related("service__provider")
    return (found.filter(status=status) if status else found).order_by("-said_at", "-pk")


def waiting(*, person: Person) -> QuerySet[Comment]:
    """Those that nobody at the council has decided on, the longest waiting first."""
    return register(person=person, status=CommentStatus.WAITING).order_by("said_at", "pk")


def with_ref(ref: str, *, person: Person) -> Comment | None:
    """The comment, if there is one and this person may see it."""
    return register(person=person).filter(ref=ref).select_related("decided_by").first()


def published(*, service_id: int | None = None, year: int | None = None) -> QuerySet[Comment]:
    """What the public reads: of one service, of one year, or all; the newest first."""
    found = Comment.objects.filter(status=CommentStatus.PUBLISHED).select_related("service")
    if service_id is not None:
        found = found.filter(service=service_id)
    if year is not None:
        found = found.filter(said_at__year=year)
    return found.order_by("-said_at", "-pk")


def moments(shown: Iterable[Comment]) -> list[datetime]:
    """When each of these was published, and answered."""
    both = [moment for one in shown for moment in (one.decided_at, one.answered_at)]
    return [one for one in both if one is not None]


@dataclass(frozen=True, slots=True)
class Year:
    """A year's comments in numbers, and what changed because of them."""

    year: int
    received: int
    published: int
    answered: int
    did: tuple[str, ...]


def years() -> list[int]:
    """The years in which somebody said something, the latest first."""
    days = Comment.objects.dates("said_at", "year", order="DESC")
    return [day.year for day in days]


def of_year(year: int) -> Year:
    """What the council publishes of a year (SEND Regulations 2014, regulation 56)."""
    rows = list(Comment.objects.filter(said_at__year=year).order_by("said_at", "pk"))
    seen = [one for one in rows if one.status == CommentStatus.PUBLISHED]
    return Year(
        year=year,
        received=len(rows),
        published=len(seen),
        answered=sum(1 for one in seen if one.answer),
        did=tuple(one.did for one in seen if one.did),
    )
