"""Reads of contract review meetings, of what was agreed there, and of when the next is due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from flsf.core.people import SYSTEM, Person
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.law import queries as law
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status as Admission
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing as CheckStanding
from flsf.market.evaluation import queries as evaluation
from flsf.market.providers import queries as providers
from flsf.market.reviews import queries as reviews
from flsf.market.reviews.enums import Outcome
from flsf.oversight.escalations import queries as escalations
from flsf.oversight.escalations.enums import Rung
from flsf.oversight.meetings import rules
from flsf.oversight.meetings.enums import SETTLED, Side, Standing, Status, Topic
from flsf.oversight.meetings.models import AgreedAction, AgreedStep, Meeting, MeetingAccount
from flsf.oversight.meetings.rules import Concerning, Due
from flsf.oversight.shares.queries import year_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A meeting as somebody told of it."""

    id: int
    held_on: date
    attended: str
    topics: tuple[Topic, ...]
    notes: str
    income_pence: int | None
    leaving: str
    because: str
    told_by: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How an action stood from then on, and what was said."""

    id: int
    status: Status
    owner: str
    owner_id: int | None
    due_on: date
    done_on: date | None
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed, and how it stands by its latest step. Steps are the latest first."""

    id: int
    ref: str
    meeting_ref: str
    held_on: date
    provider_id: int
    provider_ref: str
    provider_name: str
    side: Side
    what: str
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Step:
        return self.steps[0]

    @property
    def is_settled(self) -> bool:
        return self.latest.status in SETTLED

    def is_late(self, on: date) -> bool:
        """Whether it should have been done before that day. What is said to be done is not late."""
        return self.latest.status is Status.OPEN and on > self.latest.due_on

    def standing(self, on: date) -> str:
        """In a word, as pages show it."""
        return "Overdue" if self.is_late(on) else str(self.latest.status.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting by its latest account, the earlier ones beside it, and what was agreed."""

    id: int
    ref: str
    provider_id: int
    provider_ref: str
    provider_name: str
    told: Account
    earlier: tuple[Account, ...]
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How often one provider is met, why, and when next. `last_on`: None if never."""

    provider_id: int
    provider_ref: str
    provider_name: str
    organisation_id: int
    admitted_on: date
    last_on: date | None
    due: Due
    standing: Standing

    @property
    def word(self) -> str:
        """In words: a first meeting is said to be one."""
        first = "" if self.last_on else ", the first"
        return f"{self.standing.label}{first}"


def meetings(*, person: Person, provider_id: int) -> list[Held]:
    """The meetings with a provider that this person may see, the latest first. Four queries."""
    return _held(Meeting.objects.visible_to(person).filter(provider=provider_id))


def with_ref(ref: str, *, person: Person) -> Held | None:
    """The meeting, if there is one and this person may see it."""
    return next(iter(_held(Meeting.objects.visible_to(person).filter(ref=ref))), None)


def _held(found: QuerySet[Meeting]) -> list[Held]:
    accounts = MeetingAccount.objects.select_related("told_by").order_by("-pk")
    actions = _whole(AgreedAction.objects.all())
    rows = found.select_related("provider").prefetch_related(
        Prefetch("accounts", accounts), Prefetch("agreed", actions)
    )
    held = [_one(one) for one in rows]
    return sorted(held, key=lambda one: (one.told.held_on, one.id), reverse=True)


def _one(one: Meeting) -> Held:
    told, *earlier = [_account(each) for each in one.accounts.all()]
    return Held(
        id=one.pk,
        ref=one.ref,
        provider_id=one.provider_id,
        provider_ref=one.provider.ref,
        provider_name=one.provider.name,
        told=told,
        earlier=tuple(earlier),
        agreed=tuple(_agreed(each, one, told.held_on) for each in one.agreed.all()),
    )


def _account(one: MeetingAccount) -> Account:
    return Account(
        id=one.pk,
        held_on=one.held_on,
        attended=one.attended,
        topics=tuple(Topic(each) for each in one.topics),
        notes=one.notes,
        income_pence=one.income_pence,
        leaving=one.leaving,
        because=one.because,
        told_by=one.told_by.name,
        told_at=one.told_at,
    )


def _whole(found: QuerySet[AgreedAction]) -> QuerySet[AgreedAction]:
    steps = AgreedStep.objects.select_related("by").order_by("-pk")
    return found.prefetch_related(Prefetch("steps", steps)).order_by("pk")


def _agreed(one: AgreedAction, meeting: Meeting, held_on: date) -> Agreed:
    return Agreed(
        id=one.pk,
        ref=one.ref,
        meeting_ref=meeting.ref,
        held_on=held_on,
        provider_id=meeting.provider_id,
        provider_ref=meeting.provider.ref,
        provider_name=meeting.provider.name,
        side=Side(one.side),
        what=one.what,
        steps=tuple(
            Step(
                id=each.pk,
                status=Status(each.status),
                owner=each.owner,
                owner_id=each.owner_user_id,
                due_on=each.due_on,
                done_on=each.done_on,
                words=each.words,
                by=each.by.name,
                at=each.at,
            )
            for each in one.steps.all()
        ),
    )


def action_with_ref(ref: str, *, person: Person) -> Agreed | None:
    """What was agreed, if this person may see it."""
    found = AgreedAction.objects.visible_to(person).filter(ref=ref)
    return next(iter(_with_meetings(found)), None)


def open_actions(*, person: Person) -> list[Agreed]:
    """Everything agreed that is neither done nor dropped, the first due first. Three queries."""
    found = _with_meetings(AgreedAction.objects.visible_to(person))
    left = [one for one in found if not one.is_settled]
    return sorted(left, key=lambda one: (one.latest.due_on, one.id))


def _with_meetings(found: QuerySet[AgreedAction]) -> list[Agreed]:
    accounts = MeetingAccount.objects.order_by("-pk")
    rows = _whole(found).select_related("meeting__provider")
    rows = rows.prefetch_related(Prefetch("meeting__accounts", accounts))
    return [_agreed(one, one.meeting, one.meeting.accounts.all()[0].held_on) for one in rows]


def last_told(*, person: Person, on: date) -> dict[int, Account]:
    """What was told of the last meeting with each provider by a day. One query."""
    found: dict[int, Account] = {}
    rows = (
        MeetingAccount.objects.filter(meeting__in=Meeting.objects.visible_to(person))
        .order_by("meeting", "-pk")
        .distinct("meeting")
    )
    for one in rows.select_related("meeting", "told_by"):
        whose, before = one.meeting.provider_id, found.get(one.meeting.provider_id)
        if one.held_on <= on and (before is None or before.held_on < one.held_on):
            found[whose] = _account(one)
    return found


def incomes(*, on: date) -> dict[int, Account]:
    """The last account by a day, of each provider, in which it said its whole income. One query."""
    found: dict[int, Account] = {}
    latest = MeetingAccount.objects.order_by("meeting", "-pk").distinct("meeting")
    for one in latest.select_related("meeting", "told_by"):
        whose, before = one.meeting.provider_id, found.get(one.meeting.provider_id)
        if one.income_pence is None or one.held_on > on:
            continue
        if before is None or before.held_on < one.held_on:
            found[whose] = _account(one)
    return found


def admitted_on(changes: Collection[tuple[int, int, date, str]], *, on: date) -> dict[int, date]:
    """The first day in the pool of each provider that has been admitted by a day, and not removed
    from every lot since. `changes`: as admissions.all_changes tells them.
    """
    first: dict[int, date] = {}
    stands: dict[tuple[int, int], tuple[date, int, str]] = {}
    for order, (provider, lot, day, status) in enumerate(changes):
        if day > on:
            continue
        if status == Admission.IN_POOL:
            first[provider] = min(day, first.get(provider, day))
        last = stands.get((provider, lot))
        stands[provider, lot] = max(last, (day, order, status)) if last else (day, order, status)
    inside = {provider for (provider, _), (_, _, how) in stands.items() if how != Admission.REMOVED}
    return {provider: day for provider, day in first.items() if provider in inside}


def timings(*, person: Person, on: date, provider_id: int | None = None) -> list[Timing]:
    """How often each admitted provider is met, why, and when next, the most pressing first.

    The same number of queries for one provider as for all of them.
    """
    changes = admissions.all_changes()
    since = admitted_on(changes, on=on)
    wanted = set(since) if provider_id is None else since.keys() & {provider_id}
    every = providers.register(person=person, among=wanted)
    last = last_told(person=person, on=on)
    terms = rules.Terms.of(law.values(rules.KEYS, on=on))
    paid = budgets.paid_by_provider(since=year_to(on), until=on)
    known = _concerning(sorted(wanted), on=on)
    found = []
    for one in every:
        _, pence = paid.get(one.ref, (0, 0))
        told = last.get(one.pk)
        due = rules.due(
            told.held_on if told else since[one.pk],
            rules.causes(pence, known[one.pk], terms),
            fresh_days=terms.fresh_days,
        )
        found.append(
            Timing(
                provider_id=one.pk,
                provider_ref=one.ref,
                provider_name=one.name,
                organisation_id=one.organisation_id,
                admitted_on=since[one.pk],
                last_on=told.held_on if told else None,
                due=due,
                standing=rules.standing(due.on, on=on),
            )
        )
    return sorted(found, key=lambda one: (one.due.on, one.provider_name, one.provider_id))


def _concerning(ids: Collection[int], *, on: date) -> Mapping[int, list[Concerning]]:
    """What is known of each provider that asks for meetings more often. Fixed queries for all."""
    found: dict[int, list[Concerning]] = {pk: [] for pk in ids}
    for pk, places in admissions.standings(ids, on=on, person=SYSTEM).items():
        shut = [one for one in places if one.status is Admission.SUSPENDED]
        if shut:
            first = min(one.since for one in shut)
            found[pk].append(_known("it is suspended", first, is_grave=True))
    for case in escalations.cases(person=SYSTEM, open_only=True):
        if case.provider_id in found and case.latest.rung is not Rung.SUSPENDED:
            step = case.latest
            words = f"{step.rung.label.lower()} in force"
            grave = step.rung is not Rung.NOTE
            found[case.provider_id].append(_known(words, step.takes_effect_on, is_grave=grave))
    for pk, shown in checks.standings(ids, on=on).items():
        late = [one for one in shown if one.standing is CheckStanding.OVERDUE]
        expired = [one.expires_on for one in late if one.expires_on]
        if late:
            names = ", ".join(one.name for one in late)
            since = min(expired) if len(expired) == len(late) else None
            found[pk].append(_known(f"a check is overdue ({names})", since, is_grave=True))
    for pk, of_subject in reviews.reviewed(ids, person=SYSTEM, on=on).items():
        found[pk] += _reviewed(list(of_subject.values()))
    for limited in admissions.conditions(person=SYSTEM, on=on):
        if limited.limit and limited.provider_id in found:
            words = "admitted with a limit until our first visit"
            found[limited.provider_id].append(_known(words, limited.since, is_grave=False))
    return found


def _reviewed(of_subject: Collection[reviews.Reviewed]) -> list[Concerning]:
    """What reviews of policies and guidance found that is still to be put right."""
    found = []
    for outcome, grave in ((Outcome.NOT_MET, True), (Outcome.CHANGES, False)):
        some = [one for one in of_subject if one.outcome is outcome]
        days = [one.reviewed_on for one in some if one.reviewed_on]
        if some:
            names = ", ".join(one.subject.label for one in some)
            words = f"a review found: {outcome.label.lower()} ({names})"
            found.append(_known(words, min(days), is_grave=grave))
    return found


def _known(words: str, since: date | None, *, is_grave: bool) -> Concerning:
    return Concerning(words=rules.since_words(words, since), is_grave=is_grave, since=since)


def is_kept_from(provider_id: int, *, person: Person) -> bool:
    """Whether somebody declared an interest in the provider, and holds no meetings with it."""
    return evaluation.is_kept_from(providers.organisation_of(provider_id), person=person)


def first_in_pool(provider_id: int, *, on: date) -> date | None:
    """The first day on which a provider was in the pool, if it has been by a day."""
    days = [
        day
        for provider, _, day, status in admissions.all_changes()
        if provider == provider_id and status == Admission.IN_POOL and day <= on
    ]
    return min(days, default=None)
