"""The map: the wards in outline and a round spot for every place, drawn here on the server.

A list says the same in words, so the picture is never the only way to know.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot, sqrt
from typing import Any
from xml.sax.saxutils import escape

from flsf.core.geo import Point, metres_between
from flsf.core.grid import to_grid
from flsf.market.directory.queries import Spot
from flsf.shared.places import queries as places

WIDTH = 640
MARGIN = 12
SHORTEST = 120
SMALLEST, LARGEST = 5.0, 22.0
SHORTEST_LINE = 1.0  # of the picture: nearer corners of a ward are one
INK, LAND, EDGE, HOME = "#12436D", "#eef3f3", "#7b8a8a", "#801650"

Ring = list[tuple[float, float]]


def by_ward(spots: Sequence[Spot]) -> list[tuple[str, int]]:
    """How many places are in each ward, taken for the one whose middle is nearest.

    A ward without any is told too, the last, so that it can be seen where nothing is.
    """
    wards = [(ward.name, Point(ward.easting, ward.northing)) for ward in places.wards()]
    if not wards:
        return []
    counted: Counter[str] = Counter(dict.fromkeys((name for name, _ in wards), 0))
    for spot in spots:
        nearest = min(wards, key=lambda ward: metres_between(ward[1], spot.middle))
        counted[nearest[0]] += spot.count
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def map_of(spots: Sequence[Spot], *, home: Point | None) -> str:
    """The picture as SVG, as wide as a column of text."""
    rings = list(_rings())
    corners = [corner for ring in rings for corner in ring]
    corners = corners or [(one.middle.easting, one.middle.northing) for one in spots]
    if not corners:
        corners = [(0.0, 0.0), (1.0, 1.0)]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    scale = (WIDTH - 2 * MARGIN) / max(east - west, 1.0)
    height = round((north - south) * scale) + 2 * MARGIN

    def at(x: float, y: float) -> tuple[float, float]:
        return (MARGIN + (x - west) * scale, MARGIN + (north - y) * scale)

    inside = [
        spot
        for spot in spots
        if west <= spot.middle.easting <= east and south <= spot.middle.northing <= north
    ]
    total = sum(spot.count for spot in inside)
    said = f"Map of {total} place{'' if total == 1 else 's'}"
    size = f"0 0 {WIDTH} {max(height, SHORTEST)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img">',
        f"<title>{escape(said)}</title>",
        *(_land([at(*corner) for corner in ring]) for ring in rings),
        *(_spot(at(one.middle.easting, one.middle.northing), one.count) for one in inside),
        _home(at(home.easting, home.northing)) if home else "",
        "</svg>",
    ]
    return "".join(parts)


def _rings() -> Iterator[Ring]:
    """The outlines of all wards in metres."""
    for ward in places.wards():
        for ring in _outlines(ward.boundary):
            eastings, northings = to_grid([one[0] for one in ring], [one[1] for one in ring])
            yield [(float(x), float(y)) for x, y in zip(eastings, northings, strict=True)]


def _outlines(boundary: Any) -> Iterator[list[list[float]]]:
    """The outer rings of a GeoJSON polygon or several."""
    shape = boundary.get("geometry", boundary) or {}
    corners = shape.get("coordinates", [])
    polygons = corners if shape.get("type") == "MultiPolygon" else [corners]
    yield from (polygon[0] for polygon in polygons if polygon)


def _land(ring: Ring) -> str:
    thinned = ring[:1] + [
        there
        for here, there in pairwise(ring)
        if hypot(there[0] - here[0], there[1] - here[1]) > SHORTEST_LINE
    ]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in thinned)
    return f'<polygon points="{line}" fill="{LAND}" stroke="{EDGE}" stroke-width="1"/>'


def _spot(middle: tuple[float, float], count: int) -> str:
    x, y = middle
    size = min(LARGEST, SMALLEST + 2 * sqrt(count))
    circle = (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size:.0f}" fill="{INK}" fill-opacity="0.85" '
        'stroke="#fff" stroke-width="1.5"/>'
    )
    if count == 1:
        return circle
    words = (
        f'<text x="{x:.0f}" y="{y + 4:.0f}" font-family="arial, sans-serif" font-size="12" '
        f'fill="#fff" text-anchor="middle">{count}</text>'
    )
    return circle + words


def _home(middle: tuple[float, float]) -> str:
    x, y = middle
    return (
        f'<path d="M{x:.0f} {y - 9:.0f}l9 9h-3v8h-12v-8h-3z" fill="{HOME}" stroke="#fff" '
        'stroke-width="1.5"/>'
    )
