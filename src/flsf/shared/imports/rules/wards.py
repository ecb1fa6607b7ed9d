"""Ward boundaries as GeoJSON, in degrees."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from flsf.core.grid import is_on_grid, to_grid
from flsf.shared.imports.rules.refused import NotAsExpected
from flsf.shared.imports.rules.reports import Findings

# The Office for National Statistics puts the year into the name: WD13CD, WD24NM.
CODE, NAME = re.compile(r"WD\d\dCD", re.IGNORECASE), re.compile(r"WD\d\dNM", re.IGNORECASE)
LONGEST_CODE, LONGEST_NAME = 20, 100
POLYGON, POLYGONS = "Polygon", "MultiPolygon"


def wards(text: str, findings: Findings) -> Iterator[tuple[str, str, str, int, int]]:
    """Each ward as code, name, boundary as GeoJSON text, and its middle in grid metres.

    A row is a feature, the first is 1. Raises NotAsExpected.
    """
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotAsExpected("It is not GeoJSON with features.") from error
    if not isinstance(features, list) or not features:
        raise NotAsExpected("It is GeoJSON without any features.")
    if not any(_named(one, CODE, "code") for one in features):
        raise NotAsExpected("No feature has a ward code, like WD24CD.")
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        findings.rows_read += 1
        code, name = _named(feature, CODE, "code"), _named(feature, NAME, "name")
        if not 0 < len(code) <= LONGEST_CODE or not 0 < len(name) <= LONGEST_NAME:
            findings.add(number, "WDxxCD, WDxxNM", f"{code} {name}", "The code or name is missing.")
            continue
        if code in seen:
            findings.add(number, "WDxxCD", code, "This ward stands in the file already.")
            continue
        try:
            easting, northing = middle(feature["geometry"])
        except (ValueError, KeyError, TypeError, IndexError) as error:
            findings.add(number, "geometry", code, f"The boundary cannot be used: {error}")
            continue
        seen.add(code)
        yield code, name, json.dumps(feature["geometry"]), easting, northing


def middle(geometry: Mapping[str, Any]) -> tuple[int, int]:
    """The centre of area of a boundary, in metres of the grid. Raises ValueError."""
    if geometry["type"] == POLYGON:
        polygons = [geometry["coordinates"]]
    elif geometry["type"] == POLYGONS:
        polygons = geometry["coordinates"]
    else:
        raise ValueError("it is no polygon")
    area = across = up = 0.0
    for polygon in polygons:
        # The first ring is the outside; the others are holes.
        for index, ring in enumerate(polygon):
            ring_area, x, y = _ring(ring)
            weight = ring_area if index == 0 else -ring_area
            area, across, up = area + weight, across + weight * x, up + weight * y
    if area <= 0:
        raise ValueError("it has no area")
    return round(across / area), round(up / area)


def _ring(points: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """The area of a ring in square metres, and its centre, by the shoelace."""
    if len(points) < 4:
        raise ValueError("a ring has fewer than three corners")
    if not all(is_on_grid(point[0], point[1]) for point in points):
        raise ValueError("it is not in degrees (WGS84) or not in Great Britain")
    east, north = to_grid([point[0] for point in points], [point[1] for point in points])
    # Near the middle the sums stay exact.
    x0, y0 = int(east[0]), int(north[0])
    x, y = (east - x0).astype(float), (north - y0).astype(float)
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    twice = float(cross.sum())
    if not twice:
        return 0.0, float(x0), float(y0)
    cx = float(((x + np.roll(x, -1)) * cross).sum()) / (3 * twice)
    cy = float(((y + np.roll(y, -1)) * cross).sum()) / (3 * twice)
    return abs(twice) / 2, x0 + cx, y0 + cy


def _named(feature: Any, pattern: re.Pattern[str], plain: str) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    for key in sorted(properties, reverse=True):
        if pattern.fullmatch(key) or key.lower() == plain:
            return str(properties[key] or "").strip()
    return ""
