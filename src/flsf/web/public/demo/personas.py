"""What each persona's card says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody to look around as."""

    persona: str
    name: str
    who: str
    moment: str


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    cards: list[Card]


# Heading, then for each persona: who it is, and when they open the service.
WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Families": {
        "parent": ("Parent", "Half past ten at night, on a phone: what is happening for my child?"),
        "young-person": ("Young person", "Who will help me, and when?"),
    },
    "Schools": {
        "senco": ("School SENCO", "After school, twenty minutes: a pupil has stopped attending."),
    },
    "Providers": {
        "mentor": ("Mentor", "In the car after a session: mark it and go."),
        "applicant": ("Charity of one person", "Sunday evening, forty minutes: can I join?"),
        "sole-provider": ("One-person mentoring service", "Sunday evening: places, rates and pay."),
        "tuition-manager": ("Tuition company manager", "Friday afternoon: registers and claims."),
    },
    "The council's teams": {
        "caseworker": ("SEND caseworker", "The phone has just rung: a child is out of school."),
        "virtual-school": ("Virtual School officer", "Before a meeting about a child in care."),
        "commissioner": ("Commissioning officer", "A quarter to nine: what came in overnight?"),
        "quality": ("Quality officer", "The day before a visit to a provider."),
        "safeguarding": ("Safeguarding lead", "Ten to five on Friday: a concern has come in."),
        "finance": ("Finance officer", "Month end: which claims can be paid?"),
        "procurement": ("Procurement officer", "A supplier asks why it was not chosen."),
    },
    "Deciding and watching over": {
        "director": ("Director", "Between meetings: what waits for my decision?"),
        "councillor": ("Councillor", "The morning of a question in the chamber."),
        "information-governance": ("Information governance", "Who looked at this child's record?"),
        "administrator": ("Administrator", "Somebody joins, somebody leaves."),
    },
}


def groups(people: Mapping[str, str]) -> Iterator[Group]:
    """Cards for the personas there are, by persona and name."""
    for heading, words in WORDS.items():
        cards = [
            Card(persona, people[persona], who, moment)
            for persona, (who, moment) in words.items()
            if persona in people
        ]
        if cards:
            yield Group(heading, cards)
