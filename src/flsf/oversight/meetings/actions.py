"""The only writes of contract review meetings and of what was agreed there."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.market.evaluation.queries import KeptFromIt
from flsf.market.providers import queries as providers
from flsf.oversight.meetings import queries, rules
from flsf.oversight.meetings.enums import SETTLED, Side, Status, Tag
from flsf.oversight.meetings.models import AgreedAction, AgreedStep, Meeting, MeetingAccount
from flsf.oversight.meetings.rules import NewAction, NewMeeting
from flsf.shared.audit import actions as audit


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


class MeetingToCome(Refusal):
    says = "Enter a day that is not after today: a meeting is recorded once it was held."


class NotAdmittedThen(Refusal):
    says = "Enter a day on which the provider had been admitted."


class MetThatDay(Refusal):
    says = "A meeting with this provider on that day is on record. Correct that one instead."


class AttendedMissing(Refusal):
    says = "Enter who was there, by role."


class TopicsMissing(Refusal):
    says = "Select at least one thing that was looked at."


class NotesMissing(Refusal):
    says = "Enter what was said and found."


class IncomeNotSensible(Refusal):
    says = "Enter an income between nothing and a thousand million pounds, or leave it empty."


class ReasonMissing(Refusal):
    says = "Say why."


class ChangedMeanwhile(Refusal):
    says = "Somebody has changed this since you opened the page. Read what it says now."


class WhatMissing(Refusal):
    says = "Enter what was agreed."


class OwnerMissing(Refusal):
    says = "Enter who does it: a name and a job."


class DueBeforeMeeting(Refusal):
    says = "Enter a day that is not before the meeting."


class HeldAfterDue(Refusal):
    says = "Something agreed there is due before that day. Change its day first."


class SettledAlready(Refusal):
    says = "This is done or dropped already."


class NotYours(Refusal):
    says = "This is for the council to do. Ask us how it goes."


class DoneToCome(Refusal):
    says = "Enter a day that is not after today."


class DoneBeforeMeeting(Refusal):
    says = "Enter a day that is not before the meeting where it was agreed."


class NobodySaidDone(Refusal):
    says = "Nobody has said that this is done. It is still to be done."


class NothingChanged(Refusal):
    says = "Enter another day or another owner."


@transaction.atomic
def record(*, provider_id: int, meeting: NewMeeting, by: Person, at: datetime) -> Meeting:
    """A meeting with a provider was held, and is what was told of it.

    Whoever has an interest in the provider records none. Raises KeptFromIt, NeedsAPerson,
    MeetingToCome, NotAdmittedThen, MetThatDay, AttendedMissing, TopicsMissing, NotesMissing and
    IncomeNotSensible.
    """
    user_id = _who(by)
    _refuse_if_kept(provider_id, by)
    providers.lock(provider_id)  # the same meeting recorded twice at once is recorded once
    _refuse(provider_id, meeting, on=london_day(at))
    made = Meeting.objects.create(ref=unused_ref("MT", Meeting.objects), provider_id=provider_id)
    _tell(made, meeting, because="", user_id=user_id, at=at)
    details = {"held_on": meeting.held_on.isoformat()}
    audit.record(tag=Tag.HELD, subject=f"meeting {made.ref}", details=details, by=by, at=at)
    return made


@transaction.atomic
def correct(
    *, meeting_id: int, meeting: NewMeeting, because: str, seen_id: int, by: Person, at: datetime
) -> Meeting:
    """The meeting was as told now; what was told before stays beside it.

    `seen_id`: the account that is put right. Raises what record raises, ReasonMissing,
    HeldAfterDue and ChangedMeanwhile.
    """
    user_id = _who(by)
    if not because.strip():
        raise ReasonMissing
    one = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    _refuse_if_kept(one.provider_id, by)
    providers.lock(one.provider_id)
    if one.accounts.latest("pk").pk != seen_id:
        raise ChangedMeanwhile
    _refuse(one.provider_id, meeting, on=london_day(at), but=one)
    if any(_latest(each).due_on < meeting.held_on for each in one.agreed.all()):
        raise HeldAfterDue
    _tell(one, meeting, because=because.strip(), user_id=user_id, at=at)
    details = {"held_on": meeting.held_on.isoformat()}
    audit.record(tag=Tag.CORRECTED, subject=f"meeting {one.ref}", details=details, by=by, at=at)
    return one


@transaction.atomic
def agree(*, meeting_id: int, action: NewAction, by: Person, at: datetime) -> AgreedAction:
    """At that meeting it was agreed who does what by when.

    Raises KeptFromIt, NeedsAPerson, WhatMissing, OwnerMissing and DueBeforeMeeting.
    """
    user_id = _who(by)
    one = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    _refuse_if_kept(one.provider_id, by)
    if not action.what.strip():
        raise WhatMissing
    if not action.owner.strip():
        raise OwnerMissing
    if action.due_on < _held_on(one):
        raise DueBeforeMeeting
    made = AgreedAction.objects.create(
        ref=unused_ref("AC", AgreedAction.objects),
        meeting=one,
        side=action.side,
        what=action.what.strip(),
    )
    AgreedStep.objects.create(
        action=made,
        status=Status.OPEN,
        owner=action.owner.strip(),
        owner_user_id=action.owner_id,
        due_on=action.due_on,
        by_id=user_id,
        at=at,
    )
    _note(Tag.AGREED, made, Status.OPEN, by=by, at=at)
    return made


@transaction.atomic
def change(
    *,
    action_id: int,
    owner: str,
    owner_id: int | None,
    due_on: date,
    because: str,
    seen_id: int,
    by: Person,
    at: datetime,
) -> AgreedStep:
    """Somebody else does it, or by another day, and why; what was agreed first stays on record.

    Raises KeptFromIt, NeedsAPerson, SettledAlready, ChangedMeanwhile, OwnerMissing,
    DueBeforeMeeting, NothingChanged and ReasonMissing.
    """
    user_id = _who(by)
    one, last = _locked(action_id, seen_id, by=by)
    if not owner.strip():
        raise OwnerMissing
    if due_on < _held_on(one.meeting):
        raise DueBeforeMeeting
    if (owner.strip(), due_on) == (last.owner, last.due_on):
        raise NothingChanged
    if not because.strip():
        raise ReasonMissing
    made = AgreedStep.objects.create(
        action=one,
        status=last.status,
        owner=owner.strip(),
        owner_user_id=owner_id,
        due_on=due_on,
        words=because.strip(),
        by_id=user_id,
        at=at,
    )
    _note(Tag.CHANGED, one, Status(last.status), by=by, at=at)
    return made


@transaction.atomic
def say_done(*, action_id: int, words: str, seen_id: int, by: Person, at: datetime) -> AgreedStep:
    """The provider says that what is on its side is done; the council looks.

    Said again before the council looked, the later words stand beside the earlier. Raises
    NeedsAPerson, NotYours, SettledAlready, ChangedMeanwhile and ReasonMissing.
    """
    user_id = _who(by)
    one, last = _locked(action_id, seen_id, by=None)
    if one.side != Side.PROVIDER:
        raise NotYours
    if not words.strip():
        raise ReasonMissing
    made = _after(last, Status.SAID_DONE, words, user_id=user_id, at=at)
    _note(Tag.SAID_DONE, one, Status.SAID_DONE, by=by, at=at)
    return made


@transaction.atomic
def finish(
    *, action_id: int, done_on: date, words: str, seen_id: int, by: Person, at: datetime
) -> AgreedStep:
    """The council finds it done on that day.

    Raises KeptFromIt, NeedsAPerson, SettledAlready, ChangedMeanwhile, DoneToCome and
    DoneBeforeMeeting.
    """
    user_id = _who(by)
    one, last = _locked(action_id, seen_id, by=by)
    if done_on > london_day(at):
        raise DoneToCome
    if done_on < _held_on(one.meeting):
        raise DoneBeforeMeeting
    made = _after(last, Status.DONE, words, done_on=done_on, user_id=user_id, at=at)
    _note(Tag.SETTLED, one, Status.DONE, by=by, at=at)
    return made


@transaction.atomic
def drop(*, action_id: int, because: str, seen_id: int, by: Person, at: datetime) -> AgreedStep:
    """It is not done any more, and why.

    Raises KeptFromIt, NeedsAPerson, SettledAlready, ChangedMeanwhile and ReasonMissing.
    """
    user_id = _who(by)
    one, last = _locked(action_id, seen_id, by=by)
    if not because.strip():
        raise ReasonMissing
    made = _after(last, Status.DROPPED, because, user_id=user_id, at=at)
    _note(Tag.SETTLED, one, Status.DROPPED, by=by, at=at)
    return made


@transaction.atomic
def find_not_done(
    *, action_id: int, words: str, seen_id: int, by: Person, at: datetime
) -> AgreedStep:
    """What the provider said is done is not, and what is missing: it is still to be done.

    Raises KeptFromIt, NeedsAPerson, SettledAlready, ChangedMeanwhile, NobodySaidDone and
    ReasonMissing.
    """
    user_id = _who(by)
    one, last = _locked(action_id, seen_id, by=by)
    if last.status != Status.SAID_DONE:
        raise NobodySaidDone
    if not words.strip():
        raise ReasonMissing
    made = _after(last, Status.OPEN, words, user_id=user_id, at=at)
    _note(Tag.SENT_BACK, one, Status.OPEN, by=by, at=at)
    return made


def _who(by: Person) -> int:
    if by.pk is None:
        raise NeedsAPerson
    return int(by.pk)


def _refuse_if_kept(provider_id: int, by: Person) -> None:
    if queries.is_kept_from(provider_id, person=by):
        raise KeptFromIt


def _refuse(provider_id: int, meeting: NewMeeting, *, on: date, but: Meeting | None = None) -> None:
    """Nothing, unless the meeting as told could not have been."""
    if meeting.held_on > on:
        raise MeetingToCome
    first = queries.first_in_pool(provider_id, on=on)
    if first is None or meeting.held_on < first:
        raise NotAdmittedThen
    others = queries.meetings(person=SYSTEM, provider_id=provider_id)
    if any(one.told.held_on == meeting.held_on for one in others if not but or one.id != but.pk):
        raise MetThatDay
    if not meeting.attended.strip():
        raise AttendedMissing
    if not meeting.topics:
        raise TopicsMissing
    if not meeting.notes.strip():
        raise NotesMissing
    if meeting.income_pence is not None and not 0 <= meeting.income_pence <= rules.MOST_INCOME:
        raise IncomeNotSensible


def _tell(
    one: Meeting, meeting: NewMeeting, *, because: str, user_id: int, at: datetime
) -> MeetingAccount:
    return MeetingAccount.objects.create(
        meeting=one,
        held_on=meeting.held_on,
        attended=meeting.attended.strip(),
        topics=[each.value for each in meeting.topics],
        notes=meeting.notes.strip(),
        income_pence=meeting.income_pence,
        leaving=meeting.leaving.strip(),
        because=because,
        told_by_id=user_id,
        told_at=at,
    )


def _held_on(one: Meeting) -> date:
    return one.accounts.latest("pk").held_on


def _latest(one: AgreedAction) -> AgreedStep:
    return one.steps.latest("pk")


def _locked(action_id: int, seen_id: int, *, by: Person | None) -> tuple[AgreedAction, AgreedStep]:
    """The action and its latest step, which nobody else changes until this transaction ends.

    `by`: somebody of the council, who must have no interest in the provider.
    """
    found = AgreedAction.objects.select_for_update(of=("self",)).select_related("meeting")
    one = found.get(pk=action_id)
    if by is not None:
        _refuse_if_kept(one.meeting.provider_id, by)
    last = _latest(one)
    if last.status in SETTLED:
        raise SettledAlready
    if last.pk != seen_id:
        raise ChangedMeanwhile
    return one, last


def _after(
    last: AgreedStep,
    status: Status,
    words: str,
    *,
    user_id: int,
    at: datetime,
    done_on: date | None = None,
) -> AgreedStep:
    """The step after the last: its owner and its day stay."""
    return AgreedStep.objects.create(
        action_id=last.action_id,
        status=status,
        owner=last.owner,
        owner_user_id=last.owner_user_id,
        due_on=last.due_on,
        done_on=done_on,
        words=words.strip(),
        by_id=user_id,
        at=at,
    )


def _note(tag: Tag, one: AgreedAction, status: Status, *, by: Person, at: datetime) -> None:
    details = {"side": one.side, "status": status.value}
    audit.record(tag=tag, subject=f"agreed action {one.ref}", details=details, by=by, at=at)
