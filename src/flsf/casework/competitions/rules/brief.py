"""What is wanted, said without saying of whom."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from flsf.core import half_days
from flsf.core.needs import from_mask
from flsf.market.providers.enums import MODE_ORDER, Mode, mode_bit

# Bands of several years: an age would tell more than a bidder needs.
BANDS = ((0, 6), (7, 10), (11, 13), (14, 15), (16, 18), (19, 25))
# A name for a condition, which is the child's own and not the brief's. Needs are told by area.
DIAGNOSES = re.compile(
    r"\b(autis\w*|asd|asc|adhd|dyslexi\w*|dyspraxi\w*|dyscalculi\w*|pda|ocd|ptsd|tourette\w*|"
    r"epilep\w*|psychosis|psychotic|schizophreni\w*|bipolar|anorexi\w*|bulimi\w*|cerebral palsy|"
    r"down'?s? syndrome|diabet\w*|depress(?:ion|ive)|diagnos\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What providers are asked for. It names nobody, no diagnosis, no address and no school."""

    age_band: str
    needs: tuple[str, ...]  # broad areas of need
    area: str
    how: tuple[str, ...]  # where it may be given; none: anywhere
    wanted: str
    outcomes: str
    starts_on: date
    ends_on: date
    half_days_mask: int
    minutes: int
    places: int = 1

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "needs": list(self.needs),
            "how": list(self.how),
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        values = dict(kept)
        values["needs"], values["how"] = tuple(kept["needs"]), tuple(kept["how"])
        for name in ("starts_on", "ends_on"):
            values[name] = date.fromisoformat(kept[name])
        return cls(**values)

    @property
    def half_days(self) -> list[str]:
        return [str(one) for one in half_days.from_mask(self.half_days_mask)]


def age_band(age: int) -> str:
    """The band an age is in: "11 to 13"."""
    lowest, highest = next((one for one in BANDS if one[0] <= age <= one[1]), BANDS[-1])
    return f"{lowest} to {highest}" if lowest else f"Up to {highest}"


def areas(needs_mask: int) -> tuple[str, ...]:
    """The broad areas of need of the SEND Code of Practice, each once, in their order."""
    return tuple(dict.fromkeys(one.area.value for one in from_mask(needs_mask)))


def area_of(postcode: str) -> str:
    """The postcode district: "ZZ1". Thousands of homes share it."""
    return postcode.split(" ", maxsplit=1)[0] if " " in postcode else ""


def modes(modes_mask: int) -> tuple[str, ...]:
    """Where it may be given, in words."""
    return tuple(Mode(one).label for one in MODE_ORDER if modes_mask & mode_bit(one))


def personal(texts: Iterable[str], names: Sequence[str]) -> list[str]:
    """The words that say of whom it is: a name of the child's, or a diagnosis.

    Names are looked for as they are written on the record, since many are common words too.
    """
    said = " ".join(texts)
    named = [one for one in names if one and re.search(rf"\b{re.escape(one)}\b", said)]
    return list(dict.fromkeys([*named, *(one.group(0) for one in DIAGNOSES.finditer(said))]))
