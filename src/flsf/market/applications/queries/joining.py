"""Reads that measure: what was sent when, and where those who stopped stopped."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from flsf.core.clock import london_day, start_of
from flsf.core.people import Person
from flsf.mandate.framework.enums import Unit
from flsf.market.applications import rules
from flsf.market.applications.enums import Status
from flsf.market.applications.models import Answer, Application, AppliedLot, Submission
from flsf.market.applications.queries.reading import questions_in_force, said_of, statuses_on
from flsf.market.applications.rules import Completion, Start, WantedLot

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """When something was sent, and by which day the sender was to hear that it came."""

    ref: str
    submitted_at: datetime
    acknowledge_by: date


def sent_between(framework_id: int | None, *, since: date, until: date) -> list[Sent]:
    """Everything sent from the one day to the other, both counted, again or not; None: to all."""
    found = Submission.objects.filter(
        submitted_at__gte=start_of(since), submitted_at__lt=start_of(until + ONE_DAY)
    )
    if framework_id is not None:
        found = found.filter(application__framework=framework_id)
    rows = found.values_list("application__ref", "submitted_at", "acknowledge_by")
    return [Sent(*row) for row in rows.order_by("pk")]


def completion(
    framework_id: int, *, since: date, until: date, person: Person, on: date
) -> Completion | None:
    """What became on a day of the applications begun from the one day to the other; staff only.

    None: nothing is asked. One forgotten after twelve months of silence is not counted, so ask
    about no more than twelve. However many, five questions.
    """
    questions = questions_in_force(framework_id, on=on)
    if questions is None or not person.reach.whole_council:
        return None
    begun = list(
        Application.objects.visible_to(person)
        .filter(
            framework=framework_id,
            begun_at__gte=start_of(since),
            begun_at__lt=start_of(until + ONE_DAY),
        )
        .annotate(is_sent=Exists(Submission.objects.filter(application=OuterRef("pk"))))
        .order_by("pk")
    )
    ids = [one.pk for one in begun]
    statuses = statuses_on(on, application_ids=ids)
    lots, answers = _lots(ids), _answers(ids)
    content = questions.questions
    starts = [
        _start(one, content, lots[one.pk], answers[one.pk], statuses.get(one.pk), on=on)
        for one in begun
    ]
    return rules.completion(content.sections, starts)


def _lots(ids: Sequence[int]) -> dict[int, list[WantedLot]]:
    lots: dict[int, list[WantedLot]] = defaultdict(list)
    for one in AppliedLot.objects.filter(application__in=ids).select_related("lot"):
        wanted = WantedLot(one.lot.code, one.lot.name, Unit(one.lot.unit).label)
        lots[one.application_id].append(wanted)
    return lots


def _answers(ids: Sequence[int]) -> dict[int, list[Answer]]:
    answers: dict[int, list[Answer]] = defaultdict(list)
    found = Answer.objects.filter(application__in=ids).select_related("told_before")
    for one in found.order_by("changed_at", "pk"):
        answers[one.application_id].append(one)
    return answers


def _start(
    application: Application,
    content: rules.QuestionSet,
    lots: Sequence[WantedLot],
    answers: Iterable[Answer],
    status: Status | None,
    *,
    on: date,
) -> Start:
    said = {one.code: said_of(one) for one in answers}
    sheet = rules.judge(content, said, lots=lots, on=on)
    # What is known already was filled in at the moment of beginning.
    own = [
        question.section if (question := content.question(one.code)) else rules.NO_LONGER.code
        for one in answers
        if one.changed_at > application.begun_at
    ]
    is_sent = bool(getattr(application, "is_sent", False))
    silent_since = london_day(application.touched_at) + timedelta(days=rules.NUDGE_AFTER_DAYS[0])
    answered = frozenset(own)
    return Start(
        is_sent=is_sent,
        is_withdrawn=status is Status.WITHDRAWN,
        has_stopped=not is_sent and status is Status.IN_PROGRESS and silent_since <= on,
        answered=answered,
        finished=frozenset(
            one.code
            for one in content.sections
            if one.code in answered
            and (is_sent or all(each.is_settled for each in sheet.of_section(one.code)))
        ),
        last=own[-1] if own else "",
    )
