"""Somebody new has shown that an address is theirs, and can begin to apply."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.market.applications import actions as applications
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind, Role


@transaction.atomic
def join_framework(
    *,
    email: str,
    name: str,
    organisation_name: str,
    framework_id: int,
    lots: Sequence[str],
    known: Mapping[str, str],
    by: Person,
    at: datetime,
) -> str:
    """Account, organisation and application together, or none. Answers with its reference.

    Raises EmailTaken, NothingToAsk and NoSuchLot.
    """
    user = accounts.open_account(email=email, name=name, password=None, by=by, at=at)
    organisation = accounts.add_organisation(
        name=organisation_name, kind=OrganisationKind.PROVIDER, by=by, at=at
    )
    accounts.add_member(
        user_id=user.pk, organisation_id=organisation.pk, role=Role.APPLICANT, by=by, at=at
    )
    application = applications.begin(
        organisation_id=organisation.pk,
        framework_id=framework_id,
        known={"name": organisation_name, **known},
        by=user,
        at=at,
    )
    applications.choose_lots(application_id=application.pk, codes=lots, by=user, at=at)
    return application.ref
