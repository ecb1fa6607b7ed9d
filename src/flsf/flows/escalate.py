"""A step is taken about a provider: what it does to its admissions, and who is told."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.flows.continuity import ask_about_children
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions.enums import Status
from flsf.market.applications import actions as applications
from flsf.market.providers import queries as providers
from flsf.oversight.escalations import actions as escalations
from flsf.oversight.escalations import queries as find_escalations
from flsf.oversight.escalations.enums import Rung
from flsf.oversight.escalations.rules import NewStep
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel


@transaction.atomic
def take_step(*, provider_id: int, step: NewStep, by: Person, at: datetime) -> None:
    """The step is taken and the provider has notice of it, with the day until which to reply.

    Removal takes it out of every lot, those to come too, and somebody must decide about each
    child there. Raises what escalations.take_step and admissions.remove raise.
    """
    taken = escalations.take_step(provider_id=provider_id, step=step, by=by, at=at)
    if step.rung is Rung.REMOVED:
        _remove(provider_id, step, by=by, at=at)
    organisation = providers.organisation_of(provider_id)
    for person in accounts.members_at(organisation, role=Role.PROVIDER_MANAGER):
        notify.queue(
            template="step-taken",
            recipient_id=person.pk,
            address=person.email,
            channel=Channel.EMAIL,
            details={"reference": taken.ref, "reply_by": taken.reply_by.isoformat()},
            by=by,
            at=at,
        )


def close_if_lifted(provider_id: int, because: str, *, by: Person, at: datetime) -> None:
    """A provider that is suspended nowhere any more is done with, if that was the last step."""
    if find_admissions.paused(london_day(at), [provider_id]):
        return
    for case in find_escalations.cases(person=SYSTEM, provider_id=provider_id, open_only=True):
        if case.latest.rung is Rung.SUSPENDED:
            escalations.close(provider_id=provider_id, because=because, by=by, at=at)


def _remove(provider_id: int, step: NewStep, *, by: Person, at: datetime) -> None:
    on = step.takes_effect_on
    standings = [
        *find_admissions.standings([provider_id], on=on, person=SYSTEM)[provider_id],
        *find_admissions.to_come(provider_id, after=on, person=SYSTEM),
    ]
    left: dict[int, date] = {}
    for one in sorted(standings, key=lambda each: each.admission_id):
        if one.status is not Status.REMOVED:
            left[one.lot_id] = max(on, one.since)
            admissions.remove(
                admission_id=one.admission_id,
                explanation=step.reason,
                takes_effect_on=left[one.lot_id],
                by=by,
                at=at,
            )
    applications.note_lots_left(provider_id=provider_id, lot_days=left, by=by, at=at)
    ask_about_children(provider_id=provider_id, by=by, at=at)
