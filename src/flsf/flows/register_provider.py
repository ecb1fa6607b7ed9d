"""A provider becomes known to the council, and its people can be invited."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.flows.exclude import look_for_newcomers
from flsf.market.providers import actions as providers
from flsf.market.providers.rules import ProviderFacts
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind


@transaction.atomic
def register_provider(*, facts: ProviderFacts, by: Person, at: datetime) -> str:
    """The provider and its organisation are there. Returns its reference. Raises AlreadyKnown."""
    organisation = accounts.add_organisation(
        name=facts.name, kind=OrganisationKind.PROVIDER, by=by, at=at
    )
    provider = providers.register(
        name=facts.name,
        kind=facts.kind,
        organisation_id=organisation.pk,
        facts=facts,
        by=by,
        at=at,
    )
    look_for_newcomers(by=by, at=at)
    return provider.ref
