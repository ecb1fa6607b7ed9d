"""The only writes of what families said."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.comments.enums import CommentStatus, Tag
from flsf.market.comments.models import Comment
from flsf.shared.audit import actions as audit


class NothingSaid(Refusal):
    says = "Write what you want to say."


class AlreadyDecided(Refusal):
    says = "Somebody has already decided about that comment."


class NotPublished(Refusal):
    says = "Only a comment that is published can be answered."


class AlreadyAnswered(Refusal):
    says = "That comment has already been answered."


class NeedsWhy(Refusal):
    says = "Say why it is not published."


@transaction.atomic
def say(
    *, words: str, name: str = "", service_id: int | None = None, by: Person, at: datetime
) -> Comment:
    """The words wait to be read by the council before anybody else reads them.

    Raises NothingSaid.
    """
    if not words.strip():
        raise NothingSaid
    made = Comment.objects.create(
        ref=Comment.fresh_ref(),
        service_id=service_id,
        words=words.strip(),
        name=name.strip(),
        said_at=at,
    )
    _record(Tag.SAID, made, by=by, at=at)
    return made


@transaction.atomic
def publish(
    *, comment_id: int, shown: str, name: str | None = None, by: Person, at: datetime
) -> None:
    """The public reads these words, which may be less than came; so may the name, if one is given.

    Raises NothingSaid and AlreadyDecided.
    """
    if not shown.strip():
        raise NothingSaid
    comment = _undecided(comment_id)
    comment.status, comment.shown = CommentStatus.PUBLISHED, shown.strip()
    comment.name = comment.name if name is None else name.strip()
    _decide(comment, Tag.PUBLISHED, by=by, at=at)


@transaction.atomic
def withhold(*, comment_id: int, why: str, by: Person, at: datetime) -> None:
    """Nobody but the council reads it. Raises NeedsWhy and AlreadyDecided."""
    if not why.strip():
        raise NeedsWhy
    comment = _undecided(comment_id)
    comment.status, comment.why = CommentStatus.WITHHELD, why.strip()
    _decide(comment, Tag.WITHHELD, by=by, at=at)


@transaction.atomic
def answer(
    *, comment_id: int, words: str, answered_as: str, did: str = "", by: Person, at: datetime
) -> None:
    """The public reads the answer, and what was done, below the comment.

    Raises NothingSaid, NotPublished and AlreadyAnswered.
    """
    if not words.strip():
        raise NothingSaid
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.status != CommentStatus.PUBLISHED:
        raise NotPublished
    if comment.answered_at is not None:
        raise AlreadyAnswered
    comment.answer, comment.did = words.strip(), did.strip()
    comment.answered_as, comment.answered_by_id, comment.answered_at = answered_as, by.pk, at
    comment.save()
    _record(Tag.ANSWERED, comment, by=by, at=at)


def _undecided(comment_id: int) -> Comment:
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.status != CommentStatus.WAITING:
        raise AlreadyDecided
    return comment


def _decide(comment: Comment, tag: Tag, *, by: Person, at: datetime) -> None:
    comment.decided_by_id, comment.decided_at = by.pk, at
    comment.save()
    _record(tag, comment, by=by, at=at)


def _record(tag: Tag, comment: Comment, *, by: Person, at: datetime) -> None:
    audit.record(tag=tag, subject=f"comment {comment.ref}", details={}, by=by, at=at)
