"""Somebody is invited: account, role and letter together, or none of them."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import Role, Team
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel

TEMPLATE = "invitation"


@transaction.atomic
def invite_person(
    *,
    name: str,
    email: str,
    role: Role,
    organisation_id: int | None,
    team: Team | None = None,
    by: Person,
    at: datetime,
) -> str:
    """The person can choose a password and sign in; answers with their reference.

    The letter carries no secret: it leads to where anybody asks for a link of their own.
    Raises EmailTaken and RoleNotHeldThere.
    """
    user = accounts.open_account(email=email, name=name, password=None, by=by, at=at)
    accounts.add_member(
        user_id=user.pk, organisation_id=organisation_id, role=role, team=team, by=by, at=at
    )
    notify.queue(
        template=TEMPLATE,
        recipient_id=user.pk,
        address=user.email,
        channel=Channel.EMAIL,
        details={},
        by=by,
        at=at,
    )
    return user.ref
