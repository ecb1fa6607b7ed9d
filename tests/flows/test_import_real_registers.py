"""The real registers, whole: counts, times, and distances against an independent geodesic.

The times are of this process's own work, without the database's share or waiting, as the machine
may be busy with other tests.
"""

import csv
import gzip
import io
import random
from itertools import pairwise
from time import process_time

import pytest
from pyproj import Geod

from flsf.core.counts import Counts
from flsf.core.geo import metres_between
from flsf.core.people import SYSTEM
from flsf.flows.import_register import import_register
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules.sources import Source
from flsf.shared.places import queries as places
from tests.data import register
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def bring(kind, name):
    started = process_time()
    source = Source.of_path(register(name))
    report = import_register(kind=kind, sources=[source], by=SYSTEM, at=NOW)
    return report, process_time() - started


def test_the_whole_schools_register_in_under_twenty_seconds_of_our_own_work():
    report, seconds = bring(Kind.SCHOOLS, "gias/establishments_2024-06-17.csv.gz")
    assert (report.counts, report.rows_bad) == (Counts(new=51_012), 0)
    assert seconds < 20
    again, _ = bring(Kind.SCHOOLS, "gias/establishments_2024-06-17.csv.gz")
    assert again.counts == Counts(same=51_012)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("gias/edubase_2017-07_part.csv.gz", 6_022),
        ("gias/gias_full_columns_sample_ebi.csv", 60),
        ("gias/gias_full_columns_sample_itt.csv", 8),
        ("gias/links_edubasealldata20250422.csv.gz", 33_801),
    ],
)
def test_other_layouts_of_the_schools_register(name, rows):
    report, _ = bring(Kind.SCHOOLS, name)
    assert (report.counts, report.rows_bad) == (Counts(new=rows), 0)


def test_wards_and_holidays():
    report, _ = bring(Kind.WARDS, "boundaries/wards_dudley_E08000027.geojson.gz")
    assert report.counts == Counts(new=24)
    report, _ = bring(Kind.HOLIDAYS, "calendars/bank-holidays_govuk_2026-02.json")
    assert report.rows_bad == 0


def test_three_hundred_thousand_postcodes_in_under_thirty_of_our_own_work_and_true_distances():
    name = "postcodes/west_midlands_postcodes.csv.gz"
    report, seconds = bring(Kind.POSTCODES, name)
    assert (report.counts, report.rows_bad) == (Counts(new=302_901), 0)
    assert seconds < 30
    with gzip.open(register(name)) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file)))
    chosen = random.Random(2).sample(rows, 2_000)
    points = places.locate_many(row["postcode"] for row in chosen)
    earth = Geod(ellps="WGS84")
    for one, other in pairwise(chosen):
        truth = earth.inv(
            *(float(row[key]) for row in (one, other) for key in ("long", "lat")),
        )[2]
        ours = metres_between(points[one["postcode"]], points[other["postcode"]])
        assert abs(ours - truth) <= 0.01 * truth + 1
