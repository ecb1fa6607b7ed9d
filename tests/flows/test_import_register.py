"""Registers and calendars as files."""

import gzip
import json
from datetime import date

import pytest

from flsf.core.counts import Counts
from flsf.core.geo import Point
from flsf.core.people import SYSTEM
from flsf.flows import import_register as flow
from flsf.shared.audit.models import AuditEntry
from flsf.shared.calendars import queries as calendars
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.models import Batch, Problem
from flsf.shared.imports.rules import refused
from flsf.shared.imports.rules.sources import Source
from flsf.shared.places import queries as places
from flsf.shared.places.models import Postcode, School, SchoolLink, Ward
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def bring(kind, content, *, name="file.csv", **options):
    content = content.encode() if isinstance(content, str) else content
    sources = [Source.of_bytes(name, content)]
    return flow.import_register(kind=kind, sources=sources, by=SYSTEM, at=NOW, **options)


SCHOOLS = (
    "URN,LA (code),EstablishmentName,EstablishmentStatus (name),OpenDate,StatutoryLowAge,"
    "Postcode,Easting,Northing\n"
    '100,332,"Marlbeck, High",Open,15-05-2001,11,DY1 1HF,394000,290000\n'
    "101,332,Old School,Closed,,,,,\n"
    '102,332,Leaving,"Open, but proposed to close",,,,,\n'
)


def test_a_school_of_the_daily_layout_is_known_in_full():
    report = bring(Kind.SCHOOLS, SCHOOLS)
    assert report.counts == Counts(new=3)
    assert report.sentence == "3 rows taken in (3 new, 0 changed, 0 same)"
    school = places.school(100)
    assert (school.name, school.is_open, school.opened_on, school.lowest_age, school.easting) == (
        "Marlbeck, High",
        True,
        date(2001, 5, 15),
        11,
        394000,
    )
    assert [places.school(urn).is_open for urn in (101, 102)] == [False, True]


def test_the_batch_and_the_record_say_what_was_brought():
    report = bring(Kind.SCHOOLS, SCHOOLS)
    batch = Batch.objects.get()
    assert (batch.ref, batch.kind, batch.status, batch.rows_new, batch.file_name) == (
        report.batch_ref,
        "schools",
        "committed",
        3,
        "file.csv",
    )
    tags = ["shared:school:imported", "shared:import:committed"]
    assert [entry.tag for entry in AuditEntry.objects.order_by("pk")] == tags


def test_the_same_file_again_changes_nothing():
    bring(Kind.SCHOOLS, SCHOOLS)
    before = list(School.objects.order_by("pk").values())
    assert bring(Kind.SCHOOLS, SCHOOLS).counts == Counts(same=3)
    assert list(School.objects.order_by("pk").values()) == before


def test_a_dry_run_counts_truly_and_changes_nothing():
    bring(Kind.SCHOOLS, SCHOOLS)
    changed = SCHOOLS.replace("Old School", "Older School") + "103,332,New,Open,,,,,\n"
    report = bring(Kind.SCHOOLS, changed, is_dry_run=True)
    assert report.counts == Counts(new=1, changed=1, same=2)
    assert School.objects.count() == 3
    assert Batch.objects.count() == 1


BAD = (
    "URN,EstablishmentName,OpenDate\n"
    "100,Good,\n"
    "x,No number,\n"
    "101,,\n"
    "102,Wrong day,31/02/2020\n"
    "100,Twice,\n"
    "103,Cut"
)


def test_good_rows_are_kept_and_each_bad_one_said():
    report = bring(Kind.SCHOOLS, BAD)
    assert (report.counts, report.rows_read, report.rows_bad) == (Counts(new=1), 6, 5)
    assert [(one.row, one.column, one.value) for one in Problem.objects.order_by("pk")] == [
        (3, "URN", "x"),
        (4, "EstablishmentName", ""),
        (5, "OpenDate", "31/02/2020"),
        (6, "URN", "100"),
        (7, "", ""),
    ]
    assert "It may be cut off" in report.problems[-1].reason


def test_all_or_nothing_keeps_nothing_if_one_row_is_bad():
    report = bring(Kind.SCHOOLS, BAD, is_all_or_nothing=True)
    assert (report.is_kept, report.rows_bad) == (False, 5)
    assert School.objects.count() == Batch.objects.count() == 0


def test_a_hundred_thousand_rows_with_three_bad_ones():
    rows = [f"{urn},School {urn}\n" for urn in range(1, 100_001)]
    rows[499], rows[49_999], rows[99_999] = "x,No number\n", "50000,\n", "=1+1,Formula\n"
    report = bring(Kind.SCHOOLS, "urn,name\n" + "".join(rows))
    assert report.counts == Counts(new=99_997)
    assert [bad.row for bad in report.problems] == [501, 50_001, 100_001]
    assert "formula" in report.problems[-1].reason


@pytest.mark.parametrize(
    ("kind", "content", "refusal"),
    [
        (Kind.SCHOOLS, "", refused.EmptyFile),
        (Kind.SCHOOLS, "URN,EstablishmentName\n", refused.NoRows),
        (Kind.SCHOOLS, "100,Marlbeck\n101,Other\n", refused.MissingHeadings),
        (Kind.SCHOOLS, "URN,URN,EstablishmentName\n1,2,3\n", refused.RepeatedHeadings),
        (Kind.SCHOOLS, b"URN,EstablishmentName\n1,\0\n", refused.NotText),
        (Kind.SCHOOLS, gzip.compress(SCHOOLS.encode())[:-20], refused.CutOff),
        (Kind.SCHOOLS, SCHOOLS + '104,332,"Cut', refused.CutOff),
        (Kind.POSTCODES, "a,b\n1,2\n", refused.MissingHeadings),
        (Kind.POSTCODES, "", refused.EmptyFile),
        (Kind.TERMS, "a,b\n1,2\n", refused.MissingHeadings),
        (Kind.WARDS, "{}", refused.NotAsExpected),
        (Kind.WARDS, "URN,Name", refused.NotAsExpected),
        (Kind.WARDS, '{"features": []}', refused.NotAsExpected),
        (Kind.WARDS, '{"features": [{"properties": {"LSOA11CD": 1}}]}', refused.NotAsExpected),
        (Kind.HOLIDAYS, "[]", refused.NotAsExpected),
        (Kind.HOLIDAYS, "x", refused.NotAsExpected),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_and_nothing_changed(kind, content, refusal):
    with pytest.raises(refusal):
        bring(kind, content)
    tables = (School, SchoolLink, Postcode, Ward, Batch, AuditEntry)
    assert [table.objects.count() for table in tables] == [0] * len(tables)


def test_links_are_known_by_their_headings():
    links = (
        '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\n'
        '100,101,"Marlbeck Academy","Successor","01-01-2022"\n'
        '100,100,"Itself","Successor",""\n'
    )
    report = bring(Kind.SCHOOLS, links)
    assert (report.kind, report.counts, report.rows_bad) == (
        Kind.SCHOOL_LINKS,
        Counts(new=1),
        1,
    )
    assert places.became(100).get().established_on == date(2022, 1, 1)


LAYOUTS = {
    "ONSPD": "pcd,pcd2,pcds,doterm,oseast1m,osnrth1m,osgrdind,oslaua,osward,lat,long\n"
    "DY1 1HF,DY1  1HF,DY1 1HF,202405,394000,0290000,1,E08000027,E05001236,52.5,-2.08\n",
    "NSPL": "pcd7,pcd8,pcds,east1m,north1m,lad25cd,wd25cd,doterm,lat,long\n"
    "DY1 1HF,DY1  1HF,DY1 1HF,394000,290000,E08000027,E05001236,202405,52.5,-2.08\n",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_national_directories(layout):
    assert bring(Kind.POSTCODES, layout).counts == Counts(new=1)
    assert Postcode.objects.values().get() == {
        "postcode": "DY1 1HF",
        "easting": 394000,
        "northing": 290000,
        "district": "E08000027",
        "ward": "E05001236",
        "ended_on": date(2024, 5, 31),
    }


def test_code_point_open_has_no_headings():
    rows = '"DY11HF",10,394000,290000,"E92000001","","","","E08000027","E05001236"\n'
    assert bring(Kind.POSTCODES, rows).counts == Counts(new=1)
    assert Postcode.objects.get().district == "E08000027"
    assert bring(Kind.POSTCODES, "DY1 1HG,90,0,0\n").counts == Counts(new=1)
    assert places.locate("DY1 1HG") is None


def test_degrees_become_metres_and_what_has_no_place_is_still_known():
    report = bring(
        Kind.POSTCODES,
        "postcode,lat,long,laua\n"
        "dy11hf,52.51000,-2.08000,E08000027\n"
        "BT1 5GS,54.59,-5.93,N09000003\n"
        "JE2 3AB,49.18,-2.10,L99999999\n"
        "ZZ99 3VZ,99.999999,0.000000,\n"
        "B1 1AA,12,-2,E08000025\n"
        "Dudley,52.5,-2.0,E08000027\n"
        "DY1 1HF,52.51,-2.08,E08000027\n"
        "B1 1AB,north,west,E08000025\n",
    )
    assert report.counts == Counts(new=4)
    assert [bad.row for bad in report.problems] == [6, 7, 8, 9]
    assert places.locate("DY1 1HF") == Point(394667, 290237)
    assert [places.locate(one) for one in ("BT1 5GS", "JE2 3AB", "ZZ99 3VZ")] == [None] * 3


SQUARE = [[[-2.1, 52.5], [-2.0, 52.5], [-2.0, 52.6], [-2.1, 52.6], [-2.1, 52.5]]]


def features(*properties, shape=SQUARE, kind="Polygon"):
    geometry = {"type": kind, "coordinates": shape}
    return json.dumps(
        {"features": [{"properties": one, "geometry": geometry} for one in properties]}
    )


@pytest.mark.parametrize("year", ["13", "25"])
def test_wards_of_any_year(year):
    ward = {f"WD{year}CD": "E05001236", f"WD{year}NM": "Amblecote", f"WD{year}NMW": None}
    assert bring(Kind.WARDS, features(ward), name="w.geojson").counts == Counts(new=1)
    found = Ward.objects.get()
    assert (found.name, found.boundary["type"]) == ("Amblecote", "Polygon")
    # The middle of a square of degrees, near (-2.05, 52.55).
    assert abs(found.easting - 396706) < 20
    assert abs(found.northing - 294684) < 20


def test_a_ward_in_metres_or_without_name_is_a_bad_row():
    content = json.loads(features({"WD25CD": "E1", "WD25NM": "One"}, {"WD25CD": "E2"}))
    content["features"].append(
        {
            "properties": {"WD25CD": "E3", "WD25NM": "Three"},
            "geometry": {"type": "Polygon", "coordinates": [[[390000, 290000]] * 4]},
        }
    )
    report = bring(Kind.WARDS, json.dumps(content), name="w.json")
    assert (report.counts, [bad.row for bad in report.problems]) == (Counts(new=1), [2, 3])


def test_bank_holidays_of_all_nations():
    feed = {
        "england-and-wales": {"events": [{"title": "A day", "date": "2026-06-12"}]},
        "scotland": {"events": [{"title": "St Andrew", "date": "2026-11-30"}, {"title": "?"}]},
        "northern-ireland": {"events": []},
    }
    report = bring(Kind.HOLIDAYS, json.dumps(feed), name="holidays.json")
    assert (report.counts, report.rows_bad) == (Counts(new=2), 1)
    assert not calendars.working_calendar().is_working_day(date(2026, 11, 30))


def test_terms_inset_days_and_closures():
    bring(Kind.SCHOOLS, SCHOOLS)
    report = bring(
        Kind.TERMS,
        "School URN,Name,First day,Last day,Type\n"
        ",Autumn,1 September 2026,23/10/2026,term\n"
        "100,Autumn,2026-09-07,2026-10-16,\n"
        ",INSET day,2026-09-04,,\n"
        "100,Flood,2026-09-10,2026-09-11,closure\n"
        "999,Autumn,2026-09-01,2026-10-20,\n"
        ",Wrong way,2026-12-20,2026-11-01,\n"
        ",Year too far,2026-09-02,2027-10-20,\n",
    )
    assert report.counts == Counts(new=5)
    assert [(bad.row, bad.column) for bad in report.problems] == [
        (6, "School URN"),
        (7, "Last day"),
        (8, "Last day"),
    ]
    calendar = calendars.school_calendar(places.school(100).pk)
    assert calendar.is_school_day(date(2026, 9, 7))
    assert not calendar.is_school_day(date(2026, 9, 11))
    assert not calendars.school_calendar(None).is_school_day(date(2026, 9, 4))


def test_without_an_open_data_package_it_says_how_to_have_one(monkeypatch):
    monkeypatch.setattr(flow, "find_spec", lambda _: None)
    with pytest.raises(flow.NoOpenData, match="pip install"):
        flow.open_data()
