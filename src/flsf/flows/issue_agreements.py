"""A provider's agreements are issued, chased and answered, and whoever manages there is told."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.rounds import queries as rounds
from flsf.market.admissions import actions as admissions
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.agreements.queries import Addressed
from flsf.market.applications import queries as applications
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.actions import NewMessage
from flsf.shared.notify.enums import Channel


class MayNotAdmit(Refusal):
    says = "Your role does not decide who joins. Ask a commissioner or the Director."


class ApplicationInHand(Refusal):
    says = "They have applied, so their application is decided, and not this."

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref

    def __str__(self) -> str:
        return f"They have applied ({self.ref}): decide that application instead."


class ModelRefuses(Refusal):
    """Says why the commercial model decides nothing today."""

    says = "The commercial model does not let anybody be admitted today."

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return f"{self.why}." if self.why else self.says


@transaction.atomic
def issue_agreements(
    *,
    framework_id: int,
    admission_ids: Collection[int],
    in_force_from: date,
    by: Person,
    at: datetime,
) -> list[Addressed]:
    """Each of those places rests on an agreement from that day, by its model, and waits for the
    provider to accept it. One that has an agreement keeps it. What was issued, and to whom.
    """
    without = set(admission_ids) - set(find_agreements.in_force(admission_ids, on=in_force_from))
    if not without:
        return []
    made = agreements.issue_many(
        admission_ids=sorted(without),
        model=frameworks.model_on(framework_id, on=in_force_from),
        in_force_from=in_force_from,
        by=by,
        at=at,
    )
    return find_agreements.addressed([one.pk for one in made])


@transaction.atomic
def admit_provider(
    *,
    provider_id: int,
    lot_id: int,
    takes_effect_on: date,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """The provider is in the pool of the lot by a decision made on paper, with an agreement that
    waits to be accepted; its managers are told. A limit it has until our first visit holds there
    too.

    Raises MayNotAdmit, ApplicationInHand, ModelRefuses, and what admissions.admit_at_once raises.
    """
    framework_id = frameworks.lot_facts()[lot_id].framework_id
    _refuse_by_hand(provider_id, framework_id, by=by, on=london_day(at))
    made = admissions.admit_at_once(
        provider_id=provider_id,
        lot_id=lot_id,
        takes_effect_on=takes_effect_on,
        reason=reason,
        by=by,
        at=at,
    )
    admissions.share_limit(admission_id=made.pk, by=by, at=at)
    issued = issue_agreements(
        framework_id=framework_id,
        admission_ids=[made.pk],
        in_force_from=takes_effect_on,
        by=by,
        at=at,
    )
    _tell("agreement-waiting", issued, by=by, at=at)


def _refuse_by_hand(provider_id: int, framework_id: int, *, by: Person, on: date) -> None:
    """What was decided on paper is recorded by whoever may decide, and goes round nobody's
    application.
    """
    if not by.may(Permission.DECIDE_ADMISSIONS):
        raise MayNotAdmit
    organisation_id = providers.organisation_of(provider_id)
    for one in applications.submitted(person=SYSTEM, on=on):
        if one.organisation_id == organisation_id and one.framework_id == framework_id:
            raise ApplicationInHand(one.ref)
    is_closed = rounds.open_round(framework_id, on=on) is None
    answer = frameworks.may_decide(framework_id, round_is_closed=is_closed, on=on)
    if not answer.is_allowed:
        raise ModelRefuses(answer.why)


@transaction.atomic
def issue_missing(*, provider_id: int, by: Person, at: datetime) -> int:
    """Every place of the provider that rests on no agreement written out has one; how many had
    none. Its managers are told.
    """
    today = london_day(at)
    missing = find_agreements.without(provider_id, on=today)
    issued: dict[str, Addressed] = {}
    for framework_id, admission_ids in sorted(missing.items()):
        written = agreements.write_out(admission_ids=admission_ids, by=by, at=at)
        made = issue_agreements(
            framework_id=framework_id,
            admission_ids=admission_ids,
            in_force_from=today,
            by=by,
            at=at,
        )
        issued |= {one.ref: one for one in [*find_agreements.addressed(written), *made]}
    _tell("agreement-waiting", list(issued.values()), by=by, at=at)
    return sum(len(ids) for ids in missing.values())


@transaction.atomic
def issue_again(*, paper_id: int, reason: str, by: Person, at: datetime) -> str:
    """A next version takes the place of this one and waits; managers are told. Its reference.

    Raises what agreements.issue_again raises.
    """
    ref = agreements.issue_again(paper_id=paper_id, reason=reason, by=by, at=at)
    _tell("agreement-waiting", [find_agreements.addressed_to(ref)], by=by, at=at)
    return ref


@transaction.atomic
def remind(*, paper_id: int, ref: str, by: Person, at: datetime) -> None:
    """Whoever manages there is written to because it waits; once a day.

    Raises what agreements.note_reminded raises.
    """
    agreements.note_reminded(paper_id=paper_id, by=by, at=at)
    _tell("agreement-reminder", [find_agreements.addressed_to(ref)], by=by, at=at)


@transaction.atomic
def remind_waiting(*, by: Person, at: datetime) -> int:
    """Every provider whose agreement waits and is due a reminder that day has one.

    Answers with how many. Run twice in a day it reminds nobody twice.
    """
    reminded = 0
    for one in find_agreements.to_remind(on=london_day(at)):
        try:
            remind(paper_id=one.id, ref=one.ref, by=by, at=at)
        except Refusal:  # accepted, or reminded by somebody, just now
            continue
        reminded += 1
    return reminded


@transaction.atomic
def answer(*, reply_id: int, ref: str, words: str, by: Person, at: datetime) -> None:
    """The provider has the council's answer, and is told that it is there.

    Raises what agreements.answer raises.
    """
    agreements.answer(reply_id=reply_id, words=words, by=by, at=at)
    _tell("agreement-answered", [find_agreements.addressed_to(ref)], by=by, at=at)


def _tell(template: str, papers: Sequence[Addressed], *, by: Person, at: datetime) -> None:
    """By email to whoever manages there; to a provider without an account, a letter."""
    managers = accounts.members_of(
        [one.organisation_id for one in papers], role=Role.PROVIDER_MANAGER
    )
    messages = []
    for one in papers:
        told: list[tuple[int | None, str, Channel]] = [
            (person.pk, person.email, Channel.EMAIL)
            for person in managers.get(one.organisation_id, ())
        ]
        for recipient_id, address, channel in told or [
            (None, f"provider {one.provider_id}", Channel.LETTER)
        ]:
            messages.append(
                NewMessage(
                    template=template,
                    recipient_id=recipient_id,
                    address=address,
                    channel=channel,
                    details={"reference": one.ref},
                )
            )
    notify.queue_many(new=messages, by=by, at=at)
