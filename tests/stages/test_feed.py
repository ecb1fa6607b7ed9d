"""What is published of the directory: right, stable, and dated when it changes."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from flsf.core.geo import Point
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM
from flsf.flows import offer_service as flow
from flsf.market.directory.enums import Availability
from flsf.market.feed import actions, rules
from flsf.market.feed.enums import Kind
from flsf.market.feed.models import Edition, Record
from flsf.market.providers.enums import Mode, ProviderKind
from flsf.market.providers.rules import NewSite
from tests.factories import NOW, lot
from tests.factories_market import admitted, provider, service, suspended

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


def published(at=NOW):
    return actions.publish(
        council="Marlbeck Council", address="https://marlbeck.example", by=SYSTEM, at=at
    )


def offered(**more):
    of, inside = more.pop("of", None) or provider("Heron Trust"), more.pop("lot", None) or lot()
    admitted(of, in_lot=inside)
    return service(of, inside, **more)


def told(kind=Kind.SERVICE):
    return [json.loads(one.body) for one in Record.objects.filter(kind=kind).order_by("pk")]


@pytest.mark.parametrize("name", ["service/S-7K3FD", "", "term/lot/é ✓"])
def test_the_database_makes_the_same_identifiers(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT market_feed_uuid(%s)", [name])
        made = cursor.fetchone()[0]
    assert made == rules.uuid_of(name)
    assert (made.version, made.variant) == (8, UUID(int=made.int).variant)


def test_a_service_is_told_whole():
    inside = lot("Mentoring")
    one = offered(
        lot=inside,
        name="Gentle steps",
        what_it_is="A calm hour.",
        needs_mask=to_mask([Need.EBSA, Need.SEMH]),
        places={0: 2, 2: 2, 3: 1},
        site=NewSite("The Boathouse", "ZZ1 1AA", Point(400_000, 290_000)),
    )
    published()
    [said] = told()
    assert said["id"] == str(rules.uuid_of(f"service/{one.ref}"))
    assert said["name"] == "Gentle steps"
    assert said["status"] == "active"
    assert said["url"] == f"https://marlbeck.example/directory/services/{one.slug}/"
    assert said["last_modified"] == "2026-05-15T09:00:00.000Z"
    assert (said["minimum_age"], said["maximum_age"]) == (5, 18)
    assert [(each["byday"], each["description"]) for each in said["schedules"]] == [
        ("MO,TU", "Mornings in term time"),
        ("TU", "Afternoons in term time"),
    ]
    terms = [each["taxonomy_term"]["term"] for each in said["attributes"]]
    assert terms == ["SEMH", "EBSA", inside.code, "site"]
    [where] = said["service_at_locations"]
    assert where["location"]["addresses"][0]["postal_code"] == "ZZ1 1AA"
    assert where["location"]["latitude"] == pytest.approx(52.508, abs=0.01)
    assert said["organization"]["name"] == "Heron Trust"
    assert [each["services"][0]["id"] for each in told(Kind.ORGANIZATION)] == [said["id"]]
    assert [each["service"]["id"] for each in told(Kind.SERVICE_AT_LOCATION)] == [said["id"]]


def test_nothing_personal_and_no_id_of_ours_is_told():
    lead = "Sam Lead"
    of = provider(
        "Kim Fox", ProviderKind.SOLE_TRADER, email="kim@fox.example", safeguarding_lead=lead
    )
    offered(of=of)
    published()
    every = "".join(Record.objects.values_list("body", flat=True))
    assert "Kim Fox" in every
    assert "kim@fox" not in every
    assert lead not in every
    company = provider("Fox Ltd", email="hello@fox.example", safeguarding_lead=lead)
    offered(of=company)
    published(LATER)
    every = "".join(Record.objects.values_list("body", flat=True))
    assert "hello@fox.example" in every
    assert lead not in every


def test_the_same_again_changes_no_byte_and_makes_no_edition():
    offered()
    assert published() is not None
    before = list(Record.objects.order_by("pk").values())
    assert published(LATER) is None
    assert published(LATER + timedelta(days=1)) is None
    assert list(Record.objects.order_by("pk").values()) == before
    assert Edition.objects.count() == 1


def test_only_what_changed_gets_a_new_date():
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    one, other = service(of, inside, name="Art"), service(of, inside, name="Boxing")
    published()
    flow.change_service(
        service_id=one.pk, facts=flow_facts(one, name="Art and craft"), by=SYSTEM, at=LATER
    )
    edition = published(LATER)
    dates = {said["name"]: said["last_modified"] for said in told()}
    assert dates == {
        "Art and craft": "2026-05-15T11:00:00.000Z",
        other.name: "2026-05-15T09:00:00.000Z",
    }
    assert (edition.new, edition.withdrawn) == (0, 0)


def flow_facts(one, **more):
    one.refresh_from_db()
    facts = {name: getattr(one.facts, name) for name in type(one.facts).__dataclass_fields__}
    return type(one.facts)(**(facts | more))


def test_what_is_no_longer_for_the_public_says_so_and_nothing_else():
    one = offered(name="Boats", mode=Mode.ONLINE, what_it_is="On the canal.")
    published()
    hidden = flow_facts(one, is_listed=False)
    flow.change_service(service_id=one.pk, facts=hidden, by=SYSTEM, at=LATER)
    assert published(LATER).withdrawn == 3
    assert told() == [
        {
            "last_modified": "2026-05-15T11:00:00.000Z",
            "id": str(rules.uuid_of(f"service/{one.ref}")),
            "name": "Boats",
            "status": "inactive",
        }
    ]
    assert told(Kind.ORGANIZATION) == told(Kind.SERVICE_AT_LOCATION) == []
    shown = flow_facts(one, is_listed=True)
    flow.change_service(service_id=one.pk, facts=shown, by=SYSTEM, at=LATER)
    published(LATER + timedelta(hours=1))
    [again] = told()
    assert (again["status"], again["last_modified"]) == ("active", "2026-05-15T12:00:00.000Z")


def test_a_suspended_provider_shows_as_closed_for_now():
    of, inside = provider(), lot()
    suspended(of, in_lot=inside)
    service(of, inside)
    service(provider(), inside)
    published()
    assert {(each["status"], each.get("alert")) for each in told()} == {
        ("temporarily closed", f"{Availability.PAUSED.value}."),
        ("active", f"{Availability.OUTSIDE.value}."),
    }


def test_changed_since_is_the_difference_of_two_whole_feeds():
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    made = [service(of, inside, name=f"Art {number}") for number in range(5)]
    published()
    before = {each["id"]: each for each in told()}
    service(of, inside, name="New")
    changed, gone = flow_facts(made[0], name="Other"), flow_facts(made[1], is_listed=False)
    flow.change_service(service_id=made[0].pk, facts=changed, by=SYSTEM, at=LATER)
    flow.change_service(service_id=made[1].pk, facts=gone, by=SYSTEM, at=LATER)
    published(LATER)
    since = Record.objects.filter(kind=Kind.SERVICE, modified_at__gte=LATER)
    difference = {each["id"]: each for each in (json.loads(one.body) for one in since)}
    assert len(difference) == 3
    assert before | difference == {each["id"]: each for each in told()}
