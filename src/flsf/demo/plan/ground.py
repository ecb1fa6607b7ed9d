"""The ground: twenty-four wards, their postcodes, and the schools that stand on them.

The borough lies on a made-up patch of the British National Grid; its postcodes begin with
ZZ, which no real one does.
"""

from dataclasses import dataclass
from random import Random

from flsf.core.geo import Point
from flsf.demo.plan import names

WEST, SOUTH = 391_000, 283_000  # metres; the borough's south-west corner
COLUMNS, ROWS = 6, 4
WIDE, HIGH = 2_100, 2_000  # metres of one ward before its corners are moved
FIRST_URN = 990_001  # beyond any number in the national register
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class WardPlan:
    code: str
    name: str
    corners: tuple[Point, ...]  # closed ring, first corner again at the end
    middle: Point


@dataclass(frozen=True, slots=True)
class PostcodePlan:
    postcode: str
    at: Point
    ward_code: str


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    urn: int
    name: str
    phase: str
    lowest_age: int
    highest_age: int
    postcode: str
    at: Point


@dataclass(frozen=True, slots=True)
class Ground:
    wards: tuple[WardPlan, ...]
    postcodes: tuple[PostcodePlan, ...]
    schools: tuple[SchoolPlan, ...]


def lay() -> Ground:
    """The same ground every time."""
    rng = Random("Marlbeck: ground")  # noqa: S311 - a made-up place, not a secret
    wards = _wards(rng)
    postcodes = _postcodes(wards, rng)
    return Ground(wards, postcodes, _schools(postcodes, rng))


def _wards(rng: Random) -> tuple[WardPlan, ...]:
    corner = {
        (column, row): Point(
            WEST + column * WIDE + rng.randrange(-380, 380),
            SOUTH + row * HIGH + rng.randrange(-340, 340),
        )
        for column in range(COLUMNS + 1)
        for row in range(ROWS + 1)
    }
    made = []
    for number, name in enumerate(names.WARDS):
        column, row = number % COLUMNS, number // COLUMNS
        ring = [
            corner[column, row],
            corner[column + 1, row],
            corner[column + 1, row + 1],
            corner[column, row + 1],
        ]
        middle = Point(
            sum(one.easting for one in ring) // 4, sum(one.northing for one in ring) // 4
        )
        made.append(WardPlan(f"ZZ05{number + 1:05d}", name, (*ring, ring[0]), middle))
    return tuple(made)


def _postcodes(wards: tuple[WardPlan, ...], rng: Random) -> tuple[PostcodePlan, ...]:
    made = []
    for number, ward in enumerate(wards):
        district = 1 + number * 9 // len(wards)
        for spot in range(16):
            letters = LETTERS[number % 20] + LETTERS[(spot + number) % 20]
            at = Point(
                ward.middle.easting + rng.randrange(-700, 700),
                ward.middle.northing + rng.randrange(-650, 650),
            )
            made.append(PostcodePlan(f"ZZ{district} {1 + spot % 9}{letters}", at, ward.code))
    unique = {one.postcode: one for one in made}
    return tuple(unique.values())


AGES = {"Primary": (4, 11), "Secondary": (11, 16), "16 plus": (16, 19), "All-through": (4, 19)}


def _schools(postcodes: tuple[PostcodePlan, ...], rng: Random) -> tuple[SchoolPlan, ...]:
    spots = rng.sample(postcodes, len(names.SCHOOLS))
    return tuple(
        SchoolPlan(FIRST_URN + number, name, phase, *AGES[phase], spot.postcode, spot.at)
        for number, ((name, phase), spot) in enumerate(zip(names.SCHOOLS, spots, strict=True))
    )
