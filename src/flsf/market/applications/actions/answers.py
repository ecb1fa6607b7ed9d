"""What an applicant types: always kept, right or wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.applications import queries, rules
from flsf.market.applications.actions.applications import NotOpen, _locked
from flsf.market.applications.enums import Kind, Tag
from flsf.market.applications.models import Answer, Application, AppliedLot
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
from flsf.shared.documents import queries as documents

MOST_ANSWERS_AT_ONCE = 100


class NoSuchLot(Refusal):
    says = "One of these kinds of support is not open to applications. Choose from the list."


class NotYourFile(Refusal):
    says = "That file is not one of yours. Hand it in again."


@transaction.atomic
def choose_lots(*, application_id: int, codes: Sequence[str], by: Person, at: datetime) -> None:
    """These are the lots applied for, beside those joined before. Raises NotOpen and NoSuchLot."""
    application = _open(application_id, at)
    offered = {one.code: one.lot_id for one in queries.may_be_added(application, on=london_day(at))}
    if not set(codes) <= set(offered):
        raise NoSuchLot
    wanted = [offered[code] for code in dict.fromkeys(codes)]
    application.lots.exclude(lot__in=wanted).delete()
    before = set(application.lots.values_list("lot", flat=True))
    AppliedLot.objects.bulk_create(
        AppliedLot(application=application, lot_id=one) for one in wanted if one not in before
    )
    _touch(application, Tag.LOTS_CHOSEN, {"lots": sorted(codes)}, by, at)


@transaction.atomic
def answer(
    *,
    application_id: int,
    typed: Mapping[str, Sequence[str]],
    mitigations: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
) -> None:
    """What was typed is kept, by question, whether or not it makes sense or would pass.

    Files are given by their references. Raises NotOpen and NotYourFile.
    """
    application = _open(application_id, at)
    questions = queries.questions_in_force(application.framework_id, on=london_day(at))
    known = questions.questions if questions else rules.QuestionSet("")
    given = {code: list(one) for code, one in typed.items() if known.question(code)}
    _refuse_others_files(application, known, given)
    explained = dict(mitigations or {})
    before = {one.code: one for one in Answer.objects.filter(application=application)}
    for code in {*given, *explained} & {*given, *before}:
        one = before.get(code) or Answer(application=application, code=code)
        one.typed = given.get(code, one.typed)
        one.mitigation = explained.get(code, one.mitigation).strip()
        one.changed_at, one.told_before = at, None
        one.save()
    _touch(application, Tag.ANSWERED, {"questions": sorted({*given, *explained})}, by, at)


@transaction.atomic
def follow_questions(*, application_id: int, by: Person, at: datetime) -> None:
    """The applicant has seen that the questions changed. Raises NotOpen."""
    application = _open(application_id, at)
    questions = queries.questions_in_force(application.framework_id, on=london_day(at))
    if questions is not None:
        application.begun_with = questions
        application.save(update_fields=["begun_with"])
        _touch(application, Tag.ANSWERED, {"version": questions.version}, by, at)


def _refuse_others_files(
    application: Application, known: rules.QuestionSet, given: Mapping[str, Sequence[str]]
) -> None:
    refs = {
        ref
        for code, typed in given.items()
        if (question := known.question(code)) and question.kind is Kind.FILE
        for ref in typed
        if ref
    }
    if not refs <= documents.refs_of(application.organisation_id):
        raise NotYourFile


def _open(application_id: int, at: datetime) -> Application:
    application = _locked(application_id)
    if queries.status_on(london_day(at), application_id=application_id) not in rules.OPEN:
        raise NotOpen
    return application


def _touch(
    application: Application, tag: Tag, details: dict[str, JSONValue], by: Person, at: datetime
) -> None:
    application.touched_at = at
    application.save(update_fields=["touched_at"])
    audit.record(tag=tag, subject=f"application {application.ref}", details=details, by=by, at=at)
