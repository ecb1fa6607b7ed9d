"""Reads of the evidence that a framework is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flsf.core.clock import LONDON, london_day
from flsf.core.people import SYSTEM, Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import PublishedKind
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance.enums import Kind
from flsf.mandate.governance.rules import KINDS
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.enums import Notice, Status
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.admissions import queries as admissions
from flsf.market.applications import queries as applications
from flsf.market.applications.rules import Breach, breaches
from flsf.market.evaluation import queries as evaluation
from flsf.market.providers import queries as providers
from flsf.oversight.openness import rules
from flsf.oversight.openness.enums import Place, Topic
from flsf.oversight.openness.rules import Decision, Measured

READS_APPLICATIONS = "view-applications"
SYSTEM_NAME = "The system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the evidence file. A moment at midnight is a day of which no hour is known."""

    day: date
    at: datetime | None = None
    topic: Topic
    words: str
    reason: str = ""
    by: str = ""
    round_number: int | None = None
    place: Place
    ref: str = ""  # of an application; "kind number" of an entry


def evidence_file(one: Any, *, person: Person, on: date) -> list[Event]:
    """Everything that was done about one framework, the latest first.

    Conflicts and what applicants sent are left out for those who may not read of them. The same
    few queries, however much there is.
    """
    held = rounds.rounds(one.pk, on=on)
    found = [
        *_mandate(one),
        *_criteria(one, person),
        *_rounds(held, person),
        *_entries(one, person, on),
    ]
    if person.may(READS_APPLICATIONS):
        numbers = {each.round_id: each.number for each in held}
        found += _judging(evaluation.trails(one.pk, person=person), numbers)
    return sorted(
        (each for each in found if each.day <= on),
        key=lambda each: (each.day, each.at or _midnight(each.day), each.words),
        reverse=True,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)


def _mandate(one: Any) -> Iterator[Event]:
    if one.decided_on is not None:
        minute = f", minute {one.minute}" if one.minute else ""
        yield Event(
            day=one.decided_on,
            topic=Topic.MANDATE,
            words=f"{one.name}: decided{minute}",
            by=one.decided_by_body,
            place=Place.FRAMEWORK,
        )
    for each in framework.model_settings(one.pk):
        yield Event(
            day=london_day(each.decided_at),
            at=each.decided_at,
            topic=Topic.MANDATE,
            words=f"Commercial model: {each.get_model_display()}",
            reason=each.reason,
            by=each.authority,
            place=Place.FRAMEWORK,
        )
    for added in framework.extensions(one.pk):
        yield Event(
            day=added.approved_on,
            topic=Topic.MANDATE,
            words=f"Extended by {added.years} years",
            reason=added.reason,
            by=added.approved_by,
            place=Place.FRAMEWORK,
        )


def _criteria(one: Any, person: Person) -> Iterator[Event]:
    for each in framework.published(one.pk, PublishedKind.CRITERIA).select_related("published_by"):
        yield Event(
            day=london_day(each.published_at),
            at=each.published_at,
            topic=Topic.CRITERIA,
            words=f"Criteria version {each.version} published",
            by=each.published_by.name if each.published_by else SYSTEM_NAME,
            place=Place.FRAMEWORK,
        )
    for asked in applications.question_sets(one.pk, person=person).select_related("published_by"):
        if asked.published_at is None:
            continue
        yield Event(
            day=london_day(asked.published_at),
            at=asked.published_at,
            topic=Topic.CRITERIA,
            words=f"Questions version {asked.version} published",
            reason=asked.because,
            by=asked.published_by.name if asked.published_by else SYSTEM_NAME,
            place=Place.FRAMEWORK,
        )


ROUND_WORDS = {
    Status.OPEN: "opens",
    Status.CLOSED: "is closed",
    Status.WITHDRAWN: "will not be held",
}


def _rounds(held: Iterable[RoundFacts], person: Person) -> Iterator[Event]:
    every = list(held)
    by_id = {one.round_id: one for one in every}
    for change in rounds.changes_of(by_id, person=person):
        if change.status not in ROUND_WORDS:
            continue
        number = by_id[change.round_id].number
        yield Event(
            day=change.takes_effect_on,
            topic=Topic.ROUND,
            words=f"Round {number} {ROUND_WORDS[Status(change.status)]}",
            reason=change.reason,
            by=change.decided_by.name if change.decided_by else SYSTEM_NAME,
            round_number=number,
            place=Place.ROUND,
        )
    for one in every:
        for notice in one.notices:
            yield Event(
                day=notice.published_on,
                topic=Topic.NOTICE,
                words=f"{Notice(notice.kind).label} notice {notice.reference}",
                round_number=one.number,
                place=Place.ROUND,
            )
    yield from _told(by_id)


def _told(by_id: dict[int, RoundFacts]) -> Iterator[Event]:
    for told in rounds.summaries_sent(by_id):
        number = by_id[told.round_id].number
        yield Event(
            day=london_day(told.at),
            at=told.at,
            topic=Topic.TOLD,
            words=f"Round {number}: everybody assessed was told",
            by=told.by,
            round_number=number,
            place=Place.ROUND,
        )


TOPIC_OF = {Kind.CONFLICT: Topic.CONFLICT, Kind.CHALLENGE: Topic.CHALLENGE}


def _entries(one: Any, person: Person, on: date) -> Iterator[Event]:
    for kind, topic in TOPIC_OF.items():
        if not person.may(KINDS[kind].read_with):
            continue
        for line in governance.entries(one.pk, kind, person=person, on=on):
            stands = line.told.get("standing") or ("Closed" if line.is_closed else "Open")
            yield Event(
                day=london_day(line.changed_at),
                at=line.changed_at,
                topic=topic,
                words=f"{kind.label} {line.number}: {line.title}",
                reason=stands,
                by=line.changed_by,
                place=Place.ENTRY,
                ref=f"{kind.value} {line.number}",
            )


def _judging(trails: Iterable[evaluation.Trail], numbers: dict[int, int]) -> Iterator[Event]:
    for one in trails:
        whose = f"{one.organisation_name}, {one.application_ref}"
        number = numbers.get(one.round_id or 0)

        def event(
            at: datetime,
            topic: Topic,
            words: str,
            by: str,
            reason: str = "",
            *,
            ref: str = one.application_ref,
            number: int | None = number,
        ) -> Event:
            return Event(
                day=london_day(at), at=at, topic=topic, words=words, by=by, reason=reason,
                round_number=number, place=Place.APPLICATION, ref=ref,
            )  # fmt: skip

        for each in one.markers:
            yield event(
                each.named_at,
                Topic.EVALUATION,
                f"{whose}: {each.name} named to mark",
                one.opened_by,
            )
            if each.declared_at is not None:
                said = "has an interest" if each.has_interest else "has no interest"
                yield event(each.declared_at, Topic.CONFLICT, f"{whose}: {said}", each.name)
            if each.finished_at is not None:
                yield event(each.finished_at, Topic.EVALUATION, f"{whose}: marked", each.name)
        for asked in one.asked:
            yield event(asked.asked_at, Topic.CLARIFICATION, f"{whose}: asked", asked.asked_by)
            if asked.settled_at is not None:
                said = "answered" if asked.is_answered else "went on without an answer"
                yield event(asked.settled_at, Topic.CLARIFICATION, f"{whose}: {said}", "")
        if one.outcome is not None and one.decided_at is not None:
            words = f"{whose}: {str(one.outcome.label).lower()}"
            yield event(one.decided_at, Topic.DECISION, words, one.decided_by, one.reason)
        if one.released_at is not None:
            yield event(one.released_at, Topic.TOLD, f"{whose}: summary sent", one.released_by)


def measured(one: Any, *, on: date) -> Measured:
    """What is counted of a framework for the five principles. The same few queries."""
    held = [
        each
        for each in rounds.rounds(one.pk, on=on)
        if each.opens_on <= on and each.status is not Status.WITHDRAWN
    ]
    criteria = list(framework.published(one.pk, PublishedKind.CRITERIA))
    first_round = min((each.opens_on for each in held), default=None)
    told, at = [each for each in held if each.summaries_sent_on], evaluation.told_at(one.pk)
    begun = applications.listed(person=SYSTEM, on=on, framework_id=one.pk)
    said = evaluation.declared(one.pk)
    return Measured(
        days=max((on - one.starts_on).days + 1, 0),
        days_open=rules.days_within(
            ((each.opens_on, each.closes_on) for each in held), one.starts_on, on
        ),
        rounds_held=len(held),
        rounds_with_tender=sum(
            any(notice.kind == Notice.TENDER for notice in each.notices) for each in held
        ),
        rounds_told=len(told),
        rounds_told_at_once=sum(len(at.get(each.round_id, ())) <= 1 for each in told),
        criteria_versions=len(criteria),
        criteria_before_first_round=first_round is not None
        and any(each.in_force_from <= first_round for each in criteria),
        says_how_it_calls_off=bool(one.call_off_method.strip()),
        **_asked(one.pk, on),
        begun=len(begun),
        sent=sum(each.submitted_at is not None for each in begun),
        asked=evaluation.questions_put(one.pk),
        named=said.named,
        have_said=said.have_said,
        have_an_interest=said.have_an_interest,
        marked_with_an_interest=said.marked_with_an_interest,
        **_pool(one.pk, on),
        challenges_open=governance.challenges_come(one.pk),
        decisions=tuple(
            Decision(
                outcome=each.outcome,
                time=each.time,
                is_small=each.is_small,
                is_local=each.is_local,
                is_voluntary=each.is_voluntary,
                by_published_criteria=each.by_published_criteria,
                marked_by=each.marked_by,
            )
            for each in evaluation.judged(one.pk, since=one.starts_on, until=on)
        ),
    )


def _asked(framework_id: int, on: date) -> dict[str, Any]:
    """What the questions in force say and do not say."""
    asked = applications.questions_in_force(framework_id, on=on)
    every = asked.questions.questions if asked else ()
    found = breaches(asked.questions) if asked else []
    can_fail = [each for each in every if each.pass_if is not None]
    return {
        "questions": len(every),
        "questions_that_can_fail": len(can_fail),
        "questions_with_reason": sum(bool(each.justification.strip()) for each in can_fail),
        "fails_by_area": sum(each.code == "area" for each in can_fail),
        "breaches": tuple(str(each) for each in found),
        "no_equivalent": sum(each.breach is Breach.NO_EQUIVALENT for each in found),
        "no_self_cleaning": sum(each.breach is Breach.NO_SELF_CLEANING for each in found),
    }


def _pool(framework_id: int, on: date) -> dict[str, Any]:
    """How many lots and providers, and how many of the providers are small."""
    lot_ids = framework.lot_ids(framework_id)
    inside = [pair for pair in admissions.in_pool(on) if pair[1] in lot_ids]
    pool = {provider_id for provider_id, _ in inside}
    small = {each.pk for each in providers.register(person=SYSTEM) if each.is_small}
    many = {lot_id: sum(lot == lot_id for _, lot in inside) for lot_id in lot_ids}
    return {
        "lots": len(lot_ids),
        "lots_with_few": sum(count <= 1 for count in many.values()),
        "pool": len(pool),
        "pool_small": len(pool & small),
    }
