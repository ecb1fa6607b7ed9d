"""Reads of people and organisations."""

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import Membership, Organisation, User


def organisations(person: Person) -> QuerySet[Organisation]:
    """The organisations this person may see, by name."""
    return Organisation.objects.visible_to(person).order_by("name")


def user_with_email(email: str) -> User | None:
    """The active person who signs in with that address, if there is one."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def user_with_persona(persona: str) -> User | None:
    """The demonstration person behind an address under /demo/as/, if there is one."""
    return User.objects.filter(persona=persona, is_active=True).exclude(persona="").first()


def personas() -> QuerySet[User]:
    """The demonstration people, in the order they were made."""
    return User.objects.exclude(persona="").order_by("pk")


def holding(role: Role) -> QuerySet[User]:
    """The active people who hold a role, by name."""
    return User.objects.filter(memberships__role=role, is_active=True).distinct().order_by("name")


def council() -> Organisation | None:
    """The council this installation serves, if it has been set up."""
    return Organisation.objects.filter(kind=OrganisationKind.COUNCIL).order_by("pk").first()


def roles_of(user_id: int | None) -> frozenset[Role]:
    """The roles a person holds now; none for the system or a visitor."""
    if user_id is None:
        return frozenset()
    held = Membership.objects.filter(user=user_id, user__is_active=True)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))
