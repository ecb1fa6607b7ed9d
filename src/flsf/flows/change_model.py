"""The commercial model of a framework changes, and no child notices (S106, S131, S300).

Rehearsed first: a record of every agreement, letter, date and gap. Carried out in one batch, it
can be undone. Confirmed, the letters go and it cannot.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.delivery.placements import queries as placements
from flsf.flows.exclude import look_for_newcomers
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework import queries as find_frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.rules import MODELS
from flsf.mandate.rounds import actions as rounds
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.agreements import rules
from flsf.market.agreements.enums import Outcome
from flsf.market.agreements.queries import Change
from flsf.market.exclusions import queries as exclusions
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

# When what a provider left out is looked at again.
REVIEW_AFTER = timedelta(days=28)
NOT_BACK = (Outcome.OPTED_OUT, Outcome.EXCLUDED, Outcome.MUST_APPLY)


class SameModel(Refusal):
    says = "The framework works so already on that day. Choose another commercial model."


class MayBeExcluded(Refusal):
    """`names` are providers who would roll over, and are or may be excluded."""

    says = "Somebody who would roll over is excluded, or may be."

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(names)

    def __str__(self) -> str:
        return (
            f"Excluded, or perhaps on the debarment list: {', '.join(self.names)}. Settle that "
            "under Exclusions and debarment, or leave them out."
        )


class NotThere(Refusal):
    says = "That change of model is not there any more."


@transaction.atomic
def rehearse(
    *,
    framework_id: int,
    after: CommercialModel,
    takes_effect_on: date,
    authority: str,
    reason: str,
    by: Person,
    at: datetime,
) -> str:
    """What would happen is on record, its reference returned; nothing has changed.

    Raises SameModel and what agreements.rehearse raises.
    """
    on = london_day(at)
    if find_frameworks.model_on(framework_id, on=takes_effect_on) is after:
        raise SameModel
    standings = find_agreements.standings(framework_id, on=on)
    made = agreements.rehearse(
        framework_id=framework_id,
        after=after,
        takes_effect_on=takes_effect_on,
        authority=authority,
        reason=reason,
        lines=rules.lines(standings, MODELS[after].take_over().carrying),
        record=record_of(standings, after, takes_effect_on, on=on),
        found=find_agreements.found_word(standings),
        by=by,
        at=at,
    )
    return made.ref


def record_of(
    standings: list[rules.Standing], after: CommercialModel, begins: date, *, on: date
) -> dict[str, Any]:
    """What is frozen of the rehearsal: how many, which dates, and by which rule."""
    provider_ids = {one.provider_id for one in standings}
    running = [one for one in placements.live(on) if one.provider_id in provider_ids]
    taken = MODELS[after].take_over()
    return {
        "providers": len(provider_ids),
        "agreements": len(standings),
        "placements": len(running),
        "children": len({one.child_id for one in running}),
        "gaps": sum(bool(one.is_suspended or one.checks_lapsed) for one in standings),
        "words": taken.words,
        "source": taken.source,
        "dues": [
            {
                "what": one.what,
                "last_day": one.last_day.isoformat() if one.last_day else "",
                "source": one.source,
            }
            for one in find_frameworks.dues(after, begins=begins)
        ],
    }


@transaction.atomic
def carry_out(
    *,
    ref: str,
    debarment_seen_on: date,
    debarment_version: str,
    by: Person,
    at: datetime,
) -> None:
    """Every agreement is issued again or ends, in one batch, and no placement has changed.

    All or nothing: nobody rolls over who is excluded or may be (sections 49 and 57). Raises
    NotThere, MayBeExcluded and what framework.set_model, rounds.stop,
    agreements.carry_out and agreements.record_placements raise.
    """
    change = _found(ref, by)
    _refuse_excluded(change, by=by, at=at)
    before = placements.every_as_it_is()
    setting = _set(change, by=by, at=at)
    standings = find_agreements.standings(change.framework_id, on=london_day(at))
    agreements.carry_out(
        transition_id=change.id,
        setting_id=setting.pk,
        found=find_agreements.found_word(standings),
        debarment_seen_on=debarment_seen_on,
        debarment_version=debarment_version,
        by=by,
        at=at,
    )
    if MODELS[change.before].ROLLS:
        eve = change.takes_effect_on - timedelta(days=1)
        last = max(london_day(at), eve)
        rounds.stop(framework_id=change.framework_id, last_day=last, by=by, at=at)
    rounds.roll(framework_id=change.framework_id, by=by, at=at)
    agreements.record_placements(
        transition_id=change.id,
        before=before,
        after=placements.every_as_it_is(),
        by=by,
        at=at,
    )


@transaction.atomic
def undo(*, ref: str, reason: str, by: Person, at: datetime) -> None:
    """Everything is as it was before, and what was done stays on record.

    Raises NotThere and what agreements.undo and framework.withdraw_model raise.
    """
    change = _found(ref, by)
    agreements.undo(transition_id=change.id, reason=reason, by=by, at=at)
    if change.setting_id is not None:
        frameworks.withdraw_model(setting_id=change.setting_id, by=by, at=at)
    rounds.roll(framework_id=change.framework_id, by=by, at=at)


@transaction.atomic
def confirm(*, ref: str, by: Person, at: datetime) -> int:
    """It cannot be undone; each provider has its letter, and how many is returned.

    Whoever is left without an agreement takes no new children from today. Raises NotThere and
    what agreements.confirm raises.
    """
    change = _found(ref, by)
    agreements.confirm(transition_id=change.id, by=by, at=at)
    _close_to_new_children(change, by=by, at=at)
    outcomes = find_agreements.provider_outcomes(change.id)
    for provider_id in sorted(outcomes):
        _tell(provider_id, outcomes[provider_id], change, by=by, at=at)
    return len(outcomes)


def _set(change: Change, *, by: Person, at: datetime) -> Any:
    """The model in the framework's history; or, of one that reopens, the day it is awarded anew."""
    told: dict[str, Any] = {
        "framework_id": change.framework_id,
        "in_force_from": change.takes_effect_on,
        "authority": change.authority,
        "reason": change.reason,
        "by": by,
        "at": at,
    }
    if change.reopens:
        return frameworks.reopen(**told)
    return frameworks.set_model(model=change.after, **told)


def _refuse_excluded(change: Change, *, by: Person, at: datetime) -> None:
    """Everybody who would roll over is looked for on the list once more, if there is one."""
    look_for_newcomers(by=by, at=at)
    staying = [
        provider_id
        for provider_id, outcomes in find_agreements.provider_outcomes(change.id).items()
        if not outcomes <= rules.LEFT_OUT
    ]
    known = providers.register(person=SYSTEM).filter(pk__in=staying)
    names = {one.organisation_id: one.name for one in known}
    # An agreement carried over is no new award: it can be ended once a case is decided.
    if why := exclusions.why_none(names.keys(), on=london_day(at), open_cases=False):
        raise MayBeExcluded(sorted(names[organisation_id] for organisation_id in why))


def _close_to_new_children(change: Change, *, by: Person, at: datetime) -> None:
    today = london_day(at)
    what = "the framework reopened" if change.reopens else "the commercial model changed"
    for admission_id in find_agreements.admissions_with(change.id, NOT_BACK):
        if find_admissions.status_on(today, admission_id=admission_id) is not Status.IN_POOL:
            continue
        admissions.suspend(
            admission_id=admission_id,
            reason=SuspensionReason.NO_AGREEMENT,
            explanation=f"No agreement since {what} ({change.ref}).",
            takes_effect_on=today,
            review_on=today + REVIEW_AFTER,
            by=by,
            at=at,
        )


def _tell(
    provider_id: int, outcomes: set[Outcome], change: Change, *, by: Person, at: datetime
) -> None:
    """By email to whoever manages there; to a provider without an account, a letter."""
    again = Outcome.REISSUED in outcomes
    template = "agreement-issued-again" if again else "agreement-ends"
    managers = accounts.members_at(
        providers.organisation_of(provider_id), role=Role.PROVIDER_MANAGER
    )
    told: list[tuple[int | None, str, Channel]] = [
        (one.pk, one.email, Channel.EMAIL) for one in managers
    ]
    for recipient_id, address, channel in told or [
        (None, f"provider {provider_id}", Channel.LETTER)
    ]:
        notify.queue(
            template=template,
            recipient_id=recipient_id,
            address=address,
            channel=channel,
            details={"reference": change.ref, "from": change.takes_effect_on.isoformat()}
            | ({"reopened": "yes"} if change.reopens else {}),
            by=by,
            at=at,
        )


def _found(ref: str, by: Person) -> Change:
    change = find_agreements.with_ref(ref, person=by)
    if change is None:
        raise NotThere
    return change
