"""Degrees of a map to metres of the British National Grid, many at once.

PROJ's seven-parameter change of datum is right to about two metres everywhere in Great
Britain. It needs no grid file and asks no server, which is why we do without the finer one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

# "always_xy": longitude first, whatever the definition of the system says.
_TO_GRID = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
_TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)

# Where the grid is meant to be used: Great Britain with its islands.
WEST, SOUTH, EAST, NORTH = -9.01, 49.75, 2.01, 61.01


def to_grid(
    longitudes: Sequence[float] | NDArray[np.float64],
    latitudes: Sequence[float] | NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Eastings and northings in whole metres, one for each pair of degrees (WGS84).

    Every pair must lie within the limits of the grid; ask `is_on_grid` first.
    """
    east, north = _TO_GRID.transform(np.asarray(longitudes, float), np.asarray(latitudes, float))
    return np.rint(east).astype(np.int64), np.rint(north).astype(np.int64)


def to_degrees(
    eastings: Sequence[int], northings: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes (WGS84) to five decimals, about a metre, one for each place."""
    longitudes, latitudes = _TO_DEGREES.transform(
        np.asarray(eastings, float), np.asarray(northings, float)
    )
    return np.round(longitudes, 5), np.round(latitudes, 5)


def is_on_grid(longitude: float, latitude: float) -> bool:
    """Whether a place in degrees lies where the British National Grid is used."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH
