"""Which role may do what, and how far it sees."""

from collections.abc import Iterable, Mapping

from flsf.core.people import ChildReach
from flsf.shared.accounts.enums import OrganisationKind, Permission, Role

P = Permission

GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {P.MY_WORK, P.MANAGE_USERS, P.MANAGE_SETTINGS, P.SET_BUDGETS, P.IMPORT_DATA}
    ),
    Role.COMMISSIONER: frozenset(
        {
            *(P.MY_WORK, P.VIEW_FRAMEWORK, P.EDIT_FRAMEWORK, P.VIEW_PROVIDERS, P.EDIT_PROVIDERS),
            *(P.SUSPEND_PROVIDERS, P.VIEW_APPLICATIONS, P.EVALUATE_APPLICATIONS),
            *(P.DECIDE_ADMISSIONS, P.VIEW_WAITING, P.VIEW_AWARDS, P.DECIDE_AWARDS),
            *(P.SCORE_BIDS, P.VIEW_CONTRACTS),
            *(P.KEEP_REGISTERS, P.VIEW_CONFLICTS, P.VIEW_EXCLUSIONS, P.KEEP_EXCLUSIONS),
            P.DECIDE_EXCLUSIONS,
            *(P.VIEW_PLACEMENTS, P.VIEW_MONEY, P.APPROVE_CLAIMS, P.VIEW_OVERSIGHT),
            *(P.VIEW_WAIVERS, P.EDIT_WAIVERS, P.IMPORT_DATA),
        }
    ),
    Role.CASEWORKER: frozenset(
        {
            *(P.MY_WORK, P.VIEW_PROVIDERS, P.VIEW_CHILDREN, P.EDIT_CHILDREN, P.VIEW_WAITING),
            *(P.WORK_REFERRALS, P.VIEW_AWARDS, P.SCORE_BIDS, P.VIEW_PLACEMENTS),
        }
    ),
    Role.VIRTUAL_SCHOOL: frozenset(
        {
            *(P.MY_WORK, P.VIEW_PROVIDERS, P.VIEW_CHILDREN, P.EDIT_CHILDREN, P.VIEW_WAITING),
            *(P.WORK_REFERRALS, P.VIEW_AWARDS, P.SCORE_BIDS, P.VIEW_PLACEMENTS, P.VIEW_MONEY),
        }
    ),
    Role.QUALITY: frozenset(
        {
            *(P.MY_WORK, P.VIEW_PROVIDERS, P.EDIT_PROVIDERS, P.SUSPEND_PROVIDERS),
            *(P.VIEW_APPLICATIONS, P.EVALUATE_APPLICATIONS, P.VIEW_PLACEMENTS),
            P.VIEW_CONTRACTS,
        }
    ),
    Role.SAFEGUARDING: frozenset(
        {
            *(P.MY_WORK, P.VIEW_PROVIDERS, P.SUSPEND_PROVIDERS, P.VIEW_CHILDREN),
            *(P.VIEW_CONCERNS, P.VIEW_PLACEMENTS, P.VIEW_APPLICATIONS),
            P.EVALUATE_APPLICATIONS,
        }
    ),
    Role.PROCUREMENT: frozenset(
        {
            *(P.MY_WORK, P.VIEW_FRAMEWORK, P.VIEW_PROVIDERS, P.VIEW_AWARDS, P.VIEW_WAIVERS),
            *(P.SCORE_BIDS, P.VIEW_CONTRACTS),
            *(P.EDIT_WAIVERS, P.VIEW_MONEY, P.VIEW_APPLICATIONS, P.EVALUATE_APPLICATIONS),
            *(P.KEEP_REGISTERS, P.VIEW_LEGAL_ADVICE, P.VIEW_CONFLICTS),
            *(P.VIEW_EXCLUSIONS, P.KEEP_EXCLUSIONS),
        }
    ),
    Role.FINANCE: frozenset(
        {
            *(P.MY_WORK, P.VIEW_PROVIDERS, P.VIEW_AWARDS, P.VIEW_MONEY, P.APPROVE_CLAIMS),
            *(P.RECORD_PAYMENTS, P.SET_BUDGETS, P.VIEW_OVERSIGHT, P.VIEW_WAIVERS),
        }
    ),
    Role.DIRECTOR: frozenset(
        {
            *(
                P.MY_WORK,
                P.VIEW_FRAMEWORK,
                P.VIEW_LEGAL_ADVICE,
                P.VIEW_CONFLICTS,
                P.VIEW_EXCLUSIONS,
                P.DECIDE_EXCLUSIONS,
                P.VIEW_PROVIDERS,
                P.VIEW_WAITING,
                P.VIEW_AWARDS,
            ),
            *(P.DECIDE_AWARDS, P.VIEW_MONEY, P.VIEW_OVERSIGHT, P.VIEW_WAIVERS),
            *(P.VIEW_APPLICATIONS, P.DECIDE_ADMISSIONS, P.VIEW_CONTRACTS),
        }
    ),
    Role.COUNCILLOR: frozenset({P.MY_WORK, P.VIEW_FRAMEWORK, P.VIEW_OVERSIGHT}),
    Role.INFORMATION_GOVERNANCE: frozenset({P.MY_WORK, P.VIEW_ACCESS_LOG}),
    Role.SENCO: frozenset({P.REFER_AS_SCHOOL, P.VIEW_OWN_PUPILS}),
    Role.PROVIDER_MANAGER: frozenset(
        {P.MANAGE_OWN_SERVICES, P.VIEW_OWN_PLACEMENTS, P.RECORD_SESSIONS, P.MAKE_CLAIMS, P.APPLY}
    ),
    Role.PRACTITIONER: frozenset({P.VIEW_OWN_PLACEMENTS, P.RECORD_SESSIONS}),
    Role.APPLICANT: frozenset({P.APPLY}),
    Role.PARENT: frozenset({P.VIEW_OWN_REQUESTS}),
    Role.YOUNG_PERSON: frozenset({P.VIEW_OWN_REQUESTS}),
}

# Parents and young people belong to no organisation: their access is by disclosure.
HELD_AT: Mapping[Role, OrganisationKind | None] = {
    Role.SENCO: OrganisationKind.SCHOOL,
    Role.PROVIDER_MANAGER: OrganisationKind.PROVIDER,
    Role.PRACTITIONER: OrganisationKind.PROVIDER,
    Role.APPLICANT: OrganisationKind.PROVIDER,
    Role.PARENT: None,
    Role.YOUNG_PERSON: None,
}

CHILDREN: Mapping[Role, ChildReach] = {
    Role.CASEWORKER: ChildReach.ALL,
    Role.SAFEGUARDING: ChildReach.ALL,
    Role.VIRTUAL_SCHOOL: ChildReach.LOOKED_AFTER,
}


# Those who see other people's children, or money, in the course of their work.
SECOND_FACTOR_KINDS = frozenset({OrganisationKind.COUNCIL, OrganisationKind.PROVIDER})
# Applicants see no child and no money: what they wrote themselves, and nothing else.
NO_SECOND_FACTOR = frozenset({Role.APPLICANT})


def need_second_factor(roles: Iterable[Role]) -> bool:
    """Whether any of the roles is only safe behind a second factor: staff's and providers'."""
    return any(
        HELD_AT.get(role, OrganisationKind.COUNCIL) in SECOND_FACTOR_KINDS
        for role in set(roles) - NO_SECOND_FACTOR
    )


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that any of the roles allows."""
    return frozenset[Permission]().union(*(GRANTED[role] for role in roles))


def roles_with(permission: Permission) -> list[Role]:
    """The roles that a permission is granted to, in their usual order."""
    return [role for role in Role if permission in GRANTED[role]]


def children_of(roles: Iterable[Role]) -> ChildReach:
    """The widest reach over children that any of the roles gives."""
    reaches = {CHILDREN.get(role, ChildReach.DISCLOSED) for role in roles}
    for reach in (ChildReach.ALL, ChildReach.LOOKED_AFTER):
        if reach in reaches:
            return reach
    return ChildReach.DISCLOSED


def may_hold(role: Role, at: OrganisationKind | None) -> bool:
    """Whether a role belongs in that kind of organisation; None is no organisation."""
    return HELD_AT.get(role, OrganisationKind.COUNCIL) == at
