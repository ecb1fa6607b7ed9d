"""The directory for other systems, as a program meets it."""

import csv
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.geo import Point
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM
from flsf.market.feed import actions, rules
from flsf.market.providers.rules import NewSite
from flsf.shared.places.models import Postcode
from tests.factories import NOW, lot
from tests.factories_market import admitted, provider, service

pytestmark = pytest.mark.django_db

BASE = "/open-referral/v3"
KINDS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
HEADING = {
    *("total_items", "total_pages", "page_number", "size"),
    *("first_page", "last_page", "empty", "contents"),
}


def publish(at=NOW):
    actions.publish(council="Marlbeck", address="http://testserver", by=SYSTEM, at=at)


@pytest.fixture
def market():
    """Three services: two at a place in the mornings of Monday, one online."""
    of, inside = provider("Heron Trust"), lot("Mentoring")
    admitted(of, in_lot=inside)
    Postcode.objects.create(postcode="ZZ1 1AA", easting=400_000, northing=290_000)
    for number, name in enumerate(("Art", "Boxing")):
        point = Point(400_000 + number * 9_000, 290_000)
        service(
            *(of, inside),
            name=name,
            site=NewSite(name, "ZZ1 1AA", point),
            places={0: 1},
            needs_mask=to_mask([Need.EBSA]),
            lowest_age=5 + number,
        )
    service(of, inside, name="Maths", highest_age=16)
    publish()


def asked(client, path, status=200, **query):
    response = client.get(f"{BASE}/{path}", query)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def names(client, path="services", **query):
    found = asked(client, path, **query)["contents"]
    return sorted(one.get("service", one)["name"] for one in found)


def test_it_says_what_it_is_and_where_it_is_described(client):
    told = asked(client, "")
    assert set(told) == {"version", "profile", "openapi_url"}
    described = json.loads(client.get(told["openapi_url"]).content)
    assert {f"/{kind}" for kind in KINDS} < set(described["paths"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_has_the_heading_of_the_standard_and_leads_to_each_record(client, market, kind):
    told = asked(client, kind)
    assert set(told) == HEADING
    assert told["total_items"] == told["size"] == len(told["contents"]) > 0
    assert (told["first_page"], told["last_page"], told["empty"]) == (True, True, False)
    for one in told["contents"]:
        assert asked(client, f"{kind}/{one['id']}")["id"] == one["id"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_published_yet_is_an_empty_page(client, kind):
    told = asked(client, kind)
    counts = {"total_items": 0, "total_pages": 1, "page_number": 1, "size": 0}
    assert told == counts | {
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


def test_pages_follow_each_other_and_leave_nothing_out(client, market):
    pages = [asked(client, "services", page=number, per_page=2) for number in (1, 2, 3)]
    assert [(one["size"], one["first_page"], one["last_page"]) for one in pages] == [
        (2, True, False),
        (1, False, True),
        (0, False, True),
    ]
    ids = [each["id"] for one in pages for each in one["contents"]]
    assert len(set(ids)) == 3
    assert ids == sorted(ids)


NARROWED = {
    "search": ({"search": "boxing"}, ["Boxing"]),
    "term": ({"taxonomy_term_id": rules.uuid_of("term/need/EBSA")}, ["Art", "Boxing"]),
    "taxonomy": ({"taxonomy_id": rules.uuid_of("taxonomy/need")}, ["Art", "Boxing"]),
    "unknown term": ({"taxonomy_term_id": rules.uuid_of("none")}, []),
    "lowest": ({"minimum_age": "6"}, ["Boxing"]),
    "highest": ({"maximum_age": "16.5"}, ["Maths"]),
    "huge": ({"minimum_age": "1e999"}, []),
    "day": ({"day": "MO"}, ["Art", "Boxing"]),
    "another day": ({"day": "SU"}, []),
    "morning": ({"end_time": "12:00:00Z"}, ["Art", "Boxing"]),
    "afternoon": ({"start_time": "12:00:00"}, []),
    "since": ({"modified_after": "2026-05-15T09:00:00Z"}, ["Art", "Boxing", "Maths"]),
    "since then": ({"modified_after": "2026-05-15T10:00:01+01:00"}, []),
    "before time": ({"modified_after": "0001-01-01T00:00:00+23:00"}, ["Art", "Boxing", "Maths"]),
    "what it does not know": ({"colour": "red"}, ["Art", "Boxing", "Maths"]),
}


@pytest.mark.parametrize("which", NARROWED)
def test_services_are_narrowed(client, market, which):
    query, expected = NARROWED[which]
    assert names(client, **query) == expected


def test_services_of_an_organisation(client, market):
    [one] = asked(client, "organizations")["contents"]
    assert len(names(client, organization_id=one["id"])) == 3
    assert names(client, organization_id=rules.uuid_of("organization/none")) == []


def test_places_near_a_postcode(client, market):
    there = "service_at_locations"
    assert names(client, there) == ["Art", "Boxing", "Maths"]
    assert names(client, there, postcode="zz11aa") == ["Art"]
    assert names(client, there, postcode="ZZ1 1AA", proximity="9000") == ["Art", "Boxing"]
    assert names(client, there, postcode="ZZ9 9ZZ", proximity="100000") == []
    assert names(client, there, proximity="1") == ["Art", "Boxing", "Maths"]


WRONG = {
    "page": ("0", "-1", "abc", "1.5", "", "9" * 30, "٣"),
    "per_page": ("0", "1001", "1000000000", "ten"),
    "modified_after": ("yesterday", "2026-13-01T00:00:00Z", "", "null"),
    "taxonomy_term_id": ("EBSA", "1", "6f3d2a544e0c8b1e9a776b1d0c6a5e21"),
    "minimum_age": ("five", "NaN", "Infinity", "0x10", ""),
    "start_time": ("9", "25:00:00", "noon"),
    "day": ("Funday", ""),
    "search": ("", "x" * 201),
    "full": ("yes",),
}


@pytest.mark.parametrize(("name", "given"), [(n, g) for n, many in WRONG.items() for g in many])
def test_what_cannot_be_asked_is_refused_in_words_by_its_parameter(client, market, name, given):
    told = asked(client, "services", 400, **{name: given})
    [error] = told["errors"]
    assert (error["parameter"], error["value"]) == (name, given[:200])
    assert error["reason"].startswith("Give")


@pytest.mark.parametrize(
    ("name", "given"), [("postcode", "here"), ("proximity", "0"), ("proximity", "near")]
)
def test_a_place_that_cannot_be_is_refused(client, name, given):
    assert asked(client, "service_at_locations", 400, **{name: given})["errors"]


def test_a_parameter_given_twice_is_refused(client):
    response = client.get(f"{BASE}/services?page=1&page=2")
    assert response.status_code == 400
    assert json.loads(response.content)["errors"][0]["reason"] == "Give it once."


@pytest.mark.parametrize("given", ["no-such", "1", str(rules.uuid_of("none")), "%00", "a" * 500])
def test_an_unknown_record_is_not_there(client, market, given):
    response = client.get(f"{BASE}/services/{given}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")


@pytest.mark.parametrize(
    ("there", "status"),
    [("services?search=%00", 400), ("services/a%2Fb", 404), ("nothing", 404), ("%FF", 404)],
)
def test_whatever_is_asked_is_answered_as_programs_read(client, there, status):
    response = client.get(f"{BASE}/{there}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert json.loads(response.content)["status"] == status


def test_only_reading_is_possible(market):
    forging = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "DELETE", "PATCH", "QUERY"):
        response = forging.generic(method, f"{BASE}/services")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"


def test_a_reader_that_has_it_is_told_so_until_something_changes(client, market):
    [one, *_] = asked(client, "services")["contents"]
    for there in (f"{BASE}/services", f"{BASE}/services/{one['id']}", "/open-data/services.json"):
        first = client.get(there)
        again = client.get(there, headers={"If-None-Match": f'"x", {first["ETag"]}'})
        assert (again.status_code, again.content) == (304, b"")
    publish(NOW + timedelta(days=1))  # nothing changed: the same editions, the same bytes
    assert client.get(f"{BASE}/services")["ETag"] == client.get(f"{BASE}/services")["ETag"]
    before = client.get(f"{BASE}/services")["ETag"]
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    service(of, inside)
    publish(NOW + timedelta(days=1))
    changed = client.get(f"{BASE}/services", headers={"If-None-Match": before})
    assert changed.status_code == 200
    assert changed["ETag"] != before


@pytest.mark.parametrize(("kind", "queries"), [("services", 3), ("service_at_locations", 3)])
def test_a_list_is_read_in_as_many_questions_with_one_record_as_with_three(client, kind, queries):
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    for _ in (1, 3):
        service(of, inside)
        publish()
        with CaptureQueriesContext(connection) as asked_of:
            client.get(f"{BASE}/{kind}")
        assert len(asked_of) == queries
        service(of, inside)


def whole(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def test_the_whole_is_the_same_services_in_three_forms(client, market):
    listed = json.loads(whole(client, "open-data-services-json"))
    lines = [json.loads(one) for one in whole(client, "open-data-services-ndjson").splitlines()]
    rows = list(csv.DictReader(whole(client, "open-data-services-csv").splitlines()))
    assert listed == lines == asked(client, "services", full="true")["contents"]
    assert [one["id"] for one in rows] == [one["id"] for one in listed]
    [art] = [one for one in rows if one["name"] == "Art"]
    assert (art["postcode"], art["needs"]) == ("ZZ1 1AA", "Anxious about going to school")


def test_the_whole_of_nothing_is_an_empty_list(client):
    assert json.loads(whole(client, "open-data-services-json")) == []
    assert whole(client, "open-data-services-ndjson") == ""


def test_no_cell_is_a_formula_and_no_text_breaks_a_line(client):
    of, inside = provider("=1+1"), lot()
    admitted(of, in_lot=inside)
    service(of, inside, name='@SUM("a")', what_it_is='-x\nsecond "line"\\ \t\x02 end')
    publish()
    [row] = csv.DictReader(whole(client, "open-data-services-csv").splitlines(keepends=True))
    assert row["organisation"] == "'=1+1"
    assert row["name"] == '\'@SUM("a")'
    [line] = whole(client, "open-data-services-ndjson").splitlines()
    assert json.loads(line)["description"] == '-x\nsecond "line"\\ \t\x02 end'


def test_the_page_explains_it_and_every_link_leads_somewhere(client, market):
    html = client.get(reverse("open-data")).content.decode()
    assert "There are 3 services." in html
    assert "modified_after" in html
    for there in html.split('href="')[1:]:
        address = there.split('"')[0]
        if address.startswith("/open"):
            assert client.get(address).status_code == 200, address


def test_the_links_in_a_record_lead_to_its_pages(client, market):
    [one, *_] = asked(client, "services")["contents"]
    assert client.get(one["url"]).status_code == 200
    assert client.get(one["organization"]["uri"]).status_code == 200
    [term, *_] = asked(client, "taxonomy_terms")["contents"]
    assert (
        client.get(asked(client, f"taxonomy_terms/{term['id']}").get("term_uri", "/")).status_code
        == 200
    )
