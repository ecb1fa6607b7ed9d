"""The only writes of the debarment list and of exclusions."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.dates import last_day_beginning_with
from flsf.core.people import Person
from flsf.core.refs import fresh_refs, unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.exclusions import rules
from flsf.market.exclusions.enums import CaseStatus, Cause, MatchStatus, Tag, Weight
from flsf.market.exclusions.models import Case, ListEntry, ListVersion, Match, Sweep
from flsf.market.exclusions.rules import Candidate, Debarred
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue
from flsf.shared.calendars import queries as calendars


class NoList(Refusal):
    says = "No debarment list has been taken in yet. Take it in first."


class NeedsAPerson(Refusal):
    says = "A named person has to decide this."


class SayWhy(Refusal):
    says = "Say why, in words."


class ReferenceMissing(Refusal):
    says = "Enter the reference of the notice."


class AlreadySettled(Refusal):
    says = "Somebody has already said whether it is them."


class TooLongAgo(Refusal):
    says = "That happened so long ago that it does not count any more (Schedule 7, paragraph 15)."


class NotYet(Refusal):
    says = "That day is still to come. Enter the day on which it happened."


class BeforeTheDecision(Refusal):
    says = "The Minister is told of a decision, so not before it. Enter the day of the telling."


class OneIsOpen(Refusal):
    says = "There is an open case about them already. Decide that one first."


class AlreadyDecided(Refusal):
    says = "This case has been decided."


class StillTheirTurn(Refusal):
    says = "They may still answer. Decide once they have, or after the last day for it."


class OpenedByYou(Refusal):
    says = "You opened this case, so somebody else decides it."


class OutcomeDoesNotFit(Refusal):
    says = "Replacing a person settles it only where that person was the only cause."


class NothingToTell(Refusal):
    says = "The Minister has been told of this, or need not be."


class NotExcluded(Refusal):
    says = "They are not excluded, so nothing ends."


@transaction.atomic
def take_in_list(
    *, name: str, sha256: str, entries: Sequence[Debarred], by: Person, at: datetime
) -> tuple[ListVersion, bool]:
    """The version is the list in force. The same as is in force makes nothing: then false.

    One that was in force before and is taken in again is in force again.
    """
    latest = ListVersion.objects.select_for_update().order_by("-taken_in_at", "-pk").first()
    if latest is not None and latest.sha256 == sha256:
        return latest, False
    version = ListVersion.objects.create(
        sha256=sha256,
        name=name.strip()[:100],
        entries_count=len(entries),
        taken_in_by_id=by.pk,
        taken_in_at=at,
    )
    ListEntry.objects.bulk_create(
        ListEntry(
            version=version,
            key=one.key,
            name=one.name,
            number=one.number,
            weight=one.weight,
            ground=one.ground,
            first_day=one.first_day,
            last_day=one.last_day,
        )
        for one in entries
    )
    details: dict[str, JSONValue] = {"version": version.name, "entries": len(entries)}
    audit.record(tag=Tag.LIST_TAKEN_IN, subject="debarment list", details=details, by=by, at=at)
    return version, True


@transaction.atomic
def sweep(
    *, candidates: Sequence[Candidate], cause: Cause, by: Person, at: datetime
) -> list[Match]:
    """Every supplier was looked for on the list in force; the matches nobody had found before.

    What was said of an entry in an earlier version holds, and a match that nobody has settled
    stays one for as long as the list has its entry, whatever the supplier is called since. Raises
    NoList.
    """
    version = ListVersion.objects.select_for_update().order_by("-taken_in_at", "-pk").first()
    if version is None:
        raise NoList
    on = london_day(at)
    rows = {one.key: one for one in version.entries.all()}
    in_force = [one.facts for one in rows.values() if one.facts.is_in_force(on)]
    known = {(one.organisation_id, one.key): one for one in Match.objects.all()}
    listed = {entry.key for entry in in_force}
    again = [
        one for one in known.values() if one.key in listed and one.entry_id != rows[one.key].pk
    ]
    for each in again:
        each.entry = rows[each.key]
    new = []
    for entry, candidate, how in rules.matches(in_force, candidates):
        if (candidate.organisation_id, entry.key) not in known:
            new.append(
                Match(
                    organisation_id=candidate.organisation_id,
                    key=entry.key,
                    entry=rows[entry.key],
                    alike=how,
                    found_at=at,
                )
            )
    taken = {one.ref for one in known.values()}
    for one, ref in zip(new, fresh_refs("D", len(new), taken), strict=True):
        one.ref = ref
    Match.objects.bulk_create(new)
    Match.objects.bulk_update(again, ["entry"])
    Sweep.objects.create(
        version=version,
        cause=cause,
        suppliers=len(candidates),
        found=len(new),
        done_by_id=by.pk,
        done_at=at,
    )
    details: dict[str, JSONValue] = {"suppliers": len(candidates), "found": len(new)}
    audit.record(tag=Tag.SWEPT, subject="debarment list", details=details, by=by, at=at)
    return new


@transaction.atomic
def settle(*, match_id: int, is_them: bool, because: str, by: Person, at: datetime) -> Match:
    """Somebody looked and says whether the entry is about the supplier.

    Call it through flows.exclude, which opens the case that follows. Raises NeedsAPerson, SayWhy
    and AlreadySettled.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not because.strip():
        raise SayWhy
    match = Match.objects.select_for_update(of=("self",)).select_related("entry").get(pk=match_id)
    if match.status != MatchStatus.OPEN:
        raise AlreadySettled
    match.status = MatchStatus.THEM if is_them else MatchStatus.NOT_THEM
    match.because, match.settled_by_id, match.settled_at = because.strip(), by.pk, at
    match.save()
    details: dict[str, JSONValue] = {"status": match.status}
    audit.record(tag=Tag.SETTLED, subject=f"match {match.ref}", details=details, by=by, at=at)
    return match


@transaction.atomic
def open_case(
    *,
    organisation_id: int,
    ground: str,
    happened_on: date,
    words: str,
    only_a_person: bool = False,
    match_id: int | None = None,
    by: Person,
    at: datetime,
) -> Case:
    """The supplier may answer until a day before it is decided whether it is excluded.

    An entry of the list that must exclude is decided at once: nothing is left to weigh (section
    57(1)(b)). Raises NeedsAPerson, SayWhy, NotYet, TooLongAgo and OneIsOpen.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not words.strip():
        raise SayWhy
    on, known = london_day(at), rules.GROUNDS[ground]
    match = Match.objects.select_related("entry").get(pk=match_id) if match_id else None
    if happened_on > on:
        raise NotYet
    if match is None and rules.is_too_long_ago(known, happened_on, on=on):
        raise TooLongAgo
    weight = Weight(match.entry.weight) if match else known.weight
    days = law.value(Key.REPRESENTATION_DAYS, on=on)
    case = Case(
        ref=unused_ref("X", Case.objects),
        organisation_id=organisation_id,
        match=match,
        ground=ground,
        weight=weight,
        happened_on=happened_on,
        words=words.strip(),
        only_a_person=only_a_person,
        opened_by_id=by.pk,
        opened_at=at,
        answer_by=calendars.working_calendar().nth_working_day(on, days),
    )
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        raise OneIsOpen from error
    _record(Tag.OPENED, case, by=by, at=at)
    if match is not None and weight is Weight.MANDATORY:
        _decided(case, CaseStatus.EXCLUDED, words.strip(), by=by, at=at)
    return case


@transaction.atomic
def answer(*, case_id: int, words: str, by: Person, at: datetime) -> None:
    """What the supplier says is on record. Raises SayWhy and AlreadyDecided."""
    if not words.strip():
        raise SayWhy
    case = _locked(case_id)
    if case.status != CaseStatus.OPEN:
        raise AlreadyDecided
    case.answer, case.answered_by_id, case.answered_at = words.strip(), by.pk, at
    case.save()
    _record(Tag.ANSWERED, case, by=by, at=at)


@transaction.atomic
def decide(*, case_id: int, outcome: CaseStatus, reason: str, by: Person, at: datetime) -> Case:
    """It is decided, by somebody other than who opened it, once they answered or could have.

    Call it through flows.exclude, which acts on it. The Minister is to be told of whoever is
    excluded, or whose person was replaced (section 59). Raises NeedsAPerson, SayWhy,
    AlreadyDecided, OpenedByYou, StillTheirTurn and OutcomeDoesNotFit.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not reason.strip():
        raise SayWhy
    case = _locked(case_id)
    if case.status != CaseStatus.OPEN:
        raise AlreadyDecided
    if case.opened_by_id == by.pk:
        raise OpenedByYou
    if case.answered_at is None and london_day(at) <= case.answer_by:
        raise StillTheirTurn
    if not rules.outcome_fits(outcome, only_a_person=case.only_a_person):
        raise OutcomeDoesNotFit
    _decided(case, outcome, reason.strip(), by=by, at=at)
    return case


def _decided(case: Case, outcome: CaseStatus, reason: str, *, by: Person, at: datetime) -> None:
    on = london_day(at)
    case.status, case.reason = outcome, reason
    case.decided_by_id, case.decided_at = by.pk, at
    listed_for = case.match.entry.ground if case.match else None
    if rules.minister_is_told(outcome, listed_for=listed_for):
        days = law.value(Key.MINISTER_NOTICE_DAYS, on=on)
        case.minister_due_on = last_day_beginning_with(on, days)
    case.save()
    _record(Tag.DECIDED, case, by=by, at=at)


@transaction.atomic
def note_minister_told(
    *, case_id: int, told_on: date, reference: str, by: Person, at: datetime
) -> None:
    """The record says when the Minister was told. Raises ReferenceMissing, NothingToTell,
    NotYet and BeforeTheDecision."""
    if not reference.strip():
        raise ReferenceMissing
    case = _locked(case_id)
    if case.minister_due_on is None or case.minister_told_on is not None:
        raise NothingToTell
    if told_on > london_day(at):
        raise NotYet
    if case.decided_at is not None and told_on < london_day(case.decided_at):
        raise BeforeTheDecision
    case.minister_told_on, case.minister_reference = told_on, reference.strip()
    case.save()
    _record(Tag.NOTIFIED, case, by=by, at=at)


@transaction.atomic
def end(*, case_id: int, because: str, by: Person, at: datetime) -> Case:
    """They are excluded no longer. Call it through flows.exclude, which lifts what followed.

    Raises NeedsAPerson, SayWhy and NotExcluded.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not because.strip():
        raise SayWhy
    case = _locked(case_id)
    if case.status != CaseStatus.EXCLUDED:
        raise NotExcluded
    case.status = CaseStatus.ENDED
    case.ended_because, case.ended_by_id, case.ended_at = because.strip(), by.pk, at
    case.save()
    _record(Tag.ENDED, case, by=by, at=at)
    return case


def _locked(case_id: int) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def _record(tag: Tag, case: Case, *, by: Person, at: datetime) -> None:
    details: dict[str, JSONValue] = {"ground": case.ground, "status": case.status}
    audit.record(tag=tag, subject=f"exclusion {case.ref}", details=details, by=by, at=at)
