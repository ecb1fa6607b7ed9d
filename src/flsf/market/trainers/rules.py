"""What is told of somebody who gives training or apprenticeships."""

from dataclasses import dataclass

from flsf.market.trainers.enums import Kind, Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerFacts:
    """Who it is, what it offers, where, and how to reach it. No UKPRN: empty."""

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


def in_order(offers: frozenset[str] | set[str]) -> tuple[Offer, ...]:
    """The offers of these codes, in the order in which they are always told."""
    return tuple(one for one in Offer if one.value in offers)


def same_name(name: str) -> str:
    """What two ways of writing one name share: small letters, no signs, no Ltd."""
    plain = "".join(one if one.isalnum() or one.isspace() else " " for one in name.casefold())
    words = plain.split()
    while words and words[-1] in {"ltd", "limited", "plc", "llp"}:
        words.pop()
    return " ".join(words)
