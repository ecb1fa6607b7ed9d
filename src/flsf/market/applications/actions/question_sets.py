"""Question sets: drafted, changed, and published once and for good."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.applications import queries, rules
from flsf.market.applications.enums import Tag
from flsf.market.applications.models import QuestionSet
from flsf.market.applications.rules import Found, Question
from flsf.market.checks import queries as checks
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class DraftThere(Refusal):
    says = "A new version is being written already. Finish that one, or throw it away."


class AlreadyPublished(Refusal):
    says = "This version is published and does not change any more. Write a new version."


class NoSuchQuestion(Refusal):
    says = "There is no such question in this version. Somebody may have taken it away."


class CodeTaken(Refusal):
    says = "Another question of this version has that code. Choose another."


class BecauseMissing(Refusal):
    says = "Say why there is a new version: providers read it."


class TooEarly(Refusal):
    says = "It cannot hold from a day that has passed. Choose today or later."


class UnknownCheck(Refusal):
    says = "A question is evidence for a check that we do not ask for. Choose one of the list."


class Breaks(Refusal):
    """`found` names each breach and the question it is in."""

    says = "This version cannot be published as it is."

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__(found)
        self.found = tuple(found)


@transaction.atomic
def draft(
    *, framework_id: int, content: rules.QuestionSet | None = None, by: Person, at: datetime
) -> QuestionSet:
    """A new version is being written: as `content` says, or like the one in force.

    The first of all starts from the default set. Raises DraftThere.
    """
    if QuestionSet.objects.filter(framework=framework_id, published_at=None).exists():
        raise DraftThere
    before = queries.questions_in_force(framework_id, on=london_day(at))
    if content is None:
        content = before.questions if before else rules.DEFAULT_SET
    made = QuestionSet.objects.create(
        framework_id=framework_id,
        version=queries.last_version(framework_id) + 1,
        content=rules.as_data(content),
        drafted_at=at,
    )
    _record(Tag.SET_DRAFTED, made, {}, by, at)
    return made


@transaction.atomic
def add_question(*, set_id: int, question: Question, by: Person, at: datetime) -> None:
    """The version being written asks this too, last. Raises AlreadyPublished and CodeTaken."""

    def _added(before: rules.QuestionSet) -> rules.QuestionSet:
        if before.question(question.code):
            raise CodeTaken
        return replace(before, questions=(*before.questions, question))

    _change(set_id, _added, question.code, by, at)


@transaction.atomic
def change_question(*, set_id: int, question: Question, by: Person, at: datetime) -> None:
    """The question of that code is as given. Raises AlreadyPublished and NoSuchQuestion."""

    def _changed(before: rules.QuestionSet) -> rules.QuestionSet:
        if before.question(question.code) is None:
            raise NoSuchQuestion
        asked = (question if one.code == question.code else one for one in before.questions)
        return replace(before, questions=tuple(asked))

    _change(set_id, _changed, question.code, by, at)


@transaction.atomic
def remove_question(*, set_id: int, code: str, by: Person, at: datetime) -> None:
    """The version being written does not ask that. Raises AlreadyPublished and NoSuchQuestion."""

    def _without(before: rules.QuestionSet) -> rules.QuestionSet:
        if before.question(code) is None:
            raise NoSuchQuestion
        return replace(before, questions=tuple(one for one in before.questions if one.code != code))

    _change(set_id, _without, code, by, at)


@transaction.atomic
def publish(
    *, set_id: int, because: str, in_force_from: date, by: Person, at: datetime
) -> QuestionSet:
    """From that day on this is what is asked, and it never changes.

    Raises AlreadyPublished, BecauseMissing, TooEarly, UnknownCheck, and Breaks with every
    breach of what the law lets us ask.
    """
    found = _written(set_id)
    if not because.strip():
        raise BecauseMissing
    if in_force_from < london_day(at):
        raise TooEarly
    known = {one.code for one in checks.every()} | {""}
    if not {one.check for one in found.questions.questions} <= known:
        raise UnknownCheck
    if breaches := rules.breaches(found.questions):
        raise Breaks(breaches)
    found.sha256, found.because = rules.fingerprint(found.content), because.strip()
    found.published_by_id, found.published_at = by.pk, at
    found.in_force_from = in_force_from
    found.save()
    _record(Tag.SET_PUBLISHED, found, {"sha256": found.sha256}, by, at)
    return found


@transaction.atomic
def discard(*, set_id: int, by: Person, at: datetime) -> None:
    """The version being written is gone. Raises AlreadyPublished."""
    found = _written(set_id)
    _record(Tag.SET_DISCARDED, found, {}, by, at)
    found.delete()


def _change(
    set_id: int,
    change: Callable[[rules.QuestionSet], rules.QuestionSet],
    code: str,
    by: Person,
    at: datetime,
) -> None:
    found = _written(set_id)
    found.content = rules.as_data(change(found.questions))
    found.save(update_fields=["content"])
    _record(Tag.SET_CHANGED, found, {"question": code}, by, at)


def _written(set_id: int) -> QuestionSet:
    """The version being written, held until the transaction ends."""
    found = QuestionSet.objects.select_for_update().filter(pk=set_id).first()
    if found is None or found.published_at is not None:
        raise AlreadyPublished
    return found


def _record(
    tag: Tag, one: QuestionSet, details: dict[str, JSONValue], by: Person, at: datetime
) -> None:
    said: dict[str, JSONValue] = {"framework": one.framework_id, "version": one.version, **details}
    audit.record(tag=tag, subject=f"question set {one.pk}", details=said, by=by, at=at)
