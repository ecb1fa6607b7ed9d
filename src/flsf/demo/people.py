"""Who lives and works in Marlbeck: one person for each persona of the demonstration."""

from dataclasses import dataclass
from datetime import datetime

from flsf.core.people import SYSTEM
from flsf.demo.plan.applications import APPLICANT
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts import queries
from flsf.shared.accounts.enums import OrganisationKind, Role, Team

COUNCIL = ("Marlbeck Council", OrganisationKind.COUNCIL)
SCHOOL = ("Alder Hill School", OrganisationKind.SCHOOL)
SOLE = ("Steady Steps Mentoring", OrganisationKind.PROVIDER)
CHARITY = (APPLICANT, OrganisationKind.PROVIDER)
TUITION = ("Lantern Tuition", OrganisationKind.PROVIDER)

Place = tuple[str, OrganisationKind]


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person: their address under /demo/as/, and what they do where."""

    address: str
    name: str
    place: Place | None
    roles: tuple[Role, ...]
    team: Team | None = None

    @property
    def email(self) -> str:
        return f"{self.address}@marlbeck.example"


R = Role

PERSONAS = (
    Persona("commissioner", "Priya Nair", COUNCIL, (R.COMMISSIONER,)),
    Persona("caseworker", "Tom Ashdown", COUNCIL, (R.CASEWORKER,), Team.SEND),
    Persona("virtual-school", "Grace Oduya", COUNCIL, (R.VIRTUAL_SCHOOL,), Team.VIRTUAL_SCHOOL),
    Persona("finance", "Helen Marsh", COUNCIL, (R.FINANCE,)),
    Persona("director", "Samuel Brook", COUNCIL, (R.DIRECTOR,)),
    Persona("quality", "Anita Rowe", COUNCIL, (R.QUALITY,)),
    Persona("safeguarding", "Daniel Frost", COUNCIL, (R.SAFEGUARDING,)),
    Persona("councillor", "Joan Whitlock", COUNCIL, (R.COUNCILLOR,)),
    Persona("procurement", "Omar Siddiq", COUNCIL, (R.PROCUREMENT,)),
    Persona("information-governance", "Ruth Calder", COUNCIL, (R.INFORMATION_GOVERNANCE,)),
    Persona("administrator", "Ben Ferris", COUNCIL, (R.ADMINISTRATOR,)),
    Persona("senco", "Maya Thornton", SCHOOL, (R.SENCO,)),
    Persona("parent", "Leanne Pike", None, (R.PARENT,)),
    Persona("young-person", "Jordan Pike", None, (R.YOUNG_PERSON,)),
    Persona("sole-provider", "Carl Benton", SOLE, (R.PROVIDER_MANAGER, R.PRACTITIONER)),
    Persona("tuition-manager", "Nadia Hussain", TUITION, (R.PROVIDER_MANAGER,)),
    Persona("mentor", "Kofi Mensah", TUITION, (R.PRACTITIONER,)),
    Persona("applicant", "Asha Bell", CHARITY, (R.APPLICANT,)),
)


def settle(*, at: datetime) -> None:
    """Everybody of PERSONAS is there, made once however often this is called."""
    known = {person.persona: person for person in queries.personas()}
    places: dict[Place, int] = {}
    for persona in PERSONAS:
        if persona.address not in known:
            _settle_one(persona, places, at)


def _settle_one(persona: Persona, places: dict[Place, int], at: datetime) -> None:
    person = accounts.open_account(
        email=persona.email,
        name=persona.name,
        password=None,
        persona=persona.address,
        by=SYSTEM,
        at=at,
    )
    for role in persona.roles:
        accounts.add_member(
            user_id=person.pk,
            organisation_id=_organisation(persona.place, places, at) if persona.place else None,
            role=role,
            team=persona.team,
            by=SYSTEM,
            at=at,
        )


def _organisation(place: Place, places: dict[Place, int], at: datetime) -> int:
    if place not in places:
        name, kind = place
        found = queries.organisations(SYSTEM).filter(name=name, kind=kind).first()
        made = found or accounts.add_organisation(name=name, kind=kind, by=SYSTEM, at=at)
        places[place] = made.pk
    return places[place]
