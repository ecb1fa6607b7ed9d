"""The people who answer for a provider have a message in the outbox."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel


@transaction.atomic
def tell(*, provider_id: int, template: str, reference: str, by: Person, at: datetime) -> None:
    """Each manager of the provider is sent that template by email; nobody, if there is none."""
    organisation_id = providers.organisation_of(provider_id)
    for manager in accounts.members_at(organisation_id, role=Role.PROVIDER_MANAGER):
        notify.queue(
            template=template,
            recipient_id=manager.pk,
            address=manager.email,
            channel=Channel.EMAIL,
            details={"reference": reference, "day": london_day(at).isoformat()},
            by=by,
            at=at,
        )
