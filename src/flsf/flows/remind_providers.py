"""Evidence runs out, or has: whoever runs the provider is written to."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import SYSTEM, Person
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as find_checks
from flsf.market.checks.enums import Step
from flsf.market.checks.rules import Reminder
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
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


def _addresses(provider_ids: set[int]) -> dict[int, tuple[str, list[Address]]]:
    found = {}
    for one in providers.register(person=SYSTEM, among=provider_ids):
        managers = accounts.members_at(one.organisation_id, role=Role.PROVIDER_MANAGER)
        to: list[Address] = [(person.pk, person.email) for person in managers]
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
