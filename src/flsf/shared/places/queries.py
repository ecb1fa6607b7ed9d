"""Reads of postcodes, wards and schools. All of them are published."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from flsf.core.geo import Point, postcode_from
from flsf.shared.places.models import Postcode, School, SchoolLink, Ward

SCHOOLS_FOUND = 20
OUTSIDE_METRES = 2_000
# Put as it is: every public search near a postcode begins by asking it.
PLACED = """
SELECT postcode.easting, postcode.northing, wards.west, wards.east, wards.south, wards.north
FROM shared_postcode AS postcode, (
    SELECT min(easting) AS west, max(easting) AS east, min(northing) AS south,
        max(northing) AS north
    FROM shared_ward
) AS wards
WHERE postcode.postcode = %s AND postcode.easting IS NOT NULL AND postcode.northing IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a postcode lies, and whether near our wards; None where we know no wards."""

    at: Point
    is_near_our_wards: bool | None


def locate(postcode: str) -> Point | None:
    """Where a postcode lies, however it is typed; None if we do not know."""
    return locate_many([postcode]).get(postcode)


def locate_many(postcodes: Iterable[str]) -> dict[str, Point]:
    """Where each postcode lies, by what was asked. Those we cannot place are left out."""
    asked = {typed: usual for typed in postcodes if (usual := postcode_from(typed))}
    found = {
        postcode: Point(easting, northing)
        for postcode, easting, northing in Postcode.objects.filter(
            pk__in=set(asked.values())
        ).values_list("postcode", "easting", "northing")
        if easting is not None and northing is not None
    }
    return {typed: found[usual] for typed, usual in asked.items() if usual in found}


def known(postcodes: Iterable[str]) -> set[str]:
    """Those of the postcodes, in their usual form, that are in the directory, placed or not."""
    return set(Postcode.objects.filter(pk__in=list(postcodes)).values_list("pk", flat=True))


def postcodes_held() -> int:
    """How many postcodes the directory holds."""
    return Postcode.objects.count()


def school(urn: int) -> School | None:
    """The school with that number in the national register, open or closed."""
    return School.objects.filter(urn=urn).first()


def organisation_of(school_id: int | None) -> int | None:
    """The school as an organisation whose people sign in; None if it is not invited yet."""
    if school_id is None:
        return None
    return School.objects.values_list("organisation", flat=True).get(pk=school_id)


def school_of(organisation_ids: Iterable[int]) -> School | None:
    """The school that these organisations are, if one of them is one."""
    return School.objects.filter(organisation__in=list(organisation_ids)).order_by("pk").first()


def school_ids(urns: Iterable[int]) -> dict[int, int]:
    """Our id of each school, by its number in the national register."""
    return dict(School.objects.filter(urn__in=list(urns)).values_list("urn", "pk"))


def every_school_id() -> dict[int, int]:
    """Our id of every school, by its number in the national register."""
    return dict(School.objects.values_list("urn", "pk"))


def schools_held() -> int:
    """How many schools the register holds, open or closed."""
    return School.objects.count()


def find_schools(words: str, limit: int = SCHOOLS_FOUND) -> list[School]:
    """Schools whose name, town and postcode hold every word, or with that URN.

    Open ones come first, then those whose name begins with what was typed.
    """
    typed = words.split()
    if not typed:
        return []
    found = School.objects.all()
    for word in typed:
        here = Q(name__icontains=word) | Q(town__icontains=word) | Q(postcode__istartswith=word)
        found = found.filter(here | Q(urn=int(word)) if _could_be_urn(word) else here)
    begins = Case(
        When(name__istartswith=words.strip(), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return list(found.order_by("-is_open", begins, "name", "urn")[:limit])


def became(urn: int) -> QuerySet[SchoolLink]:
    """What the register says a school became or came from, latest first."""
    return SchoolLink.objects.filter(urn=urn).order_by("-established_on", "pk")


def wards() -> QuerySet[Ward]:
    """Every ward we hold, by name."""
    return Ward.objects.order_by("name")


def placed(postcode: str) -> Placed | None:
    """Where a postcode lies, however it is typed, and whether that could be in the borough: within
    two kilometres of the middles of its wards, the outermost of each side. None if we do not
    know the postcode. One query.
    """
    usual = postcode_from(postcode)
    if not usual:
        return None
    with connection.cursor() as cursor:
        cursor.execute(PLACED, [usual])
        row = cursor.fetchone()
    if row is None:
        return None
    easting, northing, west, east, south, north = row
    is_near = None
    if west is not None:
        is_near = (
            west - OUTSIDE_METRES <= easting <= east + OUTSIDE_METRES
            and south - OUTSIDE_METRES <= northing <= north + OUTSIDE_METRES
        )
    return Placed(Point(easting, northing), is_near)


def _could_be_urn(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 7
