"""Degrees to metres, against published points and an independent geodesic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, network

from flsf.core.geo import Point, metres_between
from flsf.core.grid import is_on_grid, to_grid

EARTH = Geod(ellps="WGS84")
LONGITUDES = st.floats(-6.0, 1.7)
LATITUDES = st.floats(50.1, 58.5)

# Ordnance Survey, "A guide to coordinate systems in Great Britain" and its OSTN15 test points.
PUBLISHED = (
    (1.716073973, 52.658007833, 651409.804, 313177.450),  # Framingham
    (-6.299777520, 49.922261900, 91492.146, 11318.804),  # St Mary's, Scilly
)


@pytest.mark.parametrize(("east", "north", "easting", "northing"), PUBLISHED)
def test_published_points_come_out_within_a_few_metres(east, north, easting, northing):
    eastings, northings = to_grid([east], [north])
    assert abs(eastings[0] - easting) < 8
    assert abs(northings[0] - northing) < 8


def test_no_server_is_asked():
    assert not network.is_network_enabled()


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
def test_a_distance_is_within_one_per_cent_of_the_geodesic(one_east, one_north, east, north):
    eastings, northings = to_grid([one_east, east], [one_north, north])
    ours = metres_between(
        Point(int(eastings[0]), int(northings[0])), Point(int(eastings[1]), int(northings[1]))
    )
    truth = EARTH.inv(one_east, one_north, east, north)[2]
    assert abs(ours - truth) <= 0.01 * truth + 2


@pytest.mark.parametrize(
    ("longitude", "latitude", "is_on"),
    [(-2.08, 52.51, True), (0.0, 99.999999, False), (-30.0, 52.0, False)],
)
def test_what_lies_off_the_grid_is_known(longitude, latitude, is_on):
    assert is_on_grid(longitude, latitude) is is_on
