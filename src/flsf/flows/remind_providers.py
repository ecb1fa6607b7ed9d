"""Evidence runs out, or has, or a report is due: whoever runs the provider is written to."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import SYSTEM, Person
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as find_checks
from flsf.market.checks.enums import Step
from flsf.market.checks.rules import Reminder
from flsf.market.promises import queries as promises
from flsf.market.promises import rules
from flsf.market.promises.actions import note_reminded
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.enums import JSONValue
from flsf.shared.notify import actions as notify
from flsf.shared.notify.actions import NewMessage
from flsf.shared.notify.enums import Channel

Address = tuple[int | None, str]


@transaction.atomic
def remind_providers(*, by: Person, at: datetime) -> int:
    """Every provider has been written to about what runs out, once for each step; how many times.

    One message for all that is at the same step. To its managers, or else to the address it
    gave; a provider with neither is noted as told nobody. No personal data: names of checks.
    """
    due = find_checks.reminders_due(london_day(at))
    addresses = _addresses({one.provider_id for one in due})
    told = {pk: len(found) for pk, (_, found) in addresses.items()}
    messages: dict[tuple[int, Step], list[Reminder]] = defaultdict(list)
    for one in checks.note_reminded(told=told, by=by, at=at):
        messages[one.provider_id, one.step].append(one)
    for (provider_id, step), about in messages.items():
        ref, found = addresses[provider_id]
        for address in found:
            _write(ref, step, about, address, by=by, at=at)
    return len(messages)


@transaction.atomic
def remind_of_reports(*, by: Person, at: datetime) -> int:
    """Every provider in the pool that promised social value for the school year that is over, and
    has not reported on it, was written to when a reminder was due; how many.

    To its managers, or else to the address it gave. Run twice in a day it reminds nobody twice.
    """
    day = london_day(at)
    pool = admissions.provider_ids(on=day, status=Status.IN_POOL)
    addresses = _addresses(promises.to_remind(pool, on=day))
    told = {pk: len(found) for pk, (_, found) in addresses.items()}
    reminded = note_reminded(written_to=told, by=by, at=at)
    year = rules.year_before(day)
    details: dict[str, JSONValue] = {
        "year": rules.in_words(year),
        "due": in_words(rules.due_on(year)),
        "is_late": day > rules.due_on(year),
    }
    new = [
        NewMessage(
            template="value-report-due",
            recipient_id=recipient_id,
            address=email,
            channel=Channel.EMAIL,
            details={"reference": addresses[pk][0], **details},
        )
        for pk in reminded
        for recipient_id, email in addresses[pk][1]
    ]
    notify.queue_many(new=new, by=by, at=at)
    return len(reminded)


def _addresses(provider_ids: set[int]) -> dict[int, tuple[str, list[Address]]]:
    found = {}
    listed = list(providers.register(person=SYSTEM, among=provider_ids))
    managers = accounts.members_of(
        [one.organisation_id for one in listed], role=Role.PROVIDER_MANAGER
    )
    for one in listed:
        there = managers.get(one.organisation_id, ())
        to: list[Address] = [(person.pk, person.email) for person in there]
        found[one.pk] = (one.ref, to or ([(None, one.email)] if one.email else []))
    return found


def _write(
    ref: str, step: Step, about: list[Reminder], address: Address, *, by: Person, at: datetime
) -> None:
    recipient_id, email = address
    notify.queue(
        template="check-lapsed" if step is Step.LAPSED else "check-due",
        recipient_id=recipient_id,
        address=email,
        channel=Channel.EMAIL,
        details={
            "reference": ref,
            "checks": [one.name for one in about],
            "days": [in_words(one.expires_on) for one in about],
        },
        by=by,
        at=at,
    )
