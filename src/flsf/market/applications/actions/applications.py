"""An application from its beginning to the day it is sent, and its status after."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework import rules as models
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.applications import queries, rules
from flsf.market.applications.enums import Kind, Status, Tag
from flsf.market.applications.models import (
    Answer,
    Application,
    ApplicationStatus,
    LeftLot,
    Submission,
)
from flsf.market.applications.queries import Working
from flsf.market.applications.rules import Judged
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
from flsf.shared.calendars import queries as calendars


class AlreadyBegun(Refusal):
    says = "Your organisation has an application already. Go on with that one."


class NothingToAsk(Refusal):
    says = "Nobody can apply yet: the council has not published its questions."


class NotOpen(Refusal):
    says = "This application has been sent, so its answers do not change any more."


class NotComplete(Refusal):
    """`waiting` is what stands in the way."""

    says = "Some answers are missing or would not pass. The list shows which."

    def __init__(self, waiting: tuple[Judged, ...] = ()) -> None:
        super().__init__(waiting)
        self.waiting = waiting


class NoOtherLots(Refusal):
    says = "You have joined every kind of support that is open to applications."


class NoLots(Refusal):
    says = "Choose at least one kind of support that you want to give."


class NoRoundOpen(Refusal):
    says = (
        "The framework takes no applications today. Your answers are kept: send them when the "
        "next round opens."
    )


class ModelRefuses(Refusal):
    """Says by which rule of the framework's commercial model."""

    says = "The framework's commercial model takes no applications today."

    def __init__(self, answer: models.Answer) -> None:
        super().__init__()
        self.answer = answer

    def __str__(self) -> str:
        return f"{self.answer.why}. Your answers are kept ({self.answer.source})."


class QuestionsChanged(Refusal):
    says = (
        "The council changed its questions while you were here. Look through them and send again."
    )


class MayNotMove(Refusal):
    says = "The application has moved on, so this cannot be done any more. Look at how it stands."


class ReasonMissing(Refusal):
    says = "Say why."


@transaction.atomic
def begin(
    *,
    organisation_id: int,
    framework_id: int,
    provider_id: int | None = None,
    known: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
) -> Application:
    """The organisation can answer and come back. Raises AlreadyBegun and NothingToAsk.

    What the register knows of a provider is filled in, and `known` too: answers by question.
    So is what the organisation sent before, to be looked at and saved before this can be sent.
    """
    day = london_day(at)
    questions = queries.questions_in_force(framework_id, on=day)
    if questions is None:
        raise NothingToAsk
    application, is_new = Application.objects.get_or_create(
        organisation_id=organisation_id,
        framework_id=framework_id,
        defaults={
            "ref": unused_ref("J", Application.objects),
            "provider_id": provider_id,
            "begun_with": questions,
            "begun_by_id": by.pk,
            "begun_at": at,
            "touched_at": at,
        },
    )
    if not is_new:
        raise AlreadyBegun
    filled = {
        one.code: value
        for one in questions.questions.questions
        if (value := queries.known_of(organisation_id, by).get(one.fills, ""))
    }
    Answer.objects.bulk_create(
        Answer(application=application, code=code, typed=[value], changed_at=at)
        for code, value in (filled | dict(known or {})).items()
    )
    before = {
        code: told
        for code, told in queries.told_before(organisation_id, questions.questions, on=day).items()
        if code not in filled and code not in (known or {})
    }
    Answer.objects.bulk_create(
        Answer(
            application=application,
            code=code,
            typed=list(typed),
            told_before_id=submission_id,
            changed_at=at,
        )
        for code, (typed, submission_id) in before.items()
    )
    _change_status(application, Status.IN_PROGRESS, day, "", by=by, at=at)
    details: dict[str, JSONValue] = {"filled": sorted(filled), "told_before": sorted(before)}
    _record(Tag.BEGUN, application, details, by=by, at=at)
    return application


@transaction.atomic
def submit(*, application_id: int, version: int, by: Person, at: datetime) -> Submission:
    """It is with the council, frozen as it is, and dates are set to hear by.

    `version` is of the questions that were seen. Sent twice, the first stands and is answered
    again. Raises NotOpen, NoRoundOpen, ModelRefuses, QuestionsChanged, NoLots and NotComplete.
    """
    application, day = _locked(application_id), london_day(at)
    status = queries.status_on(day, application_id=application_id)
    last = application.submissions.order_by("-number").first()
    if status is Status.SUBMITTED and last is not None:
        return last
    if status not in rules.OPEN:
        raise NotOpen
    round_now = _open_round(application.framework_id, day)
    working = queries.working(application, on=day)
    if working is None:
        raise NothingToAsk
    if working.question_set.version != version:
        raise QuestionsChanged
    if not working.lots:
        raise NoLots
    if not working.sheet.is_ready:
        raise NotComplete(working.sheet.waiting)
    content = _frozen(working, round_now, day)
    calendar, following = calendars.working_calendar(), day + timedelta(days=1)
    promised = law.values([Key.ACKNOWLEDGE_APPLICATION_DAYS, Key.DECIDE_APPLICATION_DAYS], on=day)
    made = Submission.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        question_set=working.question_set,
        content=content,
        sha256=rules.fingerprint(content),
        submitted_by_id=by.pk,
        submitted_at=at,
        acknowledge_by=calendar.nth_working_day(
            following, promised[Key.ACKNOWLEDGE_APPLICATION_DAYS]
        ),
        decide_by=calendar.nth_working_day(following, promised[Key.DECIDE_APPLICATION_DAYS]),
    )
    _change_status(application, Status.SUBMITTED, day, "", by=by, at=at)
    details: dict[str, JSONValue] = {"number": made.number, "sha256": made.sha256}
    _record(Tag.SUBMITTED, application, details, by=by, at=at)
    made.is_new = True
    return made


def _open_round(framework_id: int, day: date) -> RoundFacts | None:
    """The round it is sent in, if the model has them. Raises NoRoundOpen and ModelRefuses."""
    found = rounds.open_round(framework_id, on=day)
    answer = framework.may_apply(
        framework_id,
        open_round=found.number if found else None,
        has_rounds=bool(rounds.rounds(framework_id, on=day)),
        on=day,
    )
    if answer.is_allowed:
        return found
    if found is None and (
        rounds.next_round(framework_id, on=day)
        or framework.takes_newcomers_again(framework_id, on=day)
    ):
        raise NoRoundOpen
    raise ModelRefuses(answer)


@transaction.atomic
def move(
    *, application_id: int, status: Status, because: str = "", by: Person, at: datetime
) -> None:
    """The application has that status from today. Raises MayNotMove.

    For whoever checks and decides; sending and withdrawing have verbs of their own.
    """
    application, day = _locked(application_id), london_day(at)
    before = queries.status_on(day, application_id=application_id)
    if before is None or not rules.may_move(before, status) or status is Status.SUBMITTED:
        raise MayNotMove
    _change_status(application, status, day, because.strip(), by=by, at=at)
    _record(Tag.MOVED, application, {"status": status.value}, by=by, at=at)


@transaction.atomic
def apply_for_more(*, application_id: int, by: Person, at: datetime) -> None:
    """An accepted applicant has its answers open again, to apply for other lots.

    What it joined stays as it is, whatever becomes of this. It chooses the other lots next.
    Raises MayNotMove and NoOtherLots.
    """
    application, day = _locked(application_id), london_day(at)
    if queries.status_on(day, application_id=application_id) is not Status.ACCEPTED:
        raise MayNotMove
    if not queries.may_be_added(application, on=day):
        raise NoOtherLots
    application.lots.all().delete()
    application.touched_at = at
    application.save(update_fields=["touched_at"])
    _change_status(application, Status.IN_PROGRESS, day, "", by=by, at=at)
    _record(Tag.MOVED, application, {"status": Status.IN_PROGRESS.value}, by=by, at=at)


@transaction.atomic
def note_lots_left(
    *, provider_id: int, lot_days: Mapping[int, date], by: Person, at: datetime
) -> None:
    """A provider is out of these lots, each from its day: it may apply for them again then."""
    LeftLot.objects.bulk_create(
        LeftLot(provider_id=provider_id, lot_id=lot_id, left_on=day, noted_at=at)
        for lot_id, day in lot_days.items()
    )
    audit.record(
        tag=Tag.LEFT,
        subject=f"provider {provider_id}",
        details={"lots": {str(pk): day.isoformat() for pk, day in lot_days.items()}},
        by=by,
        at=at,
    )


@transaction.atomic
def move_many(*, moves: Mapping[int, tuple[Status, str]], by: Person, at: datetime) -> None:
    """As move, for several at once: each application's new status and why. All or none."""
    day = london_day(at)
    held = list(Application.objects.select_for_update().filter(pk__in=moves).order_by("pk"))
    before = queries.statuses_on(day, application_ids=moves)
    for one in held:
        standing, (status, _) = before.get(one.pk), moves[one.pk]
        if standing is None or not rules.may_move(standing, status) or status is Status.SUBMITTED:
            raise MayNotMove
    ApplicationStatus.objects.bulk_create(
        ApplicationStatus(
            application=one,
            status=moves[one.pk][0],
            takes_effect_on=day,
            because=moves[one.pk][1].strip(),
            changed_by_id=by.pk,
            changed_at=at,
        )
        for one in held
    )
    audit.record_many(
        tag=Tag.MOVED,
        entries=[(f"application {one.ref}", {"status": moves[one.pk][0].value}) for one in held],
        by=by,
        at=at,
    )


@transaction.atomic
def link_providers(*, provider_ids: Mapping[int, int], by: Person, at: datetime) -> None:
    """As link_provider, for several at once: the provider of each application."""
    held = list(Application.objects.select_for_update().filter(pk__in=provider_ids).order_by("pk"))
    for one in held:
        one.provider_id = provider_ids[one.pk]
    Application.objects.bulk_update(held, ["provider"])
    audit.record_many(
        tag=Tag.LINKED,
        entries=[(f"application {one.ref}", {"provider": one.provider_id}) for one in held],
        by=by,
        at=at,
    )


@transaction.atomic
def link_provider(*, application_id: int, provider_id: int, by: Person, at: datetime) -> None:
    """The application is that provider's, once it is on the register."""
    application = _locked(application_id)
    application.provider_id = provider_id
    application.save(update_fields=["provider"])
    _record(Tag.LINKED, application, {"provider": provider_id}, by=by, at=at)


@transaction.atomic
def withdraw(*, application_id: int, because: str, by: Person, at: datetime) -> None:
    """The applicant does not go on. The answers are kept. Raises MayNotMove and ReasonMissing."""
    application, day = _locked(application_id), london_day(at)
    before = queries.status_on(day, application_id=application_id)
    if before is None or not rules.may_move(before, Status.WITHDRAWN):
        raise MayNotMove
    if not because.strip():
        raise ReasonMissing
    _change_status(application, Status.WITHDRAWN, day, because.strip(), by=by, at=at)
    _record(Tag.WITHDRAWN, application, {"from": before.value}, by=by, at=at)


def _locked(application_id: int) -> Application:
    """The application, held until the transaction ends, so that changes queue up."""
    return Application.objects.select_for_update().get(pk=application_id)


def _frozen(working: Working, round_now: RoundFacts | None, day: date) -> dict[str, Any]:
    """Everything that was asked and said, in the words it was asked in; and what judges it."""
    criteria = framework.criteria_in_force(working.application.framework_id, on=day)
    wanted = working.application.lots.order_by("lot__name", "lot")
    lots = wanted.values_list("lot", "lot__code", "lot__name")
    asked = {one.question.section for one in working.sheet.judged}
    return {
        "lots": [list(one) for one in lots],
        "sections": [[one.code, one.title] for one in working.sheet.sections if one.code in asked],
        "round": {"id": round_now.round_id, "number": round_now.number} if round_now else None,
        "criteria": {"version": criteria.version, "lines": list(criteria.lines)}
        if criteria
        else None,
        "answers": [_frozen_answer(one) for one in working.sheet.judged],
    }


def _frozen_answer(one: Judged) -> dict[str, Any]:
    question = one.question
    is_file = question.kind is Kind.FILE
    return {
        "code": question.code,
        "section": question.section,
        "asks": question.asks,
        "kind": question.kind.value,
        "theme": question.theme.value,
        "group": question.group.value,
        "about": question.about.value,
        "check": question.check,
        "expires_after": question.expires_after,
        "value": one.value,
        "words": one.words,
        "result": one.result.value,
        "trouble": one.trouble,
        "mitigation": one.said.mitigation,
        "documents": one.value if is_file and one.value else [],
    }


def _change_status(
    application: Application, status: Status, day: date, because: str, *, by: Person, at: datetime
) -> None:
    ApplicationStatus.objects.create(
        application=application,
        status=status,
        takes_effect_on=day,
        because=because,
        changed_by_id=by.pk,
        changed_at=at,
    )


def _record(
    tag: Tag, application: Application, details: dict[str, JSONValue], *, by: Person, at: datetime
) -> None:
    audit.record(tag=tag, subject=f"application {application.ref}", details=details, by=by, at=at)
