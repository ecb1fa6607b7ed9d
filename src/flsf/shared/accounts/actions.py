"""The only writes of people, organisations and memberships."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.shared.accounts import rules
from flsf.shared.accounts.enums import OrganisationKind, Role, Tag, Team
from flsf.shared.accounts.models import Membership, Organisation, User
from flsf.shared.audit import actions as audit


class EmailTaken(Refusal):
    says = "Somebody already signs in with that email address."


class LastAdministrator(Refusal):
    says = "Nobody else could look after people here. Make another person administrator first."


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
    user = User(ref=unused_ref("U", User.objects), email=email, name=name, persona=persona)
    user.set_password(password)
    user.save()
    audit.record(tag=Tag.ACCOUNT_OPENED, subject=f"user {user.pk}", details={}, by=by, at=at)
    return user


@transaction.atomic
def close_account(*, user_id: int, by: Person, at: datetime) -> None:
    """The person cannot sign in, and is signed out at their next page. Raises LastAdministrator."""
    user = _locked(user_id)
    if not user.is_active:
        return
    _keep_an_administrator(but_for_user=user.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(tag=Tag.ACCOUNT_CLOSED, subject=f"user {user.pk}", details={}, by=by, at=at)


@transaction.atomic
def reopen_account(*, user_id: int, by: Person, at: datetime) -> None:
    """The person can sign in again, with the roles they had."""
    user = _locked(user_id)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(tag=Tag.ACCOUNT_REOPENED, subject=f"user {user.pk}", details={}, by=by, at=at)


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
def add_members(
    *, people: Collection[tuple[int, int]], role: Role, by: Person, at: datetime
) -> None:
    """As add_member, for several at once: each a person and an organisation, by their ids.

    Raises RoleNotHeldThere.
    """
    places = {organisation for _, organisation in people}
    held = Organisation.objects.select_for_update().filter(pk__in=places).order_by("pk")
    if not all(rules.may_hold(role, OrganisationKind(one.kind)) for one in held):
        raise RoleNotHeldThere
    there = set(
        Membership.objects.filter(organisation__in=places, role=role).values_list(
            "user", "organisation"
        )
    )
    new = sorted(set(people) - there)
    Membership.objects.bulk_create(
        Membership(user_id=user, organisation_id=organisation, role=role)
        for user, organisation in new
    )
    audit.record_many(
        tag=Tag.MEMBER_ADDED,
        entries=[
            (f"user {user}", {"organisation": organisation, "role": role.value})
            for user, organisation in new
        ],
        by=by,
        at=at,
    )


@transaction.atomic
def rename(*, user_id: int, name: str, email: str, by: Person, at: datetime) -> None:
    """The person has this name and signs in with this address. Raises EmailTaken."""
    user = _locked(user_id)
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise EmailTaken
    changed = [
        key for key, given in (("name", name), ("email", email)) if getattr(user, key) != given
    ]
    if not changed:
        return
    user.name, user.email = name, email
    user.save(update_fields=changed)
    audit.record(
        tag=Tag.ACCOUNT_CHANGED,
        subject=f"user {user.pk}",
        details={"changed": changed},
        by=by,
        at=at,
    )


@transaction.atomic
def remove_member(*, membership_id: int, by: Person, at: datetime) -> None:
    """The person holds the role there no longer, from their next page on.

    Raises LastAdministrator.
    """
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(but_for_user=membership.user_id)
    audit.record(
        tag=Tag.MEMBER_REMOVED,
        subject=f"user {membership.user_id}",
        details={"organisation": membership.organisation_id, "role": membership.role},
        by=by,
        at=at,
    )
    membership.delete()


def _locked(user_id: int) -> User:
    return User.objects.select_for_update().get(pk=user_id)


def _keep_an_administrator(*, but_for_user: int) -> None:
    """Locks the administrators' memberships, so that two cannot close each other at once."""
    held = list(
        Membership.objects.select_for_update(of=("self",))
        .filter(role=Role.ADMINISTRATOR, user__is_active=True)
        .order_by("pk")
        .values_list("user_id", flat=True)
    )
    if but_for_user in held and set(held) == {but_for_user}:
        raise LastAdministrator
