"""Reads of people and organisations."""

from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from flsf.core.people import Person
from flsf.shared.accounts import rules
from flsf.shared.accounts.enums import Inhabitants, OrganisationKind, Permission, Role
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


def staff_with(permission: Permission) -> QuerySet[User]:
    """The council's people with open accounts whose roles allow that, by name."""
    roles = rules.roles_with(permission)
    found = User.objects.filter(
        memberships__role__in=roles,
        memberships__organisation__kind=OrganisationKind.COUNCIL,
        is_active=True,
    )
    return found.distinct().order_by("name", "pk")


def members_at(organisation_id: int | None, *, role: Role | None = None) -> QuerySet[User]:
    """The active people of an organisation, or those who hold a role there, by name."""
    found = User.objects.filter(memberships__organisation=organisation_id, is_active=True)
    if organisation_id is None:
        found = found.none()
    if role is not None:
        found = found.filter(memberships__role=role)
    return found.distinct().order_by("name")


def members_of(
    organisation_ids: Collection[int], *, role: Role | None = None
) -> dict[int, list[User]]:
    """As members_at, for several organisations in one query."""
    held = Membership.objects.filter(organisation__in=organisation_ids, user__is_active=True)
    if role is not None:
        held = held.filter(role=role)
    found: dict[int, dict[int, User]] = {}
    for one in held.select_related("user").order_by("user__name", "user"):
        if one.organisation_id is not None:
            found.setdefault(one.organisation_id, {})[one.user_id] = one.user
    return {organisation: list(people.values()) for organisation, people in found.items()}


def people(
    *, person: Person, words: str = "", role: Role | None = None, is_active: bool | None = None
) -> QuerySet[User]:
    """The people this person looks after, by name, each with `has_second_factor`.

    Memberships and their organisations come with them in two further queries.
    """
    found = User.objects.visible_to(person)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role is not None:
        found = found.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), role=role)))
    if is_active is not None:
        found = found.filter(is_active=is_active)
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return (
        found.annotate(has_second_factor=Exists(factors))
        .prefetch_related("memberships__organisation")
        .order_by("name", "pk")
    )


def user_with_ref(ref: str, *, person: Person) -> User | None:
    """That person, if this one looks after people."""
    return people(person=person).filter(ref=ref).first()


def factors_set_up() -> tuple[int, int]:
    """How many active people hold a role that needs a second factor, and how many have one."""
    needing = [role for role in Role if rules.need_second_factor([role])]
    held = Membership.objects.filter(user=OuterRef("pk"), role__in=needing)
    people_needing = User.objects.filter(Exists(held), is_active=True)
    having = people_needing.filter(Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
    return people_needing.count(), having.count()


def council() -> Organisation | None:
    """The council this installation serves, if it has been set up."""
    return Organisation.objects.filter(kind=OrganisationKind.COUNCIL).order_by("pk").first()


def roles_of(user_id: int | None) -> frozenset[Role]:
    """The roles a person holds now; none for the system or a visitor."""
    if user_id is None:
        return frozenset()
    held = Membership.objects.filter(user=user_id, user__is_active=True)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


LINK = "flsf.sign-in-link"


def sign_in_token(user_id: int, *, at: datetime) -> str | None:
    """What goes in a link that signs the person in; None for an account that is closed.

    It holds for a few minutes (FLSF_SIGN_IN_LINK_MINUTES) and until they next sign in by any way.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    said = {"user": user.pk, "at": int(at.timestamp()), "mark": _mark(user)}
    return signing.dumps(said, salt=LINK)


def user_with_sign_in_token(token: str, *, at: datetime) -> User | None:
    """The person a link signs in, unless it is forged, too old, used, or its account closed."""
    try:
        said = signing.loads(token, salt=LINK)
    except signing.BadSignature:
        return None
    age = timedelta(seconds=at.timestamp() - said["at"])
    if not timedelta() - timedelta(seconds=1) <= age <= _link_holds():
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    if user is None or not constant_time_compare(_mark(user), said["mark"]):
        return None
    return user


def _mark(user: User) -> str:
    """Changes whenever the person signs in, or their password or address changes."""
    state = f"{user.pk}{user.password}{user.email}{user.last_login}"
    return salted_hmac(LINK, state, algorithm="sha256").hexdigest()[:32]


def _link_holds() -> timedelta:
    return timedelta(minutes=settings.FLSF_SIGN_IN_LINK_MINUTES)


def inhabitants() -> Inhabitants:
    """Whether this is the made-up borough's database, a council's, or still nobody's."""
    people = User.objects.order_by()
    if people.exclude(persona="").exists():
        return Inhabitants.MADE_UP
    return Inhabitants.REAL if people.exists() else Inhabitants.NOBODY
