from functools import cached_property
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from flsf.core.people import Person, Reach
from flsf.core.refs import new_ref
from flsf.shared.accounts import rules
from flsf.shared.accounts.enums import OrganisationKind, Permission, Role, Team


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every organisation; others see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(pk__in=person.reach.organisation_ids)


class Organisation(models.Model):
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


def new_user_ref() -> str:
    """A fresh reference of a person who signs in."""
    return new_ref("U")


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, person: Person) -> Self:
        """Those who look after people see everybody; others see themselves."""
        if person.may(Permission.MANAGE_USERS):
            return self
        return self.filter(pk=person.pk) if person.pk is not None else self.none()


class UserManager(BaseUserManager["User"]):
    """Finds people by their address when they sign in, as Django asks."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, person: Person) -> UserQuerySet:
        """As the queryset's."""
        return self.get_queryset().visible_to(person)


class User(AbstractBaseUser):
    """A person who signs in. Satisfies core.people.Person."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    ref = models.CharField(max_length=12, unique=True, default=new_user_ref)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    # In the demonstration a persona's address, e.g. "caseworker"; empty elsewhere.
    persona = models.SlugField(max_length=40, blank=True)

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def _memberships(self) -> list["Membership"]:
        return list(self.memberships.select_related("organisation"))

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(membership.role) for membership in self._memberships)

    @property
    def role_words(self) -> list[str]:
        """The roles in words, from memberships that may have been read ahead."""
        return sorted(one.get_role_display() for one in self.memberships.all())

    @cached_property
    def team(self) -> Team | None:
        """The buying team the person works for, if one."""
        teams = [membership.team for membership in self._memberships if membership.team]
        return Team(teams[0]) if teams else None

    @cached_property
    def reach(self) -> Reach:
        organisations = [one.organisation for one in self._memberships if one.organisation]
        return Reach(
            whole_council=any(one.kind == OrganisationKind.COUNCIL for one in organisations),
            organisation_ids=frozenset(one.pk for one in organisations),
            children=rules.children_of(self.roles),
        )

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return rules.permissions_of(self.roles)

    def may(self, permission: str) -> bool:
        return permission in self.permissions


class Membership(models.Model):
    """A person's role in an organisation, or, for families, in none."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="memberships"
    )
    role = models.CharField(max_length=40, choices=Role)
    team = models.CharField(max_length=20, choices=Team, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="membership_held_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="family_roles_without_organisation",
                condition=Q(role__in=[Role.PARENT, Role.YOUNG_PERSON], organisation=None)
                | (~Q(role__in=[Role.PARENT, Role.YOUNG_PERSON]) & Q(organisation__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"
