"""What is told of somebody who gives training or apprenticeships."""

from dataclasses import dataclass

from flsf.market.trainers.enums import Kind, Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerFacts:
    """Who it is, what it offers, where, and how to reach it. No UKPRN: empty.

    `places` are those for supported internships in a year, `open_places` those that nobody has
    yet, both as it told us last; None: it has not told us.
    """

    name: str
    kind: Kind = Kind.TRAINING
    offers: tuple[Offer, ...] = ()
    ukprn: str = ""
    place: str = ""
    postcode: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    about: str = ""
    places: int | None = None
    open_places: int | None = None


def in_order(offers: frozenset[str] | set[str]) -> tuple[Offer, ...]:
    """The offers of these codes, in the order in which they are always told."""
    return tuple(one for one in Offer if one.value in offers)


def has_places_of_nothing(facts: TrainerFacts) -> bool:
    """Whether places for supported internships are told of somebody who offers none."""
    is_told = facts.places is not None or facts.open_places is not None
    return is_told and Offer.INTERNSHIPS not in facts.offers


def has_more_open_than_places(facts: TrainerFacts) -> bool:
    """Whether more places are open than there are; of places not told none may be open."""
    if facts.open_places is None:
        return False
    return facts.places is None or facts.open_places > facts.places


def same_name(name: str) -> str:
    """What two ways of writing one name share: small letters, no signs, no Ltd."""
    plain = "".join(one if one.isalnum() or one.isspace() else " " for one in name.casefold())
    words = plain.split()
    while words and words[-1] in {"ltd", "limited", "plc", "llp"}:
        words.pop()
    return " ".join(words)
