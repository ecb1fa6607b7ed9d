"""The only writes of rounds."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.rules import MODELS, Term
from flsf.mandate.governance import queries as governance
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.mandate.rounds import rules
from flsf.mandate.rounds.enums import Notice, Status, Tag
from flsf.mandate.rounds.models import Round, RoundChange, RoundNotice
from flsf.mandate.rounds.rules import NewRound, Window
from flsf.shared.audit import actions as audit
from flsf.shared.calendars import queries as calendars

ONE_DAY = timedelta(days=1)


class RoundsOverlap(Refusal):
    says = "Another round takes applications on some of those days. Choose other days."


class OpensInThePast(Refusal):
    says = "A round opens today or later, so that everybody has the same time to apply."


class ClosesBeforeItOpens(Refusal):
    says = "The last day is before the first. Enter a last day on or after the first."


class DecidesTooEarly(Refusal):
    says = "Decisions come after the last day for applications. Enter a later day to decide by."


class StandstillTooShort(Refusal):
    says = "A standstill that is stated must be at least eight working days. Or state none."


class FrameworkOver(Refusal):
    says = "The framework ends before that. A round must close while it runs."


class RoundAlreadyClosed(Refusal):
    says = "This round closes on that day or before already."


class ClosesInThePast(Refusal):
    says = "A round cannot be closed on a day that has passed."


class RoundStillOpen(Refusal):
    says = "Applications may still come in. Tell everybody once the round has closed."


class AlreadyAnswered(Refusal):
    says = "Everybody in this round has been told already."


class ReasonMissing(Refusal):
    says = "Enter why."


class NotAnOpenFramework(Refusal):
    says = "Only an open framework reopens. This one works by another model on that day."


class MustReopen(Refusal):
    says = (
        "An open framework takes newcomers only when the whole of it reopens. Open this round by "
        "reopening the framework."
    )


class TenderTooLong(Refusal):
    """Says how long it may be, and the last day that would do."""

    says = "That is more time to tender than the council gives."

    def __init__(self, *, most_days: int, opens_on: date) -> None:
        super().__init__()
        self.most_days, self.opens_on = most_days, opens_on

    def __str__(self) -> str:
        last = self.opens_on + timedelta(days=self.most_days - 1)
        return (
            f"Give at most {self.most_days} days to tender when the framework reopens, so close it "
            f"on {in_words(last)} or before."
        )


class ConflictsNotConfirmed(Refusal):
    says = (
        "This notice must confirm that conflicts were assessed, and no open conflicts assessment "
        "was reviewed and confirmed by the day it was published. Record one in the register of "
        "conflicts assessments first."
    )


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


class NoticeAlreadyRecorded(Refusal):
    says = "That notice is already recorded for this round."


class PublishedLater(Refusal):
    says = "The notice is dated after today. Record it once it is published."


@transaction.atomic
def open_round(
    *,
    framework_id: int,
    opens_on: date,
    closes_on: date | None,
    decide_by: date | None = None,
    standstill_days: int | None = None,
    by: Person,
    at: datetime,
) -> Round:
    """Providers may apply from the first day to the last; without a last day, until it is closed.

    An open framework has one such round, its first. Raises OpensInThePast, ClosesBeforeItOpens,
    DecidesTooEarly, StandstillTooShort, FrameworkOver, RoundsOverlap and MustReopen.
    """
    frameworks.hold(framework_id)
    new = NewRound(
        opens_on=opens_on,
        closes_on=closes_on,
        decide_by=decide_by,
        standstill_days=standstill_days,
    )
    if _is_open_framework(framework_id, opens_on) and _windows(framework_id):
        raise MustReopen
    return _open(framework_id, new, Tag.OPENED, by=by, at=at)


@transaction.atomic
def reopen(
    *,
    framework_id: int,
    opens_on: date,
    closes_on: date,
    decide_by: date | None = None,
    standstill_days: int | None = None,
    authority: str,
    reason: str,
    by: Person,
    at: datetime,
) -> Round:
    """The whole open framework reopens: anybody may tender in these days, newcomers and those on
    it alike, and once all are told every agreement ends and is issued again (section 49).

    At most so many days to tender as the law row says (cabinet report, paragraph 30(1)). Raises
    NeedsAPerson, ReasonMissing, NotAnOpenFramework, TenderTooLong and as open_round.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not authority.strip() or not reason.strip():
        raise ReasonMissing
    frameworks.hold(framework_id)
    if not _is_open_framework(framework_id, opens_on):
        raise NotAnOpenFramework
    new = NewRound(
        opens_on=opens_on,
        closes_on=closes_on,
        decide_by=decide_by,
        standstill_days=standstill_days,
        reopening_authority=authority.strip(),
        reopening_reason=reason.strip(),
    )
    most = law.value(Key.REOPENING_MOST_DAYS, on=opens_on)
    if (rules.tender_days(new.window) or 0) > most:
        raise TenderTooLong(most_days=most, opens_on=opens_on)
    return _open(framework_id, new, Tag.REOPENED, by=by, at=at)


def _is_open_framework(framework_id: int, on: date) -> bool:
    return frameworks.model_on(framework_id, on=on) is CommercialModel.OPEN_FRAMEWORK


def _open(framework_id: int, new: NewRound, tag: Tag, *, by: Person, at: datetime) -> Round:
    framework, opens_on = frameworks.hold(framework_id), new.opens_on
    if opens_on < london_day(at):
        raise OpensInThePast
    _check(new, framework.term)
    if rules.clash(_windows(framework_id), new.window):
        raise RoundsOverlap
    model = frameworks.model_on(framework_id, on=opens_on)
    [made] = _make(framework_id, model, [new], by=by, at=at)
    audit.record(
        tag=tag,
        subject=f"framework {framework.ref}",
        details={"number": made.number, "opens_on": opens_on.isoformat()},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def roll(*, framework_id: int, by: Person, at: datetime) -> list[Round]:
    """A pool that is never shut takes applications every day until the end of next month.

    Asked again it opens nothing more. Under a model that does not roll, or after one has begun,
    nothing is opened.
    """
    framework = frameworks.hold(framework_id)
    today, term = london_day(at), framework.term
    model = frameworks.model_on(framework_id, on=today)
    if not MODELS[model].ROLLS:
        return []
    another = frameworks.model_changes_on(framework_id, after=today)
    last = min(term.last_day, another - ONE_DAY) if another else term.last_day
    windows = rules.rolling(_windows(framework_id), on=today, first=term.starts_on, last=last)
    if not windows:
        return []
    days = law.value(Key.ROUND_DECIDE_DAYS, on=today)
    working = calendars.working_calendar()
    new = [
        NewRound(
            opens_on=one.opens_on,
            closes_on=one.closes_on,
            decide_by=one.closes_on and working.nth_working_day(one.closes_on + ONE_DAY, days),
        )
        for one in windows
    ]
    made = _make(framework_id, model, new, by=by, at=at)
    audit.record(
        tag=Tag.ROLLED,
        subject=f"framework {framework.ref}",
        details={"numbers": [one.number for one in made]},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def close_round(*, round_id: int, last_day: date, reason: str, by: Person, at: datetime) -> None:
    """The round takes applications until that day and no longer.

    In a pool that is never shut the next round begins on the day after. Raises
    ReasonMissing, ClosesInThePast, ClosesBeforeItOpens and RoundAlreadyClosed.
    """
    if not reason.strip():
        raise ReasonMissing
    framework = frameworks.hold(Round.objects.get(pk=round_id).framework_id)
    one = Round.objects.select_for_update().get(pk=round_id)
    if last_day < london_day(at):
        raise ClosesInThePast
    if last_day < one.opens_on:
        raise ClosesBeforeItOpens
    if one.closes_on is not None and one.closes_on <= last_day:
        raise RoundAlreadyClosed
    one.closes_on = last_day
    one.save(update_fields=["closes_on"])
    _announce(one, reason.strip(), by=by, at=at)
    audit.record(
        tag=Tag.CLOSED,
        subject=f"framework {framework.ref}",
        details={"round": one.number, "last_day": last_day.isoformat()},
        by=by,
        at=at,
    )
    if MODELS[frameworks.model_on(one.framework_id, on=last_day)].ROLLS:
        _bring_forward(one, by=by, at=at)
        roll(framework_id=one.framework_id, by=by, at=at)


@transaction.atomic
def stop(
    *,
    framework_id: int,
    last_day: date,
    because: str = "The commercial model changes",
    by: Person,
    at: datetime,
) -> None:
    """After that day no round takes applications: the commercial model changes, or what is said.

    The round open then closes, those still to come will not be held. Raises ClosesInThePast.
    """
    framework = frameworks.hold(framework_id)
    if last_day < london_day(at):
        raise ClosesInThePast
    kept = Round.objects.select_for_update().filter(framework=framework_id, withdrawn_at=None)
    for one in kept.filter(opens_on__gt=last_day):
        one.withdrawn_at = at
        one.save(update_fields=["withdrawn_at"])
        one.changes.filter(takes_effect_on__gt=london_day(at)).delete()
        _change(one, Status.WITHDRAWN, london_day(at), by=by, at=at)
    open_then = Q(closes_on=None) | Q(closes_on__gt=last_day)
    for one in kept.filter(open_then, opens_on__lte=last_day):
        one.closes_on = last_day
        one.save(update_fields=["closes_on"])
        _announce(one, because, by=by, at=at)
    audit.record(
        tag=Tag.STOPPED,
        subject=f"framework {framework.ref}",
        details={"last_day": last_day.isoformat()},
        by=by,
        at=at,
    )


@transaction.atomic
def record_summaries_sent(*, round_id: int, by: Person, at: datetime) -> None:
    """Everybody assessed in the round has been told, at this moment.

    Raises NeedsAPerson, RoundStillOpen and AlreadyAnswered.
    """
    if by.pk is None:
        raise NeedsAPerson
    one = Round.objects.select_for_update().get(pk=round_id)
    if one.summaries_sent_at is not None:
        raise AlreadyAnswered
    if one.closes_on is None or london_day(at) <= one.closes_on:
        raise RoundStillOpen
    one.summaries_sent_by_id, one.summaries_sent_at = by.pk, at
    one.save(update_fields=["summaries_sent_by", "summaries_sent_at"])
    _change(one, Status.ANSWERED, london_day(at), by=by, at=at)
    audit.record(tag=Tag.ANSWERED, subject=f"round {one.pk}", details={}, by=by, at=at)


@transaction.atomic
def record_notice(
    *, round_id: int, kind: Notice, reference: str, published_on: date, by: Person, at: datetime
) -> RoundNotice:
    """The round shows the notice and its reference.

    Raises PublishedLater, NoticeAlreadyRecorded, and ConflictsNotConfirmed for a notice that has
    to confirm the assessment of conflicts (Procurement Act 2023, section 83; rule P32).
    """
    if published_on > london_day(at):
        raise PublishedLater
    if kind in rules.CONFIRMS_CONFLICTS:
        one = Round.objects.only("framework_id").get(pk=round_id)
        if not governance.conflicts_confirmed(one.framework_id, on=published_on):
            raise ConflictsNotConfirmed
    notice, is_new = RoundNotice.objects.get_or_create(
        round_id=round_id,
        kind=kind,
        reference=reference.strip(),
        defaults={"published_on": published_on, "recorded_by_id": by.pk, "recorded_at": at},
    )
    if not is_new:
        raise NoticeAlreadyRecorded
    details = {"kind": kind.value, "reference": notice.reference}
    audit.record(
        tag=Tag.NOTICE_RECORDED, subject=f"round {round_id}", details=details, by=by, at=at
    )
    return notice


@transaction.atomic
def take_in_many(
    *, framework_id: int, rounds: Sequence[NewRound], by: Person, at: datetime
) -> list[Round]:
    """Rounds that were held before this system kept them, all or none.

    Raises RoundsOverlap and as open_round, but for OpensInThePast.
    """
    framework = frameworks.hold(framework_id)
    windows = _windows(framework_id)
    for new in rounds:
        _check(new, framework.term)
        if rules.clash(windows, new.window):
            raise RoundsOverlap
        windows.append(new.window)
    model = frameworks.model_on(framework_id, on=rounds[0].opens_on)
    made = _make(framework_id, model, rounds, by=by, at=at)
    audit.record(
        tag=Tag.TAKEN_IN,
        subject=f"framework {framework.ref}",
        details={"numbers": [one.number for one in made]},
        by=by,
        at=at,
    )
    return made


def _check(new: NewRound, term: Term) -> None:
    if new.closes_on is not None and new.closes_on < new.opens_on:
        raise ClosesBeforeItOpens
    if not rules.decides_in_time(new):
        raise DecidesTooEarly
    if new.standstill_days is not None and new.standstill_days < law.value(
        Key.STANDSTILL_LEAST_DAYS, on=new.opens_on
    ):
        raise StandstillTooShort
    if (new.closes_on or new.opens_on) > term.last_day:
        raise FrameworkOver


def _windows(framework_id: int) -> list[Window]:
    held = Round.objects.filter(framework=framework_id, withdrawn_at=None)
    return [Window(first, last) for first, last in held.values_list("opens_on", "closes_on")]


def _make(
    framework_id: int,
    model: CommercialModel,
    new: Sequence[NewRound],
    *,
    by: Person,
    at: datetime,
) -> list[Round]:
    """The caller holds the framework, so nobody else gives out the numbers."""
    after = Round.objects.filter(framework=framework_id).count()
    made = Round.objects.bulk_create(
        Round(framework_id=framework_id, number=number, model=model, **asdict(one))
        for number, one in enumerate(new, start=after + 1)
    )
    RoundChange.objects.bulk_create(
        RoundChange(
            round=one, status=status, takes_effect_on=day, decided_by_id=by.pk, decided_at=at
        )
        for one in made
        for status, day in (
            (Status.OPEN, one.opens_on),
            *([(Status.CLOSED, one.closes_on + ONE_DAY)] if one.closes_on else []),
        )
    )
    return made


def _bring_forward(closed: Round, *, by: Person, at: datetime) -> None:
    """The round announced next begins on the day after, so that no day is shut."""
    following = Round.objects.filter(
        framework=closed.framework_id, opens_on__gt=closed.opens_on, withdrawn_at=None
    )
    coming = following.order_by("opens_on").first()
    if coming is None or closed.closes_on is None:
        return
    coming.opens_on = closed.closes_on + ONE_DAY
    coming.save(update_fields=["opens_on"])
    _announce(coming, by=by, at=at)


def _announce(one: Round, reason: str = "", *, by: Person, at: datetime) -> None:
    """What was announced and has not happened yet gives way to the round's new days."""
    one.changes.filter(takes_effect_on__gt=london_day(at)).delete()
    if one.opens_on > london_day(at):
        _change(one, Status.OPEN, one.opens_on, by=by, at=at)
    if one.closes_on is not None:
        _change(one, Status.CLOSED, one.closes_on + ONE_DAY, reason, by=by, at=at)


def _change(
    one: Round, status: Status, takes_effect_on: date, reason: str = "", *, by: Person, at: datetime
) -> None:
    RoundChange.objects.create(
        round=one,
        status=status,
        takes_effect_on=takes_effect_on,
        reason=reason,
        decided_by_id=by.pk,
        decided_at=at,
    )
