"""Postcodes, wards and schools: taken in at once, found again, again without a change."""

import pytest

from flsf.core.counts import Counts
from flsf.core.geo import Point
from flsf.core.people import SYSTEM
from flsf.shared.audit.models import AuditEntry
from flsf.shared.places import actions, queries
from flsf.shared.places.models import Postcode, School
from tests.factories import NOW

pytestmark = pytest.mark.django_db

PLACED = ("postcode", "easting", "northing")


def postcodes(*rows):
    return actions.take_in_postcodes(columns=PLACED, rows=rows, by=SYSTEM, at=NOW)


def schools(*rows, columns=("urn", "name")):
    return actions.take_in_schools(columns=columns, rows=rows, by=SYSTEM, at=NOW)


def test_rows_are_new_then_the_same_then_changed():
    assert postcodes(("DY1 1HF", 394000, 290000), ("BT1 5GS", None, None)) == Counts(new=2)
    assert postcodes(("DY1 1HF", 394000, 290000), ("BT1 5GS", None, None)) == Counts(same=2)
    assert postcodes(("DY1 1HF", 394001, 290000), ("DY1 1HG", 1, 2)) == Counts(new=1, changed=1)


def test_the_record_says_how_many():
    postcodes(("DY1 1HF", 394000, 290000))
    entry = AuditEntry.objects.get()
    assert (entry.tag, entry.details) == (
        "shared:postcode:imported",
        {"new": 1, "changed": 0, "same": 0},
    )


def test_a_postcode_is_found_however_it_is_typed():
    postcodes(("DY1 1HF", 394000, 290000))
    assert queries.locate("dy11hf") == Point(394000, 290000)


def test_many_are_found_in_one_question(django_assert_num_queries):
    postcodes(("DY1 1HF", 1, 2), ("DY1 1HG", 3, 4), ("BT1 5GS", None, None))
    asked = ["dy1 1hf", "DY11HG", "BT1 5GS", "nonsense", "ZZ1 1ZZ"]
    with django_assert_num_queries(1):
        found = queries.locate_many(asked)
    assert found == {"dy1 1hf": Point(1, 2), "DY11HG": Point(3, 4)}
    assert queries.known(["BT1 5GS", "ZZ1 1ZZ"]) == {"BT1 5GS"}


@pytest.mark.parametrize("asked", ["", "nonsense", "BT1 5GS", "ZZ9 9ZZ"])
def test_an_unknown_place_is_none_and_no_error(asked):
    postcodes(("BT1 5GS", None, None))
    assert queries.locate(asked) is None


def test_a_narrow_file_leaves_what_a_wide_one_brought():
    schools((100, "Marlbeck High", "DY1 1HF"), columns=("urn", "name", "postcode"))
    assert schools((100, "Marlbeck Academy")) == Counts(changed=1)
    found = queries.school(100)
    assert (found.name, found.postcode, found.is_open) == ("Marlbeck Academy", "DY1 1HF", True)


def test_schools_are_found_by_words_of_name_town_postcode_or_number():
    schools(
        (100, "Marlbeck High School", "Marlbeck", "DY1 1HF", True),
        (101, "Old Marlbeck School", "Marlbeck", "DY1 2AA", False),
        (102, "Another School", "Elsewhere", "B1 1AA", True),
        (103, "School of Marlbeck", "Marlbeck", "DY1 3AA", True),
        columns=("urn", "name", "town", "postcode", "is_open"),
    )
    assert [one.urn for one in queries.find_schools("marlbeck")] == [100, 103, 101]
    assert [one.urn for one in queries.find_schools("school elsewhere")] == [102]
    assert [one.urn for one in queries.find_schools("dy1 old")] == [101]
    assert [one.urn for one in queries.find_schools("103")] == [103]
    assert queries.find_schools("  ") == []
    assert len(queries.find_schools("marlbeck", 2)) == 2


def test_an_invited_school_is_an_organisation_once():
    schools((100, "Marlbeck High"))
    school = School.objects.get()
    first = actions.invite_school(school_id=school.pk, by=SYSTEM, at=NOW)
    again = actions.invite_school(school_id=school.pk, by=SYSTEM, at=NOW)
    assert (first.organisation.name, first.organisation.kind) == ("Marlbeck High", "school")
    assert first.organisation == again.organisation


def test_no_school_no_invitation():
    with pytest.raises(actions.NoSuchSchool):
        actions.invite_school(school_id=0, by=SYSTEM, at=NOW)


def test_links_and_wards_are_taken_in_once():
    links = [(100, 101, "Successor", "Marlbeck Academy", None)]
    assert actions.take_in_links(rows=links, by=SYSTEM, at=NOW) == Counts(new=1)
    assert actions.take_in_links(rows=links, by=SYSTEM, at=NOW) == Counts(same=1)
    assert [one.linked_urn for one in queries.became(100)] == [101]
    wards = [("E05001236", "Amblecote", '{"type": "Point", "coordinates": [1, 2]}', 1, 2)]
    assert actions.take_in_wards(rows=wards, by=SYSTEM, at=NOW) == Counts(new=1)
    assert actions.take_in_wards(rows=wards, by=SYSTEM, at=NOW) == Counts(same=1)
    assert [one.name for one in queries.wards()] == ["Amblecote"]


def test_every_postcode_can_be_seen_by_everybody():
    postcodes(("DY1 1HF", 1, 2))
    assert queries.postcodes_held() == Postcode.objects.visible_to(SYSTEM).count() == 1
