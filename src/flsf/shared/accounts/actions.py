"""The only writes of people, organisations and memberships."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.shared.accounts import rules
from flsf.shared.accounts.enums import OrganisationKind, Role, Tag, Team
from flsf.shared.accounts.models import Membership, Organisation, User
from flsf.shared.audit import actions as audit


class EmailTaken(Refusal):
    says = "Somebody already signs in with that email address."


class RoleNotHeldThere(Refusal):
    says = "That role is not held in this kind of organisation."


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    password: str | None,
    persona: str = "",
    by: Person,
    at: datetime,
) -> User:
    """The person can sign in, and as yet do nothing. Raises EmailTaken.

    Without a password they sign in by a link sent to their address.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    user = User(email=email, name=name, persona=persona)
    user.set_password(password)
    user.save()
    audit.record(tag=Tag.ACCOUNT_OPENED, subject=f"user {user.pk}", details={}, by=by, at=at)
    return user


@transaction.atomic
def add_organisation(
    *, name: str, kind: OrganisationKind, by: Person, at: datetime
) -> Organisation:
    """The organisation can have members."""
    organisation = Organisation.objects.create(name=name, kind=kind)
    audit.record(
        tag=Tag.ORGANISATION_ADDED,
        subject=f"organisation {organisation.pk}",
        details={"name": name, "kind": kind.value},
        by=by,
        at=at,
    )
    return organisation


@transaction.atomic
def add_member(
    *,
    user_id: int,
    organisation_id: int | None,
    role: Role,
    team: Team | None = None,
    by: Person,
    at: datetime,
) -> Membership:
    """The person holds the role in the organisation. Raises RoleNotHeldThere.

    Families' roles are held in no organisation: pass None.
    """
    organisation = None
    if organisation_id is not None:
        organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    kind = OrganisationKind(organisation.kind) if organisation else None
    if not rules.may_hold(role, kind):
        raise RoleNotHeldThere
    membership, is_new = Membership.objects.get_or_create(
        user_id=user_id, organisation=organisation, role=role, defaults={"team": team or ""}
    )
    if is_new:
        audit.record(
            tag=Tag.MEMBER_ADDED,
            subject=f"user {user_id}",
            details={"organisation": organisation_id, "role": role.value},
            by=by,
            at=at,
        )
    return membership


@transaction.atomic
def remove_member(*, membership_id: int, by: Person, at: datetime) -> None:
    """The person holds the role there no longer, from their next page on."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    audit.record(
        tag=Tag.MEMBER_REMOVED,
        subject=f"user {membership.user_id}",
        details={"organisation": membership.organisation_id, "role": membership.role},
        by=by,
        at=at,
    )
    membership.delete()
