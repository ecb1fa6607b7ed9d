"""Makes what a test needs and has no wish to read about.

Everything is made through actions, so no test can start from a state that the
system would not let anybody reach.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count

from flsf.core.people import SYSTEM
from flsf.mandate.delegations import actions as delegations
from flsf.mandate.delegations.actions import NewDelegation
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.models import Delegation
from flsf.mandate.delegations.rules import USUAL_TERMS
from flsf.mandate.framework import actions as framework
from flsf.mandate.framework import queries as framework_queries
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.models import Framework, Lot
from flsf.mandate.governance import actions as governance
from flsf.mandate.governance.enums import Kind
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import Organisation, User

TODAY = date(2026, 5, 15)
NOW = datetime(2026, 5, 15, 9, 0, tzinfo=UTC)

_numbers = count(1)


def user() -> User:
    number = next(_numbers)
    return accounts.open_account(
        email=f"person{number}@example.org",
        name=f"Person {number}",
        password="x",
        by=SYSTEM,
        at=NOW,
    )


def organisation(kind: OrganisationKind = OrganisationKind.PROVIDER) -> Organisation:
    name = f"Organisation {next(_numbers)}"
    return accounts.add_organisation(name=name, kind=kind, by=SYSTEM, at=NOW)


def council_member(role: Role = Role.QUALITY) -> User:
    return member_of(organisation(OrganisationKind.COUNCIL), role)


def member_of(place: Organisation | None, role: Role = Role.PROVIDER_MANAGER) -> User:
    person = user()
    accounts.add_member(
        user_id=person.pk,
        organisation_id=place.pk if place else None,
        role=role,
        by=SYSTEM,
        at=NOW,
    )
    return person


def made_framework(starts_on: date = date(2026, 4, 1), *, name: str = "FLSF") -> Framework:
    made = framework.establish(
        name=name,
        starts_on=starts_on,
        initial_years=3,
        extension_years_allowed=5,
        by=SYSTEM,
        at=NOW,
    )
    delegate(made)
    return made


def delegate(
    inside: Framework,
    *,
    powers: Iterable[Power] = (Power.JOIN, Power.CALL_OFF),
    roles: Iterable[Role] = (Role.DIRECTOR, Role.COMMISSIONER),
    given_on: date = date(2026, 1, 29),
    passed_on_from: int | None = None,
) -> list[Delegation]:
    """Cabinet delegated these powers to these roles."""
    return [
        delegations.record(
            framework_id=inside.pk,
            new=NewDelegation(
                power=power,
                role=role,
                post=str(role.label),
                given_by="Cabinet",
                given_on=given_on,
                minute="minute 57",
                terms=USUAL_TERMS[power],
                in_force_from=given_on,
                passed_on_from=passed_on_from,
            ),
            by=SYSTEM,
            at=NOW,
        )
        for power in powers
        for role in roles
    ]


def lot(name: str = "Tutoring", *, inside: Framework | None = None) -> Lot:
    inside = inside or made_framework()
    code = f"lot-{next(_numbers)}"
    return framework.open_lot(framework_id=inside.pk, code=code, name=name, by=SYSTEM, at=NOW)


def works_as(inside: Framework, model: CommercialModel, since: date | None = None) -> None:
    """From that day on, by default today, the framework works by that commercial model."""
    if framework_queries.model_on(inside.pk, on=since or TODAY) is not model:
        framework.set_model(
            framework_id=inside.pk,
            model=model,
            in_force_from=since or TODAY,
            authority="Director",
            reason="So.",
            by=SYSTEM,
            at=NOW,
        )


def conflicts_assessed(inside: Framework, confirmed_on: date | None = None) -> None:
    """Who judges for the framework has been asked about interests, confirmed by default today."""
    words = dict.fromkeys(("about", "interests", "perceived", "steps", "prepared_by"), "Words")
    told = words | {
        "prepared_on": "2026-03-01",
        "confirmed_on": (confirmed_on or TODAY).isoformat(),
        "review_on": "2026-09-01",
    }
    governance.add(framework_id=inside.pk, kind=Kind.CONFLICT, told=told, by=SYSTEM, at=NOW)
