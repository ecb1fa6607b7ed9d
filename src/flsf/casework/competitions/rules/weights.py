"""Which criteria a competition has, and how much each counts (rule P11)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from flsf.core.fingerprints import fingerprint

WHOLE = 100
BASIS = 100  # hundredths of a per cent in one per cent


@dataclass(frozen=True, slots=True)
class Bands:
    """How much quality and price may count, in hundredths of a per cent, as published."""

    quality_least: int
    quality_most: int
    price_least: int
    price_most: int

    def in_words(self) -> str:
        return (
            f"quality {self.quality_least // BASIS} to {self.quality_most // BASIS} and price "
            f"{self.price_least // BASIS} to {self.price_most // BASIS}"
        )


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the framework's published criteria as this competition asks it.

    `refined` says what is asked of this brief; the criterion itself stays as it was published.
    """

    code: str
    title: str
    line: str
    refined: str
    weight: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Published:
    """A criterion that the framework has published and a competition may take."""

    code: str
    title: str
    line: str


def offered(lines: Sequence[str]) -> list[Published]:
    """What a competition may be judged by. Price is always there and has its own weight."""
    return [
        Published(f"c{number}", title, line)
        for number, line in enumerate(lines, start=1)
        if (title := _title(line)).casefold() != "price"
    ]


def trouble(criteria: Sequence[Criterion], price: int, bands: Bands) -> str:
    """What is wrong with the weights, with how to mend it; empty: nothing."""
    quality = sum(one.weight for one in criteria)
    if not criteria:
        return "Choose at least one of the published criteria"
    if any(one.weight <= 0 for one in criteria):
        return "Give every criterion that you choose a weight of 1 or more"
    if quality + price != WHOLE:
        return (
            f"The weights total {quality + price}: quality {quality} and price {price}. "
            f"They must total {WHOLE}"
        )
    if not bands.quality_least <= quality * BASIS <= bands.quality_most:
        return f"Quality counts {quality}. The published bands are {bands.in_words()}"
    if not bands.price_least <= price * BASIS <= bands.price_most:
        return f"Price counts {price}. The published bands are {bands.in_words()}"
    return ""


def sealed(published: Mapping[str, Any]) -> str:
    """The hash by which anybody can tell that what was published was not changed."""
    return fingerprint(_flat(published))


def _title(line: str) -> str:
    return line.split(":", maxsplit=1)[0].strip()


def _flat(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Every value with where it stands, in one order whatever order it was kept in."""
    if isinstance(value, Mapping):
        found = [one for name in sorted(value) for one in _flat(value[name], f"{path}/{name}")]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        found = [
            one for place, part in enumerate(value) for one in _flat(part, f"{path}/{place:04}")
        ]
    else:
        found = [(path, str(value))]
    return found
