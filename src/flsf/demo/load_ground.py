"""Lays Marlbeck's ground: wards, postcodes, schools, terms and holidays."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from pyproj import Transformer

from flsf.core.geo import Point
from flsf.core.people import Person
from flsf.demo.plan import days
from flsf.demo.plan.ground import Ground
from flsf.shared.calendars import actions as calendars
from flsf.shared.council import actions as council
from flsf.shared.council.rules import Particulars
from flsf.shared.places import actions as places

AUTHORITY = ("990", "Marlbeck")
# Numbers kept for stories: nobody answers them.
COUNCIL = Particulars(
    name="Marlbeck Council",
    phone="01632 960 010",
    email="flexible.learning@marlbeck.example",
    office_hours="9 to 5, Monday to Friday",
    duty_phone="01632 960 099",
    duty_hours="day and night",
)
SCHOOL_COLUMNS = (
    "urn", "name", "authority_code", "authority_name", "phase", "is_open", "lowest_age",
    "highest_age", "street", "town", "postcode", "easting", "northing",
)  # fmt: skip


def load(ground: Ground, *, today: date, by: Person, at: datetime) -> None:
    """The borough can be found on a map, can be called, and its school days can be counted."""
    council.tell(particulars=COUNCIL, by=by, at=at)
    places.take_in_wards(
        rows=[
            (
                ward.code,
                ward.name,
                _boundary(ward.corners),
                ward.middle.easting,
                ward.middle.northing,
            )
            for ward in ground.wards
        ],
        by=by,
        at=at,
    )
    places.take_in_postcodes(
        columns=("postcode", "easting", "northing", "district", "ward"),
        rows=[
            (one.postcode, one.at.easting, one.at.northing, "ZZ0000001", one.ward_code)
            for one in ground.postcodes
        ],
        by=by,
        at=at,
    )
    places.take_in_schools(
        columns=SCHOOL_COLUMNS,
        rows=[
            (
                *(school.urn, school.name, *AUTHORITY, school.phase, True),
                *(school.lowest_age, school.highest_age, "1 School Lane", "Marlbeck"),
                *(school.postcode, school.at.easting, school.at.northing),
            )
            for school in ground.schools
        ],
        by=by,
        at=at,
    )
    _calendar(today, by=by, at=at)


def _calendar(today: date, *, by: Person, at: datetime) -> None:
    begins = days.academic_year(today)
    terms = [term for year in range(begins - 3, begins + 2) for term in days.terms(year)]
    calendars.take_in_terms(
        terms=[(None, term.name, term.first_day, term.last_day) for term in terms],
        closures=[(None, term.first_day, "INSET day") for term in terms if "Autumn" in term.name],
        by=by,
        at=at,
    )


def _boundary(corners: Sequence[Point]) -> str:
    """The ring as GeoJSON in degrees, as councils' boundary files have it."""
    to_degrees = Transformer.from_crs(27700, 4326, always_xy=True)
    ring = [
        [round(part, 6) for part in to_degrees.transform(one.easting, one.northing)]
        for one in corners
    ]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})
