"""Another directory's feed: what can be read of it, and what is said of the rest."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.needs import Need, to_mask
from flsf.shared.imports.rules import oruk
from flsf.shared.imports.rules.refused import CutOff, EmptyFile, NotAsExpected
from flsf.shared.imports.rules.reports import Findings
from flsf.shared.imports.rules.sources import Source

ID = "ac148810-d857-441c-9679-408f346de14b"


def service(**more):
    usual = {"id": ID, "name": "Community counselling", "status": "active"}
    return {key: one for key, one in (usual | more).items() if one is not None}


def read(*records):
    findings = Findings()
    return list(oruk.services(records, findings)), findings


WHOLE = service(
    description="Somebody to talk to.",
    url="https://hope.example/talk",
    email="hello@hope.example",
    fees="Free",
    minimum_age=12,
    maximum_age=100,
    assured_date="2026-04-01",
    organization={"id": ID, "name": "Hope"},
    schedules=[{"id": ID, "description": "Weekdays"}],
    attributes=[{"id": ID, "taxonomy_term": {"name": "Autism", "term": "x"}},
                {"id": ID, "taxonomy_term": {"name": "Feelings", "term": "SEMH"}}],
    service_at_locations=[
        {"id": ID, "location": {
            "location_type": "physical", "latitude": 52.658, "longitude": 1.716,
            "addresses": [{"postal_code": "zz11aa"}]}},
    ],
)  # fmt: skip


def test_everything_told_is_read():
    [one], findings = read(WHOLE)
    assert findings.problems == []
    assert (one.source_id, one.name, one.run_by) == (ID, "Community counselling", "Hope")
    assert (one.lowest_age, one.highest_age) == (12, 25)
    assert (one.link, one.email) == ("https://hope.example/talk", "hello@hope.example")
    assert one.needs_mask == to_mask([Need.ASD, Need.SEMH])
    assert (one.postcode, one.when) == ("ZZ1 1AA", "Weekdays")
    assert abs(one.point.easting - 651_409) < 100
    assert str(one.confirmed_on) == "2026-04-01"


def test_what_is_not_told_is_not_known():
    [one], findings = read(service())
    assert findings.problems == []
    assert (one.lowest_age, one.highest_age, one.postcode, one.point) == (0, 25, "", None)


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_its_directory_no_longer_lists_is_not_shown(status):
    [one], _ = read(service(status=status))
    assert not one.is_shown


BAD = {
    "not a service": ("x", ""),
    "no id": (service(id=None), "id"),
    "not a UUID": (service(id="7"), "id"),
    "an id that is a number": (service(id=7), "id"),
    "no name": (service(name=None), "name"),
    "an empty name": (service(name="  "), "name"),
    "a name that is a list": (service(name=["a"]), "name"),
    "a long name": (service(name="x" * 201), "name"),
    "what no database keeps": (service(name="a\0b"), "name"),
    "no status": (service(status=None), "status"),
    "another status": (service(status="open"), "status"),
    "an age in words": (service(minimum_age="five"), "minimum_age"),
    "an age below nothing": (service(minimum_age=-1), "minimum_age"),
    "ages the wrong way round": (service(minimum_age=9, maximum_age=8), "minimum_age"),
    "for adults": (service(minimum_age=26, maximum_age=99), "minimum_age"),
    "true": (service(maximum_age=True), "maximum_age"),
}


@pytest.mark.parametrize("which", BAD)
def test_a_bad_record_is_named_by_number_field_and_reason_and_the_others_are_read(which):
    record, column = BAD[which]
    other = service(id=str(UUID(int=5)))
    told, findings = read(record, other)
    assert [one.source_id for one in told] == [other["id"]]
    assert (findings.rows_read, findings.rows_bad) == (2, 1)
    [problem] = findings.problems
    assert (problem.row, problem.column) == (1, column)
    assert problem.reason.endswith(".")


DOUBTFUL = {
    "url": service(url="javascript:alert(1)"),
    "email": service(email="nobody"),
    "assured_date": service(assured_date="soon"),
    "postal_code": service(
        service_at_locations=[{"location": {"addresses": [{"postal_code": "ABC 1234"}]}}]
    ),
}


@pytest.mark.parametrize("column", DOUBTFUL)
def test_what_is_only_doubtful_is_left_out_and_said(column):
    [one], findings = read(DOUBTFUL[column])
    assert (one.link, one.email, one.confirmed_on, one.postcode) == ("", "", None, "")
    assert [(each.column, each.is_warning) for each in findings.problems] == [(column, True)]
    assert findings.rows_bad == 0


def test_the_same_identifier_twice_is_told():
    told, findings = read(service(), service(name="Again"))
    assert [one.name for one in told] == ["Community counselling"]
    assert findings.problems[0].reason == "Record 1 has the same identifier."


KEYS = st.sampled_from(
    ["name", "id", "status", "location", "addresses", "latitude", "longitude", "taxonomy_term",
     "term", "postal_code", "service_at_locations", "attributes", "schedules", "organization",
     "minimum_age", "maximum_age", "url", "description"]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANYTHING))
def test_no_record_breaks_the_reading(record):
    told, findings = read({"id": ID, "name": "x", "status": "active"} | record)
    assert len(told) + findings.rows_bad == 1


def file(content):
    return Source.of_bytes("feed.json", content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize(
    ("content", "many", "is_whole"),
    [
        (json.dumps([service(), service()]), 2, True),
        (json.dumps({"contents": [service()], "total_pages": 1}), 1, True),
        (json.dumps({"contents": [service()], "total_pages": 3}), 1, False),
        (json.dumps({"services": [service()]}), 1, True),
        (json.dumps(service()), 1, False),
        (json.dumps(service()) + "\n" + json.dumps(service()), 2, True),
        ("\ufeff[]", 0, True),
    ],
)
def test_a_file_may_be_a_list_a_page_or_a_record_a_line(content, many, is_whole):
    feed = oruk.feed_in(file(content))
    assert (len(feed.records), feed.is_whole) == (many, is_whole)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("", EmptyFile),
        (" \n", EmptyFile),
        (b"\xff\xfe\x00", NotAsExpected),
        ("7", NotAsExpected),
        ('{"contents": 7}', NotAsExpected),
        ('[{"id": "ac14', CutOff),
        ('{"id": 1}\n{"id":', CutOff),
        ("[" * 100_000, CutOff),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(content, refusal):
    with pytest.raises(refusal):
        oruk.feed_in(file(content))
