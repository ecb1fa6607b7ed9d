"""Applications left alone: reminded of, and forgotten when nobody has come back for a year."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.applications import queries, rules
from flsf.market.applications.actions.applications import NotOpen, _locked
from flsf.market.applications.enums import Kind, Tag
from flsf.market.applications.models import Nudge
from flsf.shared.audit import actions as audit
from flsf.shared.documents import actions as documents


class TooSoon(Refusal):
    says = "An application is kept for twelve months after somebody last worked on it."


@transaction.atomic
def nudge(*, application_id: int, days: int, by: Person, at: datetime) -> bool:
    """The record says that the applicant was reminded after so many days. Once: then false."""
    application = _locked(application_id)
    _, is_new = Nudge.objects.get_or_create(
        application=application, since=application.touched_at, days=days, defaults={"sent_at": at}
    )
    if is_new:
        audit.record(
            tag=Tag.NUDGED,
            subject=f"application {application.ref}",
            details={"days": days},
            by=by,
            at=at,
        )
    return is_new


@transaction.atomic
def forget(*, application_id: int, by: Person, at: datetime) -> None:
    """An application never sent is gone with its answers and files.

    Raises NotOpen once it was sent, and TooSoon within twelve months of the last change.
    """
    application, day = _locked(application_id), london_day(at)
    if application.submissions.exists():
        raise NotOpen
    if not rules.may_be_forgotten(london_day(application.touched_at), on=day):
        raise TooSoon
    questions = application.begun_with.questions
    refs = [
        ref
        for code, said in queries.answers_of(application_id).items()
        if (question := questions.question(code)) and question.kind is Kind.FILE
        for ref in said.typed
    ]
    documents.discard(refs=refs, by=by, at=at)
    audit.record(
        tag=Tag.FORGOTTEN, subject=f"application {application.ref}", details={}, by=by, at=at
    )
    application.delete()
